"""The queue of best partners joins what looking through all pairs again at every step would join."""

import random
from collections.abc import Callable, Mapping

import pytest
from newsroom.stories.agglomerating import agglomerate

LEAST = 0.2
Objection = Callable[[int, int, int, int], float]
"""(group, its size, other group, its size) → the share of their likeness that is left."""


def plainly(sums: Mapping[tuple[int, int], float], groups: int, objected: Objection) -> dict[int, int]:
    """The same by the definition: of all pairs the most alike is joined, the lower numbers first where two are."""
    totals, sizes, taken = dict(sums), [1] * groups, dict[int, int]()
    while True:
        rows = [
            (-total / (sizes[a] * sizes[b]) * objected(a, sizes[a], b, sizes[b]), a, b)
            for (a, b), total in totals.items()
        ]
        best, a, b = min(rows, default=(0.0, 0, 0))
        if -best < LEAST:
            return taken
        taken[b] = a
        sizes[a] += sizes[b]
        del totals[a, b]
        for pair in [pair for pair in totals if b in pair]:
            other = sum(pair) - b
            joined = (min(a, other), max(a, other))
            totals[joined] = totals.get(joined, 0.0) + totals.pop(pair)


def by_the_line(sums: Mapping[tuple[int, int], float], groups: int, objected: Objection) -> dict[int, int]:
    rows: list[dict[int, float]] = [{} for _ in range(groups)]
    for (a, b), total in sums.items():
        rows[a][b] = rows[b][a] = total
    sizes = [1] * groups

    def score(a: int, b: int, total: float) -> float:
        return total / (sizes[a] * sizes[b]) * objected(a, sizes[a], b, sizes[b])

    def unite(a: int, b: int) -> None:
        sizes[a] += sizes[b]

    return agglomerate(rows, [1] * groups, score, unite, LEAST)


@pytest.mark.parametrize("seed", range(30))
def test_the_most_alike_pair_of_all_is_always_joined_first(seed: int) -> None:
    chance = random.Random(seed)
    sums = {
        (a, b): chance.choice((0.25, 0.5, chance.random()))
        for b in range(24)
        for a in range(b)
        if chance.random() < 0.5
    }

    def objected(*groups: int) -> float:
        """Another one when either has grown: marks change with every article."""
        return random.Random(hash((seed, groups))).choice((1.0, 1.0, 0.7, 0.05))

    assert by_the_line(sums, 24, objected) == plainly(sums, 24, objected)


def test_likenesses_above_one_come_to_an_end() -> None:
    """Weights of the index are rounded: an article may be a little more than equal to a story."""
    assert agglomerate([{1: 1.0000001}, {0: 1.0000001}], [1, 1], lambda a, b, total: total, lambda a, b: None, 0.1) == {
        1: 0
    }


def test_nothing_below_the_least_is_joined() -> None:
    assert agglomerate([{1: 0.1}, {0: 0.1}], [1, 1], lambda a, b, total: total, lambda a, b: None, 0.2) == {}
