"""Somebody who asked for the briefing: what we keep of them, and nothing else."""

from datetime import datetime
from typing import Literal

from newsroom.boundary import Boundary, Moment, moment
from newsroom.readers.preferences import Preferences

State = Literal["pending", "confirmed", "unsubscribed", "suppressed"]


class Subscriber(Preferences):
    """One mailbox and what its owner chose. The address is sealed; the id is its keyed hash."""

    id: str
    sealed_address: str
    state: State
    asked_at: Moment
    """When the confirmation mail that counts was asked for."""
    consent_text: str
    """Version of the words that were agreed to."""
    confirmed_at: Moment | None = None
    """When consent was given, by a click in a mail to that address."""
    ended_at: Moment | None = None
    """When it was unsubscribed or suppressed."""
    revision: int = 0
    """Counts writes: nobody writes over a state that they have not read."""

    @property
    def preferences(self) -> Preferences:
        return Preferences(days=self.days, regions=self.regions, zone=self.zone)

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
