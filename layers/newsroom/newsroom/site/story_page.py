"""The story page: what a reader sees of one version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from newsroom.boundary import moment
from newsroom.editions.correction import Correction
from newsroom.publishers.publisher import TIERS
from newsroom.readers.reports import KINDS, Kind
from newsroom.review.verdict import Remark, Score
from newsroom.site import addresses, story_modules, wording
from newsroom.site.card import card_of, card_path
from newsroom.site.coverage import Coverage, TonePanel, borne_out, coverage, tone_panel
from newsroom.site.disclosure import LABELS, SOURCE_TYPES, indexed, made_how
from newsroom.site.market_panel import PriceLine, price_lines
from newsroom.site.places import Place, Places
from newsroom.site.rendering import Frame, House
from newsroom.site.scripts import script_path
from newsroom.site.sections import subjects
from newsroom.site.sentences import Note, Notebook, Sentence, unrepeated
from newsroom.site.source_list import TierList, source_list
from newsroom.site.spread_chart import SpreadChart, spread_chart
from newsroom.site.story_modules import Absence, AgreedLine, Anchor, DisputeTable, Lens, RippleLine, WatchLine
from newsroom.site.structured import article_data
from newsroom.stories.occasion import Occasion
from newsroom.stories.version import Reason, Version

REASONS: dict[Reason, str] = {
    "first": "First publication",
    "new-origin": "A new independent source",
    "new-article": "More coverage",
    "update": "A source changed its article",
    "correction": "Correction",
    "re-review": "Reviewed again",
    "merge": "Joined with another story on the same event",
    "split": "Separated from another event",
    "retraction": "Retraction",
}
STATUSES = {
    "breaking": "Breaking", "developing": "Developing", "settled": "Settled", "quiet": "No new reporting",
}  # fmt: skip
OCCASIONS: dict[Occasion, str] = {
    "preview": "Preview", "explainer": "Explainer", "anniversary": "Looking back", "roundup": "Round-up",
}  # fmt: skip
"""What a page is called that reports no event of its own; it stands where the status of an event would."""
LATE = timedelta(hours=24)


@dataclass(frozen=True)
class ReviewPanel:
    score: Score
    second_model: str
    """Model id of the critic; empty when code alone reviewed."""
    strengths: tuple[Remark, ...]
    limitations: tuple[Remark, ...]
    rubric: str


@dataclass(frozen=True)
class StoryPage:
    """One version of one story. `permanent` is set on `/v/n/`, which is never changed again."""

    template: ClassVar[str] = "story.html.j2"

    frame: Frame
    story_id: str
    number: int
    permanent: bool
    path: str
    history_path: str
    country: Place
    desk: Place
    subjects: tuple[Place, ...]
    """Companies, sectors and topics, whom it concerns most first."""
    headline: Sentence
    standfirst: Sentence | None
    label: str
    label_sentence: str
    made_how: str
    status: str
    published: datetime
    updated: datetime | None
    newest_source: datetime
    quiet: bool
    """Nothing new for a day when this version was published."""
    event_on: str
    """The day of the event in words, or its year; empty where no source gives it."""
    lateness: str
    minutes: int
    notices: tuple[Correction, ...]
    retracted: bool
    tldr: tuple[Sentence, ...]
    quick_take: tuple[Sentence, ...]
    body: tuple[tuple[Sentence, ...], ...]
    why_it_matters: tuple[Sentence, ...]
    lenses: tuple[Lens, ...]
    agreed: tuple[AgreedLine, ...]
    disputes: tuple[DisputeTable, ...]
    watch: tuple[WatchLine, ...]
    ripples: tuple[RippleLine, ...]
    gaps: tuple[Sentence, ...]
    review: ReviewPanel
    coverage: Coverage
    borne_out: str
    """How far its origins bear each other out, in a sentence; empty where there is nothing to say of it."""
    tone: TonePanel | None
    prices: tuple[PriceLine, ...]
    spread: SpreadChart
    source_list: tuple[TierList, ...]
    tier_names: dict[int, str]
    notes: tuple[Note, ...]
    absent: tuple[Absence, ...]
    report_kinds: Mapping[Kind, str]
    reportable: tuple[Sentence, ...]
    """Every sentence of the page: each can be reported by itself."""
    contents: tuple[Anchor, ...]
    """Of a long page its parts, in reading order."""


def story_page(
    version: Version, house: House, places: Places, corrections: Sequence[Correction] = (), permanent: bool = False
) -> StoryPage:
    """`corrections`: this story's, newest first; a numbered version shows only what was said when it appeared."""
    draft, head = version.draft, version.head
    book = Notebook(version)
    shown: set[str] = set()
    headline = book.sentence(draft.headline)
    standfirst = book.sentence(draft.standfirst) if draft.standfirst else None
    unrepeated([draft.headline, *([draft.standfirst] if draft.standfirst else [])], shown)
    tldr = book.sentences(draft.tldr)
    unrepeated(draft.tldr, shown)
    unrepeated((claim for paragraph in draft.body for claim in paragraph), shown)
    quick_take = book.sentences(unrepeated(draft.quick_take, shown))
    body = tuple(book.sentences(paragraph) for paragraph in draft.body)
    notices = tuple(c for c in corrections if not permanent or c.version <= version.number)
    page = StoryPage(
        frame=_frame(version, house, places, notices, permanent),
        story_id=version.story_id,
        number=version.number,
        permanent=permanent,
        path=addresses.story(version.slug),
        history_path=addresses.history(version.slug),
        country=places.country(head.country),
        desk=places.desk(head.desk),
        subjects=subjects(head),
        headline=headline,
        standfirst=standfirst,
        label=LABELS[draft.writer][0],
        label_sentence=LABELS[draft.writer][1],
        made_how=made_how(version),
        status=OCCASIONS.get(head.occasion) or STATUSES[head.status],
        published=version.first_published_at,
        updated=version.published_at if version.number > 1 else None,
        newest_source=head.newest_source_at,
        quiet=head.status == "quiet",
        event_on=story_modules.in_words(head.event_on),
        lateness=_lateness(version),
        minutes=1,
        notices=notices,
        retracted=head.retracted,
        tldr=tldr,
        quick_take=quick_take,
        body=body,
        why_it_matters=book.sentences(unrepeated(draft.why_it_matters, shown)),
        agreed=story_modules.agreed(version),
        disputes=story_modules.disputes(draft, version, book),
        watch=story_modules.watch(draft, book, shown),
        ripples=story_modules.ripples(draft, book, shown),
        lenses=story_modules.lenses(draft, book, shown),
        gaps=book.sentences(unrepeated(draft.gaps, shown)),
        review=_review(version),
        coverage=coverage(head),
        borne_out=borne_out(version),
        tone=tone_panel(draft, version.sources),
        prices=price_lines(version.prices, version.published_at),
        spread=spread_chart(version.sources, places),
        source_list=source_list(version.sources, places, draft.stances),
        tier_names=TIERS,
        notes=book.notes,
        absent=story_modules.absences(version),
        report_kinds=KINDS,
        reportable=(),
        contents=(),
    )
    minutes = wording.reading_minutes(wording.words(page))
    contents = _contents(page) if minutes >= story_modules.CONTENTS_FROM else ()
    return replace(page, minutes=minutes, reportable=_reportable(page), contents=contents)


def _contents(page: StoryPage) -> tuple[Anchor, ...]:
    every = (
        ("The quick take", "h-quick", page.quick_take),
        ("The story", "story", page.body),
        ("Where sources disagree", "h-disputes", page.disputes),
        ("Why this matters", "h-why", page.why_it_matters),
        ("What to watch", "h-watch", page.watch),
        ("Ripple effects", "h-ripples", page.ripples),
        ("What nobody reports", "h-gaps", page.gaps),
        ("Self-review", "review", page.review),
        ("Coverage", "coverage", page.coverage),
        ("Prices", "prices", page.prices),
        ("How it spread", "h-spread", page.spread),
        ("Sources", "sources", page.source_list),
        ("Notes", "notes", page.notes),
    )
    return tuple(Anchor(name, anchor) for name, anchor, there in every if there)


def _reportable(page: StoryPage) -> tuple[Sentence, ...]:
    """In reading order, each once."""
    paragraphs = (*page.body, *(lens.sentences for lens in page.lenses))
    every = (
        page.headline,
        *((page.standfirst,) if page.standfirst else ()),
        *page.tldr,
        *page.quick_take,
        *(sentence for paragraph in paragraphs for sentence in paragraph),
        *(side.sentence for dispute in page.disputes for side in dispute.sides),
        *page.why_it_matters,
        *(line.sentence for line in page.watch),
        *(line.sentence for line in page.ripples),
        *page.gaps,
    )
    return tuple({sentence.id: sentence for sentence in every}.values())


def _frame(version: Version, house: House, places: Places, notices: Sequence[Correction], permanent: bool) -> Frame:
    head = version.head
    path = addresses.story(version.slug)
    card = card_of(head, house, places)
    return Frame(
        house=house,
        path=addresses.story(version.slug, version.number) if permanent else path,
        canonical=path,
        title=f"{head.headline} · version {version.number}" if permanent else head.headline,
        description=head.standfirst or head.headline,
        indexed=indexed(head) and not permanent,
        kind="article",
        published=moment(version.first_published_at),
        modified=moment(version.published_at),
        section=places.desk(head.desk).name,
        feed=places.desk(head.desk).path + "feed.xml",
        image=card_path(head, card),
        image_alt=card.alt,
        data=article_data(version, house, places, notices),
        script=script_path("story"),
        made_by=SOURCE_TYPES[version.draft.writer],
    )


def _lateness(version: Version) -> str:
    """Said when our first version came a day or more after the newest thing it stands on."""
    gap = version.published_at - version.head.newest_source_at
    return f"Published {wording.lapse(gap)} after its newest source." if gap >= LATE else ""


def _review(version: Version) -> ReviewPanel:
    verdict = version.verdict
    critic = "" if verdict.critic == "code" else verdict.critic
    return ReviewPanel(verdict.score, critic, verdict.strengths, verdict.limitations, verdict.rubric)
