"""No leftovers of instructions, markup or addresses from the sources. RELIABILITY.md, row 25."""

from newsroom.review.framing import unquoted
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.house_rules import carries_a_link, speaks_to_a_machine

NAME = "instructions_left"


def instructions_left(submission: Submission) -> list[Finding]:
    """Blocks words to a machine, a model's talk about itself, markup, addresses and questions, wherever printed."""
    left = [
        finding(NAME, "block", f"“{found}” does not belong in print.", claim_id)
        for claim_id, text in submission.printed
        if (found := speaks_to_a_machine(text) or carries_a_link(text))
    ]
    asking = [claim_id for claim_id, text in submission.printed if claim_id != "headline" and _asks(text)]
    return left + [finding(NAME, "block", "A story states; this asks.", claim_id) for claim_id in asking]


def _asks(text: str) -> bool:
    return unquoted(text).rstrip(" .”’)").endswith("?")
