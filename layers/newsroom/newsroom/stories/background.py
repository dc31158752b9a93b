"""How common a word is in market news at large: the weight of sharing it.

A word's weight must not come from the stream itself: what everybody writes about today (one company, one
place) would then weigh least, and a first edition of eighty articles would have no weights at all. So a table
of counts travels in the package (`background.txt`: stem, documents that hold it, `n` when it is mostly a name).
It was counted by `tests/benchmarks/count_background.py`; that file says over what.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIGURE_WEIGHT = 0.55
"""Of the most that a word can weigh, for figures with a decimal, a unit or four digits; others get half of it."""


@dataclass(frozen=True)
class Background:
    """Counts over `documents` texts."""

    documents: int
    counts: Mapping[str, int]
    names: frozenset[str]
    """Stems that are mostly written with a capital inside sentences."""

    @property
    def most(self) -> float:
        return math.log(self.documents + 1)

    def weight(self, stem: str) -> float:
        """Inverse document frequency, natural logarithm: 0 for a word in every text, `most` for an unknown one."""
        if stem[0] == "#":
            return self.most * (FIGURE_WEIGHT if telling(stem) else FIGURE_WEIGHT / 2)
        return math.log((self.documents + 1) / (self.counts.get(stem, 0) + 1))

    def is_name(self, stem: str) -> bool:
        """Whether a capital letter in front of it means something."""
        return stem in self.names or stem not in self.counts


def telling(figure: str) -> bool:
    """Whether a figure (`#3.1%`, `#1250`) says something by itself: a decimal, a unit, or four digits."""
    return len(figure) > 4 or not figure[1:].isdecimal()


@cache
def background() -> Background:
    lines = files("newsroom.stories").joinpath("background.txt").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    return Background(
        documents=int(lines[0]),
        counts={row[0]: int(row[1]) for row in rows},
        names=frozenset(row[0] for row in rows if row[2:] == ["n"]),
    )
