"""The modules of a story page below its body: what sources dispute, what follows, what to watch, what is missing."""

from dataclasses import dataclass
from datetime import UTC, datetime

from newsroom.markets.instruments import of_story
from newsroom.site import wording
from newsroom.site.sentences import Notebook, Sentence, unrepeated
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim, Draft

REGIONS = {"asia": "Asia", "europe": "Europe", "americas": "The Americas", "mea": "Middle East and Africa"}
MODULES = {
    "tldr": "TLDR", "standfirst": "Standfirst", "quick_take": "The quick take", "body": "Body",
    "why_it_matters": "Why it matters", "ripples": "Ripple effects", "watch": "What to watch",
    "lenses": "Regional angles", "disputes": "Where sources disagree", "gaps": "What nobody reports",
    "stances": "Tone of coverage", "market": "Prices", "model": "AI writing",
}  # fmt: skip
"""Names of modules for readers, also for why one is absent."""
MOST_AGREED = 4
"""Undisputed figures on a page."""
CONTENTS_FROM = 4
"""Minutes of reading from which a page has a table of contents."""
NO_PRICES = "No market-data provider gave a price of what this story is about."
NOTHING_TRADED = "This story is about no listed company, no country’s money and nothing else that has a price."


@dataclass(frozen=True)
class Anchor:
    """A line of the table of contents: `id` is that of the part's element."""

    name: str
    id: str


@dataclass(frozen=True)
class RippleLine:
    entity: str
    direction: str
    confidence: str
    sentence: Sentence


@dataclass(frozen=True)
class WatchLine:
    """`repeated`: the sentence stands elsewhere on the page, so that here only what to look for is named."""

    entity: str
    trigger: str
    by: str
    """The day in words; empty when no source gives one."""
    sentence: Sentence
    repeated: bool


@dataclass(frozen=True)
class Lens:
    region: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Side:
    """One position in a dispute."""

    value: str
    publisher: str
    source: int
    sentence: Sentence


@dataclass(frozen=True)
class DisputeTable:
    subject: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class AgreedLine:
    """A figure that several origins give, and which publishers."""

    name: str
    value: str
    count: str
    """`3 of 4 origins`."""
    publishers: str


@dataclass(frozen=True)
class Absence:
    """Modules that are absent for one reason, by their names."""

    modules: str
    reason: str


def in_words(on: str) -> str:
    """`18 November 2026` for an ISO date; what is no whole date (a year, a month, a model's own words) stays."""
    try:
        return wording.day(datetime.strptime(on, "%Y-%m-%d").replace(tzinfo=UTC))
    except ValueError:
        return on


def disputes(draft: Draft, version: Version, book: Notebook) -> tuple[DisputeTable, ...]:
    """Every side with its publisher, in the order of the draft; no value is averaged."""
    publishers = {source.article_id: source.publisher for source in version.sources}
    return tuple(
        DisputeTable(
            dispute.subject,
            tuple(
                Side(
                    position.value,
                    publishers.get(position.article_id, ""),
                    book.number_of(position.article_id),
                    book.sentence(position.claim),
                )
                for position in dispute.positions
            ),
        )
        for dispute in draft.disputes
    )


def agreed(version: Version) -> tuple[AgreedLine, ...]:
    """Those that most origins give, named quantities before figures of the headline; all are in `story.json`."""
    publishers = {source.article_id: source.publisher for source in version.sources}
    return tuple(
        AgreedLine(
            one.name[:1].upper() + one.name[1:] if one.name else "In the headline",
            one.value,
            f"{len(one.spans)} of {wording.count(one.compared, 'origin')}",
            wording.listed([publishers.get(span.article_id, "") for span in one.spans]),
        )
        for one in sorted(version.agreed[:MOST_AGREED], key=lambda one: not one.name)
    )


def watch(draft: Draft, book: Notebook, shown: set[str]) -> tuple[WatchLine, ...]:
    """`shown`: texts that the page has already; they grow with what this module adds, here and below."""
    return tuple(
        WatchLine(
            item.entity,
            item.trigger,
            in_words(item.by),
            book.sentence(item.claim),
            not _fresh(item.claim, shown),
        )
        for item in draft.watch
    )


def ripples(draft: Draft, book: Notebook, shown: set[str]) -> tuple[RippleLine, ...]:
    """Those that say something new."""
    return tuple(
        RippleLine(ripple.entity, ripple.direction, ripple.confidence, book.sentence(ripple.claim))
        for ripple in draft.ripples
        if _fresh(ripple.claim, shown)
    )


def lenses(draft: Draft, book: Notebook, shown: set[str]) -> tuple[Lens, ...]:
    """Regions that have something of their own to say; the reader opens one."""
    found = (
        Lens(REGIONS[region], book.sentences(unrepeated(claims, shown)))
        for region, claims in sorted(draft.lenses.items())
    )
    return tuple(lens for lens in found if lens.sentences)


def _fresh(claim: Claim, shown: set[str]) -> bool:
    return bool(unrepeated((claim,), shown))


def absences(version: Version) -> tuple[Absence, ...]:
    """Why a reader does not find what other stories have."""
    absent = {module: reason for module, reason in sorted(version.draft.absent.items()) if module != "market"}
    if not version.prices:
        absent["market"] = NO_PRICES if of_story(version.head) else NOTHING_TRADED
    by_reason: dict[str, list[str]] = {}
    for module, reason in absent.items():
        by_reason.setdefault(reason, []).append(MODULES.get(module, module.replace("_", " ").capitalize()))
    return tuple(Absence(wording.listed(modules), reason) for reason, modules in by_reason.items())
