"""The stories that could still grow: compact in memory, loaded in one read, found by the terms they share."""

import hashlib
import heapq
import json
import math
import zlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from newsroom.articles.fingerprint import NOTHING, Sketch
from newsroom.errors import BadInput
from newsroom.stories.signals import Signals

FORMAT = b"newsroom open index 1\n"
WINDOW = timedelta(hours=96)
"""A story whose newest article is older takes no more: what comes later is another event."""

STORY_TERMS = 160
"""Terms kept of a story, the heaviest."""

CANDIDATES = 16
"""Stories that share most, compared exactly."""

POSTINGS_READ = 4_000
"""Postings read for one article at most, rarest terms first: a term of every second story finds nobody."""


@dataclass(frozen=True)
class Member:
    """One article in an open story: what later decisions need of it, so that no text is read again."""

    article_id: str
    at: int
    """Seconds since 1970, clamped."""
    publisher_id: str
    claim: str
    """Origin as the article itself credits it."""
    credited: bool
    sketch: Sketch
    heading: str
    """Digest of the headline's words: equal ones are copies where there is no text to compare."""
    similarity: float
    rival: str
    rival_similarity: float
    reason: str
    country: str = ""
    topics: tuple[str, ...] = ()
    tier: int = 3
    home: str = ""
    """The publisher's country."""


@dataclass
class OpenStory:
    """A story in the index. Its terms are the sum of its articles' vectors."""

    slot: int
    id: str
    opened: int
    newest: int
    terms: "array[int]"
    weights: "array[float]"
    length: float
    """Of the vector of `weights`."""
    members: list[Member]
    banks: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    results: bool = False
    statistics: bool = False
    anniversary: bool = False

    def is_open_at(self, at: int) -> bool:
        """Whether an article of that time (seconds) may join."""
        window = int(WINDOW.total_seconds())
        return self.opened - window <= at <= self.newest + window


@dataclass
class OpenIndex:
    """Stories in slots, and for every term the slots of the stories that hold it or once held it.

    A posting is never taken away: what it finds is compared exactly afterwards, and the next load starts clean.
    """

    stories: dict[str, OpenStory] = field(default_factory=dict)
    story_of: dict[str, str] = field(default_factory=dict)
    """Article id → story id."""
    _terms: dict[str, int] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _postings: "list[array[int]]" = field(default_factory=list)
    _slots: list[OpenStory] = field(default_factory=list)

    def nearest(self, terms: Mapping[str, float], at: int, besides: str = "") -> list[tuple[float, OpenStory]]:
        """(cosine similarity, story), best first, of the open stories around `at` (seconds) that share a term."""
        known = [(term, weight, self._terms[term]) for term, weight in terms.items() if term in self._terms]
        known.sort(key=lambda one: (len(self._postings[one[2]]), one[0]))
        sums: dict[int, float] = {}
        left = POSTINGS_READ
        for _, weight, term in known:
            holders = self._postings[term]
            left -= len(holders)
            if left < 0 and sums:
                break
            for slot in holders:
                sums[slot] = sums.get(slot, 0.0) + weight
        wanted = {number: weight for _, weight, number in known}
        found = []
        for slot in heapq.nsmallest(CANDIDATES, sums, key=lambda one: (-sums[one], self._slots[one].id)):
            story = self._slots[slot]
            if story.id == besides or story.id not in self.stories or not story.is_open_at(at) or not story.length:
                continue
            dot = math.fsum(
                wanted[term] * weight for term, weight in zip(story.terms, story.weights, strict=True) if term in wanted
            )
            if dot:
                found.append((dot / story.length, story))
        return sorted(found, key=lambda pair: (-pair[0], pair[1].id))

    def open(self, story_id: str, at: int) -> OpenStory:
        """A new story, without articles yet."""
        story = OpenStory(len(self._slots), story_id, at, at, array("I"), array("f"), 0.0, [])
        self.stories[story_id] = story
        self._slots.append(story)
        return story

    def join(self, story: OpenStory, member: Member, signals: Signals) -> None:
        """Put an article into a story."""
        story.members.append(member)
        self.story_of[member.article_id] = story.id
        story.opened, story.newest = min(story.opened, member.at), max(story.newest, member.at)
        if len(story.members) == 1:
            story.results, story.statistics = signals.results, signals.statistics
            story.anniversary = signals.anniversary
        story.banks |= signals.banks
        story.countries |= signals.countries
        story.names |= signals.names
        story.years |= signals.years
        self._add(story, signals.terms)

    def absorb(self, story: OpenStory, other: OpenStory) -> None:
        """Move everything of `other` into `story`; `other` is gone afterwards."""
        terms = self.vector(other)
        for member in other.members:
            self.story_of[member.article_id] = story.id
        story.members.extend(other.members)
        story.opened, story.newest = min(story.opened, other.opened), max(story.newest, other.newest)
        story.banks |= other.banks
        story.countries |= other.countries
        story.names |= other.names
        story.years |= other.years
        self._forget(other)
        self._add(story, terms)

    def vector(self, story: OpenStory) -> dict[str, float]:
        """A story's terms by name."""
        return {self._names[term]: weight for term, weight in zip(story.terms, story.weights, strict=True)}

    def close_before(self, moment: datetime) -> None:
        """Drop the stories whose newest article is older than `moment`."""
        oldest = int(moment.timestamp())
        for story in [one for one in self.stories.values() if one.newest < oldest]:
            for member in story.members:
                self.story_of.pop(member.article_id, None)
            self._forget(story)

    def _add(self, story: OpenStory, terms: Mapping[str, float]) -> None:
        sums = dict(zip(story.terms, story.weights, strict=True))
        before = set(sums)
        for term, weight in terms.items():
            number = self._number(term)
            sums[number] = sums.get(number, 0.0) + weight
        if len(sums) > STORY_TERMS:
            sums = dict(sorted(sums.items(), key=lambda one: (-one[1], self._names[one[0]]))[:STORY_TERMS])
        kept = sorted(sums, key=self._names.__getitem__)
        story.terms = array("I", kept)
        story.weights = array("f", (sums[number] for number in kept))
        story.length = _length(story.weights)
        for number in kept:
            if number not in before:
                self._postings[number].append(story.slot)

    def _forget(self, story: OpenStory) -> None:
        del self.stories[story.id]

    def _number(self, term: str) -> int:
        number = self._terms.get(term)
        if number is None:
            number = self._terms[term] = len(self._names)
            self._names.append(term)
            self._postings.append(array("I"))
        return number

    def dump(self) -> bytes:
        """The index as bytes: equal content gives equal bytes, whatever the order in which it came about."""
        stories = [self.stories[one] for one in sorted(self.stories)]
        names = sorted({self._names[number] for story in stories for number in story.terms})
        place = {name: number for number, name in enumerate(names)}
        terms, weights, sizes = array("I"), array("f"), array("I")
        for story in stories:
            row = sorted((place[self._names[n]], w) for n, w in zip(story.terms, story.weights, strict=True))
            sizes.append(len(row))
            terms.extend(number for number, _ in row)
            weights.extend(weight for _, weight in row)
        head = {"names": names, "stories": [_story_row(story) for story in stories]}
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        parts = [text, *(column.tobytes() for column in (sizes, terms, weights))]
        body = b"".join(len(part).to_bytes(8, "little") + part for part in parts)
        packed = zlib.compress(body, 3)
        return FORMAT + hashlib.sha256(packed).digest() + packed

    @classmethod
    def load(cls, body: bytes) -> "OpenIndex":
        """The index from its bytes; BadInput when they are damaged, cut, or of another format."""
        packed = body[len(FORMAT) + 32 :]
        if not body.startswith(FORMAT) or hashlib.sha256(packed).digest() != body[len(FORMAT) : len(FORMAT) + 32]:
            raise BadInput("is damaged or of another format", about="the open index")
        text, *columns = _parts(zlib.decompress(packed))
        head = json.loads(text)
        sizes, terms, weights = (_column(kind, part) for kind, part in zip("IIf", columns, strict=True))
        index = cls(_names=head["names"], _postings=[array("I") for _ in head["names"]])
        index._terms = {name: number for number, name in enumerate(index._names)}
        start = 0
        for row, size in zip(head["stories"], sizes, strict=True):
            story = _story(row, len(index._slots), terms[start : start + size], weights[start : start + size])
            start += size
            index.stories[story.id] = story
            index._slots.append(story)
            for number in story.terms:
                index._postings[number].append(story.slot)
            for member in story.members:
                index.story_of[member.article_id] = story.id
        return index


def _story_row(story: OpenStory) -> list[object]:
    marks = (story.banks, story.countries, story.names, story.years)
    members = [
        [
            *(one.article_id, one.at, one.publisher_id, one.claim, int(one.credited), one.sketch.level),
            *(list(one.sketch.hashes), one.heading, one.similarity, one.rival, one.rival_similarity, one.reason),
            *(one.country, list(one.topics), one.tier, one.home),
        ]
        for one in sorted(story.members, key=lambda one: (one.at, one.article_id))
    ]
    flags = [int(story.results), int(story.statistics), int(story.anniversary)]
    return [story.id, story.opened, story.newest, members, *(sorted(mark) for mark in marks), *flags]


def _length(weights: "array[float]") -> float:
    return math.sqrt(math.fsum(weight * weight for weight in weights))


def _story(row: list[Any], slot: int, terms: "array[int]", weights: "array[float]") -> OpenStory:
    identity, opened, newest, members, banks, countries, names, years, results, statistics, anniversary = row
    return OpenStory(
        *(slot, identity, opened, newest, terms, weights, _length(weights)),
        members=[_member(one) for one in members],
        banks=frozenset(banks),
        countries=frozenset(countries),
        names=frozenset(names),
        years=frozenset(years),
        results=bool(results),
        statistics=bool(statistics),
        anniversary=bool(anniversary),
    )


def _member(row: list[Any]) -> Member:
    one, at, publisher, claim, credited, level, hashes, heading, similarity, rival, rival_similarity, reason, *rest = (
        row
    )
    country, topics, tier, home = rest
    known = Sketch(level, tuple(hashes)) if hashes else NOTHING
    return Member(
        *(one, at, publisher, claim, bool(credited), known, heading, similarity, rival, rival_similarity, reason),
        *(country, tuple(topics), tier, home),
    )


def _parts(body: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(body):
        size = int.from_bytes(body[at : at + 8], "little")
        yield body[at + 8 : at + 8 + size]
        at += 8 + size


def _column(kind: str, part: bytes) -> "array[Any]":
    column: array[Any] = array(kind)
    column.frombytes(part)
    return column
