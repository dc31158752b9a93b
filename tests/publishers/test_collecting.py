from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from newsroom.articles.article import Article
from newsroom.errors import AddressRefused, FeedUnreadable, PublisherUnreachable, ResponseRefused
from newsroom.publishers.collecting import Collected, collect
from newsroom.publishers.publisher import Publisher
from newsroom.wire.fetch import Fetched

from tests.fakes.archive import FakeArchive
from tests.fakes.open_web import FakeWeb

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
FEED = "https://port.example/rss"
PORT = Publisher(
    id="port", name="Port", home="https://port.example/", country="SG", tier=2, reason="Shipping daily", feeds=(FEED,)
)
BODY = "".join(
    f"<p>Paragraph {number}: the port authority said on Monday that freight rates rose by {number} per cent in a week, "
    "because ships wait longer at the canal and charterers take what they can get.</p>"
    for number in range(4)
)


def item(name: str, *, at: datetime | None = NOW - timedelta(hours=1), source: str = "") -> str:
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    return (
        f"<item><title>Title of {name}</title><link>https://port.example/news/{name}</link><guid>{name}</guid>"
        f"<description>Summary of {name}</description>{date}{source}</item>"
    )


def rss(*items: str) -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Port</title>{''.join(items)}</channel></rss>"


def page(name: str, head: str = "", body: str = BODY) -> str:
    head = f"<head><title>{name}</title>{head}</head>"
    return f"<!doctype html><html lang='en'>{head}<body><article>{body}</article></body></html>"


def web(names: str, answers: Mapping[str, object] | None = None) -> FakeWeb:
    """A feed of these entries, and a page for each."""
    pages = {f"https://port.example/news/{name}": page(name) for name in names.split()}
    return FakeWeb({FEED: rss(*(item(name) for name in names.split())), **pages, **(answers or {})})  # type: ignore[dict-item]


def run(
    archive: FakeArchive,
    fetcher: FakeWeb,
    *,
    edition: str = "e1",
    now: datetime = NOW,
    publisher: Publisher = PORT,
    **options: object,
) -> Collected:
    settings = {"limit": 40, **options}
    return collect(publisher, archive=archive, fetcher=fetcher, edition_id=edition, now=now, **settings)  # type: ignore[arg-type]


def articles(archive: FakeArchive) -> dict[str, Article]:
    return {article.title.removeprefix("Title of "): article for article in archive.all_articles.values()}


def test_new_articles_are_stored_with_their_text() -> None:
    archive = FakeArchive()
    collected = run(archive, web("oil rates"))
    assert (collected.articles_new, collected.waiting, collected.faults) == (2, 0, ())
    oil = articles(archive)["oil"]
    assert oil.text.startswith("Paragraph 0: the port authority")
    assert (oil.publisher_id, oil.url, oil.thin, oil.language) == ("port", "https://port.example/news/oil", "", "en")
    assert oil.published_at == NOW - timedelta(hours=1)
    assert oil.summary == "Summary of oil"


def test_doing_it_again_fetches_no_page_and_stores_nothing() -> None:
    archive, fetcher = FakeArchive(), web("oil rates")
    run(archive, fetcher)
    before, asked = archive.publisher_state("port"), len(fetcher.asked)
    assert run(archive, fetcher, edition="e2").articles_new == 0
    assert fetcher.asked[asked:] == [FEED]
    assert archive.publisher_state("port").seen == before.seen
    assert archive.publisher_state("port").health.articles == 2


def test_a_run_that_died_before_its_state_was_recorded_is_repeated_without_a_trace() -> None:
    died, undisturbed = FakeArchive(), FakeArchive()
    run(died, web("oil rates"))
    del died.states["port"]
    run(died, web("oil rates"))
    run(undisturbed, web("oil rates"))
    assert died.states == undisturbed.states
    assert died.all_articles == undisturbed.all_articles


def test_the_order_of_entries_changes_nothing() -> None:
    one, other = FakeArchive(), FakeArchive()
    run(one, web("oil rates tin"), limit=2)
    run(other, web("tin rates oil"), limit=2)
    assert one.all_articles == other.all_articles


def test_a_conditional_request_is_made_with_what_the_feed_gave() -> None:
    archive = FakeArchive()
    feed = Fetched(FEED, 200, {"etag": '"7"', "last-modified": "Mon"}, rss(item("oil")).encode())
    run(archive, web("oil", {FEED: feed}))
    unchanged = web("oil", {FEED: Fetched(FEED, 304)})
    assert run(archive, unchanged, edition="e2").articles_new == 0
    assert unchanged.conditions[FEED] == ('"7"', "Mon")
    assert archive.publisher_state("port").health.status == "ok"
    assert archive.publisher_state("port").seen


def test_while_something_waits_the_feed_is_asked_in_full() -> None:
    archive = FakeArchive()
    feed = Fetched(FEED, 200, {"etag": '"7"'}, rss(item("oil"), item("late", at=NOW + timedelta(hours=3))).encode())
    assert run(archive, web("oil late", {FEED: feed})).waiting == 1
    assert archive.publisher_state("port").feeds[FEED].etag == ""
    assert "late" not in articles(archive)
    run(archive, web("oil late", {FEED: feed}), edition="e2", now=NOW + timedelta(hours=3))
    assert "late" in articles(archive)
    assert archive.publisher_state("port").feeds[FEED].etag == '"7"'


def test_a_page_that_does_not_answer_is_asked_again_three_times_and_then_told_from_the_feed() -> None:
    archive = FakeArchive()
    down = {"https://port.example/news/oil": PublisherUnreachable("HTTP 500 from port.example")}
    for number in range(4):
        assert "oil" not in articles(archive)
        run(archive, web("oil rates", down), edition=f"e{number}")
    oil = articles(archive)["oil"]
    assert (oil.text, oil.summary) == ("", "Summary of oil")
    assert oil.thin == "page not reached: HTTP 500 from port.example"
    assert articles(archive)["rates"].text
    assert archive.publisher_state("port").attempts == {}


def test_a_page_that_answers_at_last_is_an_article_like_any_other() -> None:
    archive = FakeArchive()
    run(archive, web("oil", {"https://port.example/news/oil": PublisherUnreachable("no answer")}))
    run(archive, web("oil"), edition="e2")
    assert articles(archive)["oil"].thin == ""


def test_a_host_that_falls_silent_is_left_alone_until_the_next_edition() -> None:
    names = " ".join(f"n{number}" for number in range(10))
    down = {f"https://port.example/news/{name}": PublisherUnreachable("no answer in time") for name in names.split()}
    fetcher = web(names, down)
    assert run(FakeArchive(), fetcher).waiting == 10
    assert len([url for url in fetcher.asked if "/news/" in url]) == 3


def test_with_little_time_left_the_rest_waits() -> None:
    archive = FakeArchive()
    times = iter([100.0, 20.0, 20.0])
    collected = run(archive, web("oil rates tin"), seconds_left=lambda: next(times))
    assert (collected.articles_new, collected.waiting) == (1, 2)
    assert run(archive, web("oil rates tin"), edition="e2").articles_new == 2


@pytest.mark.parametrize(
    ("answer", "thin"),
    [
        (Fetched("https://port.example/news/oil", 403), "paywall"),
        (Fetched("https://port.example/news/oil", 418), "HTTP 418"),
        (
            Fetched("https://port.example/news/oil", 200, {"content-type": "application/pdf"}, b"%PDF-1.7"),
            "a PDF, not a page",
        ),
        (ResponseRefused("body larger than 5 MB (port.example)"), "body larger than 5 MB (port.example)"),
        (page("oil", "<meta property='article:content_tier' content='locked'>"), "paywall"),
    ],
)
def test_a_page_that_may_not_be_read_leaves_the_feeds_summary_and_a_reason(answer: object, thin: str) -> None:
    archive = FakeArchive()
    run(archive, web("oil", {"https://port.example/news/oil": answer}))
    oil = articles(archive)["oil"]
    assert (oil.text, oil.thin, oil.summary) == ("", thin, "Summary of oil")
    assert archive.publisher_state("port").health.thin == 1


@pytest.mark.parametrize("answer", [Fetched("x", 404), Fetched("x", 410), AddressRefused("private")])
def test_a_page_that_is_gone_or_private_is_dropped_for_good(answer: object) -> None:
    archive, fetcher = FakeArchive(), web("oil rates", {"https://port.example/news/oil": answer})
    run(archive, fetcher)
    run(archive, fetcher, edition="e2")
    assert list(articles(archive)) == ["rates"]
    assert fetcher.asked.count("https://port.example/news/oil") == 1


def test_what_robots_disallow_is_not_fetched() -> None:
    archive = FakeArchive()
    fetcher = web("oil", {"https://port.example/robots.txt": "User-agent: *\nDisallow: /news/"})
    run(archive, fetcher)
    assert articles(archive)["oil"].thin == "robots.txt"
    assert "https://port.example/news/oil" not in fetcher.asked


CANARY = "canary-in-the-text"


@pytest.mark.parametrize(
    ("publisher", "answers"),
    [
        (PORT.model_copy(update={"reserved": "by contract"}), {}),
        (PORT, {"https://port.example/robots.txt": "User-agent: *\nContent-Signal: ai-input=no"}),
        (PORT, {"https://port.example/news/oil": page("oil", "<meta name='robots' content='noai'>", BODY + CANARY)}),
        (
            PORT,
            {
                "https://port.example/news/oil": Fetched(
                    "https://port.example/news/oil",
                    200,
                    {"tdm-reservation": "1"},
                    page("oil", "", BODY + CANARY).encode(),
                )
            },
        ),
    ],
)
def test_a_reserved_article_is_a_link_with_a_title(publisher: Publisher, answers: dict[str, object]) -> None:
    archive = FakeArchive()
    run(archive, web("oil", answers), publisher=publisher)
    oil = articles(archive)["oil"]
    assert oil.reserved
    assert (oil.text, oil.summary, oil.author) == ("", "", "")
    assert CANARY not in oil.model_dump_json()


def test_the_clock_is_clamped_and_the_undated_are_thin() -> None:
    archive = FakeArchive()
    feed = rss(item("soon", at=NOW + timedelta(minutes=30)), item("undated", at=None))
    run(archive, web("soon undated", {FEED: feed}))
    assert articles(archive)["soon"].published_at == NOW
    undated = articles(archive)["undated"]
    assert (undated.published_at, undated.thin) == (None, "undated")
    assert undated.text
    assert archive.publisher_state("port").health.undated == 1


def test_an_agencys_copy_carries_its_credit() -> None:
    archive = FakeArchive()
    feed = rss(item("oil", source="<source url='https://wire.example/'>Harbour Wire</source>"), item("rates"))
    elsewhere = page("rates", "<link rel='canonical' href='https://www.agency.example/rates'>")
    run(archive, web("oil rates", {FEED: feed, "https://port.example/news/rates": elsewhere}))
    assert articles(archive)["oil"].credit == "Harbour Wire"
    assert articles(archive)["rates"].credit == "agency.example"
    assert articles(archive)["rates"].url == "https://port.example/news/rates"


def test_two_addresses_of_one_page_are_one_article() -> None:
    archive = FakeArchive()
    canonical = "<link rel='canonical' href='https://port.example/news/oil'>"
    run(archive, web("oil oil?utm_source=x amp", {"https://port.example/news/amp": page("amp", canonical)}))
    assert len(archive.all_articles) == 1
    assert archive.publisher_state("port").health.articles == 1


@pytest.mark.parametrize(
    ("answer", "error", "reason"),
    [
        (PublisherUnreachable("HTTP 500 from port.example"), PublisherUnreachable, "HTTP 500 from port.example"),
        (ResponseRefused("body larger than 5 MB"), ResponseRefused, "body larger than 5 MB"),
        (AddressRefused("10.0.0.1 is not public"), AddressRefused, "10.0.0.1 is not public"),
        (Fetched(FEED, 403), ResponseRefused, "HTTP 403 from port.example"),
        ("<html><body>Welcome</body></html>", FeedUnreadable, "a web page, not a feed"),
        (b"\0\1\2" * 100, FeedUnreadable, "binary, not a feed"),
    ],
)
def test_a_publisher_of_whom_no_feed_answers_fails_with_its_reason_on_record(
    answer: object, error: type[Exception], reason: str
) -> None:
    archive = FakeArchive()
    for _ in range(2):
        with pytest.raises(error, match=f"port: {reason}"):
            run(archive, web("oil", {FEED: answer}))
    health = archive.publisher_state("port").health
    assert (health.status, health.failures, health.error, health.reason) == ("failing", 1, error.__name__, reason)


def test_one_bad_feed_does_not_stop_the_others() -> None:
    archive = FakeArchive()
    two = PORT.model_copy(update={"feeds": (FEED, "https://port.example/broken")})
    collected = run(archive, web("oil", {"https://port.example/broken": b"<html/>"}), publisher=two)
    assert collected.articles_new == 1
    assert "not a feed" in archive.publisher_state("port").health.reason


def test_a_feed_that_is_gone_retires_and_one_that_moved_is_followed() -> None:
    archive = FakeArchive()
    moved = "https://port.example/new-rss"
    run(archive, web("oil", {FEED: Fetched(moved, 200, {}, rss(item("oil")).encode(), moved_to=moved)}))
    fetcher = web("oil", {moved: Fetched(moved, 410)})
    run(archive, fetcher, edition="e2")
    assert fetcher.asked == [moved]
    assert archive.publisher_state("port").health.status == "retired"
    silent = web("oil")
    run(archive, silent, edition="e3")
    assert silent.asked == []


def test_a_feed_without_entries_is_empty_not_broken() -> None:
    archive = FakeArchive()
    run(archive, web("", {FEED: rss()}))
    assert archive.publisher_state("port").health.status == "empty"


def test_forgotten_entries_make_room_in_the_state() -> None:
    archive = FakeArchive()
    run(archive, web("oil rates"))
    run(archive, web("rates tin"), edition="e2")
    assert len(archive.publisher_state("port").seen) == 2


@pytest.mark.parametrize(
    ("path", "press", "kind"),
    [("news/oil", False, "report"), ("opinion/oil", False, "opinion"), ("news/oil", True, "press-release")],
)
def test_an_articles_kind_is_told_by_its_publisher_and_section(path: str, press: bool, kind: str) -> None:
    archive = FakeArchive()
    feed = rss(item("oil").replace("/news/oil", f"/{path}"))
    publisher = PORT.model_copy(update={"press_releases": press})
    run(archive, FakeWeb({FEED: feed, f"https://port.example/{path}": page("oil")}), publisher=publisher)
    assert articles(archive)["oil"].kind == kind
