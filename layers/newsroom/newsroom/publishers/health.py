"""How a publisher fares: what its feeds answered last, what is known of their entries, when to ask again."""

from typing import Literal

from newsroom.boundary import Boundary, Moment


class FeedState(Boundary):
    """What to send with the next conditional GET of one feed."""

    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """Where a permanent redirect said it lives now."""
    retired: bool = False
    """It answered 410."""


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
    last_success_at: Moment | None = None
    last_new_at: Moment | None = None
    next_poll_at: Moment | None = None
    articles: int = 0
    thin: int = 0
    undated: int = 0
    last_edition: str = ""
    """The edition whose outcome was counted last: a repeated state counts once."""


class PublisherState(Boundary):
    """All that is remembered of one publisher between editions."""

    publisher_id: str
    feeds: dict[str, FeedState] = {}
    """By feed URL as in the catalogue."""
    seen: dict[str, str] = {}
    """Entry key → article id, for the entries that its feeds still show."""
    attempts: dict[str, int] = {}
    """Entry key → how often its page failed in a way that may pass."""
    health: Health
