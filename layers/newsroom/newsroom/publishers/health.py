"""How a publisher fares: what its feeds answered last, what is known of their entries, when to ask again."""

from typing import Literal

from newsroom.boundary import Boundary, Moment
from newsroom.wire.host_wishes import HostWishes


class FeedState(Boundary):
    """What to send with the next conditional GET of one feed."""

    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """Where a permanent redirect said it lives now."""
    retired: bool = False
    """It answered 410."""


class FeedHealth(Boundary):
    """What operators are told of one feed that is not simply well."""

    status: Literal["ok", "failing", "retired"] = "ok"
    moved_to: str = ""
    reason: str = ""
    """Why it fails, in a sentence."""


class Day(Boundary):
    """What one day (UTC) brought."""

    date: str
    """`2026-11-23`."""
    polls: int = 0
    failed: int = 0
    """Polls in which no feed answered."""
    articles: int = 0
    fresh: int = 0
    """Of them those not a day old when they were found: a backlog is no rhythm."""
    thin: int = 0
    undated: int = 0
    revised: int = 0
    """Articles known before whose page had changed, or was gone."""


class Health(Boundary):
    """What operators and the source registry are told."""

    publisher_id: str
    status: Literal["new", "ok", "empty", "failing", "retired"] = "new"
    failures: int = 0
    """Editions in a row in which no feed of it answered."""
    failing_since: Moment | None = None
    error: str = ""
    """Name of the error class, empty when it is well."""
    reason: str = ""
    """In a sentence, for the registry page."""
    first_success_at: Moment | None = None
    last_success_at: Moment | None = None
    last_new_at: Moment | None = None
    next_poll_at: Moment | None = None
    interval_minutes: int = 15
    """The pace that `polling` chose last."""
    articles: int = 0
    thin: int = 0
    undated: int = 0
    """These three since it was first asked; shares are told of `days` only."""
    days: tuple[Day, ...] = ()
    """The last eight in which it was asked, oldest first; the newest of them is not over."""
    feeds: dict[str, FeedHealth] = {}
    """Those of which there is something to tell, by URL as in the catalogue."""
    last_articles: int = 0
    """New in the edition that was counted last."""
    last_edition: str = ""
    """The edition whose outcome was counted last: a repeated state counts once."""


class Shown(Boundary):
    """How an entry looked when its page was last read: what tells an edited article from one that is only shown."""

    stamp: str
    at: Moment | None = None
    """The entry's own date."""
    read_at: Moment
    readings: int = 1
    revision: int = 1
    """Of the article then."""


class PublisherState(Boundary):
    """All that is remembered of one publisher between editions."""

    publisher_id: str
    feeds: dict[str, FeedState] = {}
    """By feed URL as in the catalogue."""
    seen: dict[str, str] = {}
    """Entry key → article id, for the entries that its feeds still show."""
    shown: dict[str, Shown] = {}
    """Entry key → how it looked, for those of `seen` that led to an article."""
    attempts: dict[str, int] = {}
    """Entry key → how often its page failed in a way that may pass."""
    wishes: dict[str, HostWishes] = {}
    """Scheme and host → what it wishes of machines, asked once a day."""
    health: Health
