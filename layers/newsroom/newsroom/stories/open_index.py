"""The stories that could still grow: compact in memory, loaded in one read, found by the terms they share."""

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsroom.stories import index_file
from newsroom.stories.index_file import Columns, Lineage, Member, Row
from newsroom.stories.marks import Marks, together
from newsroom.stories.signals import Signals

WINDOW = timedelta(hours=96)
"""A story whose newest article is older takes no more: what comes later is another event."""

LATEST = int(WINDOW.total_seconds())

STORY_TERMS = 160
"""Terms kept of a story, the heaviest."""

CANDIDATES = 16
"""Stories that share most, compared exactly."""

REMEMBERED = 24
"""Terms kept of each article, the heaviest, for the day on which its story is reconsidered."""

FAINT = 0.015
"""Mean similarity below which a story is no candidate, however many chance words it shares."""

POSTINGS_READ = 1_500
"""Postings read for one article at most, rarest terms first: a term of every second story finds nobody."""


@dataclass
class OpenStory:
    """A story in the index. Its terms are the sum of its articles' vectors."""

    slot: int
    id: str
    opened: int
    newest: int
    terms: "array[int]"
    weights: "array[float]"
    size: int
    """Number of its articles."""
    fullness: float
    """Sum over its articles."""
    members: list[Member] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    languages: frozenset[str] = frozenset()


class Shelf(Mapping[str, OpenStory]):
    """Story id → open story. A story of the file is unpacked when somebody asks for it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._slots: dict[str, int] = {one: slot for slot, one in enumerate(columns.ids)}
        self._stories: list[OpenStory | None] = [None] * len(columns.ids)
        self._gone: set[int] = set()

    def __getitem__(self, story_id: str) -> OpenStory:
        return self.at(self._slots[story_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, story_id: object) -> bool:
        return story_id in self._slots

    def slot(self, story_id: str) -> int:
        return self._slots[story_id]

    def at(self, slot: int) -> OpenStory:
        story = self._stories[slot]
        if story is None:
            story = self._stories[slot] = _unpacked(self._columns, slot)
        return story

    def unpacked(self, story_id: str) -> OpenStory | None:
        """The story if anybody asked for it since the file was read: else it is as the file has it."""
        return self._stories[self._slots[story_id]]

    def vector(self, slot: int) -> "tuple[array[int], array[float], int]":
        """(terms, their weights, number of articles) of a story, without unpacking it."""
        story = self._stories[slot]
        return (story.terms, story.weights, story.size) if story else self._columns.vector(slot)

    def is_open_at(self, slot: int, at: int) -> bool:
        """Whether the story is still there and an article of that time (seconds) may join, without unpacking it."""
        story = self._stories[slot]
        if story is None:
            times = self._columns.opened[slot], self._columns.newest[slot]
        else:
            times = story.opened, story.newest
        return slot not in self._gone and times[0] - LATEST <= at <= times[1] + LATEST

    def is_english(self, slot: int) -> bool:
        """Whether all of a story's articles are in English, without unpacking it."""
        story = self._stories[slot]
        return bool(self._columns.english[slot]) if story is None else story.languages == {"en"}

    def newest(self, story_id: str) -> int:
        """The time of a story's newest article, without unpacking it."""
        slot = self._slots[story_id]
        story = self._stories[slot]
        return self._columns.newest[slot] if story is None else story.newest

    def add(self, story_id: str, at: int) -> OpenStory:
        story = OpenStory(len(self._stories), story_id, at, at, array("I"), array("f"), 0, 0.0)
        self._slots[story_id] = story.slot
        self._stories.append(story)
        return story

    def remove(self, story_id: str) -> None:
        self._gone.add(self._slots.pop(story_id))


class OpenIndex:
    """Stories in slots, and for every term the slots of the stories that hold it or once held it.

    A posting is never taken away: what it finds is compared exactly afterwards, and the next load starts clean.
    """

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = columns or Columns.empty()
        self.stories = Shelf(self._columns)
        self.story_of: dict[str, str] = self._columns.story_of()
        """Article id → story id."""
        self.lineage: dict[str, Lineage] = dict(self._columns.lineage)
        """Story id → the story that it became part of, or came from."""
        self._vocabulary = self._columns.vocabulary
        self._new_postings: dict[int, array[int]] = {}

    def nearest(self, terms: Mapping[str, float], at: int, besides: str = "") -> list[tuple[float, OpenStory]]:
        """(mean similarity to its articles, story), best first, of the open stories around `at` (seconds)."""
        found = [(similarity, self.stories.at(slot)) for slot, similarity in self.candidates(terms, at)]
        found = [pair for pair in found if pair[1].id != besides]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].id))

    def candidates(self, terms: Mapping[str, float], at: int) -> list[tuple[int, float]]:
        """(slot, mean similarity to its articles) of the open stories around `at` that share most: none is unpacked."""
        numbers = {term: number for term in terms if (number := self._vocabulary.number(term)) is not None}
        wanted = {number: terms[term] for term, number in numbers.items()}
        sums: dict[int, float] = {}
        left = POSTINGS_READ
        for count, _, number in sorted((self._holders(number), term, number) for term, number in numbers.items()):
            left -= count
            if left < 0 and sums:
                break
            weight, so_far = wanted[number], sums.get
            for slots in (self._columns.postings(number), self._new_postings.get(number, ())):
                for slot in slots:
                    sums[slot] = so_far(slot, 0.0) + weight
        best = sorted(sums, key=sums.__getitem__, reverse=True)[:CANDIDATES]
        near = [(slot, self._similarity_at(slot, wanted)) for slot in best if self.stories.is_open_at(slot, at)]
        return [(slot, similarity) for slot, similarity in near if similarity >= FAINT]

    def open(self, story_id: str, at: int) -> OpenStory:
        """A new story, without articles yet."""
        return self.stories.add(story_id, at)

    def join(self, story: OpenStory, member: Member, signals: Signals) -> None:
        """Put an article into a story."""
        self._recall(story)
        story.members.append(member)
        story.size += 1
        self.story_of[member.article_id] = story.id
        story.opened, story.newest = min(story.opened, member.at), max(story.newest, member.at)
        story.marks = together([story.marks, signals.marks]) if story.size > 1 else signals.marks
        story.languages |= {member.language}
        story.fullness += signals.fullness
        self._add(story, signals.terms)

    def absorb(self, story: OpenStory, other: OpenStory, reason: str) -> None:
        """Move everything of `other` into `story`; of `other` the lineage is left."""
        terms = self.vector(other)
        self._recall(story)
        self._recall(other)
        for member in other.members:
            self.story_of[member.article_id] = story.id
        story.members.extend(replace(member, reason=reason) for member in other.members)
        story.size += other.size
        story.opened, story.newest = min(story.opened, other.opened), max(story.newest, other.newest)
        story.marks = together([story.marks, other.marks])
        story.languages |= other.languages
        story.fullness += other.fullness
        self.lineage[other.id] = Lineage("merge", story.id, other.opened, other.newest)
        for one, past in list(self.lineage.items()):
            if past.story == other.id:
                self.lineage[one] = past._replace(story=story.id)
        self.stories.remove(other.id)
        self._add(story, terms)

    def release(self, story: OpenStory, members: list[Member]) -> None:
        """Take articles out of a story; its vector is put together again from what was kept of each article."""
        gone = {member.article_id for member in members}
        story.members = [member for member in story.members if member.article_id not in gone]
        for one in gone:
            self.story_of.pop(one, None)
        story.size = len(story.members)
        story.opened = min(member.at for member in story.members)
        story.newest = max(member.at for member in story.members)
        story.fullness = math.fsum(member.fullness for member in story.members)
        story.terms, story.weights = array("I"), array("f")
        for member in story.members:
            self._add(story, dict(member.terms))

    def put(self, story: OpenStory, member: Member) -> None:
        """Put an article into a story by what was kept of it."""
        self.join(story, member, Signals(dict(member.terms), story.marks, member.fullness, member.language))

    def vector(self, story: OpenStory) -> dict[str, float]:
        """A story's terms by name."""
        return {self._vocabulary.name(term): weight for term, weight in zip(story.terms, story.weights, strict=True)}

    def close_before(self, moment: datetime) -> None:
        """Drop the stories whose newest article is older than `moment`."""
        oldest = int(moment.timestamp())
        for one in [one for one in self.stories if self.stories.newest(one) < oldest]:
            for member in self.stories[one].members:
                self.story_of.pop(member.article_id, None)
            self.stories.remove(one)
        self.lineage = {
            one: past
            for one, past in self.lineage.items()
            if past.story in self.stories and (past.kind == "merge" or one in self.stories)
        }

    def dump(self) -> bytes:
        """The index as bytes: equal content gives equal bytes, whatever the order in which it came about."""
        order = sorted(self.stories)
        return index_file.written(lambda: (self._row(one) for one in order), self._vocabulary, self.lineage)

    def _row(self, story_id: str) -> Row:
        story = self.stories.unpacked(story_id)
        if story is None:
            return self._columns.row(self.stories.slot(story_id))
        members = sorted(story.members, key=lambda one: (one.at, one.article_id))
        return index_file.packed(
            *(story.id, story.opened, story.newest, story.fullness, members, story.marks),
            *(story.languages, story.terms, story.weights),
        )

    @classmethod
    def load(cls, body: bytes) -> "OpenIndex":
        """The index from its bytes; BadInput when they are damaged, cut, or of another format."""
        return cls(index_file.read(body))

    def _recall(self, story: OpenStory) -> None:
        """The terms of an article that was alone in its story are those of the story: the file has them once."""
        if story.size == 1 and not story.members[0].terms:
            story.members[0] = replace(story.members[0], terms=remembered(self.vector(story)))

    def _holders(self, number: int) -> int:
        old = self._columns.holders(number)
        return old + len(self._new_postings.get(number, ()))

    def _similarity_at(self, slot: int, wanted: Mapping[int, float]) -> float:
        """The mean similarity of a vector (by numbers of terms) to the articles of a story, without unpacking it."""
        terms, weights, size = self.stories.vector(slot)
        shared = (wanted[term] * weight for term, weight in zip(terms, weights, strict=True) if term in wanted)
        return math.fsum(shared) / max(1, size)

    def _add(self, story: OpenStory, terms: Mapping[str, float]) -> None:
        sums = dict(zip(story.terms, story.weights, strict=True))
        before = set(sums)
        for term, weight in terms.items():
            number = self._vocabulary.add(term)
            sums[number] = sums.get(number, 0.0) + weight
        if len(sums) > STORY_TERMS:
            sums = dict(sorted(sums.items(), key=lambda one: (-one[1], self._vocabulary.name(one[0])))[:STORY_TERMS])
        story.terms = array("I", sums.keys())
        story.weights = array("f", sums.values())
        for number in sums:
            if number not in before:
                self._new_postings.setdefault(number, array("I")).append(story.slot)


def remembered(terms: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """What is kept of an article's terms, the heaviest first."""
    kept = sorted(terms.items(), key=lambda one: (-one[1], one[0]))[:REMEMBERED]
    return tuple((term, round(weight, 3)) for term, weight in kept)


def _unpacked(columns: Columns, slot: int) -> OpenStory:
    row = columns.row(slot)
    members, marks, languages = row.unpacked()
    return OpenStory(
        *(slot, row.id, row.opened, row.newest, row.terms, row.weights, len(members), row.fullness),
        *(members, marks, languages),
    )
