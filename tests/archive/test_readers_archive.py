"""One contract for the readers' table, run on the fake and on PynamoDB against the local cloud."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from newsroom.archive.reader_items import ReaderItem
from newsroom.archive.readers_archive import ReadersArchive
from newsroom.briefing.reputation import Pause, Reputation
from newsroom.briefing.send import FOLLOWS, Send
from newsroom.briefing.warming import Warmth
from newsroom.errors import ArchiveConflict
from newsroom.readers.reply import Reply, claimed, ended
from newsroom.readers.subscriber import Subscriber, Suppression

from tests.fakes.readers_archive import FakeReadersArchive
from tests.templates import template

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.fixture(params=["fake", pytest.param("real", marks=[pytest.mark.cloud, pytest.mark.enable_socket])])
def readers(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeReadersArchive()
        return
    name = f"readers-{uuid.uuid4().hex[:12]}"
    described = template()["Resources"]["ReadersTable"]["Properties"]
    kept = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
    dynamodb = request.getfixturevalue("local_cloud").client("dynamodb")
    dynamodb.create_table(TableName=name, **{key: described[key] for key in kept})
    yield ReadersArchive(name)


def a_reader(letter: str = "a", **changes: Any) -> Subscriber:
    given = {
        "id": "u" + letter * 32, "sealed_address": "1.sealed", "state": "confirmed", "asked_at": NOW,
        "consent_text": "2026-11", "confirmed_at": NOW,
    }  # fmt: skip
    return Subscriber.model_validate(given | changes)


def a_send(reader: Subscriber, issue_id: str = "2026-11-24") -> Send:
    return Send(issue_id=issue_id, subscriber_id=reader.id, state="claimed", claimed_at=NOW)


def test_a_subscriber_comes_back_as_stored(readers: Any) -> None:
    assert readers.find_subscriber("u" + "a" * 32) is None
    stored = readers.store_subscriber(a_reader())

    assert stored.revision == 1
    assert readers.find_subscriber(stored.id) == stored


def test_nobody_writes_over_a_state_that_they_have_not_read(readers: Any) -> None:
    stored = readers.store_subscriber(a_reader())
    with pytest.raises(ArchiveConflict):
        readers.store_subscriber(a_reader())
    newer = readers.store_subscriber(stored.model_copy(update={"state": "unsubscribed", "ended_at": NOW}))
    with pytest.raises(ArchiveConflict):
        readers.store_subscriber(stored)

    assert readers.find_subscriber(stored.id) == newer


def test_only_the_confirmed_are_listed_sorted(readers: Any) -> None:
    for letter in "f0a5":
        readers.store_subscriber(a_reader(letter))
    readers.store_subscriber(a_reader("b", state="pending"))
    gone = readers.find_subscriber(a_reader("a").id)
    readers.store_subscriber(gone.model_copy(update={"state": "unsubscribed"}))

    assert list(readers.confirmed_ids()) == [a_reader(letter).id for letter in "05f"]


def test_the_confirmed_are_listed_with_the_zone_they_read_in(readers: Any) -> None:
    readers.store_subscriber(a_reader("f"))
    tokyo = readers.store_subscriber(a_reader("0", zone="Asia/Tokyo"))
    readers.store_subscriber(a_reader("1", days="weekdays", zone="Pacific/Honolulu"))
    assert list(readers.confirmed(weekend=True)) == [
        (a_reader("0").id, "Asia/Tokyo"), (a_reader("f").id, "America/New_York")
    ]  # fmt: skip
    readers.store_subscriber(tokyo.model_copy(update={"zone": "Europe/Zurich"}))

    assert [zone for _, zone in readers.confirmed()] == ["Europe/Zurich", "Pacific/Honolulu", "America/New_York"]


def test_of_many_in_one_shard_all_are_listed(readers: Any) -> None:
    ids = [f"u0{number:031x}" for number in range(30)]
    for one in ids:
        readers.store_subscriber(a_reader(id=one))

    assert list(readers.confirmed_ids()) == ids


def test_who_is_forgotten_leaves_a_suppression_and_nothing_else(readers: Any) -> None:
    reader = readers.store_subscriber(a_reader())
    readers.claim_letter(reader.id, NOW, DAY)
    readers.claim_send(a_send(reader))
    readers.suppress(Suppression(subscriber_id=reader.id, reason="complaint", at=NOW))
    readers.forget(reader.id)

    assert readers.find_subscriber(reader.id) is None
    assert list(readers.confirmed_ids()) == []
    assert readers.sends("2026-11-24", [reader.id]) == {}
    assert readers.claim_letter(reader.id, NOW, DAY)
    assert readers.suppression(reader.id)


def test_the_first_suppression_stays_until_it_is_lifted(readers: Any) -> None:
    first = Suppression(subscriber_id=a_reader().id, reason="bounce", at=NOW)
    readers.suppress(first)
    readers.suppress(Suppression(subscriber_id=a_reader().id, reason="complaint", at=NOW + DAY))

    assert readers.suppression(a_reader().id) == first
    readers.lift_suppression(a_reader().id)
    readers.lift_suppression(a_reader().id)
    assert readers.suppression(a_reader().id) is None


def test_one_letter_in_a_day(readers: Any) -> None:
    reader = a_reader()

    assert readers.claim_letter(reader.id, NOW, DAY)
    assert not readers.claim_letter(reader.id, NOW + DAY - timedelta(seconds=1), DAY)
    assert readers.claim_letter(reader.id, NOW + DAY, DAY)
    readers.release_letter(reader.id)
    assert readers.claim_letter(reader.id, NOW + DAY, DAY)


def a_reply(letter: str = "a", report: str = "RPT-AAAAAAAAAAAAAAAA", **changes: Any) -> Reply:
    given = {
        "report_id": report, "subscriber_id": "u" + letter * 32, "sealed_address": "1.sealed", "asked_at": NOW,
        "consent_text": "2026-11-24",
    }  # fmt: skip
    return Reply.model_validate(given | changes)


def test_a_reply_is_found_by_its_report_until_it_is_claimed_once(readers: Any) -> None:
    reply, other = a_reply(), a_reply(report="RPT-BBBBBBBBBBBBBBBB")
    for one in (other, reply):
        assert readers.store_reply(one, was=None)
    assert not readers.store_reply(reply, was=None)
    assert readers.replies(reply.subscriber_id) == [reply, other]
    assert readers.reply_to(reply.report_id) == reply

    assert readers.store_reply(claimed(reply), was="wanted")
    assert not readers.store_reply(claimed(reply), was="wanted")
    assert readers.reply_to(reply.report_id) is None
    assert readers.reply_to(other.report_id) == other
    assert readers.store_reply(reply, was="claimed"), "given back"
    assert readers.reply_to(reply.report_id) == reply


def test_who_is_forgotten_is_written_no_reply_whatever_was_under_way(readers: Any) -> None:
    reply = a_reply()
    readers.store_reply(reply, was=None)
    readers.forget(reply.subscriber_id)

    assert readers.replies(reply.subscriber_id) == []
    assert readers.reply_to(reply.report_id) is None
    assert not readers.store_reply(claimed(reply), was="wanted")
    assert not readers.store_reply(reply, was="claimed")


def test_a_limit_counts_by_name_and_hour(readers: Any) -> None:
    assert [readers.take("votes x", NOW, 2) for _ in range(3)] == [True, True, False]
    assert readers.take("votes y", NOW, 2)
    assert readers.take("votes x", NOW + timedelta(hours=1), 2)


def test_a_limit_may_count_by_day(readers: Any) -> None:
    midnight = NOW.replace(hour=0, minute=0)

    assert readers.take("votes x", midnight, 1, "day")
    assert not readers.take("votes x", midnight + timedelta(hours=23, minutes=59), 1, "day")
    assert readers.take("votes x", midnight + timedelta(days=1), 1, "day")
    assert readers.take("votes x", midnight, 1), "an hour's count is another"


def test_who_wants_weekdays_is_left_out_at_a_weekend_and_listed_in_order_otherwise(readers: Any) -> None:
    for letter, days in (("a", "weekdays"), ("b", "daily"), ("c", "weekdays")):
        readers.store_subscriber(a_reader(id=f"u0{letter * 31}", days=days))
    moved = readers.find_subscriber("u0" + "c" * 31)
    readers.store_subscriber(moved.model_copy(update={"days": "daily"}))

    assert [one[-1] for one in readers.confirmed_ids()] == ["a", "b", "c"]
    assert [one[-1] for one in readers.confirmed_ids(weekend=True)] == ["b", "c"]


def test_a_send_is_claimed_once(readers: Any) -> None:
    reader = readers.store_subscriber(a_reader())

    assert readers.claim_send(a_send(reader)) == "claimed"
    assert readers.claim_send(a_send(reader)) == "taken"
    assert readers.claim_send(a_send(reader, "2026-11-25")) == "claimed"
    assert readers.sends("2026-11-24", [reader.id, "u" + "9" * 32]) == {reader.id: a_send(reader)}


def test_the_sends_of_a_whole_batch_are_found(readers: Any) -> None:
    """DynamoDB reads a hundred rows at a time; a batch has five hundred."""
    ids = [f"u{number:032x}" for number in range(500)]
    claimed = [ids[0], ids[250], ids[499]]
    for one in claimed:
        readers.store_subscriber(a_reader(id=one))
        readers.claim_send(a_send(a_reader(id=one)))

    assert sorted(readers.sends("2026-11-24", ids)) == claimed


@pytest.mark.parametrize("state", ["pending", "unsubscribed", "suppressed"])
def test_only_the_confirmed_can_be_claimed(readers: Any, state: str) -> None:
    reader = readers.store_subscriber(a_reader(state=state))

    assert readers.claim_send(a_send(reader)) == "unwanted"
    assert readers.claim_send(a_send(a_reader("9"))) == "unwanted", "never heard of"
    assert readers.sends("2026-11-24", [reader.id]) == {}


def test_a_suppression_forbids_a_claim_whatever_the_state(readers: Any) -> None:
    reader = readers.store_subscriber(a_reader())
    readers.suppress(Suppression(subscriber_id=reader.id, reason="bounce", at=NOW))

    assert readers.claim_send(a_send(reader)) == "unwanted"


def test_an_open_claim_can_be_given_back_a_sent_one_cannot(readers: Any) -> None:
    reader = readers.store_subscriber(a_reader())
    readers.claim_send(a_send(reader))
    readers.release_send("2026-11-24", reader.id)
    assert readers.claim_send(a_send(reader)) == "claimed"
    readers.advance_send("2026-11-24", reader.id, "sent", "ses-1")
    readers.release_send("2026-11-24", reader.id)
    readers.release_send("2026-11-24", "u" + "9" * 32)

    assert readers.sends("2026-11-24", [reader.id])[reader.id].message_id == "ses-1"


@pytest.mark.parametrize("before", ["claimed", *FOLLOWS])
def test_a_send_moves_forward_only(readers: Any, before: str) -> None:
    for number, after in enumerate(FOLLOWS):
        reader = readers.store_subscriber(a_reader("0123456"[number]))
        readers.claim_send(a_send(reader))
        if before != "claimed":
            assert readers.advance_send("2026-11-24", reader.id, before)
        moved = readers.advance_send("2026-11-24", reader.id, after)

        assert moved is (before in FOLLOWS[after])
        assert readers.sends("2026-11-24", [reader.id])[reader.id].state == (after if moved else before)
    assert not readers.advance_send("2026-11-24", "u" + "9" * 32, "sent")


def test_a_whole_batch_is_read_at_once(readers: Any) -> None:
    ids = [f"u0{number:031x}" for number in range(100)]
    for one in ids[:60]:
        reader = readers.store_subscriber(a_reader(id=one))
        readers.claim_send(a_send(reader))

    assert sorted(readers.sends("2026-11-24", ids)) == ids[:60]


def test_issues_received_are_those_that_may_have_arrived(readers: Any) -> None:
    reader = readers.store_subscriber(a_reader())
    for issue_id, state in (("2026-11-20", "delivered"), ("2026-11-21", "refused"), ("2026-11-22", "unknown")):
        readers.claim_send(a_send(reader, issue_id))
        readers.advance_send(issue_id, reader.id, state)

    assert readers.issues_received(reader.id) == {"2026-11-20", "2026-11-22"}


def test_rows_that_may_be_forgotten_say_when(readers: Any) -> None:
    if isinstance(readers, FakeReadersArchive):
        pytest.skip("only the table has a TTL")
    reader = readers.store_subscriber(a_reader())
    readers.claim_letter(reader.id, NOW, DAY)
    readers.claim_send(a_send(reader))
    readers.take("votes x", NOW, 2)
    readers.store_reply(ended(a_reply()), was=None)
    rows = list(ReaderItem.scan())
    by_noun = {row.sk.split("#")[0]: row.expires_at for row in rows}

    assert by_noun == {
        "SUBSCRIBER": None,
        "LETTER": (NOW + DAY).timestamp(),
        "SEND": (NOW + timedelta(days=90)).timestamp(),
        "REPLY": (NOW + timedelta(days=30)).timestamp(),
        "LIMIT": (NOW + timedelta(hours=2)).timestamp(),
    }


def test_the_reputation_counts_by_the_hour_from_the_one_asked_for(readers: Any) -> None:
    assert readers.reputation(NOW) == Reputation()
    readers.count_mail(NOW - timedelta(hours=1), sent=100)
    readers.count_mail(NOW, sent=200, bounced=2)
    readers.count_mail(NOW + timedelta(minutes=59), complained=1, delayed=4)

    assert readers.reputation(NOW + timedelta(minutes=30)) == Reputation(sent=200, bounced=2, complained=1, delayed=4)
    assert readers.reputation(NOW - DAY) == Reputation(sent=300, bounced=2, complained=1, delayed=4)


def test_where_the_list_stood_on_its_plan_is_found_by_issue_and_before_one(readers: Any) -> None:
    assert readers.warmth("2026-11-24") is readers.warmth_before("2026-11-24") is None
    first, second = (
        Warmth(issue_id=f"2026-11-{day}", since="2026-11-23", day=day - 22, a_day=5000) for day in (23, 24)
    )
    for warmth in (first, second, second.model_copy(update={"stopped_because": "12 of 100 mails bounced"})):
        readers.store_warmth(warmth)

    assert readers.warmth("2026-11-24").stopped
    assert readers.warmth("2026-11-25") is None
    assert readers.warmth_before("2026-11-24") == first
    assert readers.warmth_before("2026-12-24").issue_id == "2026-11-24"
    assert readers.warmth_before("2026-11-23") is None


def test_a_pause_stands_until_it_is_lifted(readers: Any) -> None:
    assert readers.pause() is None
    pause = Pause(reason="3 complaints about 3 mails: 100.00%", at=NOW)
    readers.store_pause(pause)
    assert readers.pause() == pause
    assert pause.stands
    lifted = pause.model_copy(update={"lifted_at": NOW + DAY})
    readers.store_pause(lifted)

    assert readers.pause() == lifted
    assert not lifted.stands
