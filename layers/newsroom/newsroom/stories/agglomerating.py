"""Joining what is most alike, best pairs first, until nothing alike is left (average linkage).

How alike two groups are is the mean over all pairs of their members, so that one chance likeness draws nobody in and
the order in which things came has no say. Sums over pairs add up when groups join: no pair is looked at twice.
"""

import heapq
from collections.abc import Callable, MutableMapping, Sequence

Sums = MutableMapping[int, float]
"""Number of another group → the sum of similarities over all pairs of members; absent where nothing is common."""


def agglomerate(
    sums: Sequence[Sums],
    sizes: Sequence[int],
    score: Callable[[int, int, float], float],
    unite: Callable[[int, int], None],
    least: float,
) -> dict[int, int]:
    """Group → the group that took it in, for every group that was taken in; `sums` is used up.

    `score(a, b, sum)` says how alike two groups are, at most the mean over the pairs of their members, of which
    `sizes` says how many there are; it is asked only when a pair's turn has come. `unite(a, b)` is told that `b` (the
    higher number) has become part of `a`. Pairs below `least` stay apart. Ties go to the lower numbers, so equal
    input gives equal groups.
    """
    taken: dict[int, int] = {}
    size = list(sizes)
    changes = [0] * len(sums)
    waiting = [
        (-mean, a, b, 0, 0, False)
        for a, others in enumerate(sums)
        for b, total in others.items()
        if a < b and (mean := total / (size[a] * size[b])) >= least
    ]
    heapq.heapify(waiting)
    while waiting:
        bound, a, b, then_a, then_b, exact = heapq.heappop(waiting)
        if a in taken or b in taken or changes[a] != then_a or changes[b] != then_b:
            continue
        if not exact:
            likeness = score(a, b, sums[a][b])
            if likeness < least:
                continue
            if likeness < -bound:
                heapq.heappush(waiting, (-likeness, a, b, then_a, then_b, True))
                continue
        taken[b] = a
        unite(a, b)
        size[a] += size[b]
        changes[a] += 1
        mine = sums[a]
        del mine[b]
        for other, total in sums[b].items():
            if other != a:
                mine[other] = mine.get(other, 0.0) + total
                del sums[other][b]
        sums[b].clear()
        enough = least * size[a]
        for other, total in mine.items():
            sums[other][a] = total
            if total >= enough * size[other]:
                first, second = (a, other) if a < other else (other, a)
                mean = total / (size[a] * size[other])
                heapq.heappush(waiting, (-mean, first, second, changes[first], changes[second], False))
    return taken


def end_of(one: int, taken: dict[int, int]) -> int:
    """The group that holds `one` in the end."""
    while one in taken:
        one = taken[one]
    return one
