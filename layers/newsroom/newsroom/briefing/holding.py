"""Who has an issue: one execution at a time, and another at once when that one is no longer there."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsroom.boundary import Boundary, Moment
from newsroom.briefing.order import IssueOrder
from newsroom.errors import MailSuspended

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive


class IssueClaim(Boundary):
    """Which execution has an issue, or had it."""

    holder: str
    held_at: Moment
    """When it composed, or last began a batch."""
    closed: bool
    outcome: dict[str, Any] = {}
    """As it was counted when it was last closed."""


def take(
    issue_id: str, order: IssueOrder, *, archive: "Archive", running: Callable[[str], bool], now: datetime
) -> bool:
    """Whether this execution may compose and send the issue.

    A duplicate of an event that is being served may not. Who follows an execution that was stopped, timed out or died
    may: everything that it did is found again, and each send is claimed by itself. Its last batch may be under way for
    a minute or two yet, so that the rate of both is for SES to refuse. Raises ArchiveThrottled.
    """
    if archive.claim_issue(issue_id, order.execution, now, again=order.again):
        return True
    held = archive.issue_claim(issue_id)
    if held is None or held.closed or running(held.holder):
        return False
    return archive.claim_issue(issue_id, order.execution, now, instead_of=held.holder)


def hold(issue_id: str, execution: str, *, archive: "Archive", now: datetime) -> None:
    """Before each batch, and before closing: an execution that another has followed (it was stopped and redriven, or
    seemed dead) goes on with nothing, so that two never send for longer than a batch. Raises MailSuspended then."""
    if not archive.hold_issue(issue_id, execution, now):
        raise MailSuspended("another execution has the issue", about=issue_id)
