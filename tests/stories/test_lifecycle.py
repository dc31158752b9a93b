from datetime import timedelta

import pytest
from newsroom.stories.lifecycle import is_stale, new_articles, origin_dates, reason_for_version, status

from tests.stories.story_values import NOON, a_member, a_story


@pytest.mark.parametrize(
    ("hours", "members", "expected"),
    [
        (1, [a_member("a"), a_member("b", 30)], "breaking"),
        (1, [a_member("a")], "developing"),
        (1, [a_member("a"), a_member("b", 30, origin="publisher:a")], "developing"),
        (5, [a_member("a"), a_member("b", 30)], "developing"),
        (14, [a_member("a"), a_member("b", 30)], "settled"),
        (14, [a_member("a"), a_member("b", 13 * 60)], "breaking"),
        (14, [a_member("a"), a_member("b", 13 * 60, origin="publisher:a")], "settled"),
        (25, [a_member("a"), a_member("b", 30)], "quiet"),
    ],
)
def test_a_story_moves_by_its_origins_and_rests_with_its_articles(hours, members, expected):
    assert status(a_story(*members), NOON + timedelta(hours=hours)) == expected


def test_an_origin_begins_with_its_first_article():
    story = a_story(a_member("b", 20, origin="agency:x"), a_member("a", 5, origin="agency:x"), a_member("c", 9))
    assert list(origin_dates(story).items()) == [
        ("agency:x", NOON + timedelta(minutes=5)),
        ("publisher:c", NOON + timedelta(minutes=9)),
    ]


class AVersion:
    """As much of a version as the rule reads."""

    def __init__(self, *members):
        self.sources = members


def test_a_new_origin_counts_above_a_new_article_and_nothing_new_is_no_reason():
    a, b, again = a_member("a"), a_member("b", 10), a_member("c", 20, origin="publisher:a")
    assert reason_for_version(None, a_story(a)) == "first"
    assert reason_for_version(AVersion(a), a_story(a)) is None
    assert reason_for_version(AVersion(a), a_story(a, again)) == "new-article"
    assert reason_for_version(AVersion(a), a_story(a, b, again)) == "new-origin"
    assert reason_for_version(AVersion(a, again), a_story(a)) == "split"
    assert new_articles(AVersion(a), a_story(again, a, b)) == ["b", "c"]


def test_a_story_is_stale_a_day_after_its_newest_article():
    story = a_story(a_member("a"), a_member("b", 60))
    assert not is_stale(story, NOON + timedelta(hours=24))
    assert is_stale(story, NOON + timedelta(hours=25))
