"""Politeness by a clock of the test's: nobody sleeps here."""

from threading import Thread

import pytest
from newsroom.errors import PublisherUnreachable
from newsroom.wire.manners import HOSTS_REMEMBERED, Manners, together


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def manners(**options: float) -> tuple[Manners, Time]:
    time = Time()
    return Manners(clock=lambda: time.now, sleep=time.sleep, **options), time  # type: ignore[arg-type]


def test_requests_to_one_host_keep_their_distance_and_hosts_do_not_wait_for_each_other() -> None:
    ours, time = manners(seconds_between=0.5)
    for host in ("a.example", "b.example", "a.example", "a.example"):
        ours.wait(host)
    assert time.slept == [0.5, 0.5]


def test_who_has_no_time_for_a_turn_does_not_take_it() -> None:
    ours, time = manners(seconds_between=5.0)
    ours.wait("a.example", 0.0)
    with pytest.raises(PublisherUnreachable, match="others of us"):
        ours.wait("a.example", 4.0)
    ours.wait("a.example", 6.0)
    assert time.slept == [5.0]


def test_who_comes_late_does_not_wait() -> None:
    ours, time = manners(seconds_between=0.5)
    ours.wait("a.example")
    time.now += 3
    ours.wait("a.example")
    assert time.slept == []


@pytest.mark.parametrize(("delay", "waited"), [(2.0, 2.0), (0.1, 0.5), (0.0, 0.5), (3600.0, 10.0)])
def test_a_crawl_delay_is_kept_between_our_own_and_ten_seconds(delay: float, waited: float) -> None:
    ours, time = manners(seconds_between=0.5)
    ours.wait("a.example")
    ours.slow_down("a.example", delay)
    ours.wait("a.example")
    ours.wait("a.example")
    assert time.slept == [waited, waited]


def test_a_host_that_wants_to_be_left_alone_is_not_asked_and_the_rest_of_its_time_is_told() -> None:
    ours, time = manners()
    ours.leave_alone("a.example", 120)
    time.now += 20
    with pytest.raises(PublisherUnreachable, match=r"a\.example asked to be left alone for 100 seconds") as caught:
        ours.wait("a.example")
    assert caught.value.retry_after == 100
    ours.wait("b.example")
    time.now += 101
    ours.wait("a.example")


def test_a_host_that_does_not_say_for_how_long_is_left_alone_for_a_minute() -> None:
    ours, time = manners()
    ours.leave_alone("a.example", 0)
    time.now += 59
    with pytest.raises(PublisherUnreachable):
        ours.wait("a.example")


def test_with_one_host_there_is_one_exchange_at_a_time() -> None:
    ours, _ = manners()
    another = ours.exchange("a.example", 0)
    with (
        ours.exchange("a.example", 1),
        ours.exchange("b.example", 1),
        pytest.raises(PublisherUnreachable, match=r"a\.example is being asked by others of us"),
    ):
        another.__enter__()
    with ours.exchange("a.example", 0):
        pass


def test_threads_take_turns() -> None:
    ours, time = manners(seconds_between=1.0)
    threads = [Thread(target=ours.wait, args=("a.example",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert time.now >= 1007 - 0.001


def test_hosts_that_are_owed_nothing_are_forgotten_and_those_that_ask_for_silence_are_not() -> None:
    ours, time = manners()
    ours.leave_alone("silent.example", 86_400)
    for number in range(HOSTS_REMEMBERED + 10):
        ours.wait(f"h{number}.example")
        time.now += 1
    assert len(ours._hosts) < 100
    with pytest.raises(PublisherUnreachable):
        ours.wait("silent.example")


def test_who_shares_a_host_goes_together() -> None:
    hosts = {"a": ["x"], "b": ["y"], "c": ["z", "x"], "d": ["y", "q"], "e": ["p"], "f": ["q", "z"]}
    assert together(hosts) == [("a", "b", "c", "d", "f"), ("e",)]
    assert together({"a": ["x"], "b": ["x"], "c": []}) == [("a", "b"), ("c",)]
    assert together({}) == []
