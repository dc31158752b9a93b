from datetime import timedelta

import pytest
from newsroom.stories.lifecycle import is_stale, new_articles, origin_dates, reason_for_version, status, status_at

from tests.fakes.newsroom_values import a_version
from tests.stories.story_values import NOON, a_member, a_story


@pytest.mark.parametrize(
    ("minutes", "members", "expected"),
    [
        (60, [a_member("a"), a_member("b", 30)], "breaking"),
        (60, [a_member("a")], "developing"),
        (60, [a_member("a"), a_member("b", 30, origin="publisher:a")], "developing"),
        (100, [a_member("a"), a_member("b", 30)], "developing"),
        (150, [a_member("a"), a_member("b", 30), a_member("c", 120)], "breaking"),
        (14 * 60, [a_member("a"), a_member("b", 13 * 60 + 30)], "developing"),
        (4 * 60, [a_member("a"), a_member("b", 30)], "developing"),
        (5 * 60, [a_member("a"), a_member("b", 30)], "settled"),
        (5 * 60, [a_member("a"), a_member("b", 120)], "developing"),
        (14 * 60, [a_member("a"), a_member("b", 120)], "settled"),
        (14 * 60, [a_member("a"), a_member("b", 13 * 60, origin="publisher:a")], "settled"),
        (25 * 60, [a_member("a"), a_member("b", 30)], "quiet"),
    ],
)
def test_a_story_breaks_in_its_first_hours_at_its_own_pace_and_rests_with_its_articles(minutes, members, expected):
    assert status(a_story(*members), NOON + timedelta(minutes=minutes)) == expected


def test_what_is_over_by_its_own_words_is_settled_however_new_and_quiet_in_the_end():
    story = a_story(a_member("a"), a_member("b", 30))
    assert status(story, NOON + timedelta(hours=1), "afloat again") == "settled"
    assert status(story, NOON + timedelta(hours=25), "afloat again") == "quiet"


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


def test_a_merge_a_split_and_an_edited_source_have_their_own_reasons():
    a, b = a_member("a"), a_member("b", 10)
    came = b.model_copy(update={"reason": "came with s0123456789abcdef, which is the same story: shares copper"})
    left = a.model_copy(update={"reason": "left s0123456789abcdef with what is another event: shares tin"})
    edited = a.model_copy(update={"revision": 2})
    assert reason_for_version(AVersion(a), a_story(a, came)) == "merge"
    assert reason_for_version(None, a_story(left)) == "split"
    assert reason_for_version(AVersion(a), a_story(edited)) == "update"
    assert reason_for_version(AVersion(a), a_story(edited, b)) == "new-origin"
    assert reason_for_version(AVersion(edited), a_story(edited)) is None


def test_breaking_wears_off_although_nobody_writes_a_new_version():
    head = a_version().head.model_copy(
        update={
            "status": "breaking",
            "origins": 2,
            "first_reported_at": NOON,
            "newest_origin_at": NOON,
            "newest_source_at": NOON,
        }
    )
    hours = (0.5, 3, 5, 25)
    found = [status_at(head, NOON + timedelta(hours=after)) for after in hours]
    assert found == ["breaking", "developing", "settled", "quiet"]
    assert status_at(head.model_copy(update={"origins": 1}), NOON + timedelta(minutes=30)) == "developing"
    assert status_at(head.model_copy(update={"ending": "reopens"}), NOON + timedelta(minutes=30)) == "settled"
    older = head.model_copy(update={"newest_origin_at": None})
    assert status_at(older, NOON + timedelta(hours=25)) == "breaking"


def test_a_story_is_stale_a_day_after_its_newest_article():
    story = a_story(a_member("a"), a_member("b", 60))
    assert not is_stale(story, NOON + timedelta(hours=24))
    assert is_stale(story, NOON + timedelta(hours=25))
