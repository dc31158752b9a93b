"""Articles that change after they were read: which are looked at again, and what became of them. Rules only.

A feed tells of an edit by another title or date of change; of a withdrawal by leaving out an entry while it still
shows older ones. Both are only hints, so the page is asked; it is asked less often each time, and not for ever.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from newsroom.articles.article import Article
from newsroom.publishers.entries import Offer, entry_key, newest_first
from newsroom.publishers.health import Shown
from newsroom.wire.feed_document import Entry

READ_AGAIN_AT_MOST = 5
"""Pages of one publisher in one edition."""
CHECKED_AT_MOST = 3
"""Entries that vanished, of one publisher in one edition."""
WORTH_READING_AGAIN = timedelta(days=2)
"""By the entry's date; well inside the time for which a story stays open, so that the edit finds its story."""
FIRST_PAUSE = timedelta(minutes=15)
"""Between two readings of one page; doubled with each. A feed that calls everything new each time costs eight."""

WITHDRAWN = "withdrawn"
"""Why a withdrawn article is thin."""


def looks(entry: Entry, now: datetime, revision: int, before: Shown | None = None) -> Shown:
    """What is remembered of an entry whose page was read now, giving its article that revision."""
    readings = before.readings + 1 if before else 1
    return Shown(stamp=stamp(entry), at=entry.published_at, read_at=now, readings=readings, revision=revision)


def stamp(entry: Entry) -> str:
    """Changes when the feed says that the article did."""
    modified = entry.modified_at.isoformat() if entry.modified_at else ""
    return hashlib.sha256(f"{entry.title}\n{modified}".encode()).hexdigest()[:12]


def edited(offers: Iterable[Offer], seen: Mapping[str, str], shown: Mapping[str, Shown], now: datetime) -> list[Offer]:
    """Entries known before that look edited and may be read again now: the newest, a few."""
    return [
        offer
        for offer in sorted(offers, key=newest_first)
        if seen.get(offer.key)
        and (before := shown.get(offer.key))
        and before.stamp != stamp(offer.entry)
        and (before.at or before.read_at) >= now - WORTH_READING_AGAIN
        and now - before.read_at >= FIRST_PAUSE * (1 << min(before.readings - 1, 10))
    ][:READ_AGAIN_AT_MOST]


def vanished(
    feed: str, entries: Iterable[Entry], seen: Mapping[str, str], shown: Mapping[str, Shown], mark: str, now: datetime
) -> list[str]:
    """Keys of dated entries that `feed` no longer shows though it shows older ones: the newest, a few."""
    keys, dates = set(), []
    for entry in entries:
        keys.add(entry_key(feed, entry))
        dates += [entry.published_at] if entry.published_at else []
    if not dates:
        return []
    oldest = min(dates)
    gone = [
        (at, key)
        for key, known in shown.items()
        if key.startswith(mark) and key not in keys and seen.get(key) and (at := known.at)
        and at > oldest and at >= now - WORTH_READING_AGAIN
    ]  # fmt: skip
    return [key for _, key in sorted(gone, reverse=True)[:CHECKED_AT_MOST]]


def revision(before: Article, read: Article) -> Article | None:
    """The next revision of an article from its page as read again; None when nothing that matters changed.

    A page that shows less than it did (a wall, an error) is no edit; a reservation that is new is one, and leaves
    a link alone.
    """
    if read.thin and not before.thin and not read.reserved:
        return None
    if (read.title, read.text, read.reserved) == (before.title, before.text, before.reserved):
        return None
    return read.model_copy(
        update={
            "id": before.id,
            "url": before.url,
            "published_at": before.published_at or read.published_at,
            "modified_at": read.modified_at or read.fetched_at,
            "revision": before.revision + 1,
        }
    )


def withdrawal(before: Article, now: datetime) -> Article | None:
    """The next revision of an article whose page is gone: what it said is kept in the older ones, and no longer used.

    None when that is known already.
    """
    if before.thin == WITHDRAWN:
        return None
    return before.model_copy(
        update={
            "text": "",
            "summary": "",
            "thin": WITHDRAWN,
            "fetched_at": now,
            "modified_at": now,
            "revision": before.revision + 1,
        }
    )
