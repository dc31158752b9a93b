"""Collecting one publisher: its feeds, and the pages of what is new in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from newsroom.articles.article import Article
from newsroom.errors import (
    AddressRefused,
    FeedUnreadable,
    NewsroomError,
    PageUnreadable,
    PublisherUnreachable,
    ResponseRefused,
)
from newsroom.publishers.entries import Choice, choose, feed_mark
from newsroom.publishers.faring import Tally, after_answers, after_failure, after_retirement, decisive
from newsroom.publishers.health import FeedState, PublisherState
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.receiving import article_from_summary, article_with_text, link_alone
from newsroom.wire.feed_document import Entry, read_feed
from newsroom.wire.fetch import Fetched, host_of
from newsroom.wire.page import read_page
from newsroom.wire.robots import Robots
from newsroom.wire.wishes import reserved_by_headers

if TYPE_CHECKING:
    from newsroom.wire.fetch import Fetcher

RETRIES = 3
"""Later editions in which a page that could not be had is asked for again, before the feed's summary must do."""
SECONDS_FOR_A_PAGE = 50.0
"""No page is begun with less time left: robots.txt and the page may take 20 each, reading it 5, recording the rest."""
SILENT_AFTER = 3
"""Pages in a row that one host does not answer; the rest of its pages waits for the next edition."""

WALLED = (401, 402, 403, 407, 451)
FEED_FAULTS = (PublisherUnreachable, ResponseRefused, AddressRefused, FeedUnreadable)


class Shelf(Protocol):
    """What collecting needs of the archive."""

    def publisher_state(self, publisher_id: str) -> PublisherState: ...

    def record_publisher_state(self, state: PublisherState) -> None: ...

    def store_article(self, article: Article) -> bool: ...


@dataclass(frozen=True)
class Collected:
    """What an edition got from one publisher."""

    publisher_id: str
    articles_new: int
    entries: int
    """Considered, in all feeds that changed."""
    waiting: int
    """Left for a later edition: out of time, a page that does not answer, dated ahead."""
    faults: tuple[str, ...] = ()
    """Of single feeds, in words."""

    def as_log(self) -> dict[str, object]:
        """The fields of the one line that is logged."""
        return {
            "publisher": self.publisher_id,
            "articles": self.articles_new,
            "entries": self.entries,
            "waiting": self.waiting,
            "faults": list(self.faults),
        }


@dataclass
class _Round:
    """One publisher in one edition, while it is being collected."""

    publisher: Publisher
    archive: Shelf
    fetcher: "Fetcher"
    now: datetime
    seconds_left: Callable[[], float]
    robots: Robots
    feeds: dict[str, FeedState]
    seen: dict[str, str]
    attempts: dict[str, int]
    shown: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Feed → entries, of the feeds that changed."""
    unchanged: list[str] = field(default_factory=list)
    faults: list[NewsroomError] = field(default_factory=list)
    unfinished: set[str] = field(default_factory=set)
    """Feeds of which something waits: they are asked in full next time, not only if changed."""
    stored: dict[str, Article] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)
    """Host → pages in a row that did not answer."""


def collect(
    publisher: Publisher,
    *,
    archive: Shelf,
    fetcher: "Fetcher",
    limit: int,
    edition_id: str,
    now: datetime,
    seconds_left: Callable[[], float] = lambda: float("inf"),
) -> Collected:
    """Poll every feed of a publisher, store its new articles (at most `limit`), record how it fares.

    Repeating it stores nothing twice and counts nothing twice: articles are counted by the entries that the
    recorded state had not seen. One bad feed, entry or page never stops the others.

    Raises, with the reason recorded first, what kept every single feed from being read: PublisherUnreachable when
    that may pass, else FeedUnreadable, ResponseRefused or AddressRefused. The archive's own errors pass through.
    """
    state = archive.publisher_state(publisher.id)
    known = {feed: state.feeds.get(feed, FeedState()) for feed in publisher.feeds}
    this = _Round(
        publisher, archive, fetcher, now, seconds_left, Robots(fetcher), known, dict(state.seen), dict(state.attempts)
    )
    for feed in publisher.feeds:
        if not known[feed].retired:
            _poll(this, feed)
    choice = choose(this.shown, this.seen, now=now, limit=limit)
    _take_all(this, choice)
    this.unfinished.update(offer.feed for offer in choice.early)
    after = _state_after(this, state, choice, edition_id)
    archive.record_publisher_state(after)
    if after.health.status == "failing":
        decided = decisive(this.faults)
        raise type(decided)(after.health.reason, about=publisher.id) from decided
    waiting = sum(offer.key not in this.seen for offer in choice.take) + len(choice.early)
    faults = tuple(str(fault) for fault in this.faults)
    return Collected(publisher.id, len(_new_articles(this, state)), len(choice.shown), waiting, faults)


def _poll(this: _Round, feed: str) -> None:
    """One feed: its entries, or that nothing changed, or its fault."""
    known = this.feeds[feed]
    try:
        answer = this.fetcher.get(known.moved_to or feed, etag=known.etag, last_modified=known.last_modified)
        if answer.not_modified:
            this.unchanged.append(feed)
        elif answer.gone:
            this.feeds[feed] = FeedState(retired=True)
        elif not answer.well:
            raise ResponseRefused(f"HTTP {answer.status} from {host_of(answer.url)}")
        else:
            document = read_feed(answer.body, answer.url, content_type=answer.content_type)
            if not document.title and not document.entries:
                raise FeedUnreadable(f"a feed with neither title nor entries from {host_of(answer.url)}")
            this.shown[feed] = document.entries
            this.feeds[feed] = FeedState(
                etag=answer.headers.get("etag", "")[:500],
                last_modified=answer.headers.get("last-modified", "")[:100],
                moved_to=answer.moved_to or known.moved_to,
            )
    except FEED_FAULTS as exc:
        this.faults.append(exc)
        if known.moved_to and not isinstance(exc, PublisherUnreachable):
            this.feeds[feed] = FeedState()


def _take_all(this: _Round, choice: Choice) -> None:
    for offer in choice.take:
        host = host_of(offer.entry.link)
        if this.seconds_left() < SECONDS_FOR_A_PAGE or this.silent.get(host, 0) >= SILENT_AFTER:
            this.unfinished.add(offer.feed)
            continue
        try:
            article = _receive(this, offer.entry)
            this.silent[host] = 0
        except PublisherUnreachable as exc:
            this.silent[host] = this.silent.get(host, 0) + 1
            this.attempts[offer.key] = this.attempts.get(offer.key, 0) + 1
            if this.attempts[offer.key] <= RETRIES:
                this.unfinished.add(offer.feed)
                continue
            article = article_from_summary(
                this.publisher, offer.entry, offer.entry.link, this.now, thin=f"page not reached: {exc.args[0]}"
            )
        if article is not None:
            this.archive.store_article(article)
            this.stored[article.id] = article
        this.seen[offer.key] = article.id if article else ""


def _receive(this: _Round, entry: Entry) -> Article | None:
    """The article that an entry leads to; None when it leads nowhere. PublisherUnreachable when it may later."""
    publisher, now = this.publisher, this.now
    if publisher.reserved:
        return link_alone(publisher, entry, entry.link, now, reserved=publisher.reserved)
    try:
        if kept_out := _kept_out(this, entry, entry.link):
            return kept_out
        answer = this.fetcher.get(entry.link)
        if host_of(answer.url) != host_of(entry.link) and (kept_out := _kept_out(this, entry, answer.url)):
            return kept_out
        return _read(this, entry, answer)
    except AddressRefused:
        return None
    except (ResponseRefused, PageUnreadable) as exc:
        return article_from_summary(publisher, entry, entry.link, now, thin=exc.args[0])


def _kept_out(this: _Round, entry: Entry, url: str) -> Article | None:
    """What robots.txt leaves of an entry: a link alone, the summary alone; None when the page may be read."""
    rules = this.robots.rules(url)
    if rules.reserved:
        return link_alone(this.publisher, entry, url, this.now, reserved=rules.reserved)
    if not rules.allow(url):
        return article_from_summary(this.publisher, entry, url, this.now, thin="robots.txt")
    return None


def _read(this: _Round, entry: Entry, answer: Fetched) -> Article | None:
    publisher, now = this.publisher, this.now
    if reserved := reserved_by_headers(answer.headers):
        return link_alone(publisher, entry, answer.url, now, reserved=reserved)
    if answer.status in (404, 410):
        return None
    if not answer.well:
        wall = "paywall" if answer.status in WALLED else f"HTTP {answer.status}"
        return article_from_summary(publisher, entry, entry.link, now, thin=wall)
    page = read_page(
        answer.body, answer.url, now=now, content_type=answer.content_type, dated_by_feed=bool(entry.published_at)
    )
    return article_with_text(publisher, entry, page, answer.url, now)


def _state_after(this: _Round, before: PublisherState, choice: Choice, edition_id: str) -> PublisherState:
    kept = tuple(feed_mark(feed) for feed in this.publisher.feeds if feed not in this.shown)
    remembered = {key for key in this.seen if key in choice.shown or key.startswith(kept)}
    waiting = {key for key in this.attempts if key not in this.seen and (key in choice.shown or key.startswith(kept))}
    feeds = {
        feed: one.model_copy(update={"etag": "", "last_modified": ""}) if feed in this.unfinished else one
        for feed, one in this.feeds.items()
    }
    if this.shown or this.unchanged:
        new = _new_articles(this, before)
        tally = Tally(len(new), sum(bool(one.thin) for one in new), sum(one.published_at is None for one in new))
        empty = not this.unchanged and not any(this.shown.values())
        health = after_answers(
            before.health, tally, edition_id=edition_id, now=this.now, empty=empty, faults=this.faults
        )
    elif this.faults:
        health = after_failure(before.health, this.faults, edition_id=edition_id, now=this.now)
    else:
        health = after_retirement(before.health, edition_id=edition_id)
    return PublisherState(
        publisher_id=this.publisher.id,
        feeds=feeds,
        seen={key: this.seen[key] for key in sorted(remembered)},
        attempts={key: this.attempts[key] for key in sorted(waiting)},
        health=health,
    )


def _new_articles(this: _Round, before: PublisherState) -> list[Article]:
    """Those stored now that no entry had led to before: not what the archive says, which a repeated run has changed."""
    known = set(before.seen.values())
    return [article for article_id, article in this.stored.items() if article_id not in known]
