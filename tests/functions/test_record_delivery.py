"""What SES says became of a message."""

import pytest
from newsroom.errors import BadInput

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mornings import a_subscriber, subscribed
from tests.readers.test_delivery import an_event


def test_a_complaint_ends_the_subscription() -> None:
    desk = BriefingDesk()
    (subscriber_id,) = subscribed(desk.readers, 1)  # type: ignore[arg-type]
    answer = run("record_delivery", an_event("Complaint", subscriber_id))

    assert answer == {"event": "Complaint", "suppressed": True}
    found = desk.readers.find_subscriber(subscriber_id)
    assert found
    assert found.state == "suppressed"


def test_a_forged_event_changes_nothing() -> None:
    desk = BriefingDesk()
    subscribed(desk.readers, 1)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        run("record_delivery", an_event("Complaint", a_subscriber(0).id) | {"source": "my.application"})

    assert list(desk.readers.confirmed_ids()) == [a_subscriber(0).id]
