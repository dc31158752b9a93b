"""The one letter that tells a reader what became of their report: who wants it, how long that is kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from pydantic import ConfigDict

from newsroom.boundary import Boundary, Moment, moment
from newsroom.readers.reports import Report

State = Literal["wanted", "claimed", "ended"]

REPLY_KEPT = timedelta(days=30)
"""We promise a decision within 24 hours; what waits for a month is not worth an address."""
REPLIES_A_DAY = 5
"""To one mailbox, whoever asks: the address on a report is not confirmed, and nobody is bombed through our form."""

REPLY_CONSENT_TEXT = "2026-11-24"
REPLY_CONSENT = (
    "Send me one letter with the decision on this report. My address is kept encrypted until then, 30 days at most, "
    "and for nothing else."
)
"""What is agreed to; a new text gets a new name, and each record says which it was."""


class Reply(Boundary):
    """One letter that somebody wants. The address is sealed; the subscriber's id is its keyed hash."""

    model_config = ConfigDict(defer_build=True)

    report_id: str
    subscriber_id: str
    sealed_address: str
    """Empty once it is `ended`."""
    asked_at: Moment
    consent_text: str
    """Version of the words that were agreed to."""
    state: State = "wanted"

    @property
    def stamp(self) -> str:
        """What the link to one's data is bound to where there is no subscription."""
        return f"{self.report_id} {moment(self.asked_at)}"


def wanted(report: Report, subscriber_id: str, sealed_address: str, now: datetime) -> Reply:
    return Reply(
        report_id=report.id,
        subscriber_id=subscriber_id,
        sealed_address=sealed_address,
        asked_at=now,
        consent_text=REPLY_CONSENT_TEXT,
    )


def claimed(reply: Reply) -> Reply:
    return reply.model_copy(update={"state": "claimed"})


def ended(reply: Reply) -> Reply:
    """Sent, or never to be. The mark stays for as long as the address might have, so that a form sent twice does not
    lead to a second letter."""
    return reply.model_copy(update={"state": "ended", "sealed_address": ""})


def lasting(replies: Iterable[Reply], now: datetime) -> list[Reply]:
    """Those that may still be kept: the table's own forgetting may be two days late."""
    return [reply for reply in replies if now - reply.asked_at < REPLY_KEPT]
