"""What SES says became of a message."""

import pytest
from newsroom.errors import BadInput

from tests.briefing.test_rendering import an_issue
from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import a_postman, a_subscriber, subscribed
from tests.readers.test_delivery import an_event


def test_a_complaint_ends_the_subscription() -> None:
    desk = BriefingDesk()
    (subscriber_id,) = subscribed(desk.readers, 1)  # type: ignore[arg-type]
    answer = run("record_delivery", an_event("Complaint", subscriber_id))

    assert answer == {"event": "Complaint", "suppressed": True, "paused": False}
    found = desk.readers.find_subscriber(subscriber_id)
    assert found
    assert found.state == "suppressed"


def test_a_forged_event_changes_nothing() -> None:
    desk = BriefingDesk()
    subscribed(desk.readers, 1)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        run("record_delivery", an_event("Complaint", a_subscriber(0).id) | {"source": "my.application"})

    assert list(desk.readers.confirmed_ids()) == [a_subscriber(0).id]


def test_a_pause_is_a_metric_that_rings(capsys: pytest.CaptureFixture[str]) -> None:
    desk = BriefingDesk()
    ids = subscribed(desk.readers, 3)  # type: ignore[arg-type]
    a_postman(desk.readers, FakeMail()).deliver(an_issue(), ids)  # type: ignore[arg-type]
    answers = [
        run("record_delivery", an_event("Complaint", one, message_id=f"ses-{n:06}")) for n, one in enumerate(ids, 1)
    ]

    assert [answer["paused"] for answer in answers] == [False, False, True]
    assert '"ListPaused":[1.0]' in capsys.readouterr().out.replace(" ", "")
