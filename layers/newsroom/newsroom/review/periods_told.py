"""The periods that a sentence may name: those of its spans, and those that follow from words and dates of them."""

import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from newsroom.writing.periods import periods


def strange_periods(text: str, support: str, dated: Sequence[datetime]) -> list[str]:
    """What a sentence names that its spans do not: a quarter, a month, a weekday, a basis of comparison."""
    week = [at + timedelta(days=by) for at in dated for by in range(-7, 8)]
    own = [f"{at:%A}" for at in dated] + [f"in {at:%B}" for at in week if f"{at.day} {at:%B}" in text]
    own += _months_told(support, dated)
    own += [basis for basis, pattern in _BASES if pattern.search(support)]
    known = periods("\n".join((support, *own)))
    return sorted(periods(text) - known) + _another_length(text, support) + _another_end(text, support)


def _another_length(text: str, support: str) -> list[str]:
    """ "In the quarter" of a source that speaks of the half year, and nowhere of a quarter."""
    theirs = {match["unit"].lower() for match in _WITHIN.finditer(support)}
    ours = {match["unit"].lower() for match in _WITHIN.finditer(text)}
    named = support.lower() + " quarter" * bool(re.search(r"\bq[1-4]\b|\b[1-4]q\b", support, re.I))
    return [f"the {one}" for one in sorted(ours) if theirs and one not in theirs and one not in named]


def _another_end(text: str, support: str) -> list[str]:
    """ "The quarter to March" of a source that has a year to March and a quarter to June."""
    ours, theirs = ends(text), ends(support)
    return [
        f"{unit} to {month}"
        for unit, month in sorted(ours - theirs)
        if {one for one, _ in theirs} & {unit} or {end for _, end in theirs} & {month}
    ]


def ends(text: str) -> frozenset[tuple[str, str]]:
    """(length, last month) of "the quarter to June", "the three months ended in June"."""
    found = set()
    for match in _TO.finditer(text):
        many = match["many"].lower() if match["many"] else ""
        unit = {"three": "quarter", "3": "quarter", "six": "half", "6": "half", "twelve": "year", "12": "year"}.get(
            many
        )
        found.add((unit or many or match["unit"].lower(), match["month"].lower()))
    return frozenset(found)


def _months_told(given: str, dated: Iterable[datetime]) -> list[str]:
    """The months that the spans speak of without naming them: "next month", and "a month earlier" than October."""
    found = []
    for at in dated:
        found += [f"in {_month(at.month + by)}" for words, by in _MONTHS_FROM_NOW if words in given.lower()]
    if _A_MONTH_BEFORE.search(given):
        named = [number for number in range(1, 13) if _month(number) in given]
        found += [f"in {_month(number - 1)}" for number in named]
    return found


def _month(number: int) -> str:
    return month_name[(number - 1) % 12 + 1]


_WITHIN = re.compile(
    r"\b(?:in|for|over|during|within)\s(?:the|this|that|its)\s(?:same\s|latest\s|past\s|full\s)?"
    r"(?P<unit>quarter|half(?=[\s-]year)|half|month|week)\b(?!\s(?:of|to|after|before|as|a)\b)",
    re.I,
)
_TO = re.compile(
    r"\b(?:(?P<many>three|six|nine|twelve|3|6|9|12)[\s-]months?|(?P<unit>quarter|half|year))(?:\speriod)?"
    r"\s(?:to|ended|ending|through)(?:\sin|\swith|\son)?(?:\sthe)?(?:\send\sof|\s\d{1,2})?"
    rf"\s(?P<month>{'|'.join(month_name[1:])})\b",
    re.I,
)
_A_MONTH = re.compile(
    r"\b(?:a|per|each|every)[ -]month\b"
    r"|\b(?:from|than|over|on|against) (?:the|a) (?:previous |preceding |prior )?month\b"
    r"|\bmonth (?:before|earlier)\b|\bprevious month\b|\bfrom (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b(?! to\b)",
    re.I,
)
_A_QUARTER = re.compile(
    r"\b(?:a|per|each|every)[ -]quarter\b|\b(?:from|than|over|on|against) (?:the|a) (?:previous |preceding |prior )?"
    r"(?:three months|quarter)\b|\b(?:quarter|three months) (?:before|earlier)\b|\bprevious (?:quarter|three months)\b",
    re.I,
)
_MONTHS_FROM_NOW = (("last month", -1), ("this month", 0), ("next month", 1))
_A_MONTH_BEFORE = re.compile(
    r"\b(?:(?:a|one|the) month (?:earlier|before|ago)|(?:previous|preceding|prior) month)\b", re.I
)
_OVER_A_YEAR = re.compile(
    r"\b(?:(?:12|twelve) months to|(?:in|over) the year to|for the year\b|yearly"
    r"|(?:a|per|each|every|full|fiscal|financial)[ -]year\b|(?:than|from|over) (?:a|the) year\b"
    r"|a year (?:ago|earlier|before))",
    re.I,
)
_BASES = (("annual", _OVER_A_YEAR), ("monthly", _A_MONTH), ("quarterly", _A_QUARTER))
