from datetime import timedelta

from newsroom.stories.spread import MOST_WINDOWS, spread
from newsroom.stories.story import Story

from tests.stories.story_values import NOON, a_member, a_publisher, a_story

PUBLISHERS = {
    one.id: one
    for one in (a_publisher("wire", 1, "GB"), a_publisher("ledger", 2, "GB"), a_publisher("gazette", 3, "IN"))
}


def test_windows_count_publishers_once_and_add_up():
    story = a_story(
        a_member("a", 0, publisher="wire", origin="publisher:wire"),
        a_member("b", 3, publisher="ledger", origin="publisher:wire"),
        a_member("c", 40, publisher="gazette"),
        a_member("d", 50, publisher="wire"),
        a_member("e", 61, publisher="unknown"),
    )
    found = spread(story, PUBLISHERS)
    assert [(w.start - NOON, w.new, w.total, w.new_origins) for w in found.windows] == [
        (timedelta(0), 2, 2, 1),
        (timedelta(minutes=30), 1, 3, 1),
        (timedelta(minutes=45), 0, 3, 1),
        (timedelta(minutes=60), 1, 4, 1),
    ]
    assert found.windows[-1].end is None
    assert found.publishers == 4
    assert found.first == ("wire",)
    assert found.by_tier == {1: 1, 2: 1, 3: 2}
    assert found.by_country == {"GB": 2, "IN": 1}


def test_articles_and_origins_are_counted_beside_publishers_and_the_last_row_is_the_story():
    story = a_story(
        a_member("a", 0, publisher="wire", origin="agency:wire"),
        a_member("b", 20, publisher="ledger", origin="agency:wire"),
        a_member("c", 40, publisher="wire", origin="agency:wire"),
        a_member("d", 50, publisher="gazette"),
    )
    windows = spread(story, PUBLISHERS).windows
    assert [(w.new_articles, w.total_articles, w.total_origins, w.total) for w in windows] == [
        (1, 1, 1, 1),
        (1, 2, 1, 2),
        (1, 3, 1, 2),
        (1, 4, 2, 3),
    ]
    last = windows[-1]
    assert (last.total_articles, last.total_origins) == (story.articles, story.origins)


def test_who_reported_first_is_told_apart_from_who_carried_it():
    story = a_story(
        a_member("b", 7, publisher="ledger", origin="agency:wire"),
        a_member("a", 0, publisher="wire", origin="agency:wire"),
        a_member("c", 30, publisher="gazette"),
        a_member("d", 45, publisher="ledger", origin="publisher:ledger"),
    )
    found = spread(story, PUBLISHERS)
    assert [(one.publisher, one.lag) for one in found.arrivals] == [
        ("wire", timedelta(0)),
        ("ledger", timedelta(minutes=7)),
        ("gazette", timedelta(minutes=30)),
    ]
    assert [one.publisher for one in found.first_origins] == ["wire", "gazette", "ledger"]


def test_one_publisher_is_one_window():
    found = spread(a_story(a_member("a", publisher="wire")), PUBLISHERS)
    assert len(found.windows) == 1
    assert found.publishers == 1


def test_a_long_story_still_fits_the_page():
    story = a_story(*(a_member(f"m{day:03}", day * 24 * 60) for day in range(0, 120, 3)))
    windows = spread(story, {}).windows
    assert len(windows) <= MOST_WINDOWS
    assert windows[-1].total == 40
    assert [w.total for w in windows] == sorted(w.total for w in windows)


def test_a_story_without_members_has_no_spread():
    empty = Story(id="s", opened_at=NOON, updated_at=NOON, members=())
    assert spread(empty, {}).publishers == 0
