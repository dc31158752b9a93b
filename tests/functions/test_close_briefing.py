"""What became of everybody."""

from datetime import timedelta

import pytest
from newsroom.errors import NotFound

from tests.fakes.briefing_desk import BriefingDesk, compose, run
from tests.fakes.mornings import SIX, a_told_story, subscribed


def test_an_issue_is_closed_with_its_numbers() -> None:
    desk = BriefingDesk()
    subscribed(desk.readers, 120)  # type: ignore[arg-type]
    desk.archive.publish_version(a_told_story(1, at=SIX - timedelta(hours=1)))
    for batch in compose()["batches"]:
        run("send_briefing", {"issue_id": "2026-11-24", "batch": batch})
    answer = run("close_briefing", {"issue_id": "2026-11-24"})

    assert answer == {"issue_id": "2026-11-24", "recipients": 120, "sent": 120, "unknown": 0}
    assert desk.archive.outcomes["2026-11-24"]["unsent"] == 0  # type: ignore[attr-defined]
    assert compose("somebody else", date="2026-11-24")["claimed"] is False


def test_an_issue_that_was_never_addressed_is_not_found() -> None:
    BriefingDesk()
    with pytest.raises(NotFound):
        run("close_briefing", {"issue_id": "2026-11-24"})
