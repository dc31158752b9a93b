from datetime import UTC, datetime, timedelta

from newsroom.errors import FeedUnreadable, PublisherUnreachable, ResponseRefused
from newsroom.publishers.faring import Tally, after_answers, after_failure, after_retirement, reason_of
from newsroom.publishers.health import Health

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)
NEW = Health(publisher_id="port")
DOWN = PublisherUnreachable("HTTP 500 from feeds.example")


def test_a_failure_is_counted_once_an_edition() -> None:
    once = after_failure(NEW, [DOWN], edition_id="e1", now=NOW)
    again = after_failure(once, [DOWN], edition_id="e1", now=NOW)
    assert (once.status, once.failures, once.failing_since) == ("failing", 1, NOW)
    assert (once.error, once.reason) == ("PublisherUnreachable", "HTTP 500 from feeds.example")
    assert again == once
    assert after_failure(again, [DOWN], edition_id="e2", now=LATER).failures == 2
    assert after_failure(again, [DOWN], edition_id="e2", now=LATER).failing_since == NOW


def test_an_answer_ends_it() -> None:
    failing = after_failure(NEW, [DOWN], edition_id="e1", now=NOW)
    well = after_answers(failing, Tally(3, 1, 1), edition_id="e2", now=LATER, empty=False, faults=[])
    assert (well.status, well.failures, well.failing_since, well.error, well.reason) == ("ok", 0, None, "", "")
    assert (well.articles, well.thin, well.undated, well.last_new_at) == (3, 1, 1, LATER)
    assert well.next_poll_at == LATER + timedelta(minutes=15)


def test_no_entries_at_all_is_told_apart() -> None:
    assert after_answers(NEW, Tally(), edition_id="e1", now=NOW, empty=True, faults=[]).status == "empty"


def test_one_bad_feed_of_several_is_a_reason_not_a_failure() -> None:
    health = after_answers(NEW, Tally(1), edition_id="e1", now=NOW, empty=False, faults=[FeedUnreadable("broken XML")])
    assert (health.status, health.error, health.reason) == ("ok", "FeedUnreadable", "broken XML")


def test_what_may_pass_decides_and_its_wish_is_kept() -> None:
    faults = [
        ResponseRefused("body larger than 5 MB"),
        PublisherUnreachable("HTTP 429 from x.example", retry_after=7200),
    ]
    health = after_failure(NEW, faults, edition_id="e1", now=NOW)
    assert health.error == "PublisherUnreachable"
    assert health.reason == "body larger than 5 MB; HTTP 429 from x.example"
    assert health.next_poll_at == NOW + timedelta(hours=2, minutes=15)


def test_a_retired_publisher_is_not_asked_again() -> None:
    health = after_retirement(NEW, edition_id="e1")
    assert (health.status, health.next_poll_at) == ("retired", None)


def test_a_reason_is_short_and_says_each_thing_once() -> None:
    assert reason_of([DOWN, DOWN]) == "HTTP 500 from feeds.example"
    assert len(reason_of([PublisherUnreachable("x" * 500)])) == 200
