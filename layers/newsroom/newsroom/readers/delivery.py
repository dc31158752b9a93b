"""What SES says became of a message."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsroom.briefing.send import SendState
from newsroom.errors import ArchiveConflict, BadInput
from newsroom.readers.subscriber import Suppression, suppressed

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive

TRIES = 4


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


def read_event(event: dict[str, Any]) -> MailEvent:
    """BadInput for anything that is not an event of SES about mail. The source `aws.ses` cannot be forged: EventBridge
    keeps names that begin with `aws.` for AWS's services."""
    if event.get("source") != "aws.ses":
        raise BadInput("is not an event of SES", about=str(event.get("id", ""))[:60])
    try:
        return MailEvent.model_validate(event.get("detail"))
    except ValidationError as exc:
        raise BadInput(
            f"is not an event about mail: {exc.errors()[0]['msg']}", about=str(event.get("id"))[:60]
        ) from exc


def record(event: MailEvent, readers: "ReadersArchive", now: datetime) -> None:
    """Suppression first, then the subscriber's state, then the send's. Repeating it changes nothing."""
    if not event.subscriber_id:
        return
    if event.suppresses:
        readers.suppress(Suppression(subscriber_id=event.subscriber_id, reason=event.suppresses, at=now))
        _stop(readers, event.subscriber_id, now)
    if event.issue_id and event.state:
        readers.advance_send(event.issue_id, event.subscriber_id, event.state, event.mail.message_id)


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
