"""What SES says became of a message."""

import contextlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from newsroom.briefing.reputation import Pause, Reputation
from newsroom.briefing.send import Send
from newsroom.errors import BadInput, MailSuspended
from newsroom.readers.delivery import read_event, record

from tests.briefing.test_rendering import an_issue
from tests.end_to_end.briefing_mornings import Killed, Reaper
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SIX, a_postman, a_subscriber, subscribed
from tests.fakes.readers_archive import FakeReadersArchive


def an_event(
    kind: str,
    subscriber_id: str,
    issue_id: str = "2026-11-24",
    configuration_set: str = "list",
    message_id: str = "ses-000001",
    **detail: Any,
) -> dict[str, Any]:
    tags = {"subscriber": [subscriber_id], "issue": [issue_id], "ses:configuration-set": [configuration_set]}
    return {
        "id": "e1",
        "source": "aws.ses",
        "time": "2026-11-24T11:00:09Z",
        "detail-type": "Email Delivered",
        "detail": {"eventType": kind, "mail": {"messageId": message_id, "tags": tags, "timestamp": "x"}, **detail},
    }


SETS = ("list", "transactional")
PERMANENT = {"bounce": {"bounceType": "Permanent", "bounceSubType": "General"}}
TRANSIENT = {"bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}}


def told(event: dict[str, Any], readers: FakeReadersArchive, now: datetime = SIX) -> Pause | None:
    return record(read_event(event, SETS, now), readers, now)  # type: ignore[arg-type]


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
        told(an_event(kind, subscriber_id, **detail), readers)

    assert readers.all_sends["2026-11-24", subscriber_id].state == state
    found = readers.suppression(subscriber_id)
    assert (found.reason if found else None) == suppressed
    assert readers.subscribers[subscriber_id].state == ("suppressed" if suppressed else "confirmed")


@pytest.mark.parametrize(("kind", "detail"), [("Bounce", PERMANENT), ("Complaint", {})])
def test_a_bounce_or_complaint_ends_the_next_issue_before_it_is_sent(kind: str, detail: dict[str, Any]) -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    subscriber_id = sent_to(readers)
    told(an_event(kind, subscriber_id, **detail), readers)

    assert list(readers.confirmed_ids()) == []
    assert a_postman(readers, mail).deliver(an_issue(issue_id="2026-11-25"), [subscriber_id]).skipped == 1
    assert mail.outbox == []


def test_mail_that_a_provider_puts_off_is_counted_until_it_has_arrived() -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    for kind in ("DeliveryDelay", "DeliveryDelay", "Delivery", "DeliveryDelay"):
        told(an_event(kind, subscriber_id), readers)
    told(an_event("DeliveryDelay", "u" + "0" * 32), readers)

    assert readers.reputation(SIX) == Reputation(sent=1, delayed=2)


def test_events_in_any_order_end_in_the_worst() -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    for kind in ("Complaint", "Delivery", "Send"):
        told(an_event(kind, subscriber_id), readers)

    assert readers.all_sends["2026-11-24", subscriber_id].state == "complained"


def test_an_unknown_send_is_settled_by_its_tags() -> None:
    readers = FakeReadersArchive()
    readers.store_subscriber(a_subscriber(1))
    send = Send(issue_id="2026-11-24", subscriber_id=a_subscriber(1).id, state="unknown", claimed_at=SIX)
    readers.all_sends["2026-11-24", send.subscriber_id] = send
    told(an_event("Delivery", send.subscriber_id), readers)

    assert readers.all_sends["2026-11-24", send.subscriber_id].state == "delivered"
    assert readers.all_sends["2026-11-24", send.subscriber_id].message_id == "ses-000001"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"source": "aws.ses"},
        {"source": "aws.ses", "detail": {"eventType": "Party", "mail": {"messageId": "m"}}},
        {"source": "newsroom.example", "detail": an_event("Complaint", "u" + "0" * 32)["detail"]},
        {**an_event("Complaint", "u" + "0" * 32), "source": "my.aws.ses"},
        {**an_event("Complaint", "u" + "0" * 32), "time": "2026-11-09T10:59:00Z"},
        {**an_event("Complaint", "u" + "0" * 32), "time": "2026-11-24T11:06:00Z"},
        {**an_event("Complaint", "u" + "0" * 32), "time": "yesterday"},
        {
            "Records": [
                {"EventSource": "aws:sns", "Sns": {"Message": json.dumps(an_event("Complaint", "u" + "0" * 32))}}
            ]
        },
        an_event("Complaint", "u" + "0" * 32, configuration_set="somebody-else's"),
    ],
)
def test_what_is_no_event_of_ses_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        read_event(event, SETS, SIX)


@pytest.mark.parametrize("tag", ["", "u1", "U" + "0" * 32, "u" + "0" * 33, "u" + "0" * 31 + "#"])
def test_an_event_about_nobody_of_ours_changes_nothing(tag: str) -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    told(an_event("Complaint", tag), readers)

    assert readers.suppressions == {}
    assert readers.subscribers[subscriber_id].state == "confirmed"


def test_a_bounced_confirmation_suppresses_too() -> None:
    readers = FakeReadersArchive()
    readers.store_subscriber(a_subscriber(1, state="pending"))
    event = an_event("Bounce", a_subscriber(1).id, issue_id="", **PERMANENT)
    told(event, readers)

    assert readers.subscribers[a_subscriber(1).id].state == "suppressed"


def test_an_event_about_another_message_changes_nothing() -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    told(an_event("Complaint", subscriber_id, message_id="ses-999999"), readers)

    assert readers.all_sends["2026-11-24", subscriber_id].state == "sent"
    assert readers.subscribers[subscriber_id].state == "confirmed"


def test_who_deleted_their_data_and_complains_is_suppressed_all_the_same() -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    readers.forget(subscriber_id)
    told(an_event("Complaint", subscriber_id), readers)

    assert readers.suppression(subscriber_id)


def complaining(kind: str, count: int, sent: int, **detail: Any) -> tuple[FakeReadersArchive, list[Pause | None]]:
    """That many events after an issue to `sent` readers."""
    readers, mail = FakeReadersArchive(), FakeMail()
    ids = subscribed(readers, count)
    a_postman(readers, mail).deliver(an_issue(), ids)
    readers.count_mail(SIX, sent=sent - count)
    ids_of = {posted.tags["subscriber"]: f"ses-{number:06}" for number, posted in enumerate(mail.outbox, 1)}
    answers = []
    for one in ids:
        event = an_event(kind, one, message_id=ids_of[one], **detail)
        answers += [told(event, readers), told(event, readers)]
    return readers, answers


@pytest.mark.parametrize(
    ("kind", "count", "sent", "detail", "paused"),
    [
        ("Complaint", 3, 1201, {}, False),
        ("Complaint", 3, 1200, {}, True),
        ("Complaint", 2, 2, {}, False),
        ("Bounce", 10, 126, PERMANENT, False),
        ("Bounce", 10, 125, PERMANENT, True),
        ("Bounce", 9, 9, PERMANENT, False),
        ("Bounce", 20, 20, TRANSIENT, False),
    ],
)
def test_too_many_complaints_or_bounces_pause_the_list_once(
    kind: str, count: int, sent: int, detail: dict[str, Any], paused: bool
) -> None:
    readers, answers = complaining(kind, count, sent, **detail)

    assert [bool(answer) for answer in answers if answer] == [True] * paused
    assert bool(readers.pause()) is paused


def test_a_paused_list_is_sent_nothing_until_it_is_lifted_and_counting_begins_anew() -> None:
    readers, _ = complaining("Complaint", 3, 3)
    (fresh,) = [readers.store_subscriber(a_subscriber(50)).id]
    later = SIX + timedelta(hours=2)
    with pytest.raises(MailSuspended, match="3 complaints about 3 mails"):
        a_postman(readers, FakeMail()).deliver(an_issue(issue_id="2026-11-25"), [fresh])
    assert readers.sends("2026-11-25", [fresh]) == {}

    pause = readers.pause()
    assert pause
    readers.store_pause(pause.model_copy(update={"lifted_at": SIX + timedelta(minutes=30)}))
    mail = FakeMail()
    assert a_postman(readers, mail, now=lambda: later).deliver(an_issue(issue_id="2026-11-25"), [fresh]).sent == 1
    again = an_event("Complaint", fresh, issue_id="2026-11-25")
    assert told(again, readers, later) is None
    assert readers.reputation(later) == Reputation(sent=1, complained=1)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", range(8))
def test_a_complaint_whose_worker_dies_at_any_call_is_recorded_by_the_next(call: int, when: str) -> None:
    readers = FakeReadersArchive()
    subscriber_id = sent_to(readers)
    event = an_event("Complaint", subscriber_id)
    with contextlib.suppress(Killed):
        told(event, Reaper(call, when).before(readers))
    told(event, readers)
    told(event, readers)

    assert readers.suppression(subscriber_id)
    assert readers.subscribers[subscriber_id].state == "suppressed"
    assert readers.all_sends["2026-11-24", subscriber_id].state == "complained"
    assert readers.reputation(SIX).complained in (1, 2), "never lost"
