"""Dates as feeds and pages write them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before this a date of a web page is a mistake: zero timestamps, mostly."""

LONGEST = 60
"""Characters of a date that are looked at."""

ZONES = {
    # RFC 822 names the American ones; the rest are what publishers write, where only one reading is in use.
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "sast": 120, "ist": 330, "pkt": 300, "sgt": 480, "hkt": 480,
    "myt": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "brt": -180, "art": -180, "clt": -240,
}  # fmt: skip

ISO = re.compile(
    r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?|(\d{2})(\d{2}))(?!\d)"
    r"(?:[T\s]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[A-Za-z]{2,5})?)?",
    re.I,
)
RFC822 = re.compile(
    r"(?:[^\W\d]{2,12}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([^\W\d]{3,9})\.?,?[\s-]+(\d{4}|\d{2})"
    r"(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?\s*([+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})?)?",
    re.I,
)
AMERICAN = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
    r"(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?\s*([+-]\d{1,2}:?\d{2}|[A-Za-z]{1,5})?)?",
    re.I,
)
# By three letters, in English and in the languages whose publishers are known to write their own.
MONTHS = {
    "jan": 1, "ene": 1, "gen": 1, "jän": 1, "feb": 2, "fev": 2, "fév": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4,
    "abr": 4, "avr": 4, "may": 5, "mai": 5, "mag": 5, "jun": 6, "giu": 6, "jul": 7, "lug": 7, "aug": 8, "ago": 8,
    "aoû": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10, "nov": 11, "dec": 12, "dic": 12,
    "dez": 12, "déc": 12,
}  # fmt: skip


def read_date(written: str, *, zone: timezone = UTC) -> datetime | None:
    """ISO 8601, RFC 822 and its usual misspellings, `November 23, 2026 7:15 pm EST`; None for anything else.

    Where no zone is written, `zone` is meant. The answer is in UTC, whole seconds, not before 1995.
    """
    text = " ".join(written[: 4 * LONGEST].split())[:LONGEST]
    if not text:
        return None
    try:
        at = _iso(text, zone) or _rfc822(text, zone) or _american(text, zone) or _by_library(text, zone)
        at = at.astimezone(UTC).replace(microsecond=0) if at else None
    except (ValueError, OverflowError):
        return None
    return at if at and at >= EARLIEST else None


def _iso(text: str, zone: timezone) -> datetime | None:
    found = ISO.match(text)
    if not found:
        return None
    year, month, day, compact_month, compact_day, hour, minute, second, offset = found.groups()
    return datetime(
        int(year), int(month or compact_month), int(day or compact_day or 1), int(hour or 0), int(minute or 0),
        min(int(second or 0), 59),
        tzinfo=_zone(offset, zone),
    )  # fmt: skip


def _rfc822(text: str, zone: timezone) -> datetime | None:
    found = RFC822.match(text)
    return _composed(found[3], found[2], found[1], found.groups()[3:], zone) if found else None


def _american(text: str, zone: timezone) -> datetime | None:
    found = AMERICAN.match(text)
    return _composed(found[3], found[1], found[2], found.groups()[3:], zone) if found else None


def _composed(year: str, month: str, day: str, time: tuple[str | None, ...], zone: timezone) -> datetime | None:
    name = month[:3].lower()
    if name not in MONTHS:
        return None
    full_year = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
    hour, minute, second, half, offset = time
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0].lower() == "p" else 0)
    midnight_after = hours == 24
    at = datetime(
        full_year, MONTHS[name], int(day), 0 if midnight_after else hours, int(minute or 0),
        min(int(second or 0), 59), tzinfo=_zone(offset, zone),
    )  # fmt: skip
    return at + timedelta(days=1) if midnight_after else at


def _by_library(text: str, zone: timezone) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _zone(offset: str | None, default: timezone) -> timezone:
    if not offset:
        return default
    if offset[0] in "+-":
        digits = offset[1:].replace(":", "").zfill(4)
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes)) if minutes < 1440 else default
    minutes_east = ZONES.get(offset.lower())
    return default if minutes_east is None else timezone(timedelta(minutes=minutes_east))
