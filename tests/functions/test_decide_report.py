"""The desk's decision as an operator sends it."""

import pytest
from newsroom.errors import BadInput
from newsroom.readers.reports import GivenReport, received

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mornings import SIX
from tests.fakes.newsroom_values import a_version


def a_desk_with_a_report() -> tuple[BriefingDesk, str]:
    desk = BriefingDesk()
    version = a_version()
    desk.archive.publish_version(version)
    report = received(GivenReport(story=version.story_id, version=1, kind="factual", text="No."), "network", SIX)
    desk.archive.store_report(report)
    return desk, report.id


def test_a_report_is_rejected_with_a_reason() -> None:
    desk, report_id = a_desk_with_a_report()
    answer = run("decide_report", {"report_id": report_id, "outcome": "rejected", "reason": "The source says so."})

    assert answer == {
        "report_id": report_id,
        "state": "rejected",
        "ruling_id": "",
        "kind": "",
        "repeated": False,
        "reply": "none",
    }
    assert desk.archive.report(report_id).reason == "The source says so."


def test_a_correction_waits_for_the_next_edition() -> None:
    desk, report_id = a_desk_with_a_report()
    edits = [{"was": "Shares fell 4.2% in Frankfurt."}]
    answer = run("decide_report", {"report_id": report_id, "outcome": "correction", "edits": edits})

    assert (answer["state"], answer["kind"]) == ("confirmed", "correction")
    assert [one.id for one in desk.archive.rulings()] == [answer["ruling_id"]]


def test_a_decision_that_is_none_says_what_does_not_fit() -> None:
    a_desk_with_a_report()
    with pytest.raises(BadInput, match="outcome"):
        run("decide_report", {"report_id": "RPT-AAAAAAAAAAAAAAAA", "outcome": "maybe"})
