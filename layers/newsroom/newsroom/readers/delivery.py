"""What SES says became of a message: believed only when it is SES that says it, of a message that we sent."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsroom.boundary import Moment
from newsroom.briefing.reputation import Pause, counted_since, reason_to_pause
from newsroom.briefing.send import FOLLOWS, Send, SendState
from newsroom.errors import ArchiveConflict, BadInput
from newsroom.readers.subscriber import Suppression, suppressed

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive

TRIES = 4
OLDEST = timedelta(days=15)
"""EventBridge delivers for a day, an operator may send a dead letter again for fourteen; what is older is a replay."""
AHEAD = timedelta(minutes=5)
ENDED: frozenset[SendState] = frozenset({"delivered", "bounced", "complained", "refused"})


class _Told(BaseModel):
    """SES's own document: it may grow fields, so that unknown ones are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Mail(_Told):
    message_id: str = Field(alias="messageId", max_length=200)
    tags: dict[str, list[str]] = {}


class _Bounce(_Told):
    kind: str = Field(alias="bounceType", default="Undetermined")


class MailEvent(_Told):
    """The `detail` of an EventBridge event of SES (SES developer guide, "Contents of event data")."""

    kind: Literal["Send", "Delivery", "Bounce", "Complaint", "Reject", "DeliveryDelay"] = Field(alias="eventType")
    mail: _Mail
    bounce: _Bounce | None = None

    @property
    def configuration_set(self) -> str:
        """As SES itself tags the message."""
        return self.mail.tags.get("ses:configuration-set", [""])[0]

    @property
    def subscriber_id(self) -> str:
        """From our tag; empty for mail that carries none."""
        found = self.mail.tags.get("subscriber", [""])[0]
        return found if re.fullmatch(r"u[0-9a-f]{32}", found) else ""

    @property
    def issue_id(self) -> str:
        """From our tag; empty for mail that belongs to no issue."""
        found = self.mail.tags.get("issue", [""])[0]
        return found if re.fullmatch(r"\d{4}-\d\d-\d\d", found) else ""

    @property
    def state(self) -> SendState | None:
        states: dict[str, SendState] = {
            "Send": "sent",
            "Delivery": "delivered",
            "Bounce": "bounced",
            "Complaint": "complained",
        }
        return states.get(self.kind)

    @property
    def suppresses(self) -> Literal["bounce", "complaint"] | None:
        """A full mailbox is no reason: only permanent bounces and complaints are (FEATURES.md E10)."""
        if self.kind == "Complaint":
            return "complaint"
        if self.kind == "Bounce" and self.bounce and self.bounce.kind == "Permanent":
            return "bounce"
        return None


class _Envelope(_Told):
    """What EventBridge puts around it."""

    source: str
    time: Moment


def read_event(event: dict[str, Any], sets: tuple[str, str], now: datetime) -> MailEvent:
    """The event, when SES says it of a message from one of our configuration sets, and lately; else BadInput.

    The source `aws.ses` cannot be forged: EventBridge keeps names that begin with `aws.` for AWS's services, and only
    our rule may call the function. The same document by any other way (SNS, HTTP, a replayed archive) is refused.
    """
    about = str(event.get("id", ""))[:60]
    try:
        envelope = _Envelope.model_validate(event)
        told = MailEvent.model_validate(event.get("detail"))
    except ValidationError as exc:
        raise BadInput(f"is not an event about mail: {exc.errors()[0]['msg']}", about=about) from exc
    if envelope.source != "aws.ses":
        raise BadInput("is not an event of SES", about=about)
    if not now - OLDEST < envelope.time < now + AHEAD:
        raise BadInput(f"is of another time: {envelope.time:%Y-%m-%d %H:%M}", about=about)
    ours = [name for name in sets if name]
    if ours and told.configuration_set not in ours:
        raise BadInput("is about another sender's mail", about=about)
    return told


def record(event: MailEvent, readers: "ReadersArchive", now: datetime) -> Pause | None:
    """Suppression first, then the list's reputation, then the send's state. The answer is the pause that this event
    brought about. Repeating it changes nothing; a worker that dies in between is followed by one that may count the
    event twice, which errs on the side of pausing.

    An event whose message id is not the one that SES gave us for that send is about something else and changes nothing.
    """
    send = _send_of(event, readers)
    if not event.subscriber_id or (send and send.message_id not in ("", event.mail.message_id)):
        return None
    if event.suppresses:
        readers.suppress(Suppression(subscriber_id=event.subscriber_id, reason=event.suppresses, at=now))
        _stop(readers, event.subscriber_id, now)
    if send and event.kind == "DeliveryDelay" and send.state not in ENDED:
        # Each time that a provider puts one off; SES says so again while it goes on trying.
        readers.count_mail(now, delayed=1)
    if not send or not event.state or send.state not in FOLLOWS[event.state]:
        return None
    pause = _count(event, readers, now) if event.suppresses else None
    readers.advance_send(event.issue_id, event.subscriber_id, event.state, event.mail.message_id)
    return pause


def _send_of(event: MailEvent, readers: "ReadersArchive") -> Send | None:
    """None for mail on request, which is not recorded, and for a reader whose sends were deleted."""
    if not event.subscriber_id or not event.issue_id:
        return None
    return readers.sends(event.issue_id, [event.subscriber_id]).get(event.subscriber_id)


def _count(event: MailEvent, readers: "ReadersArchive", now: datetime) -> Pause | None:
    """One more complaint or bounce; the list is paused when there are too many."""
    complaint = event.suppresses == "complaint"
    readers.count_mail(now, bounced=int(not complaint), complained=int(complaint))
    last = readers.pause()
    if last and last.stands:
        return None
    reason = reason_to_pause(readers.reputation(counted_since(last, now)))
    if not reason:
        return None
    pause = Pause(reason=reason, at=now)
    readers.store_pause(pause)
    return pause


def _stop(readers: "ReadersArchive", subscriber_id: str, now: datetime) -> None:
    for attempt in range(TRIES):
        subscriber = readers.find_subscriber(subscriber_id)
        if subscriber is None or subscriber.state in ("suppressed", "unsubscribed"):
            return
        try:
            readers.store_subscriber(suppressed(subscriber, now))
            return
        except ArchiveConflict:
            if attempt == TRIES - 1:
                raise
