"""Which of a feed's entries are taken now. Rules only."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsroom.wire.feed_document import Entry

AHEAD = timedelta(hours=1)
"""Clocks and time zones are wrong by less; an entry dated further ahead is an announcement, and waits."""
NOT_WORTH_WAITING = timedelta(days=2)
"""Dated further ahead it is a mistake: looked at again when the feed changes, not before."""


@dataclass(frozen=True)
class Offer:
    """An entry and the feed that shows it."""

    key: str
    feed: str
    entry: Entry


@dataclass(frozen=True)
class Choice:
    """What to do with everything that the feeds show, newest first."""

    take: tuple[Offer, ...]
    """Not seen yet, and due."""
    early: tuple[Offer, ...]
    """Dated so far ahead that they wait, and worth waiting for."""
    known: tuple[Offer, ...]
    """Seen before and still shown."""
    shown: frozenset[str]
    """Keys of all entries that were considered: what is remembered of others may be forgotten."""


def entry_key(feed: str, entry: Entry) -> str:
    """The feed's own mark and the entry's: publishers reuse ids in several feeds, and change them in one."""
    return f"{feed_mark(feed)}-{hashlib.sha256(entry.id.encode()).hexdigest()[:14]}"


def feed_mark(feed: str) -> str:
    """What all keys of one feed begin with."""
    return hashlib.sha256(feed.encode()).hexdigest()[:6]


def choose(feeds: Mapping[str, Iterable[Entry]], seen: Mapping[str, str], *, now: datetime, limit: int) -> Choice:
    """Of each feed the newest `limit` entries, of all of them the newest `limit` that are new. Order does not matter.

    Undated entries count as older than dated ones. An entry without a link is never taken; two entries of one
    link are one.
    """
    considered: list[Offer] = []
    for feed, entries in feeds.items():
        offers = {entry_key(feed, entry): entry for entry in entries if entry.link}
        considered += sorted((Offer(key, feed, entry) for key, entry in offers.items()), key=newest_first)[:limit]
    due: list[Offer] = []
    early: list[Offer] = []
    known: list[Offer] = []
    links: set[str] = set()
    for offer in sorted(considered, key=newest_first):
        at = offer.entry.published_at
        if offer.key in seen:
            known.append(offer)
        elif at and at > now + AHEAD:
            early += [offer] if at <= now + NOT_WORTH_WAITING else []
        elif offer.entry.link not in links:
            links.add(offer.entry.link)
            due.append(offer)
    shown = frozenset(offer.key for offer in considered)
    return Choice(tuple(due[:limit]), tuple(early), tuple(known), shown)


def newest_first(offer: Offer) -> tuple[float, str, str]:
    """Sorts offers; undated ones last."""
    at = offer.entry.published_at or datetime.min.replace(tzinfo=UTC)
    return (-at.timestamp() if offer.entry.published_at else float("inf"), offer.entry.link, offer.key)
