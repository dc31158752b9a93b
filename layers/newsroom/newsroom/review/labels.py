"""The page's own labels are true: how many sources, which role, what is inference. FEATURES.md, T1, T5, S12."""

import re

from newsroom.review.framing import unquoted
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding

NAME = "labels"
_SEVERAL = re.compile(
    r"\b(?:multiple|several|many|various|numerous|two|three|four|different|independent)\s+(?:\w+\s)?"
    r"(?:sources|outlets|publishers|newsrooms|reports|publications|media)\b|\b(?:sources|outlets|reports)\s+agree\b"
    r"|\bwidely\s+reported\b|\baccording\s+to\s+(?:\w+\s)?reports\b|\breports\s+(?:say|said|suggest|indicate)\b",
    re.IGNORECASE,
)
_SENTIMENT = re.compile(
    r"\b(?:bullish|bearish)\s+(?:coverage|sentiment|tone|reports?)\b"
    r"|\b(?:coverage|sentiment|tone)\s+(?:is|was|turns?|turned)\s+(?:\w+ly\s)?(?:bullish|bearish|neutral|positive|negative)\b",
    re.IGNORECASE,
)
ENOUGH_FOR_A_LABEL = 3
"""Origins under which nothing is said of the tone of coverage as a whole. FEATURES.md, T6, B22."""
OPTIONAL = (
    "standfirst",
    "tldr",
    "quick_take",
    "body",
    "why_it_matters",
    "ripples",
    "watch",
    "lenses",
    "disputes",
    "gaps",
)


def labels(submission: Submission) -> list[Finding]:
    """Blocks a false count of sources, a TLDR out of its roles, inference that is not labelled, an empty body."""
    draft = submission.draft
    findings = []
    if len(submission.cited_origins) < ENOUGH_FOR_A_LABEL:
        findings += [
            finding(NAME, "block", f"“{match.group()}”, of fewer than {ENOUGH_FOR_A_LABEL} origins.", claim.id)
            for claim in submission.claims
            if (match := _SENTIMENT.search(unquoted(claim.text)))
        ]
    if len(submission.cited_origins) < 2:
        findings += [
            finding(NAME, "block", f"“{match.group()}”, and there is one origin.", claim.id)
            for claim in submission.claims
            if (match := _SEVERAL.search(unquoted(claim.text)))
        ]
    if draft.tldr and len(draft.tldr) != 3:
        findings.append(finding(NAME, "block", f"A TLDR has three lines, not {len(draft.tldr)}."))
    elif draft.tldr and not draft.tldr[2].text.startswith("Watch:"):
        findings.append(finding(NAME, "block", "The third line of a TLDR begins “Watch:”.", draft.tldr[2].id))
    findings += [
        finding(NAME, "block", "The quick take holds facts only.", claim.id)
        for claim in draft.quick_take
        if claim.kind != "fact"
    ]
    findings += [
        finding(NAME, "block", "An inference without its mechanism.", claim.id)
        for claim in submission.claims
        if claim.kind == "inference" and not claim.mechanism.strip()
    ]
    findings += [
        finding(NAME, "block", "What follows for others is inference, and must be labelled so.", ripple.claim.id)
        for ripple in draft.ripples
        if ripple.claim.kind != "inference"
    ]
    ids = [claim.id for claim in submission.claims]
    findings += [
        finding(NAME, "block", "Two sentences share this id.", one)
        for one in sorted({i for i in ids if ids.count(i) > 1})
    ]
    findings += [
        finding(NAME, "warn", f"The module {module} is absent without a reason.")
        for module in OPTIONAL
        if not getattr(draft, module) and module not in draft.absent
    ]
    return findings
