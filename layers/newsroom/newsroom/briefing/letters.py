"""Messages as they travel: headers and parts. What they say is rendered elsewhere; nothing is sent here."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal
from urllib.parse import quote

from newsroom.errors import BadInput

Stream = Literal["list", "transactional"]
Encoding = Literal["quoted-printable", "base64"]
QUOTED = bytes(range(127, 256)) + b"="
"""Bytes that quoted-printable writes as three."""
SENDERS: dict[Stream, str] = {"list": "briefing", "transactional": "confirm"}
"""Local parts of the two identities: whoever filters the list still gets the mails they asked for (FEATURES.md E15)."""
LARGEST_HTML = 80_000
"""Bytes as encoded; Gmail clips at about 102 KB (FEATURES.md E11)."""


@dataclass(frozen=True)
class Content:
    """What a letter says, twice: the parts hold the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Leaving:
    """How a reader of list mail leaves it."""

    url: str
    """One POST to it unsubscribes (RFC 8058); a GET shows a page."""
    contact: str
    """The second way, for those whose client knows no other: SES takes it, or a person reads it."""
    by_mail: str
    """The token that its subject carries."""


def make_letter(
    stream: Stream,
    content: Content,
    *,
    to: str,
    name: str,
    domain: str,
    message_id: str,
    at: datetime,
    leaving: Leaving | None = None,
) -> EmailMessage:
    """A multipart/alternative message, text first. `name` is shown as the sender, the same in every mail.

    `message_id` is the part before the `@`, short enough for one line. Raises BadInput for a subject, name or
    address with a line break in it, and for list mail without a way to leave.
    """
    if stream == "list" and leaving is None:
        raise BadInput("list mail needs a way to leave", about=message_id)
    for value in (content.subject, to, name):
        if any(ord(character) < 32 or ord(character) == 127 for character in value):
            raise BadInput("a header holds a control character", about=message_id)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = MailAddress(name, SENDERS[stream], domain)
    letter["To"] = MailAddress(addr_spec=to)
    letter["Subject"] = content.subject
    letter["Date"] = at
    letter["Message-ID"] = f"<{message_id}@{domain}>"
    if leaving:
        mailto = f"mailto:{leaving.contact}?subject={quote('unsubscribe ' + leaving.by_mail)}"
        letter["List-Id"] = f"<{SENDERS[stream]}.{domain}>"
        letter["List-Unsubscribe"] = f"<{leaving.url}>, <{mailto}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(content.text, cte=_shorter(content.text))
    letter.add_alternative(content.html, subtype="html", cte=_shorter(content.html))
    return letter


def encoded(text: str) -> int:
    """Bytes of a part that says this, as it travels."""
    return min(_encodings(text).values())


def _shorter(text: str) -> Encoding:
    """Left to itself Python judges by the first ten lines, which are markup: one in Chinese would be twice as large."""
    sizes = _encodings(text)
    return min(sizes, key=lambda encoding: sizes[encoding])


def _encodings(text: str) -> dict[Encoding, int]:
    """Lines of 76 characters; a soft line break takes three bytes, a plain one two. A percent more for what begins a
    part and for lines that end early."""
    raw = text.encode()
    quoted = len(raw) + 2 * (len(raw) - len(raw.translate(None, delete=QUOTED)))
    return {"quoted-printable": quoted * 79 // 75, "base64": -(-len(raw) // 3) * 4 * 79 // 76}
