import pytest
from newsroom.desk import Desk, seat
from newsroom.errors import PublisherUnreachable
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.publisher import Publisher
from newsroom.wire.fetch import Fetched

from functions.ingestion.collect_publisher import handler
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.open_web import FakeWeb

FEED = "https://port.example/rss"
PORT = Publisher(
    id="port", name="Port", home="https://port.example/", country="SG", tier=2, reason="A daily", feeds=(FEED,)
)
EVENT = {"edition_id": "20261123T191500Z", "publisher_id": "port"}
RSS = (
    "<rss version='2.0'><channel><item><title>Oil falls</title><link>https://port.example/oil</link>"
    "<pubDate>Mon, 23 Nov 2015 19:15:00 GMT</pubDate></item></channel></rss>"
)


def a_desk(archive: FakeArchive, web: FakeWeb) -> None:
    environment = {"SITE_ADDRESS": "https://footnote.example"}
    seat(Desk(environment, archive=archive, fetcher=web, catalogue=Catalogue([PORT])))


def test_a_publishers_articles_are_counted() -> None:
    archive = FakeArchive()
    a_desk(archive, FakeWeb({FEED: RSS, "https://port.example/oil": "<html><body><p>Oil fell.</p></body></html>"}))
    assert handler(dict(EVENT), a_context()) == {"publisher_id": "port", "articles": 1, "failed": False}
    assert archive.count_articles() == 1


def test_a_publisher_that_does_not_answer_is_an_error_with_its_reason_on_record() -> None:
    archive = FakeArchive()
    a_desk(archive, FakeWeb({FEED: PublisherUnreachable("HTTP 500 from port.example")}))
    with pytest.raises(PublisherUnreachable, match=r"port: HTTP 500 from port\.example"):
        handler(dict(EVENT), a_context())
    assert archive.publisher_state("port").health.reason == "HTTP 500 from port.example"


def test_a_run_out_of_time_leaves_the_pages_to_the_next_edition() -> None:
    archive, context = FakeArchive(), a_context()
    context.get_remaining_time_in_millis = lambda: 5_000
    a_desk(archive, FakeWeb({FEED: RSS, "https://port.example/oil": Fetched("x", 404)}))
    assert handler(dict(EVENT), context)["articles"] == 0
    assert archive.publisher_state("port").seen == {}
