"""The auditor looks at a week's sentences and says what is wrong with them."""

from datetime import timedelta

import pytest
from newsroom.errors import BadInput

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mornings import SIX
from tests.fakes.newsroom_values import a_version


def test_the_sample_of_the_week_is_shown_judged_and_told_on_the_site() -> None:
    desk = BriefingDesk()
    version = a_version()
    desk.archive.publish_version(version)
    desk.archive.list_head(version.head, [])
    run("reckon_feedback", {})
    desk.clock = lambda: SIX + timedelta(days=7)
    run("reckon_feedback", {})
    shown = run("judge_audit", {})
    assert shown["judged"] == []
    (sentence,) = shown["sentences"]
    assert sentence["text"] in {claim.text for claim in version.draft.claims()}
    assert sentence["evidence"]

    judgement = {"sentence": sentence["id"], "right": False, "note": "It was March."}
    for _ in range(2):
        answer = run("judge_audit", {"week": shown["week"], "judgements": [judgement]})
        assert [one["note"] for one in answer["judged"]] == ["It was March."]
    desk.clock = lambda: SIX + timedelta(days=8)
    run("reckon_feedback", {})

    page = desk.published_files.get("/feedback/").decode()
    assert "0 of 1" in page
    assert "from 1 sentences since" in page


@pytest.mark.parametrize(
    "event",
    [
        {}, {"week": "2026-W01"}, {"week": "../x"}, {"judgements": [{"sentence": "x"}]}, {"more": 1},
        {"judgements": "all right"},
    ],
)  # fmt: skip
def test_what_belongs_to_no_audit_is_refused(event: dict[str, object]) -> None:
    BriefingDesk()
    with pytest.raises(BadInput):
        run("judge_audit", event)
