"""One batch of an issue: claim, send, record, for each subscriber. Nobody is sent to twice."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Literal

from newsroom.boundary import Boundary
from newsroom.briefing.issue import CorrectionLine, Issue
from newsroom.briefing.letters import Leaving, make_letter
from newsroom.briefing.rendering import issue_mail
from newsroom.briefing.send import REACHED, Send
from newsroom.briefing.warming import cools
from newsroom.errors import BadInput, MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.readers.subscriptions import farewell, farewell_by_mail

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.briefing.mail import Mail
    from newsroom.briefing.pace import Pace
    from newsroom.readers.sealing import Seal
    from newsroom.readers.tokens import Tokens
    from newsroom.settings import MailSettings
    from newsroom.site.rendering import House

Fate = Literal["sent", "skipped", "unknown"]

TRIES = 5
"""Of one message that SES throttles; then the state machine waits longer than a function should."""
SECONDS_IN_RESERVE = 45.0
"""A message is not begun with less left: SES's and the table's timeouts and one rest fit in it."""


class Batch(Boundary):
    """What a batch came to."""

    sent: int = 0
    """Taken by SES, now or in an earlier attempt."""
    skipped: int = 0
    """Unsubscribed, suppressed or forgotten since the manifest was written, refused by SES, or claimed elsewhere."""
    unknown: int = 0
    held: int = 0
    """Left for the next morning: the list is being warmed up, and what was sent of the issue was not taken well."""
    remaining: bool = False
    """The deadline came first: the same batch goes on in another function."""


@dataclass(frozen=True)
class Postman:
    """All that sending one issue takes."""

    readers: "ReadersArchive"
    mail: "Mail"
    pace: "Pace"
    seal: "Seal"
    tokens: "Tokens"
    house: "House"
    settings: "MailSettings"
    now: Callable[[], datetime]
    seconds_left: Callable[[], float]

    def deliver(self, issue: Issue, subscriber_ids: Iterable[str]) -> Batch:
        """Send an issue to a batch.

        A claim that an earlier attempt left open counts as unknown and stays as it is: only an event of SES can say
        what became of it. Raises MailThrottled when SES throttles one message for long, and MailSuspended when it
        takes nothing from us, when the day's quota has no room for what is left of the batch, or when the list is
        paused; what was sent is recorded, and the batch can be repeated.
        """
        wanted = list(subscriber_ids)
        known = self.readers.sends(issue.issue_id, wanted)
        before = Counter(_before(send) for send in known.values())
        waiting = [one for one in wanted if one not in known]
        if not waiting:
            return _tally(before, remaining=False)
        self._check(issue, len(waiting))
        if cools(issue.issue_id, issue.composed_at, self.readers):
            return _tally(before, remaining=False, held=len(waiting))
        counts: Counter[Fate] = Counter()
        try:
            for subscriber_id in waiting:
                if self.seconds_left() < SECONDS_IN_RESERVE:
                    return _tally(before + counts, remaining=True)
                counts[self._deliver_one(issue, subscriber_id)] += 1
        finally:
            if counts["sent"]:
                self.readers.count_mail(self.now(), sent=counts["sent"])
        return _tally(before + counts, remaining=False)

    def _check(self, issue: Issue, waiting: int) -> None:
        """Once a batch, so that a pause or a spent quota stops within one; nothing is claimed before it."""
        if self.settings.sending_paused:
            raise MailSuspended("sending is paused by the operator", about=issue.issue_id)
        pause = self.readers.pause()
        if pause and pause.stands:
            raise MailSuspended(
                f"sending is paused since {pause.at:%Y-%m-%d %H:%M}: {pause.reason}", about=issue.issue_id
            )
        allowance = self.mail.allowance()
        if allowance and not allowance.enabled:
            raise MailSuspended("SES lets this account send nothing", about=issue.issue_id)
        if allowance and allowance.left < waiting:
            raise MailSuspended(
                f"{waiting} wait, and the day's quota has room for {allowance.left:.0f}", about=issue.issue_id
            )

    def _deliver_one(self, issue: Issue, subscriber_id: str) -> Fate:
        letter = self._letter(issue, subscriber_id)
        if letter is None:
            return "skipped"
        claim = Send(issue_id=issue.issue_id, subscriber_id=subscriber_id, state="claimed", claimed_at=self.now())
        tags = {"issue": issue.issue_id, "subscriber": subscriber_id}
        for attempt in range(TRIES):
            self.pace.wait()
            # The state is judged again here, in the same transaction as the claim.
            if self.readers.claim_send(claim) != "claimed":
                return "skipped"
            try:
                message_id = self.mail.send(letter, "list", tags)
            except MailThrottled:
                self.readers.release_send(issue.issue_id, subscriber_id)
                if attempt == TRIES - 1:
                    raise
                self.pace.rest(2.0**attempt)
                continue
            except MailSuspended:
                self.readers.release_send(issue.issue_id, subscriber_id)
                raise
            except MailRefused:
                self.readers.advance_send(issue.issue_id, subscriber_id, "refused")
                return "skipped"
            except MailUncertain:
                self.readers.advance_send(issue.issue_id, subscriber_id, "unknown")
                return "unknown"
            self.readers.advance_send(issue.issue_id, subscriber_id, "sent", message_id)
            return "sent"
        return "skipped"

    def _letter(self, issue: Issue, subscriber_id: str) -> EmailMessage | None:
        """Made before the claim: what fails here leaves no claim behind."""
        subscriber = self.readers.find_subscriber(subscriber_id)
        if subscriber is None or subscriber.state != "confirmed":
            return None
        token = self.tokens.sign(farewell(subscriber_id, issue.composed_at))
        by_mail = self.tokens.sign(farewell_by_mail(subscriber_id, issue.composed_at))
        leave_url = f"{self.house.address}/api/unsubscribe?token={token}"
        content = issue_mail(
            issue,
            self.house,
            corrections=self._corrections(issue, subscriber_id),
            leave_url=leave_url,
            choices_url=f"{self.house.address}/api/preferences?token={token}",
            reader=subscriber.preferences,
            postal_address=self.settings.postal_address,
        )
        try:
            return make_letter(
                "list",
                content,
                to=self.seal.open(subscriber.sealed_address, subscriber_id),
                name=f"{self.house.name} Briefing",
                domain=self.settings.mail_domain,
                message_id=f"{issue.issue_id}.{subscriber_id[:17]}",
                at=self.now(),
                leaving=Leaving(leave_url, self.settings.leave_address or self.house.contact, by_mail),
            )
        except BadInput:
            # An address that does not open, or is none: nobody can be written to, the others can.
            return None

    def _corrections(self, issue: Issue, subscriber_id: str) -> tuple[CorrectionLine, ...]:
        """Of issues that this subscriber received."""
        lines = (*issue.corrections, *issue.still_owed)
        if not lines:
            return ()
        received = self.readers.issues_received(subscriber_id) - {issue.issue_id}
        return tuple(line for line in lines if line.concerns(received))


def _tally(counts: Counter[Fate], *, remaining: bool, held: int = 0) -> Batch:
    sent, skipped, unknown = (counts[fate] for fate in ("sent", "skipped", "unknown"))
    return Batch(sent=sent, skipped=skipped, unknown=unknown, held=held, remaining=remaining)


def _before(send: Send) -> Fate:
    if send.state in REACHED:
        return "sent"
    return "skipped" if send.state == "refused" else "unknown"
