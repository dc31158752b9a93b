"""How alike two groups of articles are, as a number to decide by: similarity, less what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.stories.marks import Marks, objection, together
from newsroom.stories.open_index import WINDOW, OpenStory

JOIN = 0.1
"""Mean similarity over all pairs from which two groups are one story: set on several collections together, see
ARCHITECTURE.md and `tests/benchmarks/grouping.py`."""

COMMON_GROUND = 0.11
"""Taken off between two full texts: what any two articles of one desk share, and two headlines do not."""

CARRIED = 3
"""Names and figures that two articles in different languages must share."""

TRANSLATED = 2.0
"""Times the similarity across languages, whose plain words find no partner, when they share that many …"""

UNSURE = 0.5
"""… and when they share fewer: one name is in every second story."""


@dataclass
class Group:
    """Articles that belong together so far, or an open story."""

    size: int
    fullness: float
    """Sum over its articles of how much text there is to compare."""
    opened: int
    newest: int
    marks: Marks
    story: OpenStory | None = None


class Likeness:
    """Scores pairs of groups by number, and keeps the groups while they unite."""

    def __init__(self, groups: Sequence[Group], most: int) -> None:
        """`most`: articles in one group."""
        self.groups = list(groups)
        self._most = most

    def score(self, a: int, b: int, total: float) -> float:
        """Mean similarity less objections, from the sum over pairs; -1.0 where the two can never be one story."""
        one, other = self.groups[a], self.groups[b]
        if (one.story and other.story) or one.size + other.size > self._most:
            return -1.0
        similarity = mean_similarity(total, one.size, one.fullness, other.size, other.fullness)
        if similarity < JOIN:
            return similarity
        window = int(WINDOW.total_seconds())
        if one.opened - window > other.newest or other.opened - window > one.newest:
            return -1.0
        return similarity * objection(one.marks, other.marks)[0]

    def unite(self, a: int, b: int) -> None:
        """Group `b` becomes part of `a`."""
        one, other = self.groups[a], self.groups[b]
        first, second = (one, other) if one.opened <= other.opened else (other, one)
        self.groups[a] = Group(
            size=one.size + other.size,
            fullness=one.fullness + other.fullness,
            opened=min(one.opened, other.opened),
            newest=max(one.newest, other.newest),
            marks=together([first.marks, second.marks]),
            story=one.story or other.story,
        )


def mean_similarity(total: float, size: int, fullness: float, other_size: int, other_fullness: float) -> float:
    """The mean over all pairs, less the common ground of full texts."""
    return (total - COMMON_GROUND * fullness * other_fullness) / (size * other_size)


def across_languages(similarity: float, shared: int) -> float:
    """The similarity of two articles in different languages that share so many names and figures."""
    return min(1.0, similarity * (TRANSLATED if shared >= CARRIED else UNSURE))
