"""What was published of a story: immutable versions, and the head that lists show."""

from datetime import UTC
from typing import Literal

from newsroom.boundary import Boundary, Moment
from newsroom.markets.quotes import Quote
from newsroom.review.verdict import Verdict
from newsroom.stories.agreement import Agreed
from newsroom.stories.event_date import EventDate
from newsroom.stories.facet_evidence import Facet
from newsroom.stories.occasion import Occasion
from newsroom.stories.story import Status
from newsroom.writing.draft import Draft

Reason = Literal[
    "first", "new-origin", "new-article", "update", "correction", "re-review", "merge", "split", "retraction"
]


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
    revision: int = 1
    """The article's, as it was when this version was written from it."""


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
    """When it was last reported."""
    first_reported_at: Moment | None = None
    """The date of its first article; None in heads of before this was kept."""
    newest_origin_at: Moment | None = None
    """When the newest independent origin first reported it."""
    companies: tuple[str, ...] = ()
    """Ids of `companies.toml`, whom the story concerns most first."""
    instruments: tuple[str, ...] = ()
    """Ids of `instruments.toml`."""
    sectors: tuple[str, ...] = ()
    event_on: str = ""
    """The day of the event, as the sources give it: an ISO date, or a year alone; empty where none does."""
    occasion: Occasion = "news"
    ending: str = ""
    """The words of a report that say that the matter is over; empty while none does."""
    retracted: bool = False

    @property
    def day(self) -> str:
        """The day of its first publication (UTC), an ISO date."""
        return self.first_published_at.astimezone(UTC).date().isoformat()


class Change(Boundary):
    """One fact that differs between two versions."""

    kind: Literal[
        "headline", "status", "country", "figure", "origin-gained", "origin-lost", "article-gained", "article-lost",
        "article-revised", "claim-added", "claim-withdrawn", "dispute-opened", "dispute-closed",
    ]  # fmt: skip
    subject: str = ""
    """What it is about: the measure, the origin, the sentence's id."""
    before: str = ""
    after: str = ""
    article_id: str = ""
    """Where the new value stands, or which article came, left or was revised."""


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
    event: EventDate | None = None
    """The day of the event, with the words that give it."""
    facets: tuple[Facet, ...] = ()
    """Country, topics, companies, instruments and sectors, each with the words that say so."""
    agreed: tuple[Agreed, ...] = ()
    """Figures that several origins give alike."""
    changes: tuple[Change, ...] = ()
    """What differs from the version before; empty in a first version."""
    prices: tuple[Quote, ...] = ()
    """Of the instrument that the story concerns and of a benchmark, as they were when this version was published."""
    quotes: dict[str, str] = {}
    """SHA-256 of a span → the words it covers, copied at publication: the page shows them, nothing can move them."""
