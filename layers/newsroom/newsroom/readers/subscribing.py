"""What a sign-up, a confirmation and a farewell do: the rules are in `subscriptions`, here they meet the world."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.errors import ArchiveConflict, MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.readers.address import read_address
from newsroom.readers.letters import confirmation_letter, reminder_letter
from newsroom.readers.subscriptions import (
    LETTER_REST,
    asked,
    confirmation,
    confirmed,
    farewell,
    letter_due,
    unsubscribed,
)
from newsroom.settings import MailSettings, ReadersSettings
from newsroom.site.rendering import House

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.briefing.mail import Mail
    from newsroom.readers.sealing import Seal
    from newsroom.readers.tokens import Tokens

TRIES = 4
"""Of a write that somebody else's write got in the way of."""


@dataclass(frozen=True)
class Subscribing:
    """All that subscribing takes."""

    readers: "ReadersArchive"
    mail: "Mail"
    seal: "Seal"
    tokens: "Tokens"
    house: House
    limits: ReadersSettings
    mail_settings: MailSettings

    def ask(self, address_text: str, network: str, now: datetime) -> bool:
        """Take a sign-up. False when this network, or everybody together, asked too often in this hour.

        What the caller learns is the same for every address: nothing tells whether it is known, waiting, suppressed
        or refused by SES. Raises BadInput for what is no address, and MailThrottled when the mail must wait.
        """
        address = read_address(address_text)
        if not self.house.address:
            raise MailSuspended("the site does not know its own address, which the link needs")
        if not self.readers.take(f"sign-ups {network}", now, self.limits.subscriptions_per_network_and_hour):
            return False
        if not self.readers.take("sign-ups", now, self.limits.subscriptions_per_hour):
            return False
        subscriber_id = self.seal.subscriber_id(address.mailbox)
        known = self.readers.find_subscriber(subscriber_id)
        due = letter_due(known, self.readers.suppression(subscriber_id), now)
        # Sealed in any case, so that the answer takes as long whichever letter is due.
        sealed = self.seal.close(address.deliverable, subscriber_id)
        if due == "none" or not self.readers.claim_letter(subscriber_id, now, LETTER_REST):
            return True
        if due == "reminder" and known:
            token = self.tokens.sign(farewell(subscriber_id, now))
            letter = reminder_letter(known, address.deliverable, token, self.house, self.mail_settings, now)
        else:
            try:
                waiting = self.readers.store_subscriber(asked(known, subscriber_id, sealed, now))
            except ArchiveConflict:
                # Somebody confirmed or left in this very moment; what they did stands.
                return True
            token = self.tokens.sign(confirmation(waiting, now))
            letter = confirmation_letter(waiting, address.deliverable, token, self.house, self.mail_settings, now)
        try:
            self.mail.send(letter, "transactional", {"subscriber": subscriber_id})
        except (MailThrottled, MailSuspended):
            self.readers.release_letter(subscriber_id)
            raise
        except (MailRefused, MailUncertain):
            return True
        return True

    def check(self, token_text: str, now: datetime) -> None:
        """BadInput unless the link of a confirmation mail could be used now; changes nothing."""
        token = self.tokens.read(token_text, "confirm", now)
        confirmed(self.readers.find_subscriber(token.subscriber_id), token, now)

    def confirm(self, token_text: str, now: datetime) -> None:
        """Consent is given. Pressing twice is harmless; BadInput for a link that is not, or no longer, valid."""
        token = self.tokens.read(token_text, "confirm", now)
        for attempt in range(TRIES):
            subscriber = confirmed(self.readers.find_subscriber(token.subscriber_id), token, now)
            if subscriber is None:
                return
            # An explicit confirmation is the one thing that ends a suppression.
            self.readers.lift_suppression(token.subscriber_id)
            try:
                self.readers.store_subscriber(subscriber)
                return
            except ArchiveConflict:
                if attempt == TRIES - 1:
                    raise

    def leave(self, token_text: str, now: datetime) -> None:
        """Unsubscribed from this moment. Repeating is harmless; BadInput for a link that is not ours."""
        token = self.tokens.read(token_text, "unsubscribe", now)
        for attempt in range(TRIES):
            subscriber = unsubscribed(self.readers.find_subscriber(token.subscriber_id), now)
            if subscriber is None:
                return
            try:
                self.readers.store_subscriber(subscriber)
                return
            except ArchiveConflict:
                if attempt == TRIES - 1:
                    raise
