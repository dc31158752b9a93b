"""Finding a publisher's feeds from any of its addresses, and trying each: what a person needs to write an entry."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from newsroom.errors import AddressRefused, FeedUnreadable, NotFound, PublisherUnreachable, ResponseRefused
from newsroom.publishers.candidates import (
    candidates,
    common_paths,
    country_of,
    essentials,
    stated_language,
    stated_name,
)
from newsroom.publishers.ids import publisher_id
from newsroom.publishers.soundness import same_address
from newsroom.wire.feed_document import FeedDocument, read_feed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newsroom.wire.fetch import Fetched, Fetcher
    from newsroom.wire.host_wishes import WishesOfHosts

MAX_PROBES = 24
"""Addresses tried in one go: enough for a page of sections, little enough for a stranger's server."""
FEEDS_OF_AN_ENTRY = 6
STALE = timedelta(days=60)
FULL_TEXT = 1_200
"""Characters of the median entry from which a feed carries its articles whole: summaries have 150 to 400."""
FAULTS = (AddressRefused, FeedUnreadable, PublisherUnreachable, ResponseRefused)


@dataclass(frozen=True)
class Probe:
    """One address that was tried; `fault` says why it is no feed, all else is empty then."""

    url: str
    """Where it lives now, if it moved for good."""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    language: str = ""
    undated: float = 0.0
    """Share of entries without a date."""
    carries: str = ""
    """`full text`, `summaries` or `titles only`."""
    reserved: str = ""
    """How answer or host reserve its text from AI use."""
    fault: str = ""

    def stale(self, now: datetime) -> bool:
        """Whether nothing has been published for two months; a feed that dates nothing is not."""
        return bool(self.newest and now - self.newest > STALE)


@dataclass(frozen=True)
class Discovery:
    """What was found. `feeds` are those for the entry, best first as the site lists them; `others` came to nothing."""

    home: str
    name: str
    country: str
    language: str
    feeds: tuple[Probe, ...]
    others: tuple[tuple[Probe, str], ...]
    """With the reason for leaving each out."""
    reserved: str
    barred: bool
    """robots.txt keeps us off the home page: articles would be known by their feed alone."""


@dataclass
class _Search:
    fetcher: "Fetcher"
    wishes: "WishesOfHosts"
    now: datetime
    seconds_left: Callable[[], float]
    tell: Callable[[str], None]
    probes: dict[str, Probe] = field(default_factory=dict)
    shown: dict[tuple[str, ...], str] = field(default_factory=dict)
    """First entries → the feed that shows them: two addresses may be one feed."""
    others: list[tuple[Probe, str]] = field(default_factory=list)
    good: list[Probe] = field(default_factory=list)


def discover(
    url: str,
    *,
    fetcher: "Fetcher",
    now: datetime,
    seconds_left: Callable[[], float] = lambda: float("inf"),
    tell: Callable[[str], None] = lambda _line: None,
) -> Discovery:
    """From a home page, a section's page or a feed. `tell` hears of each step.

    Raises NotFound when there is no readable feed, with how many addresses were tried; for the given address itself
    whatever the fetcher raises, and ResponseRefused for an answer that is not 2xx.
    """
    from newsroom.wire.host_wishes import WishesOfHosts

    search = _Search(fetcher, WishesOfHosts(fetcher, {}, now), now, seconds_left, tell)
    tell(f"asking {url}")
    answer = fetcher.get(url)
    if not answer.well:
        raise ResponseRefused(f"HTTP {answer.status}", about=answer.url)
    if document := _as_feed(answer):
        _keep(search, answer, document)
        home, tree = _home_of(search, answer.url, document)
    else:
        home, tree = answer.url, _tree(answer)
        _try_all(search, candidates(tree, home) if tree is not None else [], deeper=True)
        if not search.good:
            tell("nothing that it links to is a feed; trying where feeds often are")
            _try_all(search, common_paths(home), deeper=False, until_found=True)
    if not search.good:
        raise NotFound(f"no readable feed there, {len(search.probes)} addresses tried", about=url)
    return _result(search, home, tree)


def draft_fields(
    found: Discovery, *, ids: Container[str], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of an entry in the making and a note for each feed; what a person `given` comes before guesses."""
    country = given.get("country") or found.country
    guessed = {"name": found.name, "home": found.home, "country": country, "language": found.language}
    fields = guessed | {name: value for name, value in given.items() if value}
    fields = {"id": publisher_id(fields["name"], ids, country), **fields, "feeds": [feed.url for feed in found.feeds]}
    return fields, {feed.url: describe(feed) for feed in found.feeds}


def describe(feed: Probe) -> str:
    """`40 entries, newest 2026-11-23 19:15, summaries, en, 3% undated`."""
    said = [f"{feed.entries} {'entry' if feed.entries == 1 else 'entries'}"]
    said.append(f"newest {feed.newest:%Y-%m-%d %H:%M}" if feed.newest else "no dates")
    said += [feed.carries, feed.language or "no language stated"]
    if feed.undated and feed.newest:
        said.append(f"{feed.undated:.0%} undated")
    return ", ".join(said)


def _try_all(search: _Search, addresses: list[str], *, deeper: bool, until_found: bool = False) -> None:
    """Try each once. A link that leads to a page (`/rss`, "our feeds") is opened too, one level deep."""
    for address in addresses:
        if same_address(address) in search.probes:
            continue
        if len(search.probes) >= MAX_PROBES or search.seconds_left() <= 0:
            search.tell(f"stopping after {len(search.probes)} addresses")
            return
        answer = _try(search, address)
        if answer is not None and deeper and (tree := _tree(answer)) is not None:
            _try_all(search, candidates(tree, answer.url), deeper=False)
        if until_found and search.good:
            return


def _try(search: _Search, address: str) -> "Fetched | None":
    """One address; its answer when it was no feed but may be a page that lists some."""
    search.tell(f"asking {address}")
    search.probes[same_address(address)] = Probe(address)
    try:
        answer = search.fetcher.get(address)
        if not answer.well:
            raise ResponseRefused(f"HTTP {answer.status}")
        document = _as_feed(answer)
    except FAULTS as exc:
        _leave(search, Probe(address, fault=str(exc)), str(exc))
        return None
    if document is None:
        _leave(search, Probe(address, fault="a page, not a feed"), "a page, not a feed")
        return answer
    _keep(search, answer, document)
    return None


def _keep(search: _Search, answer: "Fetched", document: FeedDocument) -> None:
    """A feed that was read: for the entry, or left out with the reason."""
    feed = _probe(search, answer, document)
    first = tuple(entry.link or entry.id for entry in document.entries[:10])
    if not document.entries:
        return _leave(search, feed, "a feed without an entry")
    if feed.stale(search.now):
        return _leave(search, feed, f"nothing new since {feed.newest:%Y-%m-%d}")
    if first in search.shown:
        return _leave(search, feed, f"the same as {search.shown[first]}")
    search.shown[first] = feed.url
    search.good.append(feed)
    search.tell(f"  a feed: {describe(feed)}")
    return None


def _leave(search: _Search, probe: Probe, why: str) -> None:
    search.others.append((probe, why))
    search.tell(f"  {why}")


def _probe(search: _Search, answer: "Fetched", document: FeedDocument) -> Probe:
    entries = document.entries
    dates = [entry.published_at for entry in entries if entry.published_at]
    lengths = [len(entry.summary) for entry in entries]
    usual = median(lengths) if lengths else 0
    languages = [document.language, *(entry.language for entry in entries[:1])]
    return Probe(
        url=answer.moved_to or answer.url,
        title=document.title,
        entries=len(entries),
        newest=max((at for at in dates if at <= search.now + timedelta(days=1)), default=None),
        language=next(filter(None, languages), ""),
        undated=1 - len(dates) / len(entries) if entries else 0.0,
        carries="full text" if usual >= FULL_TEXT else "summaries" if usual else "titles only",
        reserved=_reserved(search, answer),
    )


def _reserved(search: _Search, answer: "Fetched") -> str:
    try:
        return search.wishes.reserved_by_answer(answer) or search.wishes.of(answer.url).reserved(answer.url)
    except PublisherUnreachable as exc:
        search.tell(f"  {exc}")
        return ""
    except AddressRefused:
        return ""


def _barred(search: _Search, url: str) -> bool:
    try:
        return not search.wishes.of(url).allow(url)
    except (PublisherUnreachable, AddressRefused):
        return False


def _home_of(search: _Search, feed: str, document: FeedDocument) -> tuple[str, "HtmlElement | None"]:
    """The front page of the feed's host; without a tree when it does not answer."""
    home = urljoin(feed, "/")
    search.tell(f"a feed already; asking {home} for its name")
    try:
        answer = search.fetcher.get(home)
    except FAULTS as exc:
        search.tell(f"  {exc}")
        return home, None
    return (answer.url, _tree(answer)) if answer.well else (home, None)


def _as_feed(answer: "Fetched") -> FeedDocument | None:
    """None for what is no feed; a page is not even tried as one."""
    start = answer.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return None
    try:
        return read_feed(answer.body, answer.url, content_type=answer.content_type)
    except FeedUnreadable:
        return None


def _tree(answer: "Fetched") -> "HtmlElement | None":
    """None for what holds no markup. Of a page that would take long, only the elements that matter are parsed."""
    from newsroom.wire.page import laborious
    from newsroom.wire.page_markup import parse_page

    body = essentials(answer.body) if laborious(answer.body) else answer.body
    return parse_page(body, answer.content_type) if b"<" in body else None


def _result(search: _Search, home: str, tree: "HtmlElement | None") -> Discovery:
    feeds = search.good[:FEEDS_OF_AN_ENTRY]
    others = [*search.others, *((feed, "more than an entry needs") for feed in search.good[FEEDS_OF_AN_ENTRY:])]
    name = stated_name(tree, home) if tree is not None else feeds[0].title
    languages = [feed.language for feed in feeds]
    return Discovery(
        home=home,
        name=name or feeds[0].title,
        country=country_of(home),
        language=next(filter(None, languages), "") or (stated_language(tree) if tree is not None else ""),
        feeds=tuple(feeds),
        others=tuple(others),
        reserved=next((feed.reserved for feed in feeds if feed.reserved), ""),
        barred=_barred(search, home),
    )
