"""What was published of a story: immutable versions, and the head that lists show."""

from typing import Literal

from newsroom.boundary import Boundary, Moment
from newsroom.review.verdict import Verdict
from newsroom.stories.story import Status
from newsroom.writing.draft import Draft

Reason = Literal["first", "new-origin", "new-article", "correction", "re-review", "merge", "split", "retraction"]


class Source(Boundary):
    """One article as the story page lists it, frozen with the version."""

    article_id: str
    url: str
    title: str
    publisher_id: str
    publisher: str
    tier: int
    country: str
    language: str
    published_at: Moment
    origin_id: str
    origin_reason: str = ""
    """What says whose reporting it is, with the words that decided."""
    unique_id: str
    thin: str = ""
    reserved: str = ""
    kind: str = "report"


class Head(Boundary):
    """A published story as lists, feeds and the briefing need it."""

    story_id: str
    slug: str
    version: int
    headline: str
    standfirst: str
    desk: str
    country: str
    topics: tuple[str, ...] = ()
    score: int
    band: str
    writer: str
    articles: int
    unique: int
    origins: int
    tiers: dict[int, int]
    """Tier → number of origins whose best publisher is of that tier."""
    importance: float
    """0–100, kept apart from the score."""
    status: Status
    first_published_at: Moment
    published_at: Moment
    """Of this version."""
    newest_source_at: Moment
    retracted: bool = False


class Version(Boundary):
    """One published state of a story; never changed once written."""

    story_id: str
    number: int
    slug: str
    reason: Reason
    published_at: Moment
    first_published_at: Moment
    edition_id: str
    draft: Draft
    verdict: Verdict
    sources: tuple[Source, ...]
    head: Head
    quotes: dict[str, str] = {}
    """SHA-256 of a span → the words it covers, copied at publication: the page shows them, nothing can move them."""
