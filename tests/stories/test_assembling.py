import pytest
from newsroom.errors import ArchiveConflict
from newsroom.stories.assembling import group_articles, rebuild
from newsroom.stories.open_index import OpenIndex

from tests.fakes.archive import FakeArchive
from tests.stories.story_values import NOON, a_publisher, an_article

PUBLISHERS = {one.id: one for one in (a_publisher("the-ledger"), a_publisher("harbour-wire", agency=True))}

MORNING = [
    an_article("Copper rises as workers strike at Cerro Palido mine", "Copper rose to a record on Monday. " * 8),
    an_article("Cerro Palido strike halts output, copper at record", minutes=4, publisher="harbour-wire"),
    an_article("Bank of Canada cuts rate to 2 per cent", minutes=6, thin="paywall"),
    an_article("Fire shuts Noordhaven refinery in Rotterdam", minutes=8),
]
LATER = [
    an_article("Cerro Palido copper mine strike enters second day", minutes=30),
    an_article("Rotterdam's Noordhaven refinery closed by fire, diesel jumps", minutes=31),
    an_article("Naira hits five-month high after dollar sale", minutes=32),
]


class Killed(Exception):
    """The function died here."""


class DyingArchive(FakeArchive):
    """Dies before or after the n-th write; afterwards it is the same archive, in another process."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.dies_at = (0, "before")

    def _write(self, name, *arguments):
        self.writes += 1
        if self.dies_at == (self.writes, "before"):
            raise Killed
        getattr(super(), name)(*arguments)
        if self.dies_at == (self.writes, "after"):
            raise Killed

    def replace_open_index(self, body, tag):
        self._write("replace_open_index", body, tag)

    def store_story(self, story):
        self._write("store_story", story)

    def mark_grouped(self, article_ids):
        self._write("mark_grouped", list(article_ids))


def an_archive(articles=MORNING, kind=FakeArchive):
    archive = kind()
    for article in articles:
        archive.store_article(article)
    return archive


def state_of(archive):
    """All that grouping leaves behind."""
    return archive.all_stories, archive.ungrouped, archive.shelves, archive.index[0]


def test_new_articles_become_stories_that_are_due():
    archive = an_archive()
    grouped = group_articles(archive, PUBLISHERS, NOON)
    assert (grouped.articles, grouped.stories) == (4, 3)
    assert set(grouped.story_ids_due) == set(archive.all_stories)
    assert archive.ungrouped == set()
    copper = next(story for story in archive.all_stories.values() if story.articles == 2)
    assert copper.origins == 2
    assert all(story.country and story.desk for story in archive.all_stories.values())


def test_later_articles_join_the_stories_of_the_morning():
    archive = an_archive()
    group_articles(archive, PUBLISHERS, NOON)
    for article in LATER:
        archive.store_article(article)
    grouped = group_articles(archive, PUBLISHERS, NOON)
    assert (grouped.articles, grouped.stories, grouped.rebuilt) == (3, 3, False)
    assert sorted(story.articles for story in archive.all_stories.values()) == [1, 1, 2, 3]


def test_at_most_as_many_stories_are_due_as_asked_for():
    assert len(group_articles(an_archive(), PUBLISHERS, NOON, limit=2).story_ids_due) == 2


def test_nothing_new_changes_nothing():
    archive = an_archive()
    group_articles(archive, PUBLISHERS, NOON)
    before = state_of(archive)
    tag = archive.index[1]
    assert group_articles(archive, PUBLISHERS, NOON).articles == 0
    assert state_of(archive) == before
    assert archive.index[1] == tag


def test_a_crash_at_any_step_loses_and_doubles_nothing():
    calm = an_archive()
    group_articles(calm, PUBLISHERS, NOON)
    for article in LATER:
        calm.store_article(article)
    group_articles(calm, PUBLISHERS, NOON)
    points = 0
    for number in range(1, 20):
        for side in ("before", "after"):
            archive = an_archive(MORNING, DyingArchive)
            group_articles(archive, PUBLISHERS, NOON)
            for article in LATER:
                archive.store_article(article)
            archive.dies_at = (archive.writes + number, side)
            try:
                group_articles(archive, PUBLISHERS, NOON)
            except Killed:
                points += 1
                group_articles(archive, PUBLISHERS, NOON)
            assert state_of(archive) == state_of(calm)
    assert points == 2 * 5  # the index, three stories, the marks


def test_whoever_loses_the_race_has_changed_nothing_and_repeats():
    archive = an_archive()
    stale_tag = archive.index[1]
    group_articles(archive, PUBLISHERS, NOON)
    for article in LATER:
        archive.store_article(article)
    before = dict(archive.all_stories)
    current = archive.open_index
    archive.open_index = lambda: (None, stale_tag)
    with pytest.raises(ArchiveConflict):
        group_articles(archive, PUBLISHERS, NOON)
    assert archive.all_stories == before
    assert archive.ungrouped == {article.id for article in LATER}
    archive.open_index = current
    group_articles(archive, PUBLISHERS, NOON)
    assert archive.ungrouped == set()


def test_of_two_runs_at_once_the_later_ones_stories_stand():
    calm = an_archive([*MORNING, *LATER])
    group_articles(calm, PUBLISHERS, NOON)
    archive = an_archive()
    marking = archive.mark_grouped
    storing = archive.store_story
    overtaken = []

    def stalled(story):
        """Before its first story is stored, another run comes along and finishes."""
        if not overtaken:
            overtaken.append(story.id)
            archive.store_story = storing
            for article in LATER:
                archive.store_article(article)
            group_articles(archive, PUBLISHERS, NOON)
            archive.store_story = stalled
        storing(story)

    archive.store_story = stalled
    group_articles(archive, PUBLISHERS, NOON)
    assert marking == archive.mark_grouped
    members = lambda one: {s.id: {m.article_id for m in s.members} for s in one.all_stories.values()}  # noqa: E731
    assert members(archive) == members(calm)
    assert archive.ungrouped == set()


@pytest.mark.parametrize("damage", ["missing", "garbage", "cut"])
def test_a_lost_index_comes_back_from_the_archive(damage):
    archive = an_archive()
    group_articles(archive, PUBLISHERS, NOON)
    body, tag = archive.index
    archive.index = {"missing": (None, None), "garbage": (b"\x00garbage", tag), "cut": (body[:-9], tag)}[damage]
    for article in LATER:
        archive.store_article(article)
    grouped = group_articles(archive, PUBLISHERS, NOON)
    assert grouped.rebuilt
    assert sorted(story.articles for story in archive.all_stories.values()) == [1, 1, 2, 3]


def test_a_rebuilt_index_holds_the_same_stories():
    archive = an_archive([*MORNING, *LATER])
    group_articles(archive, PUBLISHERS, NOON)
    index = rebuild(archive, PUBLISHERS, NOON)
    kept = OpenIndex.load(archive.index[0])
    assert index.story_of == kept.story_of
    assert index.stories.keys() == kept.stories.keys()


def test_old_stories_leave_the_index_and_stay_in_the_archive():
    old = an_article("Tin smelter opens in Penang", minutes=-6 * 24 * 60)
    archive = an_archive([old, *MORNING])
    group_articles(archive, PUBLISHERS, NOON)
    assert old.id not in OpenIndex.load(archive.index[0]).story_of
    assert len(archive.all_stories) == 4
