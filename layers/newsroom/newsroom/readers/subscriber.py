"""Somebody who asked for the briefing: what we keep of them, and nothing else."""

from datetime import datetime
from typing import Literal

from newsroom.boundary import Boundary, Moment, moment

Days = Literal["daily", "weekdays"]
State = Literal["pending", "confirmed", "unsubscribed", "suppressed"]


class Subscriber(Boundary):
    """One mailbox. The address is sealed; the id is its keyed hash."""

    id: str
    sealed_address: str
    state: State
    asked_at: Moment
    """When the confirmation mail that counts was asked for."""
    days: Days = "daily"
    """On which days an issue is sent; `weekdays` are Monday to Friday in New York."""
    consent_text: str
    """Version of the words that were agreed to."""
    confirmed_at: Moment | None = None
    """When consent was given, by a click in a mail to that address."""
    ended_at: Moment | None = None
    """When it was unsubscribed or suppressed."""
    revision: int = 0
    """Counts writes: nobody writes over a state that they have not read."""

    @property
    def stamp(self) -> str:
        """What a confirmation link is bound to."""
        return moment(self.asked_at)


class Suppression(Boundary):
    """Why a mailbox gets no mail, kept even when the subscriber asks to be forgotten."""

    subscriber_id: str
    reason: Literal["bounce", "complaint"]
    at: Moment


def suppressed(subscriber: Subscriber, now: datetime) -> Subscriber:
    return subscriber.model_copy(update={"state": "suppressed", "ended_at": now})
