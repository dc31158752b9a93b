"""When the list stops by itself."""

from datetime import timedelta

import pytest
from newsroom.briefing.reputation import (
    MOST_BOUNCES,
    MOST_COMPLAINTS,
    Pause,
    Reputation,
    counted_since,
    reason_to_pause,
)

from tests.fakes.mornings import SIX
from tests.templates import resources


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (Reputation(), ""),
        (Reputation(sent=10_000, bounced=799, complained=24), ""),
        (Reputation(sent=10_000, complained=25), "25 complaints about 10000 mails: 0.25%"),
        (Reputation(sent=10_000, bounced=800), "800 of 10000 mails bounced: 8.0%"),
        (Reputation(sent=100, complained=2), ""),
        (Reputation(sent=100, bounced=9), ""),
        (Reputation(complained=3), "3 complaints about 0 mails: 300.00%"),
    ],
)
def test_the_list_stops_at_its_limits_and_not_for_single_readers(seen: Reputation, reason: str) -> None:
    assert reason_to_pause(seen) == reason


def test_seven_days_count_or_what_came_after_the_last_pause_was_lifted() -> None:
    lifted = Pause(reason="x", at=SIX - timedelta(days=3), lifted_at=SIX - timedelta(days=2))
    long_ago = Pause(reason="x", at=SIX - timedelta(days=30), lifted_at=SIX - timedelta(days=29))

    assert counted_since(None, SIX) == SIX - timedelta(days=7)
    assert counted_since(lifted, SIX) == SIX - timedelta(days=2) + timedelta(hours=1)
    assert counted_since(long_ago, SIX) == SIX - timedelta(days=7)


def test_operators_are_warned_before_the_list_stops_and_it_stops_before_ses_stops_it() -> None:
    alarms = {name: body["Properties"] for name, body in resources("AWS::CloudWatch::Alarm").items()}

    assert alarms["ComplaintsAlarm"]["Threshold"] == 0.0008 < MOST_COMPLAINTS < 0.005
    assert alarms["BouncesAlarm"]["Threshold"] == 0.04 < MOST_BOUNCES < 0.1
    assert alarms["ListPausedAlarm"]["MetricName"] == "ListPaused"


def test_a_briefing_that_fails_takes_too_long_is_stopped_or_is_missing_rings() -> None:
    alarms = {name: body["Properties"] for name, body in resources("AWS::CloudWatch::Alarm").items()}
    ends = {"BriefingFailedAlarm": "Failed", "BriefingLateAlarm": "TimedOut", "BriefingStoppedAlarm": "Aborted"}
    missed = alarms["BriefingMissedAlarm"]
    machine = [{"Name": "StateMachineArn", "Value": {"Ref": "BriefingStateMachine"}}]

    for name, end in ends.items():
        # One metric each: a sum would need FILL, over which an alarm may stand still while the metric is late.
        assert (alarms[name]["MetricName"], alarms[name]["Statistic"]) == (f"Executions{end}", "Sum")
        assert (alarms[name]["Dimensions"], alarms[name]["Threshold"]) == (machine, 1)
    assert missed["Dimensions"] == machine
    assert missed["Period"] * missed["EvaluationPeriods"] > 25 * 3600, "the longest day has 25 hours"
    assert missed["TreatMissingData"] == "breaching"
    for name in (*ends, "BriefingMissedAlarm", "ComplaintsAlarm", "BouncesAlarm", "ListPausedAlarm"):
        assert alarms[name]["AlarmActions"] == [{"Ref": "Operators"}]
