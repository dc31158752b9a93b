"""Joining what is most alike, best pairs first, until nothing alike is left (average linkage).

How alike two groups are is the mean over all pairs of their members, so that one chance likeness draws nobody in and
the order in which things came has no say. Sums over pairs add up when groups join: no pair is looked at twice. Of
every group only the best partner waits: what two groups become is never more alike to a third than both were.
"""

import heapq
import math
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
    line = _Line(sums, sizes, least)
    while pair := line.next():
        a, b, bound = pair
        if b not in line.judged[a]:
            line.judged[a][b] = min(bound, score(a, b, sums[a][b]))
        if line.judged[a][b] < bound:
            line.enter(a)
            continue
        taken[b] = a
        unite(a, b)
        line.unite(a, b)
    return taken


class _Line:
    """The groups, each with the most alike one of a higher number: by their mean, or as they were judged."""

    def __init__(self, sums: Sequence[Sums], sizes: Sequence[int], least: float) -> None:
        self._sums = sums
        self._sizes = list(sizes)
        self._least = least
        self.judged: list[dict[int, float]] = [{} for _ in sums]
        """Of each group: the higher number of another one → how alike they are; forgotten when one of them grows."""
        self._waiting: list[tuple[float, int, int]] = []
        self._turns: dict[int, tuple[float, int, int]] = {}
        for one in range(len(sums)):
            self.enter(one)

    def next(self) -> tuple[int, int, float] | None:
        """(a, b, how alike they are at most) of the most alike pair, out of the line."""
        while self._waiting:
            turn = heapq.heappop(self._waiting)
            bound, a, b = turn
            if self._turns.get(a) != turn:
                continue
            if b in self._sums[a] and -bound == min(self._mean(a, b), self.judged[a].get(b, math.inf)):
                return a, b, -bound
            self.enter(a)
        return None

    def enter(self, a: int) -> None:
        """Let a group wait with its best partner, if it has one."""
        self._turns.pop(a, None)
        best, partner = self._least, -1
        size, sizes, judged = self._sizes[a], self._sizes, self.judged[a]
        for b, total in self._sums[a].items():
            if b > a and (likeness := total / (size * sizes[b])) >= best:
                if b in judged and judged[b] < likeness:
                    likeness = judged[b]
                if likeness > best or (likeness == best and not 0 <= partner < b):
                    best, partner = likeness, b
        if partner >= 0:
            self._turns[a] = (-best, a, partner)
            heapq.heappush(self._waiting, self._turns[a])

    def unite(self, a: int, b: int) -> None:
        """Add the pairs of `b` to those of `a`, and forget how either was judged."""
        self._sizes[a] += self._sizes[b]
        self._turns.pop(b, None)
        mine, theirs = self._sums[a], self._sums[b]
        del mine[b], theirs[a]
        for other, total in theirs.items():
            self._sums[other][a] = mine[other] = mine.get(other, 0.0) + total
            del self._sums[other][b]
        theirs.clear()
        self.judged[a].clear()
        self.enter(a)
        for other in mine:
            judged = self.judged[other]
            if a in judged or b in judged:
                judged.pop(a, None)
                judged.pop(b, None)
                if other < a:
                    self.enter(other)

    def _mean(self, a: int, b: int) -> float:
        return self._sums[a][b] / (self._sizes[a] * self._sizes[b])


def end_of(one: int, taken: dict[int, int]) -> int:
    """The group that holds `one` in the end."""
    while one in taken:
        one = taken[one]
    return one
