"""What a sign-up, a confirmation and a farewell do: the rules are in `subscriptions`, here they meet the world."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage as Letter
from typing import TYPE_CHECKING, Any

from newsroom.errors import ArchiveConflict, BadInput, MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.readers.address import read_address
from newsroom.readers.disposable import Hosts
from newsroom.readers.even_time import EvenTime
from newsroom.readers.letters import confirmation_letter, data_letter, reminder_letter
from newsroom.readers.preferences import Preferences
from newsroom.readers.reply import REPLIES_A_DAY, Reply, lasting, wanted
from newsroom.readers.reports import Report
from newsroom.readers.subscriber import Subscriber
from newsroom.readers.subscriptions import (
    CONSENTS,
    LETTER_REST,
    asked,
    confirmation,
    confirmed,
    farewell,
    may_write,
    preferring,
    showing,
    shown,
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
    mail: "Callable[[], Mail]"
    """Built when the first letter is sent: most requests send none."""
    seal: "Seal"
    tokens: "Tokens"
    house: House
    limits: ReadersSettings
    mail_settings: MailSettings
    hosts: Hosts = field(default_factory=Hosts)
    even_time: EvenTime = field(default_factory=EvenTime)

    def ask(self, address_text: str, network: str, now: datetime, chosen: Preferences) -> bool:
        """Take a sign-up. False when this network, or everybody together, asked too often in this hour.

        What the caller learns, and how long it takes, is the same for every address: nothing tells whether it is
        known, waiting, suppressed or refused by SES. Raises BadInput for what is no address or from a host of
        throw-away ones, and MailThrottled when the mail must wait.
        """
        return self._on_request(address_text, network, now, lambda who, known: self._sign_up(who, known, now, chosen))

    def ask_for_data(self, address_text: str, network: str, now: datetime) -> bool:
        """Mail a link to what is kept of a mailbox, or that nothing is; the same limits, silence and time as `ask`."""
        return self._on_request(address_text, network, now, lambda who, known: self._own_data(who, known, now))

    def _on_request(
        self, address_text: str, network: str, now: datetime, letter: Callable[["Asking", Subscriber | None], Letter]
    ) -> bool:
        if not self.house.address:
            raise MailSuspended("the site does not know its own address, which the link needs")
        asking = self.admit(address_text, network, now)
        if asking is None:
            return False
        # Only from here on is anything read of the address; a flood that is refused above holds no function back.
        with self.even_time.kept():
            # Read and claimed in any case: the steps are the same whatever is found.
            known = self.readers.find_subscriber(asking.subscriber_id)
            may = may_write(self.readers.suppression(asking.subscriber_id), now)
            if self.readers.claim_letter(asking.subscriber_id, now, LETTER_REST) and may:
                self._post(asking, lambda: letter(asking, known))
        return True

    def admit(self, address_text: str, network: str, now: datetime) -> "Asking | None":
        """Whose address that is, nothing being read of it; None when this network, or everybody together, gave too many
        in this hour. BadInput for what is no address or from a host of throw-away ones."""
        address = read_address(address_text)
        if self.hosts.refuses(address):
            raise BadInput("addresses of that host are thrown away soon: please use one that you keep")
        if not self.readers.take(f"sign-ups {network}", now, self.limits.subscriptions_per_network_and_hour):
            return None
        if not self.readers.take("sign-ups", now, self.limits.subscriptions_per_hour):
            return None
        subscriber_id = self.seal.subscriber_id(address.mailbox)
        return Asking(subscriber_id, address.deliverable, self.seal.close(address.deliverable, subscriber_id))

    def want_reply(self, asking: "Asking", report: Report, now: datetime) -> None:
        """Keep that somebody wants the decision on a report by mail; beyond `REPLIES_A_DAY` silently not, in the same
        time."""
        with self.even_time.kept():
            known = any(one.report_id == report.id for one in self.readers.replies(asking.subscriber_id))
            if report.state != "received" or known:
                return
            if self.readers.take(f"replies {asking.subscriber_id}", now, REPLIES_A_DAY, "day"):
                self.readers.store_reply(wanted(report, asking.subscriber_id, asking.sealed, now), was=None)

    def _post(self, asking: "Asking", letter: Callable[[], Letter]) -> None:
        """One mail; what SES refuses, or may have taken, is not told and not repeated."""
        try:
            self.mail().send(letter(), "transactional", {"subscriber": asking.subscriber_id})
        except (MailThrottled, MailSuspended):
            self.readers.release_letter(asking.subscriber_id)
            raise
        except (MailRefused, MailUncertain, ArchiveConflict):
            # ArchiveConflict: somebody confirmed or left in this very moment; what they did stands.
            return

    def _sign_up(self, asking: "Asking", known: Subscriber | None, now: datetime, chosen: Preferences) -> Letter:
        if known and known.state == "confirmed":
            token = self.tokens.sign(farewell(known.id, now))
            return reminder_letter(known, asking.address, token, self.house, self.mail_settings, now)
        waiting = self.readers.store_subscriber(asked(known, asking.subscriber_id, asking.sealed, now, chosen))
        token = self.tokens.sign(confirmation(waiting, now))
        return confirmation_letter(waiting, asking.address, token, self.house, self.mail_settings, now)

    def _own_data(self, asking: "Asking", known: Subscriber | None, now: datetime) -> Letter:
        replies = lasting(self.readers.replies(asking.subscriber_id), now)
        token = self.tokens.sign(showing(known or replies[0], now)) if known or replies else ""
        return data_letter(asking.subscriber_id, asking.address, token, self.house, self.mail_settings, now)

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
        change_subscriber(self.readers, token.subscriber_id, lambda known: unsubscribed(known, now))

    def preferences(self, token_text: str, now: datetime) -> Preferences:
        """What somebody chose, by the link of any issue or the one to one's data. BadInput for neither."""
        return self._whose(token_text, now).preferences

    def prefer(self, token_text: str, change: Callable[[Preferences], Preferences], now: datetime) -> Preferences:
        """Another choice, by the same links: `change` makes it of what was chosen before."""
        known = self._whose(token_text, now)
        change_subscriber(self.readers, known.id, lambda one: preferring(one, change(one.preferences)) if one else None)
        return change(known.preferences)

    def kept_of(self, token_text: str, now: datetime) -> dict[str, Any]:
        """All that is kept of somebody, in the words of the record, the address opened. BadInput for a link that is not
        theirs, or no longer."""
        subscriber_id, subscriber, replies = self._opened(token_text, now)
        suppression = self.readers.suppression(subscriber_id)
        sealed = [one.sealed_address for one in (subscriber, *replies) if one and one.sealed_address]
        record: dict[str, Any] = {"id": subscriber_id}
        if subscriber:
            record = subscriber.model_dump(mode="json", exclude={"sealed_address", "revision", "consent_text"})
            record["consent"] = {
                "version": subscriber.consent_text,
                "words": CONSENTS.get(subscriber.consent_text, ""),
            }
            record["issues_received"] = sorted(self.readers.issues_received(subscriber_id))
        return {
            **record,
            "address": self.seal.open(sealed[0], subscriber_id) if sealed else None,
            "replies": [one.model_dump(mode="json", exclude={"sealed_address", "subscriber_id"}) for one in replies],
            "not_written_to_because": suppression.reason if suppression else None,
        }

    def forget(self, token_text: str, now: datetime) -> None:
        """Delete all of it; a suppression stays, so that it holds. The link is worth nothing from here on."""
        subscriber_id, _, _ = self._opened(token_text, now)
        self.readers.forget(subscriber_id)

    def _opened(self, token_text: str, now: datetime) -> tuple[str, Subscriber | None, list[Reply]]:
        """What the link to somebody's data is about; without a subscription the letters that they want."""
        token = self.tokens.read(token_text, "manage", now)
        known = self.readers.find_subscriber(token.subscriber_id)
        replies = lasting(self.readers.replies(token.subscriber_id), now)
        if known is None and token.stamp in (one.stamp for one in replies):
            return token.subscriber_id, None, replies
        return token.subscriber_id, shown(known, token), replies

    def _whose(self, token_text: str, now: datetime) -> Subscriber:
        try:
            token = self.tokens.read(token_text, "manage", now)
        except BadInput:
            token = self.tokens.read(token_text, "unsubscribe", now)
        return shown(self.readers.find_subscriber(token.subscriber_id), token)


@dataclass(frozen=True)
class Asking:
    """Who asks for a mail: the keyed hash of the mailbox, where to send, and the same sealed."""

    subscriber_id: str
    address: str
    sealed: str


def change_subscriber(
    readers: "ReadersArchive", subscriber_id: str, change: Callable[[Subscriber | None], Subscriber | None]
) -> None:
    """Read, change, write, again when somebody else wrote meanwhile; nothing is written where `change` gives None."""
    for attempt in range(TRIES):
        changed = change(readers.find_subscriber(subscriber_id))
        if changed is None:
            return
        try:
            readers.store_subscriber(changed)
            return
        except ArchiveConflict:
            if attempt == TRIES - 1:
                raise
