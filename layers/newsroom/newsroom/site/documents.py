"""What programs read of a story: its sentences, its review, its receipt; and of the site: what leads."""

from typing import ClassVar, Literal

from newsroom.boundary import Boundary, Moment
from newsroom.editions.correction import Kind
from newsroom.review.rubric import Band
from newsroom.review.verdict import Clearance, Finding, Outcome, Remark, Score
from newsroom.site.document import Document
from newsroom.stories.agreement import Agreed
from newsroom.stories.corroboration import Corroboration
from newsroom.stories.event_date import EventDate
from newsroom.stories.facet_evidence import Facet
from newsroom.stories.occasion import Occasion
from newsroom.stories.story import Status
from newsroom.stories.version import Change, Reason, Source
from newsroom.writing.draft import Region, Span, Stance, Usage, Writer


class QuotedSpan(Span):
    """Evidence with the words it covers; they are empty where the publisher reserves its text."""

    quote: str


class StatedClaim(Boundary):
    """One published sentence."""

    id: str
    """The `id` of the element that holds it on the page."""
    kind: Literal["fact", "inference", "context"]
    text: str
    mechanism: str
    """Of an inference: how the cause brings about the effect."""
    spans: tuple[QuotedSpan, ...]


class RippleNamed(Boundary):
    entity: str
    claim: str
    direction: Literal["up", "down", "mixed", "unclear"]
    confidence: Literal["low", "medium", "high"]


class WatchNamed(Boundary):
    entity: str
    trigger: str
    by: str
    claim: str


class PositionNamed(Boundary):
    article: str
    value: str
    claim: str


class DisputeNamed(Boundary):
    subject: str
    positions: tuple[PositionNamed, ...]


class Modules(Boundary):
    """The parts of the page; each names its sentences by their ids."""

    tldr: tuple[str, ...]
    quick_take: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    why_it_matters: tuple[str, ...]
    ripples: tuple[RippleNamed, ...]
    watch: tuple[WatchNamed, ...]
    lenses: dict[Region, tuple[str, ...]]
    disputes: tuple[DisputeNamed, ...]
    tone: tuple[Stance, ...]
    gaps: tuple[str, ...]


class CoverageCounts(Boundary):
    articles: int
    unique: int
    origins: int


class SpreadWindow(Boundary):
    """`end` is null in the last one."""

    start: Moment
    end: Moment | None
    publishers: tuple[str, ...]
    new_origins: int
    new_articles: int
    total_publishers: int
    total_origins: int
    total_articles: int


class FirstOfOrigin(Boundary):
    origin: str
    publisher: str
    at: Moment


class SpreadTold(Boundary):
    """Windows that add up, who was first with each origin, publishers by tier and by country."""

    windows: tuple[SpreadWindow, ...]
    first_by_origin: tuple[FirstOfOrigin, ...]
    by_tier: dict[str, int]
    by_country: dict[str, int]


class NumberedSource(Source):
    """`number` is the one that readers see."""

    number: int


class StoryDocument(Document):
    """`story.json`: every sentence with its kind and the quoted words of its sources."""

    schema_name: ClassVar[str] = "story/1"

    url: str
    permanent_url: str
    id: str
    version: int
    reason: Reason
    edition: str
    published_at: Moment
    first_published_at: Moment
    newest_source_at: Moment
    first_reported_at: Moment | None
    event: EventDate | None
    occasion: Occasion
    changes: tuple[Change, ...]
    headline: str
    standfirst: str
    label: str
    made: str
    writer: Writer
    language: str
    desk: str
    country: str
    topics: tuple[str, ...]
    facets: tuple[Facet, ...]
    status: Status
    ending: str
    """The words of a report that say that the matter is over; empty while none does."""
    retracted: bool
    score: int
    band: str
    importance: float
    coverage: CoverageCounts
    origins_by_tier: dict[str, int]
    spread: SpreadTold
    claims: tuple[StatedClaim, ...]
    modules: Modules
    agreed: tuple[Agreed, ...]
    """Figures that several origins give alike, each with its place in one article of every one of them."""
    corroboration: Corroboration
    """How many of its facts two origins or more carry, and on how many of the quantities that they give they differ."""
    absent: dict[str, str]
    """Module → why it is not there."""
    sources: tuple[NumberedSource, ...]
    disclaimer: str


class ReviewDocument(Document):
    """`review.json`: the verdict with its formula; whoever holds this computes the printed score."""

    schema_name: ClassVar[str] = "review/1"

    url: str
    story_id: str
    draft_id: str
    draft_sha256: str
    """Of the draft as it was judged: nothing else is published by this review."""
    version: int
    formula: str
    bands: tuple[Band, ...]
    """A band begins at `from` and ends where the next one begins."""
    outcome: Outcome
    held_because: str
    cleared: Clearance | None
    """That an editor read what it says of people before it was published, as what and when; null where none had to."""
    reviewed_at: Moment
    critic: str
    rubric: str
    score: Score
    findings: tuple[Finding, ...]
    strengths: tuple[Remark, ...]
    limitations: tuple[Remark, ...]
    checks: tuple[str, ...]


class Inputs(Boundary):
    digest: str
    articles: tuple[str, ...]


class ReceiptDocument(Document):
    """`receipt.json`: what went in, which models and checks took part, what it cost."""

    schema_name: ClassVar[str] = "receipt/1"

    url: str
    story: str
    version: int
    edition: str
    draft: str
    attempt: int
    writer: Writer
    written_at: Moment
    writing: Usage
    critic: str
    reviewed_at: Moment
    reviewing: Usage
    cleared: Clearance | None
    """That an editor read it before it was published, as what and when."""
    rubric: str
    checks: tuple[str, ...]
    inputs: Inputs


class CorrectionTold(Boundary):
    id: str
    """The `id` of its entry in the log."""
    kind: Kind
    story: str
    url: str
    headline: str
    version: int
    """The version that carries the notice."""
    was: str
    now_reads: str
    reported_at: Moment | None
    """Null where no reader told us."""
    made_at: Moment
    hours_to_fix: float | None
    """From the first report."""


class CorrectionsDocument(Document):
    """`/corrections.json`: every correction, newest first, and how the promise was kept."""

    schema_name: ClassVar[str] = "corrections/1"

    url: str
    kinds: dict[str, str]
    """Kind → what it means."""
    promised_hours: float
    """From a reader's report to the correction."""
    reported: int
    """Corrections that go back to a report."""
    in_time: int
    median_hours: float | None
    slowest_hours: float | None
    corrections: tuple[CorrectionTold, ...]


class LeadingStory(Boundary):
    path: str
    version: int
    importance: float
    score: int


class EditionDocument(Document):
    """`/edition.json`: what leads, most prominent first."""

    schema_name: ClassVar[str] = "edition/1"

    as_of: Moment | None
    """When the newest version was published; null before the first."""
    stories: tuple[LeadingStory, ...]
