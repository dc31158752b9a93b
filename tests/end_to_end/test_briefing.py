"""Mornings that go wrong: everybody is sent the issue once, or is listed."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from newsroom.briefing import manifest
from newsroom.briefing.allowance import Allowance
from newsroom.briefing.reputation import Pause
from newsroom.briefing.sending import Postman
from newsroom.errors import MailSuspended, MailThrottled

from tests.end_to_end.briefing_mornings import Morning, Reaper
from tests.fakes.mornings import SIX, Time, a_subscriber
from tests.state_machines.walking import Failure

ISSUE = "2026-11-24"


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "BATCH", 3)


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> None:
    """Thousands of log lines of thousands of functions say nothing here."""
    import logging

    logging.getLogger("newsroom").setLevel(logging.CRITICAL)


def settled(morning: Morning) -> dict[str, Any]:
    """The outcome, after checking that nobody was sent to twice and nobody is missing without being listed."""
    outcome: dict[str, Any] = morning.archive.outcomes[ISSUE]
    assert len(morning.addresses) == len(set(morning.addresses)), "somebody was sent the issue twice"
    got = {posted.tags["subscriber"] for posted in morning.mail.outbox}
    assert set(morning.ids) - got <= set(outcome["unknown_ids"]), "somebody is missing and not listed"
    assert outcome["sent"] + outcome["unknown"] == outcome["recipients"] == len(morning.ids)
    return outcome


def calls_of_a_morning(subscribers: int) -> int:
    reaper = Reaper()
    Morning(subscribers).run_through(reaper)
    return reaper.calls


def kill_everywhere(subscribers: int, calls: range) -> None:
    for call in calls:
        for when in ("before", "after"):
            morning = Morning(subscribers)
            morning.run_through(Reaper(call, when))
            assert settled(morning)["unknown"] <= 1, f"{when} call {call}"


def test_a_worker_killed_at_any_call_of_a_morning_doubles_nobody_and_loses_nobody() -> None:
    """Composing, publishing, addressing, sending, counting, closing: before and after each call to anything outside."""
    calls = calls_of_a_morning(2)

    assert calls > 30
    kill_everywhere(2, range(calls))


def test_an_execution_that_died_at_any_call_is_followed_by_another_at_once() -> None:
    """No worker of the first lives beyond that call; the clock does not move before the second."""
    for call in range(calls_of_a_morning(2)):
        for when in ("before", "after"):
            morning = Morning(2)
            morning.run_and_follow(Reaper(call, when, for_good=True))
            assert settled(morning)["unknown"] <= 1, f"{when} call {call}"


def test_an_execution_that_is_under_way_is_not_followed() -> None:
    morning = Morning(3)
    refused: list[bool] = []

    def another(_to: str) -> None:
        refused.append("NotClaimed" in morning.run(f"e{len(refused) + 2}", date=ISSUE).path)

    morning.mail._before = another
    morning.run("e1", slot="2026-11-24T11:00:00Z")

    assert refused == [True] * 3
    assert settled(morning)["sent"] == 3


@pytest.mark.soak
def test_a_worker_killed_at_any_call_of_a_longer_morning() -> None:
    kill_everywhere(8, range(calls_of_a_morning(8)))


@pytest.mark.soak
def test_a_worker_killed_twice_leaves_two_unknown_at_most() -> None:
    for first in range(0, calls_of_a_morning(5), 3):
        for second in range(first + 1, first + 25, 4):
            morning = Morning(5)
            morning.run_through(Reapers(first, second))
            assert settled(morning)["unknown"] <= 2, f"calls {first} and {second}"


class Reapers(Reaper):
    """Kills at two calls, after each."""

    def __init__(self, *calls: int) -> None:
        super().__init__(calls[0], "after")
        self._others = list(calls[1:])

    def revive(self) -> None:
        if self._dead and self._others:
            self._call = max(self._others.pop(0), self.calls)
        super().revive()


def test_fifty_schedule_events_make_one_issue_and_one_mail_each() -> None:
    """Forty-nine of them arrive while the first is composing, sending and closing."""
    morning = Morning(4)
    others = iter(range(1, 50))

    def crowd(_to: str = "") -> None:
        for number in (next(others, None) for _ in range(13)):
            if number:
                assert "NotClaimed" in morning.run(f"e{number}", slot="2026-11-24T11:00:00Z").path

    frozen = morning.archive.store_issue

    def store(issue: Any) -> None:
        crowd()
        frozen(issue)

    morning.archive.store_issue = store
    morning.mail._before = crowd
    morning.run("e0", slot="2026-11-24T11:00:00Z")
    crowd()

    assert next(others, None) is None, "all have come"
    assert list(morning.archive.issues) == [ISSUE]
    assert settled(morning)["sent"] == 4


def elsewhere(morning: Morning) -> dict[str, str]:
    """Three more readers by address: where each lives, in the order of waves."""
    zones = {"zurich": "Europe/Zurich", "denver": "America/Denver", "honolulu": "Pacific/Honolulu"}
    for number, zone in enumerate(zones.values(), 90):
        morning.ids.append(morning.readers.store_subscriber(a_subscriber(number, zone=zone)).id)
    return {f"reader{number}@inbox.example": name for number, name in enumerate(zones, 90)}


def test_who_sleeps_when_the_issue_is_ready_is_sent_it_when_they_rise() -> None:
    morning = Morning(2)
    readers = elsewhere(morning)
    waited: dict[str, str] = {}
    morning.mail._before = lambda to: waited.__setitem__(readers.get(to, "new york"), morning.walk.waited[-1])
    morning.run("e1", slot="2026-11-24T11:00:00Z")

    assert waited == {
        "new york": "2026-11-24T11:00:00Z",
        "zurich": "2026-11-24T11:00:00Z",
        "denver": "2026-11-24T13:00:00Z",
        "honolulu": "2026-11-24T16:00:00Z",
    }
    assert settled(morning)["sent"] == 5


def test_a_pause_between_waves_holds_the_later_ones_and_goes_on_where_it_stopped() -> None:
    morning = Morning(2)
    readers = elsewhere(morning)
    pause = Pause(reason="too many complaints", at=SIX)

    def complained(to: str) -> None:
        if readers.get(to) == "denver":
            morning.readers.store_pause(pause)

    morning.mail._before = complained
    assert stopped(morning) == 4

    morning.mail._before = lambda _to: None
    morning.readers.store_pause(pause.model_copy(update={"lifted_at": SIX}))
    morning.run("by hand", date=ISSUE)
    assert settled(morning)["sent"] == 5


def stopped(morning: Morning) -> int:
    """Run a morning that does not reach everybody; how many mails went out."""
    with pytest.raises(Failure, match="BriefingIncomplete"):
        morning.run("e1", slot="2026-11-24T11:00:00Z")
    assert morning.archive.outcomes[ISSUE]["complete"] is False
    return len(morning.addresses)


def gone_on_with(morning: Morning) -> None:
    """As README tells operators: the same machine, the issue's date."""
    assert "NotClaimed" in morning.run("a late duplicate", slot="2026-11-24T11:00:00Z").path
    morning.run("by hand", date=ISSUE)
    assert settled(morning)["unknown"] == 0
    assert sorted(morning.addresses) == sorted(f"reader{number}@inbox.example" for number in range(len(morning.ids)))


def test_an_account_that_is_suspended_meanwhile_stops_within_a_batch_and_resumes() -> None:
    morning = Morning(12)
    calls = iter(range(10**6))

    def suspended(_to: str) -> None:
        if next(calls) >= 5:
            raise MailSuspended("AccountSuspendedException")

    morning.mail._before = suspended
    assert stopped(morning) == 5
    assert next(calls) == 6, "one call met the suspension, no other was made"

    morning.mail._before = lambda _to: None
    gone_on_with(morning)


def test_a_spent_quota_stops_before_the_batch_that_does_not_fit_and_resumes() -> None:
    morning = Morning(12)

    def used(_to: str) -> None:
        sent = len(morning.mail.outbox) + 1
        morning.mail.account = Allowance(enabled=True, per_second=14, per_day=8 / 0.99, sent_today=sent)

    morning.mail._before = used
    assert stopped(morning) == 6, "two batches of three; the third does not fit into eight"

    morning.mail._before = lambda _to: None
    morning.mail.account = Allowance(enabled=True, per_second=14, per_day=200, sent_today=6)
    gone_on_with(morning)


def test_an_account_that_may_send_nothing_is_not_asked_to() -> None:
    morning = Morning(4)
    morning.mail.account = Allowance(enabled=False, per_second=14, per_day=200, sent_today=0)

    assert stopped(morning) == 0
    assert morning.readers.all_sends == {}
    morning.mail.account = None
    gone_on_with(morning)


def test_a_pause_holds_everybody_and_lifting_it_lets_them_go() -> None:
    morning = Morning(4)
    morning.readers.store_pause(Pause(reason="too many complaints", at=SIX - timedelta(days=1)))

    assert stopped(morning) == 0
    morning.readers.store_pause(Pause(reason="too many complaints", at=SIX - timedelta(days=1), lifted_at=SIX))
    gone_on_with(morning)


def test_the_pause_switch_of_the_deployment_holds_everybody_too() -> None:
    morning = Morning(4, SENDING_PAUSED="true")

    assert stopped(morning) == 0
    assert morning.archive.issues[ISSUE].items


def test_sending_goes_on_through_throttles_deadlines_and_deaths() -> None:
    a_throttled_morning(subscribers=60, batch=20, seconds=46, senders=2)


@pytest.mark.soak
@pytest.mark.parametrize("senders", [1, 2, 5])
def test_ten_thousand_are_sent_to_once_at_the_account_s_rate(senders: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """5 % of the calls are throttled; a function has two minutes, 45 seconds of them in reserve: batches are cut."""
    monkeypatch.setattr(Postman, "_letter", lambda _self, _issue, subscriber_id: addressed(subscriber_id))
    a_throttled_morning(subscribers=10_000, batch=2000 if senders == 1 else 500, seconds=120, senders=senders)


def addressed(subscriber_id: str) -> EmailMessage:
    letter = EmailMessage()
    letter["To"] = f"{subscriber_id}@inbox.example"
    return letter


def a_throttled_morning(*, subscribers: int, batch: int, seconds: float, senders: int) -> None:
    """Every twentieth call is throttled; each worker has its own clock, the next batch is for whoever is free."""
    manifest.BATCH = batch
    morning = Morning(subscribers, seconds=seconds, MAILS_PER_SECOND="14", SENDERS=str(senders), SENDING_PLAN="none")
    morning.workers = [Time() for _ in range(senders)]
    taken: list[float] = []
    calls = iter(range(10**9))

    def sometimes(_to: str) -> None:
        if next(calls) % 20 == 7:
            raise MailThrottled("slow")
        taken.append(morning.time.seconds)

    morning.mail._before = sometimes
    morning.run()

    assert settled(morning)["sent"] == subscribers
    assert morning.invocations > 2 + -(-subscribers // batch), "no deadline was met"
    taken.sort()
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(taken, taken[14:], strict=False)), "14 a second"
