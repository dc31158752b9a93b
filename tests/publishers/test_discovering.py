from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import process_time
from typing import Any

import pytest
from newsroom.errors import AddressRefused, NotFound, PublisherUnreachable, ResponseRefused
from newsroom.publishers.candidates import candidates, common_paths, country_of, stated_name
from newsroom.publishers.discovering import MAX_PROBES, Discovery, discover, draft_fields
from newsroom.wire.fetch import Fetched
from newsroom.wire.page_markup import parse_page

from tests.fakes.open_web import FakeWeb

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
HOME = "https://www.port.example/"


def rss(*titles: str, at: datetime | None = NOW, text: str = "Cranes stood still.", language: str = "en") -> str:
    dated = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    items = "".join(
        f"<item><title>{title}</title><link>https://www.port.example/{title}</link>"
        f"<description>{text}</description>{dated}</item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>Port feed</title><language>{language}</language>{items}</channel></rss>"


def page(head: str = "", body: str = "", language: str = "en") -> str:
    return f"<!doctype html><html lang='{language}'><head>{head}</head><body>{body}</body></html>"


def found_at(url: str, answers: Mapping[str, Any], **more: Any) -> Discovery:
    return discover(url, fetcher=FakeWeb(answers), now=NOW, **more)  # type: ignore[arg-type]


LINKED = page(
    "<title>Port | News of the strait</title><meta property='og:site_name' content='The Port'>"
    "<link rel='alternate' type='application/rss+xml' href='/rss'>"
    "<link rel='alternate' type='application/rss+xml' href='/comments/feed'>"
    "<link rel='alternate' hreflang='fr' href='/fr/'>"
)


def test_a_home_page_names_its_feed_and_the_publisher() -> None:
    found = found_at(HOME, {HOME: LINKED, f"{HOME}rss": rss("a", "b")})
    assert (found.home, found.name, found.language) == (HOME, "The Port", "en")
    (feed,) = found.feeds
    assert (feed.url, feed.entries, feed.newest, feed.carries) == (f"{HOME}rss", 2, NOW, "summaries")
    assert (feed.undated, feed.fault, found.others) == (0.0, "", ())


def test_a_feed_that_is_only_an_anchor_is_found_through_the_page_that_lists_feeds() -> None:
    answers = {
        HOME: page("<title>Port</title>", "<a href='/our-feeds'>RSS feeds</a><a href='/ships'>Ships</a>"),
        f"{HOME}our-feeds": page("", "<a href='/x/markets.rss'>Markets</a><a href='/x/ships.rss'>Ships</a>"),
        f"{HOME}x/markets.rss": rss("a"),
        f"{HOME}x/ships.rss": rss("b"),
    }
    assert [feed.url for feed in found_at(HOME, answers).feeds] == [f"{HOME}x/markets.rss", f"{HOME}x/ships.rss"]


def test_where_nothing_is_linked_the_usual_places_are_tried_until_one_answers() -> None:
    web = FakeWeb({HOME: page("<title>Port</title>"), f"{HOME}rss.xml": rss("a"), f"{HOME}feed.xml": rss("b")})
    found = discover(HOME, fetcher=web, now=NOW)  # type: ignore[arg-type]
    assert [feed.url for feed in found.feeds] == [f"{HOME}rss.xml"]
    assert f"{HOME}feed.xml" not in web.asked


def test_a_feed_given_by_itself_asks_the_front_page_for_the_name() -> None:
    found = found_at(f"{HOME}rss", {HOME: LINKED, f"{HOME}rss": rss("a")})
    assert (found.home, found.name) == (HOME, "The Port")
    lonely = found_at(f"{HOME}rss", {HOME: PublisherUnreachable("no answer in time"), f"{HOME}rss": rss("a")})
    assert (lonely.home, lonely.name) == (HOME, "Port feed")


def test_feeds_that_serve_nobody_are_left_out_with_the_reason() -> None:
    links = "".join(f"<link rel='alternate' type='application/rss+xml' href='/{n}.rss'>" for n in range(6))
    answers = {
        HOME: page(links),
        f"{HOME}0.rss": rss("a", "b"),
        f"{HOME}1.rss": rss("a", "b"),
        f"{HOME}2.rss": rss("old", at=NOW - timedelta(days=90)),
        f"{HOME}3.rss": rss(),
        f"{HOME}4.rss": ResponseRefused("more than 5,000,000 bytes"),
    }
    found = found_at(HOME, answers)
    assert [feed.url for feed in found.feeds] == [f"{HOME}0.rss"]
    assert [why for _, why in found.others] == [
        f"the same as {HOME}0.rss",
        "nothing new since 2026-08-25",
        "a feed without an entry",
        "more than 5,000,000 bytes",
        "HTTP 404",
    ]


@pytest.mark.parametrize(
    ("text", "at", "carries", "undated"),
    [("", NOW, "titles only", 0.0), ("Ships. " * 300, NOW, "full text", 0.0), ("Ships.", None, "summaries", 1.0)],
)
def test_what_a_feed_carries_and_leaves_undated_is_told(
    text: str, at: datetime | None, carries: str, undated: float
) -> None:
    (feed,) = found_at(f"{HOME}rss", {f"{HOME}rss": rss("a", text=text, at=at)}).feeds
    assert (feed.carries, feed.undated) == (carries, undated)


def test_a_date_ahead_is_not_the_newest() -> None:
    answers = {f"{HOME}rss": rss("a", at=NOW + timedelta(days=400))}
    assert found_at(f"{HOME}rss", answers).feeds[0].newest is None


def test_reservations_and_robots_are_told() -> None:
    robots = "User-agent: *\nContent-Signal: ai-input=no\nDisallow: /\n"
    found = found_at(HOME, {HOME: LINKED, f"{HOME}rss": rss("a"), f"{HOME}robots.txt": robots})
    assert (found.reserved, found.barred) == ("Content-Signal: ai-input=no", True)
    header = Fetched(f"{HOME}rss", 200, {"content-type": "text/xml", "tdm-reservation": "1"}, rss("a").encode())
    assert "TDM" in found_at(HOME, {HOME: LINKED, f"{HOME}rss": header}).reserved
    free = found_at(HOME, {HOME: LINKED, f"{HOME}rss": rss("a")})
    assert (free.reserved, free.barred) == ("", False)


def test_a_feed_that_moved_for_good_is_noted_where_it_lives_now() -> None:
    moved = Fetched(f"{HOME}new.rss", 200, {"content-type": "text/xml"}, rss("a").encode(), moved_to=f"{HOME}new.rss")
    assert found_at(HOME, {HOME: LINKED, f"{HOME}rss": moved}).feeds[0].url == f"{HOME}new.rss"


@pytest.mark.parametrize(
    "fault", [AddressRefused("a private address"), PublisherUnreachable("refused"), ResponseRefused("too long")]
)
def test_the_given_address_fails_as_the_fetcher_says(fault: Exception) -> None:
    with pytest.raises(type(fault), match=str(fault)):
        found_at(HOME, {HOME: fault})


def test_an_answer_that_is_no_success_and_a_site_without_feeds_are_told_apart() -> None:
    with pytest.raises(ResponseRefused, match="HTTP 404"):
        found_at(HOME, {})
    with pytest.raises(NotFound, match=r"no readable feed there, \d+ addresses tried"):
        found_at(HOME, {HOME: page("<title>Port</title>")})


def test_a_page_of_a_thousand_links_costs_a_bounded_number_of_requests() -> None:
    links = "".join(f"<a href='/{n}/feed/'>RSS</a>" for n in range(1_000))
    web = FakeWeb({HOME: page("", links)})
    with pytest.raises(NotFound):
        discover(HOME, fetcher=web, now=NOW)  # type: ignore[arg-type]
    assert len(web.asked) <= MAX_PROBES + 1


def test_no_address_is_begun_when_time_is_up() -> None:
    web = FakeWeb({HOME: LINKED})
    with pytest.raises(NotFound, match="0 addresses tried"):
        discover(HOME, fetcher=web, now=NOW, seconds_left=lambda: 0.0)  # type: ignore[arg-type]
    assert web.asked == [HOME]


def test_a_draft_takes_what_a_person_gave_before_what_was_guessed() -> None:
    found = found_at(HOME, {HOME: LINKED, f"{HOME}rss": rss("a", language="fr")})
    fields, notes = draft_fields(found, ids={"the-port"}, given={"country": "SG", "tier": 2, "reason": None})
    assert (fields["id"], fields["country"], fields["tier"], fields["language"]) == ("the-port-sg", "SG", 2, "fr")
    assert "reason" not in fields
    assert notes == {f"{HOME}rss": "1 entry, newest 2026-11-23 19:15, summaries, fr"}


def test_candidates_stay_on_the_site_unless_the_page_calls_them_its_feeds() -> None:
    tree = parse_page(
        page(
            "<link rel='alternate' type='application/atom+xml' href='//feeds.example/port'>",
            "<a href='https://elsewhere.example/rss'>RSS</a><a href='/rss?format=feed'>x</a>"
            "<a href='javascript:void(0)'>RSS</a><a href='/feedback'>Feedback</a>"
            "<a href='mailto:rss@port.example'>m</a>",
        ).encode(),
        "text/html",
    )
    assert tree is not None
    assert candidates(tree, HOME) == ["https://feeds.example/port", f"{HOME}rss?format=feed"]


def test_usual_places_are_looked_for_below_a_section_first() -> None:
    assert common_paths("https://port.example/ships/")[0] == "https://port.example/ships/feed/"
    assert common_paths("https://port.example/")[0] == "https://port.example/feed/"


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://port.co.uk/", "GB"),
        ("https://port.dk/", "DK"),
        ("https://port.io/", ""),
        ("https://port.example/", ""),
    ],
)
def test_a_national_domain_says_the_country_and_a_fashionable_one_does_not(url: str, country: str) -> None:
    assert country_of(url) == country


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<title>Ships and cranes | Port</title>", "Port"),
        ("<title>News of the strait</title>", "News of the strait"),
        ("<title>x</title><meta name='application-name' content='Port &amp; Quay'>", "Port & Quay"),
        ("", "port.example"),
    ],
)
def test_a_site_is_called_what_it_calls_itself(head: str, name: str) -> None:
    tree = parse_page(page(head, "<p>x</p>").encode(), "text/html")
    assert tree is not None
    assert stated_name(tree, HOME) == name


@pytest.mark.parametrize(
    "flood",
    [
        "<p " + " ".join(f"a{n}='1'" for n in range(100_000)) + ">",
        "<a " + " ".join(f"a{n}='1'" for n in range(100_000)) + ">RSS</a>",
        "<b>" * 100_000,
        "<a href=" * 100_000,
        "<a href='/x'>Ships</a>" * 60_000,
        "<p>" + "word " * 200_000,
    ],
    ids=["attributes", "link", "deep", "open", "links", "long"],
)
def test_a_laborious_page_is_searched_quickly(flood: str) -> None:
    began = process_time()
    found = found_at(HOME, {HOME: LINKED.replace("<body>", f"<body>{flood}"), f"{HOME}rss": rss("a")})
    assert [feed.url for feed in found.feeds] == [f"{HOME}rss"]
    assert found.name == "The Port"
    assert process_time() - began < 5
