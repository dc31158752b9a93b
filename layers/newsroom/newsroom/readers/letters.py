"""Mails on request: to confirm, to say that nothing has changed, what is kept, and what became of a report."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

from newsroom.briefing.engine import fill
from newsroom.briefing.letters import Content, make_letter
from newsroom.readers.reports import STATES, Report
from newsroom.readers.subscriber import Subscriber
from newsroom.readers.subscriptions import CONFIRM_WITHIN, CONSENT, LETTER_REST, SHOW_WITHIN
from newsroom.settings import MailSettings
from newsroom.site import addresses
from newsroom.site.rendering import House

if TYPE_CHECKING:
    from newsroom.archive.responses import Standing

TOLD = {"confirmed": "you are right", "fixed": "corrected", "rejected": "the story stays"}


@dataclass(frozen=True)
class LetterPage:
    """What `letter.html.j2` and `letter.txt.j2` show."""

    house: House
    subject: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Words and address of each."""
    postal_address: str


def confirmation_letter(
    subscriber: Subscriber, address: str, token: str, house: House, settings: MailSettings, now: datetime
) -> EmailMessage:
    """Asks to confirm; who did not ask does nothing and hears no more."""
    hours = int(CONFIRM_WITHIN.total_seconds() // 3600)
    page = LetterPage(
        house=house,
        subject=f"Confirm that you want the {house.name} briefing",
        paragraphs=(
            f"Somebody, probably you, asked for the daily {house.name} briefing at this address.",
            f"By confirming you say: “{CONSENT}”",
            f"The link works for {hours} hours. If it was not you, do nothing: no further mail will follow.",
        ),
        links=(("Confirm the subscription", f"{house.address}/api/confirm?token={token}"),),
        postal_address=settings.postal_address,
    )
    return _letter(page, subscriber.id, address, settings, now)


def reminder_letter(
    subscriber: Subscriber, address: str, token: str, house: House, settings: MailSettings, now: datetime
) -> EmailMessage:
    """To somebody who is subscribed already: the sign-up page must not be the one to say so."""
    hours = int(LETTER_REST.total_seconds() // 3600)
    page = LetterPage(
        house=house,
        subject=f"You already receive the {house.name} briefing",
        paragraphs=(
            f"Somebody, probably you, asked for the daily {house.name} briefing at this address. "
            "It is subscribed already, and nothing has changed.",
            f"This note is sent at most once in {hours} hours. If you no longer want the briefing, you can leave here:",
        ),
        links=(("Unsubscribe", f"{house.address}/api/unsubscribe?token={token}"),),
        postal_address=settings.postal_address,
    )
    return _letter(page, subscriber.id, address, settings, now)


def data_letter(
    subscriber_id: str, address: str, token: str, house: House, settings: MailSettings, now: datetime
) -> EmailMessage:
    """A link to what is kept of a mailbox; without a `token` that nothing is."""
    hours = int(SHOW_WITHIN.total_seconds() // 3600)
    kept = f"The link shows it, lets you take it along, change it or have it deleted. It works for {hours} hours."
    page = LetterPage(
        house=house,
        subject=f"What {house.name} keeps of this address",
        paragraphs=(
            "Somebody, probably you, asked what we keep of this address.",
            kept if token else "Nothing: it has not asked for our briefing or a letter, or what we kept is deleted.",
            "If it was not you, do nothing: only who reads this mailbox can follow the link.",
        ),
        links=(
            ("See what is kept", f"{house.address}/api/my-data?token={token}")
            if token
            else ("How we treat addresses", house.address + addresses.PRIVACY),
        ),
        postal_address=settings.postal_address,
    )
    return _letter(page, subscriber_id, address, settings, now)


def reply_letter(
    report: Report, story: "Standing | None", address: str, house: House, settings: MailSettings, now: datetime
) -> EmailMessage:
    """What the desk decided on a report, to the reader who wanted to know it. It repeats nothing that the reader wrote:
    whoever gave the address must not write to it through us."""
    page = LetterPage(
        house=house,
        subject=f"Your report {report.id}: {TOLD[report.state]}",
        paragraphs=(
            "Somebody, probably you, reported an error "
            + (f"in “{story.headline}” and asked us to write what we decide." if story else "and asked us to write."),
            STATES[report.state],
            *([f"Our reason: {report.reason}"] if report.reason else []),
            "This is the only letter about it. We have deleted this address from the report; nothing else follows.",
        ),
        links=(
            ("Follow the report", f"{house.address}/api/report?id={report.id}"),
            *([("Read the story", house.address + addresses.story(story.slug))] if story else []),
        ),
        postal_address=settings.postal_address,
    )
    return _letter(page, report.id, address, settings, now)


def _letter(page: LetterPage, about: str, address: str, settings: MailSettings, now: datetime) -> EmailMessage:
    content = Content(page.subject, fill("letter.txt.j2", page), fill("letter.html.j2", page))
    return make_letter(
        "transactional",
        content,
        to=address,
        name=page.house.name,
        domain=settings.transactional_mail_domain or settings.mail_domain,
        message_id=f"{now:%Y%m%dT%H%M%S}.{about[:20]}",
        at=now,
    )
