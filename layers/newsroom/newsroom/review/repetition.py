"""No two modules of a page tell the same in the same words. FEATURES.md, T8, B26."""

from itertools import combinations

from newsroom.review.framing import without_framing
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.topic import terms

NAME = "repetition"
ALIKE = 0.7
"""Share of the content words of both that both have. Two independent reports of one figure share about a third."""
CONTAINED = 0.8
"""Share of the shorter one's words that the longer one has: a summary of it, worth a note."""


def repetition(submission: Submission) -> list[Finding]:
    """Blocks sentences of different modules that are alike, warns of two within one; disputes are left out."""
    compared = [
        (claim, claim.id.rstrip("0123456789-"), terms(without_framing(claim, submission)))
        for claim in submission.claims
        if not claim.id.startswith(("headline", "dispute"))
    ]
    findings = []
    for (one, module, ours), (other, elsewhere, theirs) in combinations(compared, 2):
        same_text = one.text.removeprefix("Watch: ") == other.text.removeprefix("Watch: ")
        shared = len(ours & theirs)
        reason = f"It tells what “{one.id}” tells."
        if same_text or (len(ours | theirs) >= 4 and shared / len(ours | theirs) >= ALIKE):
            findings.append(finding(NAME, "block" if module != elsewhere or same_text else "warn", reason, other.id))
        elif min(len(ours), len(theirs)) >= 4 and shared / min(len(ours), len(theirs)) >= CONTAINED:
            findings.append(finding(NAME, "note", reason, other.id))
    return findings
