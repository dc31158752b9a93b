"""The issue of a New York date, composed once."""

import json
from datetime import timedelta

import pytest
from newsroom.briefing.allowance import Allowance
from newsroom.briefing.issue import Issue
from newsroom.briefing.manifest import read_batch
from newsroom.briefing.production import frozen_issue
from newsroom.errors import ArchiveThrottled, BadInput, NotFound

from tests.fakes.briefing_desk import BriefingDesk, compose
from tests.fakes.mornings import SIX, a_subscriber, a_told_story, subscribed


def a_desk(*, subscribers: int = 3, stories: int = 2) -> BriefingDesk:
    desk = BriefingDesk()
    subscribed(desk.readers, subscribers)  # type: ignore[arg-type]
    for number in range(1, stories + 1):
        desk.archive.publish_version(a_told_story(number, at=SIX - timedelta(hours=number)))
    return desk


def test_the_issue_is_frozen_published_and_addressed() -> None:
    desk = a_desk(subscribers=1100)
    answer = compose()
    (wave,) = answer["waves"]

    assert answer == {
        "issue_id": "2026-11-24", "execution": "e1", "claimed": True, "recipients": 1100,
        "waves": [{"at": "2026-11-24T11:00:00Z", "manifest": wave["manifest"]}],
        "workers": 2, "per_second": 7.0,
    }  # fmt: skip
    names = json.loads(desk.archive.document(wave["manifest"]))
    assert [len(read_batch(desk.archive, "2026-11-24", name)) for name in names] == [500, 500, 100]
    assert [item.slug for item in desk.archive.issue("2026-11-24").items] == ["story-1", "story-2"]
    assert b"Story number 1" in desk.published_files.get("/briefing/2026-11-24/")
    assert b"Story number 1" in desk.published_files.get("/briefing/feed.xml")


def test_an_execution_that_repeats_itself_changes_nothing() -> None:
    desk = a_desk()
    first = compose()
    written = list(desk.published_files.written)  # type: ignore[attr-defined]
    issue = desk.archive.issue("2026-11-24")
    desk.archive.publish_version(a_told_story(9, at=SIX))
    subscribed(desk.readers, 0)  # type: ignore[arg-type]
    desk.clock = lambda: SIX + timedelta(minutes=9)

    assert compose() == first
    assert desk.archive.issue("2026-11-24") == issue
    assert desk.published_files.written == written  # type: ignore[attr-defined]


def test_of_fifty_executions_one_has_the_date() -> None:
    a_desk()
    answers = [compose(f"e{number}") for number in range(50)]

    assert [answer["claimed"] for answer in answers] == [True] + [False] * 49
    assert answers[1] == {"issue_id": "2026-11-24", "claimed": False, "recipients": 0}


def test_of_two_that_list_the_readers_at_a_time_one_list_stands_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that is taken for dead, and its repetition, which ends first; between them somebody subscribed."""
    desk = a_desk(subscribers=1100)
    put_first = desk.archive.put_first
    late = a_subscriber(1100)

    def overtaken(key: str, body: bytes) -> bytes:
        monkeypatch.setattr(desk.archive, "put_first", put_first)
        desk.readers.store_subscriber(late)
        compose()
        return put_first(key, body)

    monkeypatch.setattr(desk.archive, "put_first", overtaken)
    answer = compose()
    names = json.loads(desk.archive.document(answer["waves"][0]["manifest"]))
    listed = [one for name in names for one in read_batch(desk.archive, "2026-11-24", name)]

    assert answer["recipients"] == 1101
    assert sorted(listed) == sorted(desk.readers.confirmed_ids())


@pytest.mark.parametrize("crash", ["store_issue", "put_document", "put_first", "document"])
def test_a_crash_on_the_way_is_made_good_by_the_repetition(crash: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    method = getattr(desk.archive, crash)
    failures = [ArchiveThrottled("slow")]

    def failing(*arguments: object) -> object:
        answer = method(*arguments) if crash != "document" else None
        if failures:
            raise failures.pop()
        return answer or method(*arguments)

    monkeypatch.setattr(desk.archive, crash, failing)
    with pytest.raises(ArchiveThrottled):
        compose()

    assert compose()["recipients"] == 3
    assert desk.published_files.get("/briefing/2026-11-24/issue.json")


def test_the_issue_that_was_frozen_first_is_the_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    find = desk.archive.issue
    theirs = frozen_issue(desk.archive, "2026-11-24", owner_of=str, now=SIX - timedelta(minutes=5))
    answers = [NotFound("not yet")]

    def issue(issue_id: str) -> Issue:
        if answers:
            raise answers.pop()
        return find(issue_id)

    monkeypatch.setattr(desk.archive, "issue", issue)
    desk.archive.publish_version(a_told_story(9, at=SIX, importance=99))

    assert frozen_issue(desk.archive, "2026-11-24", owner_of=str, now=SIX) == theirs


def test_another_date_may_be_asked_for() -> None:
    a_desk()

    assert compose(date="2026-11-20")["issue_id"] == "2026-11-20"
    with pytest.raises(BadInput):
        compose(date="tomorrow")


def test_a_date_that_is_yet_to_come_takes_no_issue_from_that_morning() -> None:
    desk = a_desk()
    with pytest.raises(BadInput, match="2026-11-25"):
        compose(date="2026-11-25")

    assert desk.archive.issue_ids() == []


def test_a_morning_that_was_left_out_is_not_made_up_for_once_a_later_issue_told_its_stories() -> None:
    desk = a_desk()
    compose()
    with pytest.raises(BadInput, match="2026-11-23"):
        compose("by hand", date="2026-11-23")

    assert desk.archive.issue_ids() == ["2026-11-24"]


def test_with_no_stories_and_no_subscribers_there_is_still_an_issue() -> None:
    desk = a_desk(subscribers=0, stories=0)

    assert compose()["recipients"] == 0
    assert b"No new stories" in desk.published_files.get("/briefing/issues/")


def test_the_account_s_own_rate_counts_where_it_is_lower() -> None:
    desk = a_desk()
    desk.mail.account = Allowance(enabled=True, per_second=1, per_day=200, sent_today=0)  # type: ignore[attr-defined]

    assert {name: compose()[name] for name in ("workers", "per_second")} == {"workers": 1, "per_second": 1.0}


@pytest.mark.parametrize(
    ("slot", "issue_id"),
    [("2026-11-24T11:00:00Z", "2026-11-24"), ("2026-11-24T04:59:00Z", "2026-11-23"),
     ("<aws.scheduler.scheduled-time>", "2026-11-24")],
)  # fmt: skip
def test_an_event_that_comes_late_means_the_day_of_its_slot(slot: str, issue_id: str) -> None:
    desk = a_desk()
    desk.clock = lambda: SIX + timedelta(hours=3)

    assert compose(slot=slot)["issue_id"] == issue_id


def test_who_sleeps_at_six_in_new_york_is_in_a_later_wave_of_the_same_issue() -> None:
    desk = a_desk(subscribers=0)
    zones = (
        "America/New_York",
        "Europe/Zurich",
        "Asia/Hong_Kong",
        "America/Chicago",
        "America/Los_Angeles",
        "Pacific/Auckland",
    )
    readers = {zone: a_subscriber(number, zone=zone) for number, zone in enumerate(zones)}
    for reader in readers.values():
        desk.readers.store_subscriber(reader)
    waves = compose(slot="2026-11-24T11:00:00Z")["waves"]
    sent_at = {
        subscriber_id: wave["at"]
        for wave in waves
        for batch in json.loads(desk.archive.document(wave["manifest"]))
        for subscriber_id in read_batch(desk.archive, "2026-11-24", batch)
    }

    assert [wave["at"] for wave in waves] == sorted({wave["at"] for wave in waves})
    assert {zone: sent_at[reader.id][11:16] for zone, reader in readers.items()} == {
        "America/New_York": "11:00", "Europe/Zurich": "11:00", "Asia/Hong_Kong": "11:00", "America/Chicago": "12:00",
        "America/Los_Angeles": "14:00", "Pacific/Auckland": "17:00",
    }  # fmt: skip


def test_whoever_starts_it_by_hand_wants_it_sent_to_everybody_now() -> None:
    desk = a_desk(subscribers=2)
    desk.readers.store_subscriber(a_subscriber(9, zone="America/Los_Angeles"))

    assert [wave["at"] for wave in compose()["waves"]] == ["2026-11-24T11:00:00Z"]


def test_waves_are_those_of_the_first_composition() -> None:
    desk = a_desk(subscribers=2)
    desk.readers.store_subscriber(a_subscriber(9, zone="America/Los_Angeles"))
    first = compose(slot="2026-11-24T11:00:00Z")
    desk.archive.record_issue_outcome("2026-11-24", {"complete": False})
    desk.clock = lambda: SIX + timedelta(minutes=40)

    assert compose("by hand", date="2026-11-24") == first | {"execution": "by hand"}
    assert len(first["waves"]) == 2


def test_who_follows_an_execution_that_is_gone_has_the_date_at_once() -> None:
    desk = a_desk()
    first = compose("e1", slot="2026-11-24T11:00:00Z")

    assert compose("e2", slot="2026-11-24T11:00:00Z")["claimed"] is False
    desk.executions.ended.add("e1")  # type: ignore[attr-defined]
    assert compose("e2", slot="2026-11-24T11:00:00Z") == first | {"execution": "e2"}
    assert compose("e3", date="2026-11-24")["claimed"] is False


def test_a_closed_issue_is_gone_on_with_by_date_and_by_nothing_else() -> None:
    desk = a_desk()
    first = compose()
    desk.archive.record_issue_outcome("2026-11-24", {"complete": False})
    subscribed(desk.readers, 0)  # type: ignore[arg-type]
    desk.readers.store_subscriber(a_subscriber(77))

    assert compose("the schedule again", slot="2026-11-24T11:00:00Z")["claimed"] is False
    again = compose("an operator", date="2026-11-24")
    assert again == first | {"execution": "an operator"}, "the same issue, the same readers"
    assert compose("another operator", date="2026-11-24")["claimed"] is False


def test_a_provider_of_prices_makes_a_market_snapshot_and_one_that_fails_makes_none() -> None:
    prices = b"instrument,name,symbol,venue,currency,price,as_of,delay_minutes,source\n"
    row = b"gold,Gold,XAU,OTC,USD,4100.5,2026-11-24T10:00:00Z,15,Harbour Prices\n"
    for document, names in ((prices + row, ["Gold"]), (b"<html>", [])):
        desk = BriefingDesk(QUOTES_KEY="markets/quotes.csv")
        desk.archive.put_document("markets/quotes.csv", document)
        compose()
        assert [one.name for one in desk.archive.issue("2026-11-24").market] == names
