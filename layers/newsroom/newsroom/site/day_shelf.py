"""The archive by day, and the index that search reads: for each day its stories, for each month its words.

A story stands on the day of its first publication, for life. So one changed story touches its day and its month,
however many years there are; a search reads the words of a month, then only the days that have them.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC
from typing import ClassVar, Self

from pydantic import ConfigDict

from newsroom.boundary import Boundary, Moment
from newsroom.site import addresses
from newsroom.site.disclosure import LABELS
from newsroom.site.document import Document
from newsroom.site.places import Places
from newsroom.site.sections import subjects
from newsroom.stories.version import Head

WORD = re.compile(r"[^\W_]+")
LEFT_OUT = {
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or", "over", "the",
    "to", "with",
}  # fmt: skip
"""Words that nearly every headline has. The page's script leaves the same ones out of a question."""
DAY_MARKS = "0123456789abcdefghijklmnopqrstuv"
"""The days of a month, a character each: `1` … `9`, `a` … `v`."""


class Shelved(Boundary):
    """A story as its day lists it; whatever can be searched for is in it, and nothing that moves with an update.

    Lists of before (`day/1`) told scores: what is not known here is passed over.
    """

    model_config = ConfigDict(extra="ignore")

    id: str
    slug: str
    at: Moment
    """Of its first publication."""
    headline: str
    country: str
    """In words, like the subjects."""
    desk: str
    subjects: tuple[str, ...] = ()
    label: str = ""
    """Who made it, as its page says; empty in lists of before this was told."""


class DayShelf(Document):
    """Every story first published on one day (UTC), newest first."""

    schema_name: ClassVar[str] = "day/2"

    day: str
    stories: tuple[Shelved, ...] = ()

    def with_stories(self, stories: Iterable[Shelved], without: Collection[str] = ()) -> Self:
        """Those of the same id are replaced, those in `without` taken out."""
        kept = {one.id: one for one in self.stories} | {one.id: one for one in stories}
        ordered = sorted((one for one in kept.values() if one.id not in without), key=lambda one: one.id)
        ordered.sort(key=lambda one: one.at, reverse=True)
        return self.model_copy(update={"stories": tuple(ordered)})


class MonthShelf(Document):
    """One month: how many stories each day has, and on which days each word stands."""

    schema_name: ClassVar[str] = "month/1"

    month: str
    days: dict[str, int] = {}
    """Day of the month (`07`) → number of stories."""
    words: dict[str, str] = {}
    """Word → the days that have it, as `DAY_MARKS`."""

    def with_day(self, shelf: DayShelf) -> Self:
        number = shelf.day[-2:]
        mark = DAY_MARKS[int(number)]
        words = {word: days.replace(mark, "") for word, days in self.words.items()}
        for word in {word for story in shelf.stories for word in words_of(story)}:
            words[word] = "".join(sorted({*words.get(word, ""), mark}))
        days = {**self.days, number: len(shelf.stories)}
        return self.model_copy(
            update={
                "days": {day: count for day, count in sorted(days.items()) if count},
                "words": {word: marks for word, marks in sorted(words.items()) if marks},
            }
        )


class Months(Document):
    """Where to begin: every month that has a story."""

    schema_name: ClassVar[str] = "months/1"

    months: dict[str, int] = {}
    """`2026-11` → number of stories."""

    def with_month(self, month: MonthShelf) -> Self:
        counts = {**self.months, month.month: sum(month.days.values())}
        return self.model_copy(update={"months": {one: counts[one] for one in sorted(counts) if counts[one]}})


def day_of(head: Head) -> str:
    """The day on whose shelf it stands: `2026-11-23`."""
    return head.first_published_at.astimezone(UTC).date().isoformat()


def shelved(head: Head, places: Places) -> Shelved:
    return Shelved(
        id=head.story_id,
        slug=head.slug,
        at=head.first_published_at,
        headline=head.headline,
        country=places.country(head.country).name,
        desk=places.desk(head.desk).name,
        subjects=tuple(place.name for place in subjects(head)),
        label=LABELS.get(head.writer, ("",))[0],
    )


def words_of(story: Shelved) -> set[str]:
    """What a search finds it by: folded to small letters without accents."""
    return words_in(" ".join((story.headline, story.country, story.desk, *story.subjects)))


def words_in(text: str) -> set[str]:
    """Folded words; the script folds a question by the same rule (`scripts/search.js`)."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if unicodedata.category(one)[0] != "M")
    return {word for word in WORD.findall(plain.lower()) if word not in LEFT_OUT}


def shelf_path(day: str) -> str:
    return f"{addresses.day(day)}stories.json"


def words_path(month: str) -> str:
    return f"{addresses.day(month)}words.json"


def by_day(heads: Sequence[Head]) -> dict[str, list[Head]]:
    found: dict[str, list[Head]] = {}
    for head in heads:
        found.setdefault(day_of(head), []).append(head)
    return found
