"""Figures, times and names as readers see them."""

import dataclasses
import math
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction by adults: Brysbaert 2019, doi 10.1016/j.jml.2019.104047."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Control characters, what reverses or hides text, and what XML forbids."""


def plain(text: str) -> str:
    """Text without characters that cannot be seen: nothing may reorder a line or break a feed."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 source`, `2 sources`, `1,200 sources`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def when(at: datetime) -> str:
    """`23 Nov 2026, 19:15 UTC`."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def short(at: datetime) -> str:
    """`23 Nov, 19:15 UTC`, for lists, whose pages say the year elsewhere."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b, %H:%M} UTC"


def clock(at: datetime) -> str:
    """`19:15 UTC`, where the day is said beside it."""
    return f"{hour(at)} UTC"


def hour(at: datetime) -> str:
    """`19:15`, in UTC, where day and zone are said beside it."""
    return f"{at.astimezone(UTC):%H:%M}"


def day(at: datetime) -> str:
    """`23 November 2026`."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%B %Y}"


def lapse(span: timedelta) -> str:
    """How long, roughly: `40 minutes`, `3 hours`, `2 days`."""
    minutes = max(0, round(span.total_seconds() / 60))
    if minutes < 90:
        return count(minutes, "minute")
    if minutes < 48 * 60:
        return count(round(minutes / 60), "hour")
    return count(round(minutes / 1440), "day")


def number(value: float) -> str:
    """`80`, `77.5`: at most one decimal, none when it would be zero."""
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    return f"{number(share * 100)} %"


def flag(code: str) -> str:
    """The flag of a country code as an emoji (two regional indicators); empty for anything else and for ZZ."""
    if not re.fullmatch(r"[A-Z]{2}", code) or code == "ZZ":
        return ""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)


@lru_cache(maxsize=4096)
def out_link(url: str) -> str:
    """The URL when a reader may safely follow it, else empty: http or https, a host, no blanks, no credentials.

    Remembered, because each edition asks for every address of the registry again.
    """
    if not url.isprintable() or re.search(r"[\s\\<>\"'`]", url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else ""


def words(value: object) -> int:
    """Words in everything a page shows: every text within a value, however deep. Addresses and markup are none."""
    if isinstance(value, Markup):
        return 0
    if isinstance(value, str):
        return 0 if value.startswith(("/", "http://", "https://", "#")) else len(value.split())
    if dataclasses.is_dataclass(value):
        return sum(words(getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, tuple | list):
        return sum(map(words, value))
    return 0


def reading_minutes(number_of_words: int) -> int:
    return max(1, math.ceil(number_of_words / WORDS_PER_MINUTE))
