"""What hosts wish is asked before their pages are: counted at a web in a dictionary."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from newsroom.errors import PublisherUnreachable
from newsroom.publishers.collecting import collect
from newsroom.publishers.publisher import Publisher
from newsroom.wire.fetch import Fetched

from tests.fakes.archive import FakeArchive
from tests.fakes.open_web import FakeWeb
from tests.fakes.robots_cases import CASES

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
HOST, FEED = "https://port.example", "https://feeds.example/rss"
PORT = Publisher(
    id="port", name="Port", home=HOST, country="SG", tier=2, reason="Shipping, every working day", feeds=(FEED,)
)
TEXT = "<p>The port authority said on Monday that freight rates rose by four per cent in a week.</p>" * 5


def run(archive: FakeArchive, fetcher: FakeWeb, now: datetime = NOW) -> None:
    collect(PORT, archive=archive, fetcher=fetcher, limit=40, edition_id=f"{now}", now=now)  # type: ignore[arg-type]


def web(link: str, answers: dict[str, object]) -> FakeWeb:
    date = format_datetime(NOW - timedelta(hours=1))
    item = (
        f"<item><title>Rates</title><link>{link}</link><description>Up.</description><pubDate>{date}</pubDate></item>"
    )
    feed = f"<rss version='2.0'><channel><title>Port</title>{item}</channel></rss>"
    page = f"<!doctype html><html><head><title>Rates</title></head><body>{TEXT}</body></html>"
    return FakeWeb({FEED: feed, link: page, **answers})  # type: ignore[dict-item]


def test_of_all_cases_no_disallowed_page_is_fetched_and_every_allowed_one_is() -> None:
    fetched_though_disallowed, left_though_allowed = [], []
    cases = [case for case in CASES if case[1] not in ("/robots.txt", "/") and case[1].isascii()]
    for lines, path, allowed in cases:
        fetcher = web(HOST + path, {f"{HOST}/robots.txt": lines.replace("|", "\n")})
        run(FakeArchive(), fetcher)
        asked = any(url.startswith(HOST + path) for url in fetcher.asked)
        if asked and not allowed:
            fetched_though_disallowed.append((lines, path))
        if allowed and not asked:
            left_though_allowed.append((lines, path))
    assert len(cases) >= 60
    assert (fetched_though_disallowed, left_though_allowed) == ([], [])


@pytest.mark.parametrize(
    ("robots_of", "text"),
    [
        (HOST, "User-agent: *\nDisallow: /inside"),
        ("https://other.example", "User-agent: *\nDisallow: /"),
        ("https://other.example", "User-agent: *\nContent-Signal: ai-input=no"),
    ],
)
def test_a_redirect_to_a_page_that_is_not_for_us_is_not_followed(robots_of: str, text: str) -> None:
    target = f"{robots_of}/inside"
    moved = {f"{HOST}/a": Fetched(target, 200, {"content-type": "text/html"}, TEXT.encode())}
    archive, fetcher = FakeArchive(), web(f"{HOST}/a", {f"{robots_of}/robots.txt": text, **moved})
    run(archive, fetcher)
    assert fetcher.followed == []
    (article,) = archive.all_articles.values()
    assert (article.text, article.url) == ("", target)
    assert article.thin == "robots.txt" or article.reserved


def test_a_redirect_to_a_page_that_is_for_us_is_followed() -> None:
    target = "https://other.example/a"
    fetcher = web(f"{HOST}/a", {f"{HOST}/a": Fetched(target, 200, {"content-type": "text/html"}, TEXT.encode())})
    run(FakeArchive(), fetcher)
    assert fetcher.followed == [target]
    assert "https://other.example/robots.txt" in fetcher.asked


@pytest.mark.parametrize("document", ["/robots.txt", "/.well-known/tdmrep.json"])
def test_while_its_wishes_cannot_be_had_a_host_is_left_alone(document: str) -> None:
    archive = FakeArchive()
    fetcher = web(f"{HOST}/a", {HOST + document: PublisherUnreachable("HTTP 503 from port.example")})
    run(archive, fetcher)
    assert f"{HOST}/a" not in fetcher.asked
    assert archive.all_articles == {}
    run(archive, web(f"{HOST}/a", {}), NOW + timedelta(minutes=15))
    (article,) = archive.all_articles.values()
    assert article.text


def test_a_hosts_wishes_are_asked_once_a_day_and_not_in_every_edition() -> None:
    archive, asked = FakeArchive(), []
    for quarter in range(100):
        fetcher = web(f"{HOST}/{quarter}", {})
        run(archive, fetcher, NOW + timedelta(minutes=15 * quarter))
        asked += [url for url in fetcher.asked if url.endswith(("robots.txt", "tdmrep.json"))]
    assert asked == [f"{HOST}/robots.txt", f"{HOST}/.well-known/tdmrep.json"] * 2


def test_a_feed_that_reserves_itself_makes_links_alone() -> None:
    answers = {}
    feed = web(f"{HOST}/a", {}).answers[FEED]
    answers[FEED] = Fetched(FEED, 200, {"tdm-reservation": "1"}, feed.encode())
    archive, fetcher = FakeArchive(), web(f"{HOST}/a", answers)
    run(archive, fetcher)
    assert fetcher.asked == [FEED]
    (article,) = archive.all_articles.values()
    assert (article.reserved, article.summary) == ("TDM reservation in the answer's headers", "")
