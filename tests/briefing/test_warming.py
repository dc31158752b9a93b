"""A new sender's volume grows day by day, and not while its mail is not taken well."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom.briefing.allowance import Allowance, Room
from newsroom.briefing.reputation import (
    WARNED_BOUNCES,
    WARNED_COMPLAINTS,
    Reputation,
    reason_to_pause,
    reason_to_slow,
)
from newsroom.briefing.warming import SendingPlan, Step, Warmth, next_warmth
from newsroom.errors import BadInput
from newsroom.settings import MailSettings

from tests.templates import resources, template

PLAN = SendingPlan.read("1:100 3:200/20 5:400 7:all")
WELL = Reputation(sent=10_000)
BADLY = Reputation(sent=10_000, bounced=500)


def climb(mornings: list[Reputation], plan: SendingPlan = PLAN) -> list[Warmth]:
    """One issue a day from 24 November on, each after what is seen of those before."""
    found: list[Warmth] = []
    for number, seen in enumerate(mornings):
        issue_id = (date(2026, 11, 24) + timedelta(days=number)).isoformat()
        found.append(next_warmth(issue_id, plan, "2026-11-24", found[-1] if found else None, seen))
    return found


def test_a_plan_is_read_in_steps() -> None:
    assert PLAN.steps == (Step(1, 100, None), Step(3, 200, 20), Step(5, 400, None), Step(7, None, None))
    assert [PLAN.on(day).a_day for day in range(1, 9)] == [100, 100, 200, 200, 400, 400, None, None]
    assert SendingPlan.read("none").on(1).a_day is None


@pytest.mark.parametrize(
    "text",
    ["", "5000", "2:100", "1:100 1:200", "1:100 5:200 3:400", "1:200 2:100", "1:all 3:100", "1:0", "1:100/0", "0:100",
     "1:100 none", "1:100,2:200", "1:100 2:many", "1:-5"],
)  # fmt: skip
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="plan"):
        SendingPlan.read(text)


def test_a_day_further_with_each_issue_that_is_taken_well() -> None:
    found = climb([WELL] * 8)

    assert [one.day for one in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [one.a_day for one in found] == [100, 100, 200, 200, 400, 400, None, None]
    assert [one.per_second(14) for one in found[:4]] == [14, 14, 14, 14]
    assert found[3].per_second(50) == 20


@pytest.mark.parametrize(
    ("seen", "reason"),
    [(Reputation(sent=10_000, bounced=400), "400 of 10000 mails bounced"),
     (Reputation(sent=10_000, complained=8), "8 complaints"),
     (Reputation(sent=10_000, delayed=500), "500 of 10000 mails were put off")],
)  # fmt: skip
def test_no_day_further_while_mail_bounces_is_complained_about_or_put_off(seen: Reputation, reason: str) -> None:
    found = climb([WELL, WELL, WELL, seen, seen, WELL])

    assert [one.day for one in found] == [1, 2, 3, 3, 3, 4]
    assert [one.a_day for one in found] == [100, 100, 200, 200, 200, 200]
    assert reason in found[3].held_because
    assert found[5].held_because == ""


def test_a_few_bounces_of_a_small_list_say_nothing() -> None:
    assert reason_to_slow(Reputation(sent=20, bounced=9, complained=2, delayed=9)) == ""


def test_an_issue_that_was_stopped_counts_as_no_day() -> None:
    stopped = climb([WELL] * 3)[-1].model_copy(update={"stopped_because": "600 of 1000 mails bounced: 60.0%"})
    after = next_warmth("2026-11-27", PLAN, "2026-11-24", stopped, WELL)

    assert (after.day, after.held_because, after.stopped) == (3, stopped.stopped_because, False)


def test_a_list_that_is_older_than_its_plan_is_past_it() -> None:
    warmth = next_warmth("2026-11-24", PLAN, "2026-10-01", None, WELL)

    assert (warmth.day, warmth.a_day) == (55, None)


def test_another_date_given_by_the_operator_begins_the_plan_anew() -> None:
    grown = climb([WELL] * 8)[-1]
    moved = next_warmth("2026-12-02", PLAN, "2026-12-01", grown, WELL)
    later = next_warmth("2026-12-03", PLAN, "2026-12-01", moved, WELL)
    to_come = next_warmth("2026-12-02", PLAN, "2026-12-24", grown, WELL)

    assert [(one.day, one.a_day) for one in (moved, later, to_come)] == [(2, 100), (3, 200), (1, 100)]


def test_a_plan_that_was_changed_counts_from_the_same_day() -> None:
    warmth = climb([WELL] * 4)[-1]

    assert warmth.by(SendingPlan.read("1:100 4:all")).a_day is None
    assert warmth.by(SendingPlan()).model_copy(update={"stopped_because": "x"}).stopped is False


@given(st.lists(st.sampled_from([WELL, BADLY]), max_size=30))
def test_the_plan_never_goes_down_and_never_climbs_over_a_warning(mornings: list[Reputation]) -> None:
    found = climb(mornings)
    most = [one.a_day or 10**9 for one in found]

    assert most == sorted(most)
    for before, after, seen in zip(found, found[1:], mornings[1:], strict=False):
        assert after.day == before.day + (seen is WELL)


def test_the_lower_of_plan_and_account_is_the_day_s_room() -> None:
    account = Allowance(enabled=True, per_second=14, per_day=1000, sent_today=900)
    endless = Allowance(enabled=True, per_second=14, per_day=-1, sent_today=900)

    assert Room.of(400, account) == Room(400, "plan")
    assert Room.of(None, account) == Room.of(5000, account) == Room(990, "quota"), "1 % is for confirmations"
    assert Room.of(400, endless) == Room.of(400) == Room(400, "plan")
    assert Room.of(None, endless) == Room.of(None) == Room()


def test_the_plan_stands_still_where_the_operators_alarms_ring_and_before_the_list_stops() -> None:
    alarms = {name: body["Properties"] for name, body in resources("AWS::CloudWatch::Alarm").items()}

    assert alarms["ComplaintsAlarm"]["Threshold"] == WARNED_COMPLAINTS
    assert alarms["BouncesAlarm"]["Threshold"] == WARNED_BOUNCES
    for seen in (Reputation(sent=10_000, bounced=800), Reputation(sent=10_000, complained=25)):
        assert reason_to_pause(seen)
        assert reason_to_slow(seen)


def test_the_deployed_plan_is_the_package_s_and_leaves_small_lists_alone() -> None:
    parameters = template()["Parameters"]
    default = MailSettings(mail_domain="news.example")
    plan = SendingPlan.read(default.sending_plan)

    assert parameters["SendingPlan"]["Default"] == default.sending_plan
    assert parameters["WarmUpSince"]["Default"] == default.warm_up_since == ""
    assert plan.on(1) == Step(1, 5000, None)
    assert plan.steps[-1].a_day is None, "a plan ends"
    for before, after in zip(plan.steps, plan.steps[1:-1], strict=False):
        assert after.a_day == 2 * (before.a_day or 0)
        assert after.from_day == before.from_day + 2


@pytest.mark.parametrize(
    ("text", "taken"),
    [("none", True), ("1:all", True), ("1:100 3:200/20 5:all", True), ("1:100/5", True), ("", False), ("5000", False),
     ("2:100", False), ("1:100 none", False), ("1:100,2:200", False), ("1:0", False)],
)  # fmt: skip
def test_a_deployment_with_what_is_no_plan_is_refused_before_a_morning_is(text: str, taken: bool) -> None:
    pattern = template()["Parameters"]["SendingPlan"]["AllowedPattern"]

    assert bool(re.fullmatch(pattern, text)) is taken
    if taken:
        SendingPlan.read(text)
