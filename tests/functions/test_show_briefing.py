"""What operators see of an issue, before it is sent, meanwhile and after."""

from datetime import timedelta
from typing import Any

import pytest
from newsroom.briefing.reputation import Pause
from newsroom.briefing.send import Send
from newsroom.errors import BadInput, NotFound

from tests.fakes.briefing_desk import BriefingDesk, close, compose, run, send_first
from tests.fakes.mornings import SIX, a_subscriber, a_told_story, subscribed


def a_desk(**environment: str) -> BriefingDesk:
    desk = BriefingDesk(**environment)
    subscribed(desk.readers, 4)  # type: ignore[arg-type]
    for number in (1, 2):
        desk.archive.publish_version(a_told_story(number, at=SIX - timedelta(hours=number)))
    return desk


def show(**given: Any) -> dict[str, Any]:
    return run("show_briefing", given)


def test_the_issue_is_shown_before_it_is_composed_and_nothing_is_kept() -> None:
    desk = a_desk()
    shown = show()

    assert (shown["issue_id"], shown["stage"], shown["outcome"], shown["held_by"]) == (
        "2026-11-24",
        "preview",
        None,
        "",
    )
    assert shown["subject"] == "Story number 1 of the morning"
    assert "Story number 2" in shown["text"]
    assert "Story number 2" in shown["html"]
    assert desk.archive.issue_ids() == []
    assert desk.archive.issue_claim("2026-11-24") is None


def test_what_was_shown_is_what_is_sent() -> None:
    desk = a_desk()
    shown = show()
    compose()
    send_first()
    (posted, *_) = desk.mail.outbox  # type: ignore[attr-defined]

    assert posted.message["Subject"] == shown["subject"]
    sent, told = (" ".join(text.split()) for text in (posted.part("plain"), shown["text"]))
    for line in ("Story number 1", "Story number 2", "put together on 24 Nov 2026, 06:00 EST"):
        assert line in sent
        assert line in told


def test_progress_is_told_while_it_is_sent_and_nobody_s_state_is_changed() -> None:
    desk = a_desk()
    ids = sorted(desk.readers.subscribers)  # type: ignore[attr-defined]
    compose("e1")
    for number, state in enumerate(("claimed", "unknown", "sent")):
        desk.readers.claim_send(Send(issue_id="2026-11-24", subscriber_id=ids[number], state="claimed", claimed_at=SIX))
        if state != "claimed":
            desk.readers.advance_send("2026-11-24", ids[number], state)  # type: ignore[arg-type]
    shown = show(date="2026-11-24")
    outcome = shown["outcome"]

    assert (shown["stage"], shown["held_by"]) == ("sending", "e1")
    assert {name: outcome[name] for name in ("recipients", "sent", "claimed", "unknown", "unsent", "complete")} == {
        "recipients": 4, "sent": 1, "claimed": 1, "unknown": 1, "unsent": 1, "complete": False,
    }  # fmt: skip
    assert outcome["unknown_ids"] == [ids[1]]
    assert [wave["at"] for wave in shown["waves"]] == ["2026-11-24T11:00:00Z"]
    assert desk.readers.sends("2026-11-24", ids)[ids[0]].state == "claimed"


def test_a_closed_issue_says_so_and_counts_what_came_after() -> None:
    desk = a_desk()
    compose()
    send_first()
    close()
    desk.readers.advance_send("2026-11-24", sorted(desk.readers.subscribers)[0], "delivered")  # type: ignore[attr-defined]

    assert show()["stage"] == "closed"
    assert (show()["outcome"]["sent"], show()["outcome"]["delivered"]) == (4, 1)


def test_it_is_shown_as_somebody_with_regions_elsewhere_would_get_it() -> None:
    a_desk()
    shown = show(regions=["europe"], zone="Europe/Zurich")

    assert "12:00 CET" in shown["text"]


def test_why_nothing_may_be_sent_is_told() -> None:
    desk = a_desk()
    assert show()["may_not_send"] == ""
    desk.readers.store_pause(Pause(reason="too many complaints", at=SIX))

    assert show()["may_not_send"] == "paused since 2026-11-24 11:00: too many complaints"
    a_desk(SENDING_PAUSED="true")
    assert show()["may_not_send"] == "paused by the operator"


def test_there_is_no_issue_of_another_day_that_was_not_composed() -> None:
    a_desk()
    with pytest.raises(NotFound):
        show(date="2026-11-20")


@pytest.mark.parametrize("given", [{"date": "tomorrow"}, {"regions": ["moon"]}, {"zone": "x" * 65}, {"send": True}])
def test_an_order_that_is_none_is_refused(given: dict[str, Any]) -> None:
    BriefingDesk()
    with pytest.raises(BadInput):
        show(**given)


def test_an_issue_without_subscribers_and_stories_can_be_shown() -> None:
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1, state="pending"))

    assert "No new stories" in show()["subject"]
    compose()
    assert show()["outcome"]["recipients"] == 0
