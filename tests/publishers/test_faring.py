from datetime import UTC, datetime, timedelta

from newsroom.errors import FeedUnreadable, PublisherUnreachable, ResponseRefused
from newsroom.publishers.faring import (
    DAYS_KEPT,
    Tally,
    after_answers,
    after_failure,
    after_retirement,
    feeds_to_tell_of,
    reason_of,
)
from newsroom.publishers.health import Day, FeedHealth, FeedState, Health
from newsroom.publishers.publisher import Publisher

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)
NEW = Health(publisher_id="port")
PORT = Publisher(
    id="port", name="Port", home="https://port.example/", country="SG", tier=3, reason="Shipping daily",
    feeds=("https://port.example/rss",),
)  # fmt: skip
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
    well = after_answers(failing, Tally(3, 3, 1, 1), publisher=PORT, edition_id="e2", now=LATER)
    assert (well.status, well.failures, well.failing_since, well.error, well.reason) == ("ok", 0, None, "", "")
    assert (well.articles, well.thin, well.undated, well.last_new_at) == (3, 1, 1, LATER)
    assert well.next_poll_at == LATER + timedelta(minutes=15)


def test_no_entries_at_all_is_told_apart() -> None:
    assert after_answers(NEW, Tally(), publisher=PORT, edition_id="e1", now=NOW, empty=True).status == "empty"


def test_one_bad_feed_of_several_is_a_reason_not_a_failure() -> None:
    health = after_answers(
        NEW, Tally(1), publisher=PORT, edition_id="e1", now=NOW, faults=[FeedUnreadable("broken XML")]
    )
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


def test_days_count_what_each_brought_and_a_repeated_state_counts_no_poll_twice() -> None:
    once = after_answers(NEW, Tally(3, 2, 1, 0, 1), publisher=PORT, edition_id="e1", now=NOW)
    again = after_answers(once, Tally(), publisher=PORT, edition_id="e1", now=NOW + timedelta(minutes=2))
    down = after_failure(again, [DOWN], edition_id="e2", now=LATER)
    assert again.days == once.days
    assert again.next_poll_at == once.next_poll_at
    assert down.days == (Day(date="2026-11-23", polls=2, failed=1, articles=3, fresh=2, thin=1, revised=1),)


def test_only_the_last_days_are_kept() -> None:
    health = NEW
    for day in range(30):
        now = NOW + timedelta(days=day)
        health = after_answers(health, Tally(1, 1), publisher=PORT, edition_id=f"e{day}", now=now)
    assert len(health.days) == DAYS_KEPT
    assert health.days[-1].date == "2026-12-22"
    assert health.articles == 30
    assert len(health.model_dump_json()) < 2_000


def test_what_waits_is_asked_for_in_the_next_slot_whatever_the_rhythm() -> None:
    quiet = NEW.model_copy(update={"first_success_at": NOW - timedelta(days=9), "last_success_at": NOW})
    waiting = after_answers(quiet, Tally(), publisher=PORT, edition_id="e1", now=NOW, waiting=True)
    assert waiting.next_poll_at == LATER
    assert waiting.interval_minutes == 240


def test_of_feeds_only_those_are_told_of_which_there_is_something_to_tell() -> None:
    states = {"well": FeedState(), "old": FeedState(retired=True), "new": FeedState(moved_to="x"), "down": FeedState()}
    assert feeds_to_tell_of(states, {"down": DOWN}) == {
        "old": FeedHealth(status="retired", reason="answers 410 Gone"),
        "new": FeedHealth(moved_to="x"),
        "down": FeedHealth(status="failing", reason="HTTP 500 from feeds.example"),
    }
