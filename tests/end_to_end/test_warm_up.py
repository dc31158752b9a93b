"""Mornings of a list that is larger than its sender may mail yet: the real state machine and handlers."""

from datetime import timedelta
from typing import Any

import pytest
from newsroom.briefing.allowance import Allowance

from tests.end_to_end.briefing_mornings import Morning, Reaper
from tests.fakes.briefing_desk import run
from tests.fakes.mornings import SIX, a_told_story
from tests.readers.test_delivery import PERMANENT, SETS, an_event, read_event, record
from tests.state_machines.walking import Failure

FIRST, SECOND = "2026-11-24", "2026-11-25"


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.briefing.manifest.BATCH", 20)


def next_morning(morning: Morning, days: int = 1) -> None:
    now = SIX + timedelta(days=days)
    morning.desk.clock = lambda: now
    morning.archive.publish_version(a_told_story(10 + days, at=now - timedelta(hours=1)))
    morning.run(f"e{days + 1}", slot=f"{now:%Y-%m-%dT%H:%M:%SZ}")


def outcome(morning: Morning, issue_id: str) -> dict[str, Any]:
    found: dict[str, Any] = morning.archive.outcomes[issue_id]
    return found


def received(morning: Morning, issue_id: str) -> list[str]:
    return [posted.tags["subscriber"] for posted in morning.mail.outbox if posted.tags["issue"] == issue_id]


def test_who_is_held_back_on_the_first_day_is_first_on_the_second() -> None:
    morning = Morning(100, SENDING_PLAN="1:60 3:all")
    walk = morning.run()
    assert walk.path[-1] == "Sent", "nothing failed: the plan has it so"
    next_morning(morning)
    first, second = received(morning, FIRST), received(morning, SECOND)

    assert [len(set(one)) for one in (first, second)] == [60, 60]
    assert set(morning.ids) - set(first) < set(second)
    assert {name: outcome(morning, FIRST)[name] for name in ("recipients", "sent", "unsent", "held_back")} == {
        "recipients": 100, "sent": 60, "unsent": 40, "held_back": 40,
    }  # fmt: skip
    next_morning(morning, days=2)
    assert sorted(received(morning, "2026-11-26")) == morning.ids, "the plan is over"


def test_the_plan_s_rate_holds_where_it_is_lower() -> None:
    morning = Morning(12, SENDING_PLAN="1:60/4 3:all")
    morning.run()

    assert morning.workers[0].seconds >= 12 / 4 - 1


def bounced(morning: Morning, issue_id: str, number: int) -> None:
    """SES says so, as RecordDelivery hears it."""
    for subscriber_id in received(morning, issue_id)[:number]:
        send = morning.readers.sends(issue_id, [subscriber_id])[subscriber_id]
        event = an_event("Bounce", subscriber_id, issue_id, message_id=send.message_id, **PERMANENT)
        record(read_event(event, SETS, SIX), morning.readers, morning.desk.now())


def test_a_morning_whose_first_mails_bounce_ends_there_and_the_plan_stands_still() -> None:
    """Twelve of the first batch come back before the second begins. Who gets nothing is first on the next morning."""
    morning = Morning(100, SENDING_PLAN="1:1000 2:all")
    twelve = iter([12])

    def come_back(_to: str) -> None:
        if len(morning.mail.outbox) == 20:
            bounced(morning, FIRST, next(twelve, 0))

    morning.mail._after = come_back
    morning.readers.count_mail(SIX, sent=180)  # so that twelve are a warning and no pause
    walk = morning.run()
    told = outcome(morning, FIRST)
    missed = set(morning.ids) - set(received(morning, FIRST))

    assert walk.path[-1] == "Sent"
    assert (told["sent"], told["held_back"], told["complete"]) == (20, 80, True)
    assert "bounced" in morning.readers.warmth(FIRST).stopped_because
    next_morning(morning)
    warmth = morning.readers.warmth(SECOND)
    assert (warmth.day, warmth.a_day) == (1, 1000), "still the first day"
    assert set(received(morning, SECOND)[:80]) <= missed
    assert walk.path.count("SendBatches") == 1


def test_after_the_plan_a_few_bounces_stop_nothing() -> None:
    morning = Morning(100, SENDING_PLAN="none")
    morning.readers.count_mail(SIX, sent=180, bounced=12)
    morning.run()

    assert outcome(morning, FIRST)["sent"] == 100


def test_a_list_larger_than_the_account_s_day_goes_out_in_turns_and_rings_every_day() -> None:
    morning = Morning(100, SENDING_PLAN="none")
    morning.mail.account = Allowance(enabled=True, per_second=14, per_day=60 / 0.99, sent_today=0)
    with pytest.raises(Failure, match="BriefingIncomplete"):
        morning.run()
    with pytest.raises(Failure, match="BriefingIncomplete"):
        next_morning(morning)

    assert set(received(morning, FIRST)) | set(received(morning, SECOND)) == set(morning.ids)
    morning.mail.account = Allowance(enabled=True, per_second=14, per_day=50_000, sent_today=60)
    morning.run("e9", date=SECOND)
    assert sorted(received(morning, SECOND)) == morning.ids, "the quota was raised, the date started again"
    assert outcome(morning, SECOND)["held_back"] == 0


def calls_of(morning: Morning) -> int:
    reaper = Reaper()
    morning.run_through(reaper)
    return reaper.calls


def test_a_worker_killed_at_any_call_of_a_limited_morning_sends_once_to_as_many_as_the_plan_has() -> None:
    """Two wait from the day before, two of three have room today: they, and nobody else, whatever dies."""
    for call in range(calls_of(a_second_morning())):
        for when in ("before", "after"):
            morning = a_second_morning()
            waited = set(morning.ids) - set(received(morning, FIRST))
            morning.run_through(Reaper(call, when))
            told = outcome(morning, SECOND)

            assert set(received(morning, SECOND)) <= waited, f"{when} call {call}"
            assert told["sent"] + told["unknown"] == 2
            assert (told["held_back"], morning.readers.warmth(SECOND).day) == (1, 2)


def a_second_morning() -> Morning:
    morning = Morning(3, SENDING_PLAN="1:1 2:2 9:all")
    morning.run("e0", date=FIRST)
    morning.desk.clock = lambda: SIX + timedelta(days=1)
    return morning


def test_operators_see_the_plan_before_and_after_the_issue() -> None:
    morning = Morning(100, SENDING_PLAN="1:60/7 3:all")
    before = run("show_briefing", {})["warm_up"]
    assert morning.readers.mornings == {}, "nothing is kept of a look"
    morning.run()
    shown = run("show_briefing", {"date": FIRST})

    assert before == shown["warm_up"]
    assert {name: shown["warm_up"][name] for name in ("since", "day", "a_day", "a_second", "stopped_because")} == {
        "since": FIRST, "day": 1, "a_day": 60, "a_second": 7, "stopped_because": "",
    }  # fmt: skip
    assert shown["outcome"]["held_back"] == 40
