"""The periods that a sentence speaks of: quarters, halves, months, weekdays, bases of comparison."""

import re

from newsroom.writing.figures import Figure

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_NUMBERS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "final": "4", "last": ""}
_QUARTER = re.compile(r"\b(?:q([1-4])|([1-4])q|(first|second|third|fourth|final)[\s-](?:fiscal[\s-])?quarter)", re.I)
_HALF = re.compile(r"\b(?:h([12])|(first|second)[\s-]half)\b", re.I)
# "May" is a month only with a capital and a day, a year or a preposition beside it.
_MONTH = re.compile(
    r"\b(?:(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|(January|February|March|April|June|July|August|September"
    r"|October|November|December)|(?:(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )|(?<=\bto )|(?<=\d ))(May)\b"
    r"|(May)(?=\s\d))"
)
_BASIS = (
    ("yearly", re.compile(r"\b(?:year[\s-]on[\s-]year|year[\s-]over[\s-]year|y/y|yoy|annual(?:ly|i[sz]ed)?)\b", re.I)),
    ("monthly", re.compile(r"\b(?:month[\s-]on[\s-]month|month[\s-]over[\s-]month|m/m|mom|monthly)\b", re.I)),
    ("quarterly", re.compile(r"\b(?:quarter[\s-]on[\s-]quarter|q/q|qoq|quarterly|sequentially)\b", re.I)),
)


def periods(text: str) -> frozenset[str]:
    """`q1`–`q4`, `h1`, `h2`, `january` …, `monday` …, `yearly`, `monthly`, `quarterly`: whichever the text names."""
    found = {"q" + (m[1] or m[2] or _NUMBERS[m[3].lower()]) for m in _QUARTER.finditer(text)}
    found |= {"h" + (m[1] or _NUMBERS[m[2].lower()]) for m in _HALF.finditer(text)}
    for match in _MONTH.finditer(text):
        named = next(group for group in match.groups() if group).lower()[:3]
        found.add(next(month for month in _MONTHS if month.startswith(named)))
    lowered = text.lower()
    found |= {day for day in _WEEKDAYS if re.search(rf"\b{day}\b", lowered)}
    return frozenset(found | {name for name, pattern in _BASIS if pattern.search(text)})


def a_period(figure: Figure, text: str) -> bool:
    """Whether a count of months is a period that the text calls by its name: twelve months of a year."""
    name = {("month", 12): "year", ("month", 6): "half", ("month", 3): "quarter"}.get(
        (figure.noun, int(figure.value)), ""
    )
    return bool(name and re.search(rf"\b{name}(?:ly)?\b", text, re.IGNORECASE))
