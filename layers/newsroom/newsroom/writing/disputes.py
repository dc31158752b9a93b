"""The same quantity with different values from different origins: shown side by side, never averaged.

Found by code, so precision comes first: percentages and sums of one kind and currency, in sentences that share the
name of the measure and most of the words around it, of the same period and basis, where neither origin's text knows the
other's value anywhere. Moves of markets during a day are left out: they differ because time passes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsroom.articles.article import Article
from newsroom.writing.figures import Figure, figures, same
from newsroom.writing.periods import periods
from newsroom.writing.quotations import Passage, terms

_MEASURES = (
    "inflation", "consumer prices", "producer prices", "core inflation", "growth", "gross domestic product",
    "gdp", "unemployment", "jobless rate", "net profit", "operating profit", "profit", "net income", "revenue", "sales",
    "loss", "output", "production", "exports", "imports", "deficit", "surplus", "debt", "offer", "bid", "deal",
    "fine", "penalty", "stake", "dividend", "capacity",
    "deliveries", "wages", "retail sales", "investment", "budget", "tariff", "premium",
)  # fmt: skip
_MEASURE = re.compile(rf"\b(?:{'|'.join(sorted(_MEASURES, key=len, reverse=True))})\b", re.IGNORECASE)
_MARKET = re.compile(
    r"\b(?:shares?|stocks?|index|indices|futures|yields?|traded?|trading|session|close[ds]?|intraday|crude|bitcoin|"
    r"against\s+the\s+(?:dollar|euro|yen)|forecasts?|expected|estimates?|poll(?:ed)?|target|previous|earlier|from)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|estimate\w*|poll(?:ed)?|project\w*|would|could|may)\b", re.I
)


@dataclass(frozen=True)
class Reading:
    """One origin's value of a measure."""

    origin: str
    passage: Passage
    figure: Figure
    measure: str
    around: frozenset[str]
    periods: frozenset[str]


def find_disputes(
    passages: Sequence[Passage], origins: Mapping[str, str], articles: Sequence[Article]
) -> list[tuple[str, list[Reading]]]:
    """(measure, readings) for each quantity on which origins differ, one reading per origin; passages in any order."""
    known: dict[str, list[Figure]] = {}
    for article in articles:
        known.setdefault(origins[article.id], []).extend(figures(article.evidence))
    readings = [reading for passage in passages for reading in _readings(passage, origins[passage.article.id])]
    found: list[tuple[str, list[Reading]]] = []
    for index, one in enumerate(readings):
        rivals = [other for other in readings[index + 1 :] if _at_odds(one, other, known)]
        if rivals and not any(measure == one.measure for measure, _ in found):
            sides = {reading.origin: reading for reading in reversed([one, *rivals])}
            for reading in readings:  # who agrees with a side stands beside it
                if reading.measure == one.measure and any(same(reading.figure, s.figure) for s in sides.values()):
                    sides.setdefault(reading.origin, reading)
            found.append(
                (one.measure, [sides[key] for key in sorted(sides, key=lambda o: sides[o].passage.article.id)])
            )
    return found


def _readings(passage: Passage, origin: str) -> list[Reading]:
    text = passage.text
    found = []
    for figure in figures(text):
        if figure.kind not in ("percent", "money"):
            continue
        near = text[max(0, figure.start - 90) : figure.end + 40]
        named = [match.group().lower() for match in _MEASURE.finditer(near)]
        before = text[max(0, figure.start - 25) : figure.start]
        if (
            named
            and not _MARKET.search(before)
            and not _FORECAST.search(near)
            and not re.search(r"\b(?:shares?|index|futures|yield)\b", near, re.I)
        ):
            found.append(Reading(origin, passage, figure, named[-1], terms(near), periods(text)))
    return found


def _at_odds(one: Reading, other: Reading, known: Mapping[str, list[Figure]]) -> bool:
    if one.origin == other.origin or one.measure != other.measure or one.figure.kind != other.figure.kind:
        return False
    if one.figure.currency != other.figure.currency or one.figure.value == other.figure.value:
        return False
    if one.periods and other.periods and not one.periods & other.periods:
        return False
    if any(basis in one.periods ^ other.periods for basis in ("monthly", "quarterly")):
        return False
    low, high = sorted((abs(one.figure.value), abs(other.figure.value)))
    if not low or high / low > 2:
        return False
    shared = {w for w in one.around & other.around if not w[0].isdigit()}
    if len(shared) < 3 or len(shared) / min(len(one.around), len(other.around)) < 0.25:
        return False
    return not any(same(one.figure, figure) for figure in known[other.origin]) and not any(
        same(other.figure, figure) for figure in known[one.origin]
    )
