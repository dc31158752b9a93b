"""No two modules of a page tell the same in the same words. FEATURES.md, T8, B26."""

from itertools import combinations
from typing import Literal

from newsroom.review.framing import without_framing
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.quotations import terms

NAME = "repetition"
ALIKE = 0.8
"""Share of the shorter sentence's content words that the other one has. Two reports of one figure share about half."""


def repetition(submission: Submission) -> list[Finding]:
    """Blocks sentences of different modules that are alike, warns of two within one; disputes are left out."""
    compared = [
        (claim, claim.id.rstrip("0123456789-"), terms(without_framing(claim, submission)))
        for claim in submission.claims
        if not claim.id.startswith(("headline", "dispute"))
    ]
    findings = []
    for (one, module, ours), (other, elsewhere, theirs) in combinations(compared, 2):
        fewer = min(len(ours), len(theirs))
        same_text = one.text.removeprefix("Watch: ") == other.text.removeprefix("Watch: ")
        if same_text or (fewer >= 4 and len(ours & theirs) / fewer >= ALIKE):
            severity: Literal["block", "warn"] = "block" if module != elsewhere or same_text else "warn"
            findings.append(finding(NAME, severity, f"It tells what “{one.id}” tells.", other.id))
    return findings
