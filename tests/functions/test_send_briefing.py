"""One batch of an issue."""

from datetime import timedelta

import pytest
from newsroom.errors import MailSuspended, NotFound

from tests.fakes.briefing_desk import BriefingDesk, close, compose, run, send_first
from tests.fakes.mornings import SIX, a_told_story, subscribed


def a_composed_desk(**environment: str) -> BriefingDesk:
    desk = BriefingDesk(**environment)
    subscribed(desk.readers, 3)  # type: ignore[arg-type]
    desk.archive.publish_version(a_told_story(1, at=SIX - timedelta(hours=1)))
    compose()
    return desk


def test_a_batch_is_sent_once() -> None:
    desk = a_composed_desk()

    told = {"batch": "", "sent": 3, "skipped": 0, "held": 0, "unknown": 0, "remaining": False}
    assert send_first() | {"batch": ""} == told
    assert send_first()["sent"] == 3
    assert len(desk.mail.outbox) == 3  # type: ignore[attr-defined]
    assert desk.mail.outbox[0].message["Subject"] == "Story number 1 of the morning"  # type: ignore[attr-defined]


def test_sending_can_be_paused() -> None:
    a_composed_desk(SENDING_PAUSED="true")
    with pytest.raises(MailSuspended):
        send_first()


def test_a_batch_that_is_not_on_the_manifest_is_not_found() -> None:
    a_composed_desk()
    with pytest.raises(NotFound):
        run(
            "send_briefing",
            {"issue_id": "2026-11-24", "execution": "e1", "batch": "fedcba9876543210", "per_second": 7.0},
        )


def test_a_batch_that_is_sent_keeps_the_claim_of_its_issue_fresh() -> None:
    desk = a_composed_desk()
    desk.clock = lambda: SIX + timedelta(hours=7)
    send_first()
    desk.clock = lambda: SIX + timedelta(hours=14)

    assert compose("by hand", date="2026-11-24")["claimed"] is False
    desk.clock = lambda: SIX + timedelta(hours=16)
    assert compose("by hand", date="2026-11-24")["claimed"] is True


def test_who_was_followed_by_another_execution_sends_and_closes_nothing_more() -> None:
    desk = a_composed_desk()
    desk.executions.ended.add("e1")  # type: ignore[attr-defined]
    assert compose("by hand")["claimed"] is True
    with pytest.raises(MailSuspended, match="another execution"):
        send_first("e1")
    with pytest.raises(MailSuspended, match="another execution"):
        close("e1")

    assert desk.mail.outbox == []  # type: ignore[attr-defined]
    assert send_first("by hand")["sent"] == 3
    assert close("by hand")["complete"] is True
