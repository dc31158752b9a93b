"""Which shared words are commonplaces today: those whose holders have nothing else in common.

How rare a word is in market news at large (`background.py`) does not say whether two headlines that share it are of one
event: "Titanfall" and "Indonesia" may be equally rare. The other headlines of the day say it: what stands beside the
one repeats itself, what stands beside the other does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import sqrt

from newsroom.stories.open_index import remembered
from newsroom.stories.placing import Reading

USUAL = 0.05
"""Similarity, but for the term itself, of two headlines that share a term: what is above it makes the term heavier."""

DOUBT = 20
"""Pairs of headlines that count as much as none with the usual similarity: two holders say little about a term."""

POWER = 0.7
"""Of the ratio to the usual similarity."""

LIGHTEST, HEAVIEST = 0.3, 1.7
"""Bounds of what a term's weight is multiplied by."""

ASKED = 100
"""Holders of a term that are asked, at most: what everybody writes about costs no more than what a hundred do."""


def as_today(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of one run, terms weighed by what the headlines among them have in common.

    The more text there is to compare, the less: a text has other words to speak for it.
    """
    times = telling_today(one.signals.terms for one in readings if one.signals.fullness < 1)
    found = []
    for one in readings:
        terms = weighed(one.signals.terms, times, 1 - one.signals.fullness)
        found.append(
            replace(one, signals=replace(one.signals, terms=terms), member=replace(one.member, terms=remembered(terms)))
        )
    return found


def telling_today(headlines: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Term → times its weight, for what two or more headlines (vectors of length 1) share; the others keep theirs.

    Headlines in equal words count once: a flood of one headline makes nothing telling.
    """
    rows = [dict(row) for row in sorted({tuple(sorted(terms.items())) for terms in headlines})]
    holders: dict[str, list[dict[str, float]]] = defaultdict(list)
    for row in rows:
        for term in row:
            holders[term].append(row)
    return {term: _times(term, _some(held)) for term, held in holders.items() if len(held) > 1}


def weighed(terms: Mapping[str, float], times: Mapping[str, float], share: float) -> dict[str, float]:
    """A vector of length 1, heaviest term first, its terms made heavier or lighter; with a `share` of 0 as it was."""
    if not share:
        return dict(terms)
    weights = {term: weight * float(times.get(term, 1.0) ** share) for term, weight in terms.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weights[term] / length for term in sorted(weights, key=lambda one: (-weights[one], one))}


def _some(held: Sequence[Mapping[str, float]]) -> Sequence[Mapping[str, float]]:
    if len(held) <= ASKED:
        return held
    return [held[place * len(held) // ASKED] for place in range(ASKED)]


def _times(term: str, rows: Sequence[Mapping[str, float]]) -> float:
    """Over all pairs of rows: the square of their sum, less each with itself (1), all but for the term's own part."""
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        for other, weight in row.items():
            sums[other] += weight
    del sums[term]
    alone = len(rows) - sum(row[term] ** 2 for row in rows)
    rest = max(0.0, sum(weight * weight for weight in sums.values()) - alone) / 2
    pairs = len(rows) * (len(rows) - 1) / 2
    ratio = (rest + DOUBT * USUAL) / ((pairs + DOUBT) * USUAL)
    return float(min(HEAVIEST, max(LIGHTEST, ratio**POWER)))
