"""What SES says became of a message."""

from typing import Any

import pytest
from newsroom.briefing.send import Send
from newsroom.errors import BadInput
from newsroom.readers.delivery import read_event, record

from tests.briefing.test_rendering import an_issue
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SIX, a_postman, a_subscriber, subscribed
from tests.fakes.readers_archive import FakeReadersArchive


def an_event(kind: str, subscriber_id: str, issue_id: str = "2026-11-24", **detail: Any) -> dict[str, Any]:
    tags = {"subscriber": [subscriber_id], "issue": [issue_id], "ses:configuration-set": ["list"]}
    return {
        "id": "e1",
        "source": "aws.ses",
        "detail-type": "Email Delivered",
        "detail": {"eventType": kind, "mail": {"messageId": "ses-1", "tags": tags, "timestamp": "x"}, **detail},
    }


PERMANENT = {"bounce": {"bounceType": "Permanent", "bounceSubType": "General"}}
TRANSIENT = {"bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}}


def sent_to(readers: FakeReadersArchive) -> str:
    (subscriber_id,) = subscribed(readers, 1)
    a_postman(readers, FakeMail()).deliver(an_issue(), [subscriber_id])
    return subscriber_id


@pytest.mark.parametrize(
    ("kind", "detail", "state", "suppressed"),
    [
        ("Send", {}, "sent", None),
        ("Delivery", {"delivery": {}}, "delivered", None),
        ("Bounce", PERMANENT, "bounced", "bounce"),
        ("Bounce", TRANSIENT, "bounced", None),
        ("Complaint", {"complaint": {}}, "complained", "complaint"),
        ("DeliveryDelay", {}, "sent", None),
    ],
)
def test_an_event_settles_the_send(kind: str, detail: dict[str, Any], state: str, suppressed: str | None) -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    for _ in range(2):
        record(read_event(an_event(kind, subscriber_id, **detail)), readers, SIX)  # type: ignore[arg-type]

    assert readers.all_sends["2026-11-24", subscriber_id].state == state
    found = readers.suppression(subscriber_id)
    assert (found.reason if found else None) == suppressed
    assert readers.subscribers[subscriber_id].state == ("suppressed" if suppressed else "confirmed")


@pytest.mark.parametrize(("kind", "detail"), [("Bounce", PERMANENT), ("Complaint", {})])
def test_a_bounce_or_complaint_ends_the_next_issue_before_it_is_sent(kind: str, detail: dict[str, Any]) -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    subscriber_id = sent_to(readers)
    record(read_event(an_event(kind, subscriber_id, **detail)), readers, SIX)  # type: ignore[arg-type]

    assert list(readers.confirmed_ids()) == []
    assert a_postman(readers, mail).deliver(an_issue(issue_id="2026-11-25"), [subscriber_id]).skipped == 1
    assert mail.outbox == []


def test_events_in_any_order_end_in_the_worst() -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    for kind in ("Complaint", "Delivery", "Send"):
        record(read_event(an_event(kind, subscriber_id)), readers, SIX)  # type: ignore[arg-type]

    assert readers.all_sends["2026-11-24", subscriber_id].state == "complained"


def test_an_unknown_send_is_settled_by_its_tags() -> None:
    readers = FakeReadersArchive()
    readers.store_subscriber(a_subscriber(1))
    send = Send(issue_id="2026-11-24", subscriber_id=a_subscriber(1).id, state="unknown", claimed_at=SIX)
    readers.all_sends["2026-11-24", send.subscriber_id] = send
    record(read_event(an_event("Delivery", send.subscriber_id)), readers, SIX)  # type: ignore[arg-type]

    assert readers.all_sends["2026-11-24", send.subscriber_id].state == "delivered"
    assert readers.all_sends["2026-11-24", send.subscriber_id].message_id == "ses-1"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"source": "aws.ses"},
        {"source": "aws.ses", "detail": {"eventType": "Party", "mail": {"messageId": "m"}}},
        {"source": "newsroom.example", "detail": an_event("Complaint", "u" + "0" * 32)["detail"]},
        {**an_event("Complaint", "u" + "0" * 32), "source": "my.aws.ses"},
    ],
)
def test_what_is_no_event_of_ses_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        read_event(event)


@pytest.mark.parametrize("tag", ["", "u1", "U" + "0" * 32, "u" + "0" * 33, "u" + "0" * 31 + "#"])
def test_an_event_about_nobody_of_ours_changes_nothing(tag: str) -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    record(read_event(an_event("Complaint", tag)), readers, SIX)  # type: ignore[arg-type]

    assert readers.suppressions == {}
    assert readers.subscribers[subscriber_id].state == "confirmed"


def test_a_bounced_confirmation_suppresses_too() -> None:
    readers = FakeReadersArchive()
    readers.store_subscriber(a_subscriber(1, state="pending"))
    event = an_event("Bounce", a_subscriber(1).id, issue_id="", **PERMANENT)
    record(read_event(event), readers, SIX)  # type: ignore[arg-type]

    assert readers.subscribers[a_subscriber(1).id].state == "suppressed"
