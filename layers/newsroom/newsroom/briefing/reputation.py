"""When the list stops by itself: what mailbox providers and SES count against a sender, counted here first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsroom.boundary import Boundary, Moment

WINDOW = timedelta(days=7)
"""Gmail gives its leniency back after seven days below its limit (FEATURES.md E3)."""
MOST_COMPLAINTS = 0.0025
"""Of what was sent. Gmail acts at 0.3 %, SES pauses an account at 0.5 % (FEATURES.md E3, E10)."""
MOST_BOUNCES = 0.08
"""Permanent ones. SES reviews an account at 5 % and pauses it at 10 % (FEATURES.md E10)."""
FEWEST_COMPLAINTS, FEWEST_BOUNCES = 3, 10
"""One complaint among 300 readers is 0.33 % and says nothing yet."""
WARNED_COMPLAINTS, WARNED_BOUNCES = 0.0008, 0.04
"""Where the operators' alarms ring (template.yaml), and where a list that is being warmed up grows no further."""
WARNED_DELAYS = 0.05
"""Of what was sent, refused for now (4xx) and tried again by SES: a provider that wants less at a time. Our own line;
Gmail and Yahoo ask to slow down and give no figure."""


@dataclass(frozen=True)
class Reputation:
    """What became of the list's mail in the window."""

    sent: int = 0
    bounced: int = 0
    complained: int = 0
    delayed: int = 0
    """Times that a mailbox provider put one off."""


class Pause(Boundary):
    """Nobody is sent the briefing until an operator lifts it."""

    reason: str
    at: Moment
    lifted_at: Moment | None = None

    @property
    def stands(self) -> bool:
        return self.lifted_at is None


def counted_since(last: Pause | None, now: datetime) -> datetime:
    """Where the window begins: who lifts a pause has looked at what came before it."""
    begins = now - WINDOW
    # Counts are kept by the hour: the one in which it was lifted belongs to what was looked at.
    return max(begins, last.lifted_at + timedelta(hours=1)) if last and last.lifted_at else begins


def reason_to_pause(seen: Reputation) -> str:
    """In a sentence for the operator; empty when there is none."""
    sent = max(seen.sent, 1)
    if seen.complained >= FEWEST_COMPLAINTS and seen.complained / sent >= MOST_COMPLAINTS:
        return f"{seen.complained} complaints about {seen.sent} mails: {seen.complained / sent:.2%}"
    if seen.bounced >= FEWEST_BOUNCES and seen.bounced / sent >= MOST_BOUNCES:
        return f"{seen.bounced} of {seen.sent} mails bounced: {seen.bounced / sent:.1%}"
    return ""


def reason_to_slow(seen: Reputation) -> str:
    """Why a list that is being warmed up should not grow; empty when there is no reason."""
    sent = max(seen.sent, 1)
    if seen.complained >= FEWEST_COMPLAINTS and seen.complained / sent >= WARNED_COMPLAINTS:
        return f"{seen.complained} complaints about {seen.sent} mails: {seen.complained / sent:.2%}"
    if seen.bounced >= FEWEST_BOUNCES and seen.bounced / sent >= WARNED_BOUNCES:
        return f"{seen.bounced} of {seen.sent} mails bounced: {seen.bounced / sent:.1%}"
    if seen.delayed >= FEWEST_BOUNCES and seen.delayed / sent >= WARNED_DELAYS:
        return f"{seen.delayed} of {seen.sent} mails were put off: {seen.delayed / sent:.1%}"
    return ""
