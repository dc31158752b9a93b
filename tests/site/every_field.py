"""Values made from their types: every text that is not known to be our own code's gets a hostile string.

A field that is new is filled like the others. Only what stands in `OURS` is not, each with the reason.
"""

import types
import typing
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any, Literal, TypeVar

from newsroom.boundary import Boundary
from newsroom.stories.version import Head, Version

from tests.fakes.newsroom_values import NOON

B = TypeVar("B", bound=Boundary)

DIGEST = "f" * 64
STORY, ARTICLE = "s0123456789abcdef", "a0123456789abcdef"
OURS: dict[str, Any] = {
    # derived from digests and clocks
    "story_id": STORY,
    "draft_id": f"{STORY}-d",
    "slug": "hostile-012345",
    "edition_id": "20261123T1200Z",
    "article_id": ARTICLE,
    "origin_id": "o1",
    "sha256": DIGEST,
    "day": "2026-11-23",
    "issue_id": "2026-11-23",
    "issue_ids": ("2026-11-22",),
    "earlier_issue": "2026-11-22",
    "told_in": "2026-11-23",
    "considered": {},
    # entries of our own tables
    "publisher_id": "harbour-wire",
    "instrument": "brent",
    "companies": (),
    "instruments": (),
    "sectors": (),
    "topics": (),
    # dates that code reads out of the text
    "event_on": "2026-11-23",
    "EventDate.on": "2026-11-23",
    # a provider's answer has to have this form
    "currency": "USD",
    # the words of the spans
    "Version.quotes": None,
}


class Filling:
    """Makes values; `filled` is every field, as `Claim.text`, that got a hostile string, `used` how many it took."""

    def __init__(self, words: Iterator[str]) -> None:
        self._words = words
        self._turn = count()
        self.filled: set[str] = set()
        self.used = 0

    def make(self, kind: type[B], **given: Any) -> B:
        """A value of the type with every field filled; two elements in each tuple."""
        values = {name: given[name] if name in given else self._field(kind, name) for name in kind.model_fields}
        return kind(**values)

    def version(self) -> Version:
        """A version whose parts belong together: its ids are unique, its spans have words."""
        version = self.make(Version, quotes={DIGEST: next(self._words)})
        self.filled.add("Version.quotes")
        head = version.head.model_copy(update={"score": 40, "tiers": {1: 1}})
        sources = tuple(
            source.model_copy(update={"article_id": f"a{number}", "tier": number})
            for number, source in enumerate(version.sources, 1)
        )
        return version.model_copy(update={"head": head, "sources": sources})

    def heads(self, number: int) -> list[Head]:
        made = (self.make(Head) for _ in range(number))
        return [
            head.model_copy(update={"story_id": f"s{place}", "slug": f"x-{place}", "retracted": False})
            for place, head in enumerate(made)
        ]

    def _field(self, kind: type[Boundary], name: str) -> Any:
        where = f"{kind.__name__}.{name}"
        for known in (where, name):
            if known in OURS:
                return OURS[known]
        if name == "id":
            return f"c-{next(self._turn)}"
        return self._value(kind.model_fields[name].annotation, where)

    def _value(self, kind: Any, where: str) -> Any:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Annotated:
            return self._value(inner[0], where)
        if origin is Literal:
            return inner[next(self._turn) % len(inner)]
        if origin in (typing.Union, types.UnionType):
            return self._value(next(one for one in inner if one is not type(None)), where)
        if origin is tuple:
            return tuple(self._value(inner[0], where) for _ in range(2))
        if origin is dict:
            return {self._value(inner[0], where): self._value(inner[1], where)}
        return self._plain(kind, where)

    def _plain(self, kind: Any, where: str) -> Any:
        if kind is str:
            self.filled.add(where)
            self.used += 1
            return next(self._words)
        if kind in (int, float):
            return kind(1)
        if kind is bool:
            return True
        if issubclass(kind, Boundary):
            return self.make(kind)
        assert issubclass(kind, datetime) or "Aware" in kind.__name__, f"{where} is of a type that nobody fills"
        return NOON
