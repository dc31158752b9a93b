"""No leftovers of instructions, markup or addresses from the sources. RELIABILITY.md, row 25."""

from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.house_rules import carries_a_link, speaks_to_a_machine

NAME = "instructions_left"


def instructions_left(submission: Submission) -> list[Finding]:
    """Blocks words to a machine, a model's talk about itself, markup, and addresses, in every field that is printed."""
    draft = submission.draft
    printed = [(claim.id, f"{claim.text} {claim.mechanism}") for claim in submission.claims]
    printed += [(watch.claim.id, f"{watch.entity} {watch.trigger}") for watch in draft.watch]
    printed += [(ripple.claim.id, ripple.entity) for ripple in draft.ripples]
    printed += [("", stance.reason) for stance in draft.stances]
    printed += [("", dispute.subject) for dispute in draft.disputes]
    printed += [("", reason) for reason in draft.absent.values()]
    return [
        finding(NAME, "block", f"“{found}” does not belong in print.", claim_id)
        for claim_id, text in printed
        if (found := speaks_to_a_machine(text) or carries_a_link(text))
    ]
