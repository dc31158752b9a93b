"""Dates as feeds and pages write them."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before this a date of a web page is a mistake: zero timestamps, mostly."""

LONGEST = 60
"""Characters of a date that are looked at."""

ZONES = {
    # RFC 822 names the American ones; the rest are what publishers write, where only one reading is in use.
    "ut": 0, "utc": 0, "gmt": 0, "etc/gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60,
    "met": 60, "cest": 120, "mesz": 120, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "sast": 120, "ist": 330,
    "pkt": 300, "sgt": 480, "hkt": 480, "myt": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "at": -240, "brt": -180, "art": -180, "clt": -240,
}  # fmt: skip
SEASONAL = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
"""Names that mean winter's or summer's time, whichever holds on the day."""
KOREA = timezone(timedelta(hours=9))

CANONICAL = re.compile(r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (GMT|[+-]\d{4})")
WEEKDAY = r"(?:[^\W\d]{2,12}\.?,?\s+)?"
MONTH = r"([^\W\d]{3,12})\.?,?"
TIME = (
    r"(?:(?:,?\s*T|,?\s+)\s*(?:at\s+|um\s+)?(am|pm)?\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*([ap]\.?m\b\.?)?\s*((?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,5}(?:/GMT)?\b)?)?"
)
ISO = re.compile(rf"{WEEKDAY}(\d{{4}})(?:[-/.]0?(\d{{1,2}})(?:[-/.](\d{{1,2}}))?|(\d{{2}})(\d{{2}}))(?!\d){TIME}", re.I)
RFC822 = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er)?[\s.-]+(?:de\s+)?{MONTH}[\s-]+(?:de\s+)?(\d{{4}}|\d{{2}}){TIME}", re.I
)
AMERICAN = re.compile(rf"{WEEKDAY}{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th|er)?,?\s+(\d{{4}}){TIME}", re.I)
HUNGARIAN = re.compile(rf"(\d{{4}})[-.]\s*{MONTH}[-\s]*(\d{{1,2}})\.?{TIME}", re.I)
EAST_ASIAN = re.compile(r"(\d{4})\s*([年년])\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]\s*")
HALVES = re.compile("오전|오후|上午|下午|午前|午後")
MORNINGS = ("오전", "上午", "午前")

# By their shortest beginnings that mean one month only, without accents: in English and in the languages whose
# publishers are known to write their own.
MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen ian oca sty янв січ ιαν",
            "feb fev sub lut фев лют φεβ",
            "mar mrz mrt mac maa мар бер μαρ μαω",
            "apr abr avr nis kwi апр кві απρ",
            "may mai mag maj mei маи мая тра μαι",
            "jun juin giu iun haz cze июн чер ιουν ιον",
            "jul juil lug iul tem lip июл лип ιουλ ιολ",
            "aug ago aou agu agt sie авг сер αυγ",
            "sep set sze eyl wrz сен вер σεπ",
            "oct okt out ott eki paz окт жов οκτ",
            "nov noi kas lis ноя лис νοε",
            "dec dic dez des ara gru дек гру δεκ",
        ),
        start=1,
    )
    for beginning in unicodedata.normalize("NFD", beginnings).split()
}


def read_date(written: str, *, zone: timezone = UTC) -> datetime | None:
    """ISO 8601, RFC 822 and its usual misspellings, `November 23, 2026 7:15 pm EST`, months and order of other
    languages; None for anything else.

    Where no zone is written, `zone` is meant. The answer is in UTC, whole seconds, not before 1995.
    """
    text = " ".join(written[: 4 * LONGEST].split())[:LONGEST] if written else ""
    if not text:
        return None
    if not text.isascii():
        text, zone = _from_east_asia(text, zone)
    if at := _canonical(text):
        return at if at >= EARLIEST else None
    first, second = (_iso, _with_month) if text[0].isdigit() else (_with_month, _iso)
    try:
        at = first(text, zone) or second(text, zone) or _by_library(text, zone)
        at = at.astimezone(UTC) if at and at.tzinfo is not UTC else at
    except (ValueError, OverflowError):
        return None
    return at if at and at >= EARLIEST else None


def _canonical(text: str) -> datetime | None:
    """RFC 822 and RFC 3339 to the letter, as most dates are written: a third of the time for them."""
    try:
        if text[4:5] == "-" and text[10:11] == "T":
            at = datetime.fromisoformat(text)
            return at.astimezone(UTC).replace(microsecond=0) if at.tzinfo else None
        if (found := CANONICAL.fullmatch(text)) and (month := MONTHS.get(found[2].lower())):
            day, _, year, hour, minute, second, offset = found.groups()
            zone = _zone(offset.lower(), UTC)
            at = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=zone)
            return at if zone is UTC else at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return None


def _from_east_asia(text: str, zone: timezone) -> tuple[str, timezone]:
    """`2026년 11월 23일 오후 7:15` with its signs as ISO's and `pm`; Korea has one zone."""
    if day := EAST_ASIAN.match(text):
        text = f"{day[1]}-{day[3]}-{day[4]} {text[day.end() :]}"
        zone = KOREA if day[2] == "년" else zone
    elif HALVES.search(text) and ("오전" in text or "오후" in text):
        zone = KOREA
    return HALVES.sub(lambda half: "am " if half[0] in MORNINGS else "pm ", text), zone


def _iso(text: str, zone: timezone) -> datetime | None:
    if not (found := ISO.match(text)):
        return None
    year, month, day, compact_month, compact_day, *time = found.groups()
    return _composed(int(year), int(month or compact_month), int(day or compact_day or 1), time, zone)


def _with_month(text: str, zone: timezone) -> datetime | None:
    if found := RFC822.match(text):
        day, name, year, *time = found.groups()
    elif found := AMERICAN.match(text):
        name, day, year, *time = found.groups()
    elif found := HUNGARIAN.match(text):
        year, name, day, *time = found.groups()
    else:
        return None
    month = _month(name)
    full_year = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
    return _composed(full_year, month, int(day), time, zone) if month else None


@lru_cache(maxsize=256)
def _month(name: str) -> int:
    """0 for a name of no month."""
    plain = name.lower()
    if not plain.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFD", plain) if not unicodedata.combining(one))
    return MONTHS.get(plain[:4]) or MONTHS.get(plain[:3]) or 0


def _composed(year: int, month: int, day: int, time: list[str | None], zone: timezone) -> datetime:
    before, hour, minute, second, after, offset = time
    hours = int(hour or 0)
    if half := before or after:
        hours = hours % 12 + (12 if half[0].lower() == "p" else 0)
    midnight_after = hours == 24
    at = datetime(
        year, month, day, 0 if midnight_after else hours, int(minute or 0), min(int(second or 0), 59),
        tzinfo=_zone(offset.lower(), zone) if offset else zone,
    )  # fmt: skip
    return at + timedelta(days=1) if midnight_after else at


def _by_library(text: str, zone: timezone) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


@lru_cache(maxsize=256)
def _zone(offset: str, default: timezone) -> tzinfo:
    sign = "-" if "-" in offset else "+" if "+" in offset else ""
    if sign:
        digits = offset.partition(sign)[2].replace(":", "")
        minutes = int(digits[:-2]) * 60 + int(digits[-2:]) if len(digits) > 2 else int(digits) * 60
        if minutes >= 24 * 60:
            return default
        return timezone(timedelta(minutes=-minutes if sign == "-" else minutes)) if minutes else UTC
    if offset in SEASONAL:
        from zoneinfo import ZoneInfo

        return ZoneInfo(SEASONAL[offset])
    minutes_east = ZONES.get(offset)
    return default if minutes_east is None else timezone(timedelta(minutes=minutes_east)) if minutes_east else UTC
