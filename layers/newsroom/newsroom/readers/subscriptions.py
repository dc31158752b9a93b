"""The rules of subscribing: who is sent which letter, what a link may still do."""

from datetime import datetime, timedelta

from newsroom.errors import BadInput
from newsroom.readers.preferences import Preferences
from newsroom.readers.reply import Reply
from newsroom.readers.subscriber import Subscriber, Suppression
from newsroom.readers.tokens import Token

LETTER_REST = timedelta(hours=24)
"""One mail on request to a mailbox in this time, whoever asks: nobody is bombed through our form."""
CONFIRM_WITHIN = timedelta(hours=48)
SHOW_WITHIN = timedelta(hours=24)
"""For the link to one's own data."""
UNSUBSCRIBE_WITHIN = timedelta(days=400)
"""CAN-SPAM asks for 30 days (§5(a)(3)); a reader may clear out last year's mail."""
SUPPRESSION_REST = timedelta(days=30)
"""A mailbox that bounced or complained is not written to before that, not even to confirm."""

CONSENT_TEXT = "2026-11-24"
CONSENT = (
    "I want the daily briefing by e-mail, on the days and at the time that I chose, until I unsubscribe. "
    "My address is used for nothing else and given to nobody."
)
"""What is agreed to; a new text gets a new name, and each subscriber's record says which it was."""

CONSENTS = {
    "2026-11": "I want the daily briefing by e-mail, about 6 a.m. New York time, until I unsubscribe. "
    "My address is used for nothing else and given to nobody.",
    CONSENT_TEXT: CONSENT,
}
"""Every text that somebody may have agreed to."""


def may_write(suppression: Suppression | None, now: datetime) -> bool:
    """Whether a mailbox may be sent a mail on request."""
    return suppression is None or now - suppression.at >= SUPPRESSION_REST


def asked(
    known: Subscriber | None, subscriber_id: str, sealed_address: str, now: datetime, chosen: Preferences
) -> Subscriber:
    """Waiting for confirmation; whatever was agreed to before no longer counts."""
    return Subscriber(
        id=subscriber_id,
        sealed_address=sealed_address,
        state="pending",
        asked_at=now,
        consent_text=CONSENT_TEXT,
        revision=known.revision if known else 0,
        **chosen.model_dump(),
    )


def confirmation(subscriber: Subscriber, now: datetime) -> Token:
    return Token("confirm", subscriber.id, subscriber.stamp, now + CONFIRM_WITHIN)


def farewell(subscriber_id: str, issued_at: datetime) -> Token:
    """For the unsubscribe link of a letter that was made at `issued_at`."""
    return Token("unsubscribe", subscriber_id, "", issued_at + UNSUBSCRIBE_WITHIN)


def farewell_by_mail(subscriber_id: str, issued_at: datetime) -> Token:
    """For the subject of the mail that a mail program sends to unsubscribe; it does nothing else."""
    return Token("unsubscribe by mail", subscriber_id, "", issued_at + UNSUBSCRIBE_WITHIN)


def showing(kept: Subscriber | Reply, now: datetime) -> Token:
    """For the link to what is kept of somebody: to see it, change it, take it along, have it deleted."""
    subscriber_id = kept.id if isinstance(kept, Subscriber) else kept.subscriber_id
    return Token("manage", subscriber_id, kept.stamp, now + SHOW_WITHIN)


def shown(subscriber: Subscriber | None, token: Token) -> Subscriber:
    """Whose link it is. BadInput once what it was about is deleted, or was asked for anew."""
    if subscriber is None or (token.purpose == "manage" and subscriber.stamp != token.stamp):
        raise BadInput("this link is not valid, or no longer")
    return subscriber


def preferring(subscriber: Subscriber, chosen: Preferences) -> Subscriber | None:
    """The subscriber with other preferences; None when they are so already, or nothing is sent at all."""
    if subscriber.preferences == chosen or subscriber.state not in ("pending", "confirmed"):
        return None
    return subscriber.model_copy(update=dict(chosen))


def confirmed(subscriber: Subscriber | None, token: Token, now: datetime) -> Subscriber | None:
    """The subscriber, confirmed; None when they are already, by this link. BadInput when the link answers a
    request that was withdrawn, replaced or forgotten: it works once."""
    if subscriber is None or subscriber.stamp != token.stamp or subscriber.state not in ("pending", "confirmed"):
        raise BadInput("this link is not valid, or no longer")
    if subscriber.state == "confirmed":
        return None
    return subscriber.model_copy(update={"state": "confirmed", "confirmed_at": now, "ended_at": None})


def unsubscribed(subscriber: Subscriber | None, now: datetime) -> Subscriber | None:
    """The subscriber, gone; None when there is nothing to change."""
    if subscriber is None or subscriber.state not in ("pending", "confirmed"):
        return None
    return subscriber.model_copy(update={"state": "unsubscribed", "ended_at": now})
