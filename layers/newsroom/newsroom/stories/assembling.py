"""The pipeline of grouping: archive → stories → archive. What belongs together is decided in `grouping.py`.

The index is written first, under its tag: whoever loses that race has changed nothing and starts again. Stories
are derived from the index that stands, articles are marked last; so a run that was killed between any two steps
is completed by the next one, and two runs at once end in the same stories as one after the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newsroom.articles.article import Article
from newsroom.errors import ArchiveConflict, BadInput, NotFound
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Held
from newsroom.stories.grouping import as_story, group, restore
from newsroom.stories.open_index import WINDOW, OpenIndex
from newsroom.stories.story import Story
from newsroom.stories.version import Head

BATCH = 2000
"""Articles in hand at once: their texts stay within a function's memory."""

BATCHES = 25
"""Batches in one run; what is left waits for the next edition."""

LATER_WRITERS = 5
"""How often stories are stored again because the index moved on meanwhile, before the whole run is repeated."""


class StoryArchive(Protocol):
    """What grouping asks of the archive."""

    def ungrouped_articles(self, limit: int = ...) -> list[Article]: ...
    def mark_grouped(self, article_ids: Iterable[str]) -> None: ...
    def articles(self, article_ids: Iterable[str]) -> list[Article]: ...
    def open_index(self) -> tuple[bytes | None, str | None]: ...
    def replace_open_index(self, body: bytes, tag: str | None) -> None: ...
    def store_story(self, story: Story) -> None: ...
    def story(self, story_id: str) -> Story: ...
    def due_stories(self, limit: int) -> list[str]: ...
    def accepted(self) -> list[tuple[str, str]]: ...
    def held(self, limit: int = ...) -> list[Held]: ...
    def heads(self, since: datetime | None = None) -> list[Head]: ...


@dataclass(frozen=True)
class Grouped:
    """What one run of grouping did."""

    story_ids_due: tuple[str, ...]
    """Stories that wait for a writer, newest first, at most as many as were asked for."""
    articles: int
    stories: int
    """Stories that took an article, new ones among them."""
    rebuilt: bool = False
    """The index was missing or damaged and came from the archive."""


def group_articles(
    archive: StoryArchive, publishers: Mapping[str, Publisher], now: datetime, limit: int = 1000
) -> Grouped:
    """Put every ungrouped article into a story; the stories that are due for writing then, at most `limit`.

    Raises ArchiveConflict when another run wrote the index first: nothing was changed, repeat.
    """
    articles, touched, rebuilt = 0, set[str](), False
    for _ in range(BATCHES):
        batch = archive.ungrouped_articles(BATCH)
        if not batch:
            break
        body, tag = archive.open_index()
        index = _loaded(body)
        if index is None:
            index, rebuilt = rebuild(archive, publishers, now), True
        revisions = {article.id: article.revision for article in batch}
        stories = {story.id: story.with_revisions(revisions) for story in group(batch, index, publishers)}
        index.close_before(now - WINDOW)
        written = index.dump()
        if written != body:
            archive.replace_open_index(written, tag)
        _store(archive, stories, written)
        archive.mark_grouped([article.id for article in batch])
        articles += len(batch)
        touched |= stories.keys()
    return Grouped(tuple(archive.due_stories(limit)), articles, len(touched), rebuilt)


def rebuild(archive: StoryArchive, publishers: Mapping[str, Publisher], now: datetime) -> OpenIndex:
    """The index from the stories that the archive still shows: published, held, accepted or due, and recent.

    Stories keep their ids and their memberships; what is compared is read again from the articles.
    """
    since = now - WINDOW
    ids = {head.story_id for head in archive.heads(since=since)} | set(archive.due_stories(10_000))
    ids |= {held.story_id for held in archive.held()} | {story_id for story_id, _ in archive.accepted()}
    index = OpenIndex()
    for one in sorted(ids):
        try:
            story = archive.story(one)
            if story.updated_at >= since and not story.merged_into:
                restore(story, archive.articles(member.article_id for member in story.members), index, publishers)
        except NotFound:
            continue
    return index


def _loaded(body: bytes | None) -> OpenIndex | None:
    try:
        return OpenIndex.load(body) if body else None
    except BadInput:
        return None


def _store(archive: StoryArchive, stories: Mapping[str, Story], written: bytes) -> None:
    """Store stories as the index has them; again, if a later run wrote it meanwhile: its stories must stand last."""
    for _ in range(LATER_WRITERS):
        for one in sorted(stories):
            archive.store_story(stories[one])
        body, _tag = archive.open_index()
        later = None if body == written or body is None else _loaded(body)
        if later is None:
            return
        written = body or b""
        stories = {one: as_story(later.stories[one]) if one in later.stories else stories[one] for one in stories}
    raise ArchiveConflict("the index kept moving", about="the open index")
