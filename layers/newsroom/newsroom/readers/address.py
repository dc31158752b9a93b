"""E-mail addresses: which we take, how they are written, which are the same person's."""

import re
from dataclasses import dataclass

from newsroom.errors import BadInput

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""RFC 5321 §4.1.2 Dot-string. Quoted local parts are refused: nobody has one, and they may hold anything."""
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Where dots in the local part mean nothing, and the name under which the mailbox counts
(support.google.com/mail/answer/7436150)."""
TAGGED_BY_HYPHEN = {"yahoo.com", "ymail.com", "rocketmail.com"}
"""Where a hyphen starts the tag of a disposable alias."""


@dataclass(frozen=True)
class Address:
    """Where to send, and the name under which the mailbox counts once."""

    deliverable: str
    """As its owner wrote it, the domain in lower case and in Punycode: ASCII only, as SES wants it."""
    mailbox: str
    """Without aliases: lower case, no `+tag`, no meaningless dots."""


def read_address(text: str) -> Address:
    """An address from a form; BadInput for anything that is not one address that SES could send to."""
    text = text.strip()
    local, at, domain = text.rpartition("@")
    if not at or len(text) > 254 or len(local) > 64 or not LOCAL.fullmatch(local):
        raise BadInput("that is not an e-mail address")
    domain = _ascii(domain)
    return Address(f"{local}@{domain}", _mailbox(local.lower(), domain))


def _ascii(domain: str) -> str:
    domain = domain.rstrip(".").lower()
    if not domain.isascii():
        import idna

        try:
            domain = idna.encode(domain, uts46=True).decode()
        except (idna.IDNAError, UnicodeError) as exc:
            raise BadInput("that is not an e-mail address") from exc
    labels = domain.split(".")
    if len(domain) > 253 or len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        raise BadInput("that is not an e-mail address")
    if labels[-1].isdigit():
        raise BadInput("that is not an e-mail address")
    return domain


def _mailbox(local: str, domain: str) -> str:
    separator = "-" if domain in TAGGED_BY_HYPHEN else "+"
    name = local.split(separator, 1)[0] or local
    if domain in DOTLESS:
        name, domain = name.replace(".", ""), DOTLESS[domain]
    return f"{name}@{domain}"
