"""An edition that comes to no end rings, whichever way it ended, and so does a newsroom that finishes none."""

import pytest

from tests.templates import ROOT, resources, template

ALARMS = {name: body["Properties"] for name, body in resources("AWS::CloudWatch::Alarm").items()}
MACHINE = [{"Name": "StateMachineArn", "Value": {"Ref": "EditionStateMachine"}}]


@pytest.mark.parametrize(
    ("name", "end", "at"),
    [("EditionFailedAlarm", "Failed", 2), ("EditionLateAlarm", "TimedOut", 1), ("EditionStoppedAlarm", "Aborted", 1)],
)
def test_an_edition_that_fails_takes_too_long_or_is_stopped_rings(name: str, end: str, at: int) -> None:
    alarm = ALARMS[name]

    assert (alarm["MetricName"], alarm["Statistic"]) == (f"Executions{end}", "Sum")
    assert (alarm["Dimensions"], alarm["Threshold"], alarm["EvaluationPeriods"]) == (MACHINE, at, 1)
    assert alarm["AlarmActions"] == [{"Ref": "Operators"}]


def test_two_hours_in_which_no_edition_was_finished_ring_while_editions_are_wanted() -> None:
    alarm, body = ALARMS["EditionMissedAlarm"], template()["Resources"]["EditionMissedAlarm"]
    seconds = alarm["Period"] * alarm["EvaluationPeriods"]

    assert template()["Conditions"][body["Condition"]] == {"Fn::Equals": [{"Ref": "EditionsEnabled"}, "ENABLED"]}
    assert (alarm["Statistic"], alarm["ComparisonOperator"], alarm["Threshold"]) == (
        "SampleCount",
        "LessThanThreshold",
        1,
    )
    assert alarm["TreatMissingData"] == "breaching", "no edition says nothing"
    assert seconds == 2 * 3600, "one clock hour may be without an end while an edition takes all its time"
    assert alarm["AlarmActions"] == [{"Ref": "Operators"}]


def test_what_tells_a_finished_edition_is_said_when_its_claim_was_given_back_and_by_nobody_else() -> None:
    """Executions that find the claim taken succeed too, so that their number says nothing."""
    metric = ALARMS["EditionMissedAlarm"]["MetricName"]
    saying = [path for path in ROOT.glob("functions/*/*.py") if metric in path.read_text()]
    published = saying[0].read_text()

    assert [path.stem for path in saying] == ["publish_edition"]
    assert published.index("finish_edition(") < published.index(metric)


@pytest.mark.parametrize("machine", ["Edition", "Briefing"])
def test_both_machines_ring_for_the_same_ends(machine: str) -> None:
    watched = {name.removeprefix(machine) for name in ALARMS if name.startswith(machine)}

    assert watched == {"FailedAlarm", "LateAlarm", "StoppedAlarm", "MissedAlarm"}
