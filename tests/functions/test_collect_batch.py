import json

import pytest
from newsroom.desk import Desk, seat
from newsroom.errors import PublisherUnreachable
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.publisher import Publisher

from functions.ingestion import collect_batch
from functions.ingestion.collect_batch import handler
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.open_web import FakeWeb

NAMES = ("mole", "port", "quay")
EVENT = {"edition_id": "20261123T191500Z", "groups": [["mole", "port"], ["quay"]]}


def publisher(name: str) -> Publisher:
    home = f"https://{name}.example/"
    return Publisher(id=name, name=name, home=home, country="SG", tier=2, reason="A daily", feeds=(f"{home}rss",))


def rss(name: str) -> str:
    return (
        f"<rss version='2.0'><channel><item><title>Oil falls</title><link>https://{name}.example/oil</link>"
        "<pubDate>Mon, 23 Nov 2015 19:15:00 GMT</pubDate></item></channel></rss>"
    )


def a_desk(**answers: object) -> FakeArchive:
    archive = FakeArchive()
    web = {f"https://{name}.example/rss": answers.get(name, rss(name)) for name in NAMES}
    pages = {f"https://{name}.example/oil": "<html><body><p>Oil fell.</p></body></html>" for name in NAMES}
    environment = {"SITE_ADDRESS": "https://footnote.example"}
    catalogue = Catalogue([publisher(name) for name in NAMES])
    seat(Desk(environment, archive=archive, fetcher=FakeWeb({**web, **pages}), catalogue=catalogue))  # type: ignore[dict-item]
    return archive


def test_every_publisher_of_a_batch_is_collected() -> None:
    archive = a_desk()
    assert handler(dict(EVENT), a_context(seconds=600)) == {"publishers": 3, "failed": 0, "articles": 3}
    assert sorted(archive.states) == sorted(NAMES)


def test_one_that_does_not_answer_or_is_unknown_fails_alone_with_its_reason() -> None:
    archive = a_desk(port=PublisherUnreachable("HTTP 500 from port.example"))
    event = {**EVENT, "groups": [["mole", "port"], ["quay", "nobody"]]}
    assert handler(event, a_context(seconds=600)) == {"publishers": 4, "failed": 2, "articles": 2}
    assert archive.publisher_state("port").health.reason == "HTTP 500 from port.example"


def test_a_fault_of_ours_at_one_publisher_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    a_desk(port=ZeroDivisionError("a bug"))
    told: list[dict[str, object]] = []
    monkeypatch.setattr(collect_batch.logger, "info", lambda message, **said: told.append(said))
    assert handler(dict(EVENT), a_context(seconds=600)) == {"publishers": 3, "failed": 1, "articles": 2}
    assert told[-1]["errors"] == ["NewsroomError port: ZeroDivisionError: a bug"]


def test_out_of_time_the_rest_is_left_to_the_next_edition(capsys: pytest.CaptureFixture[str]) -> None:
    archive = a_desk()
    assert handler(dict(EVENT), a_context(seconds=30)) == {"publishers": 0, "failed": 0, "articles": 0}
    assert archive.states == {}
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert told[-1]["PublishersLeft"] == [3]
