from datetime import UTC, datetime, timedelta

from newsroom.desk import Desk, seat
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.health import Health, PublisherState
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
        "publishers": ["mole", "port"],
        "concurrency": 7,
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
