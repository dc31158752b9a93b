"""One publisher in one edition, while it is being collected: what is known, and what has been found so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Self

from newsroom.articles.article import Article
from newsroom.errors import NewsroomError
from newsroom.publishers.health import FeedState, PublisherState, Shown
from newsroom.publishers.publisher import Publisher
from newsroom.wire.feed_document import Entry
from newsroom.wire.host_wishes import WishesOfHosts

if TYPE_CHECKING:
    from newsroom.wire.fetch import Fetcher

SECONDS_FOR_A_PAGE = 55.0
"""No page is begun with less time left: its host's wishes may take 10, its host's turn 10, the page 20, a licence that
it names 5, reading it 5, recording the rest.
"""


class Shelf(Protocol):
    """What collecting needs of the archive."""

    def publisher_state(self, publisher_id: str) -> PublisherState: ...

    def record_publisher_state(self, state: PublisherState) -> None: ...

    def store_article(self, article: Article) -> bool: ...

    def article(self, article_id: str) -> Article: ...

    def revise_article(self, article: Article) -> None: ...


@dataclass
class Round:
    """One publisher in one edition, while it is being collected."""

    publisher: Publisher
    archive: Shelf
    fetcher: "Fetcher"
    now: datetime
    seconds_left: Callable[[], float]
    wishes: WishesOfHosts
    feeds: dict[str, FeedState]
    seen: dict[str, str]
    looks: dict[str, Shown]
    attempts: dict[str, int]
    shown: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Feed → entries, of the feeds that changed."""
    unchanged: list[str] = field(default_factory=list)
    reserved: dict[str, str] = field(default_factory=dict)
    """Link of an entry → how its feed reserves it."""
    faults: dict[str, NewsroomError] = field(default_factory=dict)
    """Feed → why it could not be read."""
    unfinished: set[str] = field(default_factory=set)
    """Feeds of which something waits: they are asked in full next time, not only if changed."""
    stored: dict[str, Article] = field(default_factory=dict)
    revised: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    """Links that answered 404 or 410."""
    silent: dict[str, int] = field(default_factory=dict)
    """Host → pages in a row that did not answer."""

    @classmethod
    def begin(
        cls,
        publisher: Publisher,
        state: PublisherState,
        *,
        archive: Shelf,
        fetcher: "Fetcher",
        now: datetime,
        seconds_left: Callable[[], float],
    ) -> Self:
        """From what is remembered of the publisher, in copies: the state stays as it was before."""
        return cls(
            publisher=publisher,
            archive=archive,
            fetcher=fetcher,
            now=now,
            seconds_left=seconds_left,
            wishes=WishesOfHosts(fetcher, state.wishes, now),
            feeds={feed: state.feeds.get(feed, FeedState()) for feed in publisher.feeds},
            seen=dict(state.seen),
            looks=dict(state.shown),
            attempts=dict(state.attempts),
        )

    @property
    def has_time(self) -> bool:
        """For one more page."""
        return self.seconds_left() >= SECONDS_FOR_A_PAGE
