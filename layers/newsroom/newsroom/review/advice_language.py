"""No sentence recommends a trade or names a price to come. Regulation (EU) 596/2014 (MAR), art. 3(1)(34)–(35), 20."""

from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.house_rules import advises

NAME = "advice_language"


def advice_language(submission: Submission) -> list[Finding]:
    """Blocks advice, quoted or not: a quoted recommendation is passed on all the same."""
    return [
        finding(NAME, "block", f"“{found}” reads as advice.", claim_id)
        for claim_id, text in submission.printed
        if (found := advises(text))
    ]
