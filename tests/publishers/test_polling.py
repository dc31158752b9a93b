"""The pace of polling, tried on publishers that publish by a plan."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom.publishers.faring import Tally, after_answers
from newsroom.publishers.health import Health
from newsroom.publishers.polling import DAILY, DEAD_AFTER, QUIET, after_failures, next_slot
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.selecting import SLOT, slot_of

START = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Simulated:
    """A publisher with a plan (times of publication, sorted), asked whenever its health says so."""

    plan: list[datetime]
    tier: int = 3
    id: str = "port"
    health: Health = field(init=False)
    polls: list[datetime] = field(default_factory=list)
    waits: list[timedelta] = field(default_factory=list)
    """From publication to the poll that found it."""

    def __post_init__(self) -> None:
        self.health = Health(publisher_id=self.id)

    def run(self, until: datetime, start: datetime = START) -> "Simulated":
        home = f"https://{self.id}.example/"
        publisher = Publisher(
            id=self.id, name="Port", home=home, country="SG", tier=self.tier, reason="A daily of ships",  # type: ignore[arg-type]
            feeds=(f"{home}rss",),
        )  # fmt: skip
        now, found = start, 0
        while now < until:
            new = sum(at <= now for at in self.plan[found:])
            fresh = sum(at > now - DAY for at in self.plan[found : found + new])
            self.waits += [now - at for at in self.plan[found : found + new] if at >= start]
            found += new
            self.polls.append(now)
            self.health = after_answers(
                self.health, Tally(new, fresh), publisher=publisher, edition_id=f"{now:%d%H%M}", now=now
            )
            assert self.health.next_poll_at
            now = self.health.next_poll_at
        return self

    def polls_on(self, day: int) -> int:
        return sum(START + DAY * day <= at < START + DAY * (day + 1) for at in self.polls)


def every(gap: timedelta, until: datetime, start: datetime = START) -> list[datetime]:
    return [start + gap * number for number in range(int((until - start) / gap))]


def test_who_publishes_all_day_is_asked_in_every_slot() -> None:
    busy = Simulated(every(timedelta(minutes=10), START + 14 * DAY)).run(START + 14 * DAY)
    assert busy.polls_on(12) == 96
    assert max(busy.waits) <= SLOT


def test_a_new_publisher_is_asked_in_every_slot_for_a_day() -> None:
    assert Simulated([]).run(START + 5 * DAY).polls_on(0) == 96


@pytest.mark.parametrize(("tier", "polls"), [(1, 24), (2, 12), (3, 6)])
def test_a_quiet_one_is_asked_every_few_hours_by_tier(tier: int, polls: int) -> None:
    assert Simulated(every(4 * DAY, START + 20 * DAY), tier=tier).run(START + 20 * DAY).polls_on(15) == polls


def test_one_with_a_few_articles_a_day_is_asked_two_or_three_times_for_each() -> None:
    steady = Simulated(every(2 * HOUR, START + 20 * DAY)).run(START + 20 * DAY)
    assert 24 <= steady.polls_on(15) <= 36
    assert max(steady.waits[-100:]) <= 2 * HOUR


def test_a_dead_one_is_asked_daily_and_wakes_with_its_first_article() -> None:
    wakes = START + DEAD_AFTER + 5 * DAY
    dead = Simulated([*every(HOUR, START + 2 * DAY), wakes]).run(wakes + 3 * DAY)
    assert dead.polls_on(34) == 1
    assert max(dead.waits[-1:]) <= DAILY
    assert dead.polls_on(37) >= 6


@settings(max_examples=40, deadline=None)
@given(
    offset=st.integers(0, 60 * 24 * 7),
    gap=st.integers(1, 15),
    tier=st.sampled_from([1, 2, 3]),
    usual=st.sampled_from([0, 1, 5, 20]),
    name=st.text("abcdef", min_size=1, max_size=8),
)
def test_a_burst_is_met_within_a_bounded_number_of_slots(
    offset: int, gap: int, tier: int, usual: int, name: str
) -> None:
    """Whatever the past of a living publisher and whenever the burst begins (an article or more in each slot)."""
    begins = START + 7 * DAY + timedelta(minutes=offset)
    ends = begins + 12 * HOUR
    past = every(DAY / usual, begins) if usual else [START]
    burst = every(timedelta(minutes=gap), ends, begins)
    one = Simulated([*past, *burst], tier=tier, id=name).run(ends)
    most = QUIET[tier]
    met = [at for at in one.polls if at >= begins]
    assert met[0] - begins <= most
    steady = [later - at for at, later in pairwise(met) if at >= begins + most + most / 2]
    assert steady
    assert set(steady) == {SLOT}


@settings(max_examples=40, deadline=None)
@given(plan=st.lists(st.integers(0, 60 * 24 * 40), max_size=200), tier=st.sampled_from([1, 2, 3]))
def test_whatever_is_published_the_pause_stays_within_bounds_and_on_slots(plan: list[int], tier: int) -> None:
    one = Simulated([START + timedelta(minutes=at) for at in sorted(plan)], tier=tier).run(START + 45 * DAY)
    pauses = {later - at for at, later in pairwise(one.polls)}
    assert all(SLOT <= pause <= DAILY for pause in pauses)
    assert all(slot_of(at) == at for at in one.polls)


def test_the_same_history_gives_the_same_slots() -> None:
    drawn = random.Random(7)
    plan = sorted(START + timedelta(minutes=drawn.randrange(60 * 24 * 20)) for _ in range(300))
    assert Simulated(plan).run(START + 20 * DAY).polls == Simulated(plan).run(START + 20 * DAY).polls


def test_quiet_publishers_are_not_all_asked_in_one_slot() -> None:
    slots = [next_slot(START, 4 * HOUR, f"publisher-{number}") for number in range(1600)]
    counts = [slots.count(slot) for slot in set(slots)]
    assert len(counts) == 16
    assert max(counts) < 200


def test_adaptive_polling_saves_most_requests_of_a_mixed_catalogue() -> None:
    """A fifth busy, two fifths with some articles a day, the rest quiet: a third of asking everybody every time."""
    gaps: list[Callable[[int], timedelta]] = [
        lambda _: timedelta(minutes=20), lambda n: 4 * HOUR + n * SLOT, lambda n: 6 * HOUR + n * SLOT,
        lambda _: 3 * DAY, lambda _: 5 * DAY,
    ]  # fmt: skip
    until = START + 12 * DAY
    polls = sum(
        Simulated(every(gap(n), until), id=f"p{n}{place}").run(until).polls_on(10)
        for place, gap in enumerate(gaps)
        for n in range(4)
    )
    assert polls <= 96 * 20 / 3


@pytest.mark.parametrize(("failures", "slots"), [(0, 1), (1, 1), (2, 2), (3, 4), (5, 16), (8, 96), (500, 96)])
def test_a_failing_publisher_is_asked_half_as_often_each_time_but_daily(failures: int, slots: int) -> None:
    now = START + timedelta(minutes=2)
    assert after_failures(now, failures) == START + slots * SLOT


def test_a_publishers_own_wish_is_kept_within_a_day() -> None:
    assert after_failures(START, 1, 3600) == START + HOUR + SLOT
    assert after_failures(START, 1, 10**9) == START + DAY + SLOT
    assert after_failures(START, 1, 5) == START + SLOT


def test_who_was_polled_late_in_a_slot_is_due_at_the_beginning_of_the_next() -> None:
    assert next_slot(START + timedelta(minutes=14), SLOT, "late") == START + SLOT
