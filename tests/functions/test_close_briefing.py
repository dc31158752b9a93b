"""What became of everybody."""

from datetime import timedelta

import pytest
from newsroom.errors import NotFound
from newsroom.readers.subscriber import Suppression

from tests.fakes.briefing_desk import BriefingDesk, close, compose, send_first
from tests.fakes.mornings import SIX, a_told_story, subscribed


def test_an_issue_is_closed_with_its_numbers() -> None:
    desk = BriefingDesk()
    subscribed(desk.readers, 120)  # type: ignore[arg-type]
    desk.archive.publish_version(a_told_story(1, at=SIX - timedelta(hours=1)))
    compose()
    send_first()
    answer = close()

    assert answer == {"issue_id": "2026-11-24", "recipients": 120, "sent": 120, "unknown": 0, "complete": True}
    assert desk.archive.outcomes["2026-11-24"]["unsent"] == 0  # type: ignore[attr-defined]
    assert compose("the schedule again")["claimed"] is False


def test_an_issue_that_was_never_addressed_is_not_found() -> None:
    BriefingDesk().archive.claim_issue("2026-11-24", "e1", SIX)
    with pytest.raises(NotFound):
        close()


def test_an_issue_is_complete_when_only_those_who_left_are_without_it() -> None:
    desk = BriefingDesk()
    left, suppressed, deleted = subscribed(desk.readers, 3)  # type: ignore[arg-type]
    compose()
    reader = desk.readers.find_subscriber(left)
    assert reader
    desk.readers.store_subscriber(reader.model_copy(update={"state": "unsubscribed"}))
    desk.readers.suppress(Suppression(subscriber_id=suppressed, reason="bounce", at=SIX))
    assert close()["complete"] is False
    desk.readers.forget(deleted)

    assert close()["complete"] is True
