import json
from datetime import UTC, datetime, timedelta

import pytest
from newsroom.desk import Desk, seat
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.health import Day, Health, PublisherState
from newsroom.publishers.publisher import Publisher

from functions.ingestion.select_publishers import handler
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context

NOW = datetime(2026, 11, 23, 19, 17, tzinfo=UTC)


class DeskAt(Desk):
    def now(self) -> datetime:
        return NOW


def publisher(name: str) -> Publisher:
    home = f"https://{name}.example/"
    return Publisher(id=name, name=name, home=home, country="SG", tier=2, reason="A daily", feeds=(f"{home}rss",))


def a_desk(archive: FakeArchive, **environment: str) -> None:
    catalogue = Catalogue([publisher("port"), publisher("quay"), publisher("mole")])
    seat(DeskAt(environment, archive=archive, catalogue=catalogue))


def test_the_slot_is_claimed_and_those_due_are_named() -> None:
    archive = FakeArchive()
    later = Health(publisher_id="quay", status="ok", next_poll_at=NOW + timedelta(hours=1))
    archive.record_publisher_state(PublisherState(publisher_id="quay", health=later))
    a_desk(archive, PUBLISHERS_PER_EDITION="10", CONCURRENCY="7")
    answer = handler({"execution": "one", "input": {"slot": "2026-11-23T19:15:00Z"}}, a_context())
    assert answer == {
        "edition_id": "20261123T191500Z",
        "claimed": True,
        "distributed": False,
        "publishers": ["mole", "port"],
        "manifest": "",
        "concurrency": 7,
        "workers": 100,
        "tolerated_failure_percentage": 20.0,
        "collected": [],
    }


def test_a_second_execution_of_one_slot_does_nothing_and_the_first_may_repeat_itself() -> None:
    a_desk(FakeArchive())
    first = handler({"execution": "one"}, a_context())
    assert handler({"execution": "one"}, a_context()) == first
    second = handler({"execution": "two"}, a_context())
    assert (second["claimed"], second["publishers"]) == (False, [])


def test_the_limit_of_publishers_holds() -> None:
    a_desk(FakeArchive(), PUBLISHERS_PER_EDITION="2")
    assert len(handler({"execution": "one"}, a_context())["publishers"]) == 2


def test_more_publishers_than_fit_inline_are_named_in_a_manifest() -> None:
    archive = FakeArchive()
    a_desk(archive, INLINE_PUBLISHERS="2")
    answer = handler({"execution": "one", "input": {"slot": "2026-11-23T19:15:00Z"}}, a_context())
    assert (answer["distributed"], answer["publishers"]) == (True, [])
    assert answer["manifest"] == "ingestion/20261123T191500Z.json"
    named = [one for batch in json.loads(archive.documents[answer["manifest"]]) for group in batch for one in group]
    assert sorted(named) == ["mole", "port", "quay"]


def test_who_finds_the_slot_taken_writes_no_manifest() -> None:
    archive = FakeArchive()
    a_desk(archive, INLINE_PUBLISHERS="0")
    handler({"execution": "one"}, a_context())
    archive.documents.clear()
    assert handler({"execution": "two"}, a_context())["distributed"] is False
    assert archive.documents == {}


def test_the_payload_of_five_thousand_publishers_is_small_and_every_one_is_in_the_manifest_once() -> None:
    archive = FakeArchive()
    names = [f"a-publisher-with-quite-a-long-name-{number:05}" for number in range(5000)]
    environment = {"PUBLISHERS_PER_EDITION": "5000"}
    seat(DeskAt(environment, archive=archive, catalogue=Catalogue([publisher(name) for name in names])))
    answer = handler({"execution": "one"}, a_context())
    assert len(json.dumps(answer)) < 1_000
    batches = json.loads(archive.documents[answer["manifest"]])
    assert sorted(one for batch in batches for group in batch for one in group) == names
    assert max(len(json.dumps(batch)) for batch in batches) < 4_000
    assert len(batches) == 200


def test_how_the_publishers_fare_together_is_told_as_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    archive = FakeArchive()
    for name, status in (("port", "failing"), ("quay", "ok"), ("mole", "retired")):
        days = (Day(date="2026-11-22", articles=8, thin=2, undated=1),) if name == "quay" else ()
        health = Health(publisher_id=name, status=status, failures=status == "failing", days=days)  # type: ignore[arg-type]
        archive.record_publisher_state(PublisherState(publisher_id=name, health=health))
    a_desk(archive)
    handler({"execution": "one"}, a_context())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    told = lines[-1]
    assert told["FailingPublishersPercentage"] == [50.0]
    assert told["ThinArticlesPercentage"] == [25.0]
    assert told["UndatedArticlesPercentage"] == [12.5]
    assert (told["PublishersFailing"], told["PublishersRetired"]) == ([1], [1])
    directive = told["_aws"]["CloudWatchMetrics"][0]
    assert directive["Dimensions"] == [["service"]]
    assert {metric["Unit"] for metric in directive["Metrics"]} == {"Count", "Percent"}
