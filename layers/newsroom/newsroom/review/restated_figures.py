"""The same figure in other words: "doubled", "a decade", "since 2019", "the ninth", "on 24 November"."""

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from newsroom.review.figure_places import places
from newsroom.writing.equal_figures import same
from newsroom.writing.figure import Figure
from newsroom.writing.figure_words import ONES, SMALL, rounding
from newsroom.writing.figures import figures

DAYS = {
    "minute": Decimal(1) / 1440, "hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7),
    "fortnight": Decimal(14), "month": Decimal("30.4"), "quarter": Decimal("91.2"), "year": Decimal("364.8"),
    "decade": Decimal(3648), "century": Decimal(36480),
}  # fmt: skip
"""A year as twelve months of 30.4 days, so that the calendar's units divide one another."""
PLAY = Decimal("0.03")
"""By how much two lengths of time may differ and be one: ninety days are a quarter, four weeks are no month."""

_UNITS = "minute|hour|day|week|fortnight|month|quarter|year|decade|century|centurie"
_SPAN = re.compile(
    rf"\b(?:(?P<half>half)\s(?:an?|the)?\s?|(?P<quarters>three[\s-]quarters\sof)\san?\s|(?:an?|one|per|the\s(?:past|last|next))[\s-])"
    rf"(?P<unit>{_UNITS})s?\b(?P<more>\sand\sa\s(?:half|quarter))?",
    re.I,
)
_LONG = re.compile(
    rf"\b(?:half\san?\s(?:{_UNITS})|an?\s(?:decade|century|fortnight)|an?\s(?:{_UNITS})\sand\sa\shalf)\b", re.I
)
_FOLD = {"doub": "2", "trip": "3", "treb": "3", "quad": "4", "quin": "5", "halv": "0.5", "twic": "2"}
_MULTIPLE = re.compile(
    rf"\b(?:(?P<verb>doubl(?:ed?|es|ing)|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|quintupl(?:ed?|es|ing)"
    rf"|halv(?:ed?|es|ing)|twice)(?![-\s](?:digit|taxation|check|edged|dip|up|down))"
    rf"|(?P<fold>{'|'.join(SMALL)})-?fold|(?P<digits>\d+(?:\.\d+)?)(?:-fold|x\b|\stimes\b)|(?P<times>{'|'.join(SMALL)})\stimes\b"
    rf"|(?P<again>half\sas\s(?:much|many)\sagain)|(?P<less>(?:cut|fell|fallen|dropped|reduced)\s(?:in|by)\shalf|half\sas\s(?:much|many|large|big|high)(?!\sagain)))",
    re.I,
)  # fmt: skip
_TENTHS = ("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth")
_ORDINALS = {
    word: at for at, word in enumerate(
        """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
        sixteenth seventeenth eighteenth nineteenth""".split(), 2  # noqa: SIM905
    )
} | {word: 10 * at for at, word in enumerate(_TENTHS, 2)}  # fmt: skip
_RANK = re.compile(
    rf"\b(?:(?:(?P<tens>{'|'.join(one for one in SMALL if one.endswith('ty'))})-)?(?P<word>{'|'.join(_ORDINALS)}|first)"
    r"|(?P<digits>\d+)(?:st|nd|rd|th))\b(?P<after>[\s-]\w+)?",
    re.I,
)
_NO_RANK = re.compile(
    rf"^[\s-](?:quarter|half|{'|'.join(month_name[1:])}|of|century|thoughts?|hand|day|party|parties|world|place)\b",
    re.I,
)
_NUMBER = re.compile(r"\b(?:(?P<two>both|pair|couple|duo|twin)|(?P<three>trio))\b", re.I)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_RELATIVE = (("yesterday", -1), ("today", 0), ("tomorrow", 1))
_DAY_OF_MONTH = re.compile(
    rf"\b(?:(\d{{1,2}})\s({'|'.join(month_name[1:])})|({'|'.join(month_name[1:])})\s(\d{{1,2}}))\b"
)
_YEARS = (("last year", -1), ("the year before", -1), ("this year", 0), ("next year", 1))


def restated(figure: Figure, text: str, support: str, dated: Sequence[datetime]) -> bool:
    """Whether the support says a sentence's figure in other words, or dates make one of the other."""
    if figure.kind == "year":
        return any(_year_told(figure, support, at) for at in dated)
    if figure.noun in DAYS or re.match(rf"[\s-](?:{_UNITS})s?\b", text[figure.end :]):
        return _as_long(figure, text, support, dated)
    if re.match(r"\stimes\b|-?fold\b|x\b", text[figure.end :]):
        return _multiplied(Figure("multiple", figure.value, rounding=figure.rounding), support)
    if figure.kind == "percent":
        given = [Figure("percent", (one.value - 1) * 100, portion=True) for one in multiples(support)]
        return any(same(figure, Figure("percent", abs(one.value), portion=True)) for one in given)
    if figure.kind == "number" and figure.value == figure.value.to_integral():
        return _numbered(figure, text, support) or _a_day_of(figure, text, support, dated)
    return False


def unsaid(text: str, support: str, dated: Sequence[datetime]) -> Iterator[str]:
    """What a sentence says as a figure, though not in digits, and its support does not: "tripled", "ninth"."""
    for one in multiples(text):
        if not _multiplied(one, support):
            yield one.text
    for match in _LONG.finditer(text):
        if not any(_as_long(one, text, support, dated) for one in spans_of_time(match.group())):
            yield match.group()
    told = ordinals(support)
    for rank in ordinals(text) - told:
        if (told or rank > 2) and not any(one.value in (rank, rank - 1) for one in figures(support)):
            yield f"the {rank}th"


def multiples(text: str) -> list[Figure]:
    """ "Doubled" and "twice" as 2, "halved" as 0.5, "half as much again" as 1.5, "threefold" and "three times" as 3."""
    found = []
    for match in _MULTIPLE.finditer(text):
        if match["verb"]:
            value = Decimal(_FOLD[match["verb"].lower()[:4]])
        elif match["again"] or match["less"]:
            value = Decimal("1.5" if match["again"] else "0.5")
        else:
            said = match["fold"] or match["times"]
            value = Decimal(SMALL[said.lower()]) if said else Decimal(match["digits"])
        side = rounding(f"{text[: match.start()][-30:]}")
        found.append(Figure("multiple", value, text=match.group(), start=match.start(), end=match.end(), rounding=side))
    return found


def spans_of_time(text: str) -> list[Figure]:
    """Lengths of time, those in figures and "a decade", "half a year", "a year and a half"."""
    found = [one for one in figures(text) if one.noun in DAYS]
    for match in _SPAN.finditer(text):
        many = Decimal("0.5") if match["half"] else Decimal("0.75") if match["quarters"] else Decimal(1)
        more = (match["more"] or "").lower()
        many += Decimal("0.5") if "half" in more else Decimal("0.25") if more else 0
        unit = "century" if match["unit"].lower().startswith("centur") else match["unit"].lower()
        side = rounding(text[: match.start()][-30:])
        found.append(Figure("number", many, noun=unit, text=match.group(), rounding=side))
    return found


def ordinals(text: str) -> frozenset[int]:
    """Ranks and places in a row, from two on: not of quarters, halves and days, and not in a fraction."""
    fractions = [(one.start, one.end) for one in figures(text) if one.portion]
    found = set()
    for match in _RANK.finditer(text):
        if _NO_RANK.match(match["after"] or "") or any(
            a <= match.start() < b or a < match.end() <= b for a, b in fractions
        ):
            continue
        if (
            re.search(r"\b(?:per|each|every|two|three|four|five|an?(?=\ssecond))[\s-]$", text[: match.start()])
            and not match["tens"]
        ):
            continue
        if match["digits"]:
            found.add(int(match["digits"]))
        elif match["word"].lower() != "first" or match["tens"]:
            found.add(_ORDINALS.get(match["word"].lower(), 1) + SMALL.get((match["tens"] or "").lower(), 0))
    return frozenset(one for one in found if one > 1)


def _as_long(figure: Figure, text: str, support: str, dated: Sequence[datetime]) -> bool:
    """ "18 months" of a year and a half, "seven years" of "since 2019" in an article of 2026."""
    unit = figure.noun if figure.noun in DAYS else ""
    if not unit:
        return False
    length = figure.value * DAYS[unit]
    for one in spans_of_time(support):
        theirs = one.value * DAYS[one.noun]
        if theirs and abs(length - theirs) <= theirs * PLAY:
            return True
    if unit in ("year", "decade") and not any(one.noun in ("year", "decade") for one in spans_of_time(support)):
        years = [one.value for one in figures(support) if one.kind == "year"]
        since = {at.year - year for at in dated for year in years} | {b - a for a in years for b in years if b > a}
        return figure.value * (10 if unit == "decade" else 1) in {abs(one) for one in since}
    return False


def _year_told(figure: Figure, support: str, at: datetime) -> bool:
    """2019 of "seven years ago" and "for seven years", 2025 of "last year", in an article of 2026."""
    small = support.lower()
    if any(words in small and at.year + by == figure.value for words, by in _YEARS):
        return True
    away = abs(at.year - figure.value)
    return bool(away) and any(
        one.value * DAYS[one.noun] == away * DAYS["year"]
        for one in spans_of_time(support)
        if one.noun in ("year", "decade")
    )


def _multiplied(multiple: Figure, support: str) -> bool:
    """Whether the support has the same multiple, a percentage that comes to it, or two figures of which it is one."""

    def fits(value: Decimal) -> bool:
        off = multiple.value - value
        play = value * (PLAY if not multiple.rounding else Decimal("0.15"))
        if multiple.rounding == "above":
            return -play * 5 <= off <= value * Decimal("0.01")
        return abs(off) <= play

    given = figures(support)
    if any(one.value == multiple.value for one in multiples(support)):
        return True
    if multiple.text.lower() in ("twice", "two times") and any(
        one.kind == "number" and one.value == 2 for one in (*given, *_counted(support))
    ):
        return True
    by = -1 if multiple.value < 1 else 1
    if any(fits(1 + by * abs(one.value) / 100) for one in given if one.kind == "percent"):
        return True
    alike = [one for one in in_one_currency(given) if one.kind in ("money", "number", "percent") and one.value > 0]
    bases = {one.figure.start for one in places(support) if one.role == "base"}
    pairs = [(new, base) for new in alike for base in alike if new != base and new.kind == base.kind]
    return any(fits(new.value / base.value) for new, base in pairs if not bases or base.start in bases - {new.start})


def in_one_currency(given: list[Figure]) -> list[Figure]:
    """With the currency that a text says only once: "to 125 million euros from 100 million"."""
    money = {one.currency for one in given if one.kind == "money"}
    if len(money) != 1:
        return given
    (currency,) = money
    return [
        replace(one, kind="money", currency=currency)
        if one.kind == "number" and one.value >= 10**5 and not one.noun
        else one
        for one in given
    ]


def _counted(support: str) -> list[Figure]:
    """ "Both", "a trio"; and the second time, which makes two."""
    said = [Decimal(2 if match["two"] else 3) for match in _NUMBER.finditer(support)]
    return [Figure("number", value) for value in (*said, *(Decimal(2) for _ in ordinals(support) & {2}))]


def _numbered(figure: Figure, text: str, support: str) -> bool:
    ranked = re.match(r"(?:st|nd|rd|th)\b", text[figure.start + len(str(figure.value)) :]) or re.search(
        r"\b(?:no\.?|number|rank(?:s|ed)?)\s$", text[: figure.start], re.I
    )
    if int(figure.value) in ordinals(support) and (
        ranked or re.search(r"\bin\sa\s(?:row|line)|running|straight|consecutive", text)
    ):
        return True
    return any(one.value == figure.value for one in _counted(support)) and figure.text.lower() in ONES


def _a_day_of(figure: Figure, text: str, support: str, dated: Sequence[datetime]) -> bool:
    """ "24 November" of a Tuesday, or of "tomorrow", in an article of the 23rd."""
    small = support.lower()
    for match in _DAY_OF_MONTH.finditer(text):
        if not match.start() <= figure.start < match.end():
            continue
        day, month = int(match[1] or match[4]), match[2] or match[3]
        for at in dated:
            for by in range(-7, 8):
                told = at + timedelta(days=by)
                if (told.day, month_name[told.month]) == (day, month) and (
                    _WEEKDAYS[told.weekday()] in small or any(word in small and by == away for word, away in _RELATIVE)
                ):
                    return True
    return False
