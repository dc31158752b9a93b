"""Collecting one publisher: its feeds, and the pages of what is new in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.articles.article import Article
from newsroom.errors import (
    AddressRefused,
    FeedUnreadable,
    PublisherUnreachable,
    ResponseRefused,
)
from newsroom.publishers.entries import Choice, choose, feed_mark
from newsroom.publishers.faring import (
    Tally,
    after_answers,
    after_failure,
    after_retirement,
    decisive,
    feeds_to_tell_of,
)
from newsroom.publishers.following import follow
from newsroom.publishers.health import FeedState, Health, PublisherState
from newsroom.publishers.keeping import keep, read_again
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.receiving import article_from_summary
from newsroom.publishers.rereading import looks
from newsroom.publishers.round import Round, Shelf
from newsroom.wire.feed_document import Entry, read_feed
from newsroom.wire.fetch import Fetched, host_of
from newsroom.wire.licences import read_terms, reserved_by_terms
from newsroom.wire.wishes import reserved_by_headers

if TYPE_CHECKING:
    from newsroom.wire.fetch import Fetcher

RETRIES = 3
"""Later editions in which a page that could not be had is asked for again, before the feed's summary must do."""
SILENT_AFTER = 3
"""Pages in a row that one host does not answer; the rest of its pages waits for the next edition."""
FRESH = timedelta(days=1)
"""An article that was older when it was found tells nothing of its publisher's rhythm."""

FEED_FAULTS = (PublisherUnreachable, ResponseRefused, AddressRefused, FeedUnreadable)


@dataclass(frozen=True)
class Collected:
    """What an edition got from one publisher."""

    publisher_id: str
    articles_new: int
    articles_revised: int
    """Known before; the page had changed, or was gone."""
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
            "revised": self.articles_revised,
            "entries": self.entries,
            "waiting": self.waiting,
            "faults": list(self.faults),
        }


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
    this = Round.begin(publisher, state, archive=archive, fetcher=fetcher, now=now, seconds_left=seconds_left)
    for feed in publisher.feeds:
        if not this.feeds[feed].retired:
            _poll(this, feed)
    choice = choose(this.shown, this.seen, now=now, limit=limit)
    _take_all(this, choice)
    read_again(this, choice)
    this.unfinished.update(offer.feed for offer in choice.early)
    after = _state_after(this, state, choice, edition_id)
    archive.record_publisher_state(after)
    if after.health.status == "failing":
        decided = decisive(list(this.faults.values()))
        raise type(decided)(after.health.reason, about=publisher.id) from decided
    waiting = sum(offer.key not in this.seen for offer in choice.take) + len(choice.early)
    faults = tuple(str(fault) for fault in this.faults.values())
    new = len(_new_articles(this, state))
    return Collected(publisher.id, new, len(this.revised), len(choice.shown), waiting, faults)


def _poll(this: Round, feed: str) -> None:
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
            this.reserved.update(_reserved_in_feed(answer, document.entries))
            this.feeds[feed] = FeedState(
                etag=answer.headers.get("etag", "")[:500],
                last_modified=answer.headers.get("last-modified", "")[:100],
                moved_to=answer.moved_to or known.moved_to,
            )
    except FEED_FAULTS as exc:
        this.faults[feed] = exc
        if known.moved_to and not isinstance(exc, PublisherUnreachable):
            this.feeds[feed] = FeedState()


def _reserved_in_feed(answer: Fetched, entries: tuple[Entry, ...]) -> dict[str, str]:
    """Link → how the feed's own headers, or licence terms inside it, reserve the entry."""
    by_headers, terms = reserved_by_headers(answer.headers), read_terms(answer.body, in_a_feed=True)
    told = {entry.link: by_headers or reserved_by_terms(terms, entry.link) for entry in entries if entry.link}
    return {link: reason for link, reason in told.items() if reason}


def _take_all(this: Round, choice: Choice) -> None:
    for offer in choice.take:
        host = host_of(offer.entry.link)
        if not this.has_time or this.silent.get(host, 0) >= SILENT_AFTER:
            this.unfinished.add(offer.feed)
            continue
        try:
            article = follow(this, offer.entry)
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
            revision_kept = keep(this, article)
            this.looks[offer.key] = looks(offer.entry, this.now, revision_kept)
        this.seen[offer.key] = article.id if article else ""


def _state_after(this: Round, before: PublisherState, choice: Choice, edition_id: str) -> PublisherState:
    kept = tuple(feed_mark(feed) for feed in this.publisher.feeds if feed not in this.shown)
    remembered = {key for key in this.seen if key in choice.shown or key.startswith(kept)}
    waiting = {key for key in this.attempts if key not in this.seen and (key in choice.shown or key.startswith(kept))}
    feeds = {
        feed: one.model_copy(update={"etag": "", "last_modified": ""}) if feed in this.unfinished else one
        for feed, one in this.feeds.items()
    }
    health = _health_after(this, before, edition_id)
    return PublisherState(
        publisher_id=this.publisher.id,
        feeds=feeds,
        seen={key: this.seen[key] for key in sorted(remembered)},
        shown={key: this.looks[key] for key in sorted(remembered & this.looks.keys())},
        attempts={key: this.attempts[key] for key in sorted(waiting)},
        wishes=this.wishes.to_keep(),
        health=health,
    )


def _health_after(this: Round, before: PublisherState, edition_id: str) -> Health:
    told = feeds_to_tell_of(this.feeds, this.faults)
    if not this.shown and not this.unchanged:
        if this.faults:
            faults = list(this.faults.values())
            return after_failure(before.health, faults, edition_id=edition_id, now=this.now, feeds=told)
        return after_retirement(before.health, edition_id=edition_id, feeds=told)
    new = _new_articles(this, before)
    tally = Tally(
        articles=len(new),
        fresh=sum(article.dated > this.now - FRESH for article in new),
        thin=sum(bool(article.thin) for article in new),
        undated=sum(article.published_at is None for article in new),
        revised=len(this.revised),
    )
    return after_answers(
        before.health,
        tally,
        publisher=this.publisher,
        edition_id=edition_id,
        now=this.now,
        empty=not this.unchanged and not any(this.shown.values()),
        waiting=bool(this.unfinished),
        faults=list(this.faults.values()),
        feeds=told,
    )


def _new_articles(this: Round, before: PublisherState) -> list[Article]:
    """Those stored now that no entry had led to before: not what the archive says, which a repeated run has changed."""
    known = set(before.seen.values())
    return [article for article_id, article in this.stored.items() if article_id not in known]
