"""When it happened, as the sources say: the day of the event, apart from the days of the articles and from ours."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from newsroom.articles.article import Article
from newsroom.boundary import Boundary
from newsroom.writing.evidence import sentences

LEAD = 1200
MOST_SENTENCES = 4
"""Code points and sentences of the body: the news and its day stand in the first ones."""

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_DATE = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+{_MONTH}"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<day2>[0-3]?\d)(?!\d|:|\s?%))"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_WEEKDAY = re.compile(rf"\b(?P<last>last\s+)?(?P<weekday>{'|'.join(_DAYS)})\b(?!['’]s)")
_NEAR = re.compile(
    r"\b(?P<near>today|this\s+(?:morning|afternoon|evening)|yesterday|last\s+night|overnight)\b", re.IGNORECASE
)
_NUMBER = r"(?P<years>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)"
_YEARS_AGO = re.compile(
    rf"^{_NUMBER}\s+years?\s+ago\b|\b{_NUMBER.replace('years', 'years2')}\s+years?\s+ago\s+(?:today|this)\b",
    re.IGNORECASE,
)
"""Elsewhere in a sentence it compares: "more than two years ago"."""
_AHEAD = re.compile(
    r"\b(?:will|next|scheduled|due|expected|until|by|from|since|before|deadline|plans?)\b[^.]{0,40}$", re.IGNORECASE
)
_COUNT = "zero one two three four five six seven eight nine ten".split()  # noqa: SIM905

OLD = timedelta(hours=96)
"""An event that far before the first report is no news; what is reported is that somebody remembers."""


class EventDate(Boundary):
    """A day, and the words that give it."""

    on: str
    """ISO date; a year alone where the source says no more ("five years ago")."""
    words: str
    article_id: str
    start: int
    """In the article's `evidence`."""
    end: int


def is_old(on: str, first_reported: date) -> bool:
    """Whether an event of that day, or year, lies four days or more before the first report of its story."""
    if len(on) == len("2026"):
        return int(on) < first_reported.year
    return date.fromisoformat(on) <= first_reported - OLD


def dates_in(article: Article) -> list[EventDate]:
    """Every day that the first sentences name as past or present, in the order of the text.

    A weekday is the latest one before or on the article's own date; what is announced or is a limit ("until", "by",
    "next") is no day of the event.
    """
    written, offset = article.dated.date(), len(article.title) + 2
    found = []
    for sentence in sentences(article.text[:LEAD])[:MOST_SENTENCES]:
        text = sentence.of(article.text)
        for match in sorted(
            (m for pattern in (_DATE, _WEEKDAY, _NEAR, _YEARS_AGO) for m in pattern.finditer(text)), key=re.Match.start
        ):
            on = "" if _AHEAD.search(text[: match.start()]) else _day(match, written)
            if on:
                start = offset + sentence.start + match.start()
                end = offset + sentence.start + match.end()
                found.append(EventDate(on=on, words=match.group(), article_id=article.id, start=start, end=end))
    return found


def event_date(articles: Sequence[Article]) -> EventDate | None:
    """The day that most articles give first; the earlier article's words where several agree. None when none does.

    `articles`: one for each different text, oldest first.
    """
    votes: dict[str, list[EventDate]] = defaultdict(list)
    for article in articles:
        if given := dates_in(article):
            votes[given[0].on].append(given[0])
    if not votes:
        return None
    return min(votes.items(), key=lambda one: (-len(one[1]), one[0]))[1][0]


def _day(match: re.Match[str], written: date) -> str:
    groups = match.groupdict()
    if years := groups.get("years") or groups.get("years2"):
        return str(written.year - _number(years.lower()))
    if near := groups.get("near"):
        back = 1 if near.lower().startswith(("yesterday", "last")) else 0
        return (written - timedelta(days=back)).isoformat()
    if weekday := groups.get("weekday"):
        back = (written.weekday() - _DAYS.index(weekday)) % 7
        return (written - timedelta(days=back or (7 if groups.get("last") else 0))).isoformat()
    name = (groups.get("month") or groups.get("month2") or "")[:3]
    month = next(number for number, one in enumerate(_MONTHS, 1) if one.startswith(name))
    day = int(groups.get("day") or groups.get("day2") or 0)
    years_meant = [int(groups["year"])] if groups.get("year") else [written.year, written.year - 1]
    for year in years_meant:
        try:
            named = date(year, month, day)
        except ValueError:
            continue
        if named <= written + timedelta(days=1):
            return named.isoformat()
    return ""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else 20 if word == "twenty" else _COUNT.index(word)
