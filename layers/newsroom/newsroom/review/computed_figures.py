"""Figures that can be worked out from two others: differences, sums, shares, what is left, how many are listed."""

import re
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from newsroom.review.figure_places import Place, places
from newsroom.review.restated_figures import in_one_currency
from newsroom.writing.equal_figures import same
from newsroom.writing.figure import Figure
from newsroom.writing.figure_words import ONES, SMALL
from newsroom.writing.figures import figures
from newsroom.writing.movements import movement

_APART = re.compile(
    r"\b(?:by|gap|difference|spread|margin|apart|narrow\w*|widen\w*|ris\w+|rose|f[ae]ll\w*|cut|reduc\w+|lower\w*|higher"
    r"|more|less|fewer|up|down|gain\w*|lost|los\w+|drop\w*|increas\w+|decreas\w+|rais\w+|add\w*|sav\w+|after|later|earlier)\b",
    re.I,
)
_TOGETHER = re.compile(
    r"\b(?:together|combined|in\s(?:all|total)|altogether|total\w*|between\sthem|overall|sum|both|joint\w*|add\w*\sup)\b",
    re.I,
)
_LEFT = re.compile(r"\b(?:other|others|rest|remain\w*|left|else|except|all\sbut)\b", re.I)
_ALIKE = ("money", "number", "percent", "points", "time")


def computed(figure: Figure, text: str, support: str) -> bool:
    """Whether a sentence's figure follows from two or more figures of its support, and its words say how."""
    given = [one for one in in_one_currency(figures(support)) if one.kind in _ALIKE and one.value > 0]
    around = text[max(0, figure.start - 60) : figure.end + 30]
    return (
        (_APART.search(around) and (_difference(figure, text, given) or _change(figure, text, support)))
        or (_TOGETHER.search(text) and _sum(figure, given))
        or (_left_over(figure, text, support, given))
        or _share(figure, support)
        or _listed(figure, text, support)
    ) is True


def _difference(figure: Figure, text: str, given: list[Figure]) -> bool:
    """ "By 0.2 points" of 3.4 and 3.2 percent; "by £26m" of £87m and £61m."""
    for one, other in combinations(given, 2):
        if one.kind != other.kind or one.noun != other.noun or one.currency != other.currency or one.portion:
            continue
        apart = abs(one.value - other.value)
        kind = "points" if one.kind == "percent" else one.kind
        if one.kind == "time":
            apart, kind = apart if figure.noun == "minute" else apart / 60, "number"
            if figure.noun not in ("minute", "hour"):
                continue
            return figure.value == apart
        worked_out = Figure(kind, apart, currency=one.currency, noun=one.noun)
        plain = figure if figure.noun != "point" else Figure("points", figure.value, rounding=figure.rounding)
        if apart and same(plain, worked_out):
            return True
    return False


def _change(figure: Figure, text: str, support: str) -> bool:
    """ "Rose 25%" of "to 100 from 80": where the support says from what it changed."""
    if figure.kind != "percent":
        return False
    stood = [
        one for one in places(support) if one.figure.kind in ("money", "number", "percent") and one.figure.value > 0
    ]
    for base, new in permutations(stood, 2):
        if base.role != "base" or new.role == "base" or not _one_measure(base, new, in_one_currency(figures(support))):
            continue
        change = (new.figure.value - base.figure.value) / base.figure.value * 100
        moved = movement(text, figure)
        digits = Decimal(1).scaleb(int(figure.value.as_tuple().exponent))
        near = abs(abs(change) - abs(figure.value)) <= (Decimal(2) if figure.approximate else digits / 2)
        if near and moved * change >= 0:
            return True
    return False


def _one_measure(one: Place, other: Place, given: list[Figure]) -> bool:
    first, second = (next((f for f in given if f.start == place.figure.start), place.figure) for place in (one, other))
    return (first.kind, first.currency, first.noun) == (second.kind, second.currency, second.noun)


def _sum(figure: Figure, given: list[Figure]) -> bool:
    of_kind = [one for one in given if one.kind == figure.kind and one.currency == figure.currency]
    sums = [sum((one.value for one in of_kind), Decimal(0)), *(a.value + b.value for a, b in combinations(of_kind, 2))]
    return len(of_kind) > 1 and any(same(figure, _like(figure, value)) for value in sums)


def _like(figure: Figure, value: Decimal) -> Figure:
    return Figure(figure.kind, value, currency=figure.currency, noun=figure.noun)


def _left_over(figure: Figure, text: str, support: str, given: list[Figure]) -> bool:
    """ "Four of the five" and "the other four" of one of five; "the remaining 25 percent" of 75."""
    if figure.kind == "percent" and _LEFT.search(text):
        return any(same(figure, _like(figure, 100 - one.value)) for one in given if one.kind == "percent")
    for match in re.finditer(r"\b(\w+)\sof\s(?:the\s|its\s|their\s)?(\w+)", support):
        part, whole = _number(match[1]), _number(match[2])
        if part is not None and whole is not None and whole == part + figure.value:
            named = re.search(rf"\b{re.escape(figure.text)}\sof\s(?:the\s|its\s|their\s)?(\w+)", text)
            if (named and _number(named[1]) == whole) or (not named and _LEFT.search(text)):
                return True
    return False


def _number(word: str) -> int | None:
    if word.lower() in SMALL:
        return SMALL[word.lower()]
    return int(word) if word.isdigit() else None


def _share(figure: Figure, support: str) -> bool:
    """ "One in six" and "17%" of 1,150 of 6,900."""
    if figure.kind != "percent":
        return False
    stood = places(support)
    for part, whole in pairwise(stood):
        if whole.share == "whole" and part.figure.kind in ("number", "money") and whole.figure.value:
            share = part.figure.value / whole.figure.value * 100
            if abs(share - figure.value) <= (Decimal(2) if figure.approximate else Decimal("0.5")):
                return True
    return False


_ITEMS = re.compile(
    r"(?:[^,.;:()]{2,60},\s){1,7}(?:[^,.;:()]{2,60}?),?\s(?:and|or)\s[^,.;:()]{2,}|[A-Z]\w+\sand\s(?:the\s)?[A-Z]\w+"
)


def _listed(figure: Figure, text: str, support: str) -> bool:
    """ "Three lenders" of a list of three, unless the support counts the same things otherwise."""
    if figure.kind != "number" or figure.text.lower() not in ONES:
        return False
    counted = re.match(r"\s(\w{3,})", text[figure.end :])
    noun = counted[1].lower().rstrip("s") if counted else ""
    rivals = [one for one in figures(support) if one.kind == "number" and one.value != figure.value and one.value < 20]
    if not noun or any(noun[:5] in support[one.end : one.end + 40].lower() for one in rivals):
        return False
    for match in _ITEMS.finditer(support):
        parts = (
            2 if "," not in match.group() else len(re.findall(r",\s(?!and\b|or\b)|\s(?:and|or)\s", match.group())) + 1
        )
        if parts == figure.value:
            return True
    return False
