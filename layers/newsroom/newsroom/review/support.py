"""A fact says what its spans say: names, figures, negation, and enough of the same words."""

from newsroom.review.framing import unquoted, without_framing
from newsroom.review.grounding import LEAST_OVERLAP, negation_turned, opposed, overlap
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.quotations import terms

NAME = "support"


def support(submission: Submission) -> list[Finding]:
    """Blocks a fact that its spans negate, turn round or hardly share a word with; quotations are left out."""
    findings = []
    for claim in submission.claims:
        if claim.kind != "fact" or not claim.spans:
            continue
        own = without_framing(claim, submission)
        if unquoted(own) != own:
            continue  # what is quoted is held against its span letter by letter
        text = submission.support(claim)
        if len(terms(own)) >= 4 and overlap(own, text) < LEAST_OVERLAP:
            findings.append(finding(NAME, "block", "It shares hardly a word with its span.", claim.id))
        elif turned := negation_turned(own, text):
            findings.append(finding(NAME, "block", turned, claim.id))
        elif word := opposed(own, text):
            findings.append(finding(NAME, "block", f"“{word}”, where its span says the opposite.", claim.id))
    return findings
