"""Mail that asks to be left alone."""

from typing import Any

import pytest
from newsroom.errors import BadInput

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mornings import a_subscriber


def received(subject: str, **changes: Any) -> dict[str, Any]:
    mail = {"messageId": "m1", "source": "anybody@inbox.example", "commonHeaders": {"subject": subject}}
    return {"Records": [{"eventSource": "aws:ses", "eventVersion": "1.0", "ses": {"mail": mail}} | changes]}


def state(desk: BriefingDesk) -> str:
    known = desk.readers.find_subscriber(a_subscriber(1).id)
    assert known
    return known.state


@pytest.mark.parametrize("form", ["unsubscribe {}", "Re: Unsubscribe {}", "UNSUBSCRIBE  {}", "unsubscribe\r\n {}"])
def test_the_mail_that_the_header_asks_for_unsubscribes(form: str) -> None:
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1))
    for _ in range(2):
        assert run("receive_mail", received(form.format(a_subscriber(1).id))) == {"disposition": "STOP_RULE"}

    assert state(desk) == "unsubscribed"


@pytest.mark.parametrize(
    "subject", ["", "Out of office", "unsubscribe", "unsubscribe u123", "unsubscribe reader1@x.example"]
)
def test_other_mail_changes_nothing(subject: str) -> None:
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1))
    run("receive_mail", received(subject))
    run("receive_mail", received(f"unsubscribe u{'0' * 32}"))

    assert state(desk) == "confirmed"


@pytest.mark.parametrize("event", [{}, {"Records": [{}]}, received("x", eventSource="aws:sns"), {"Records": "x"}])
def test_what_ses_did_not_send_is_refused(event: dict[str, Any]) -> None:
    BriefingDesk()
    with pytest.raises(BadInput):
        run("receive_mail", event)
