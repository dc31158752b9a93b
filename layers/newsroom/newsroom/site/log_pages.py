"""What we got wrong, what we hold back, and how one story changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import ClassVar

from newsroom.editions.correction import Correction
from newsroom.readers.clocks import FIXED_WITHIN
from newsroom.review.verdict import Held
from newsroom.site import addresses, wording
from newsroom.site.disclosure import LABELS
from newsroom.site.documents import CorrectionsDocument, CorrectionTold
from newsroom.site.feeds import corrections_feed, feed_files
from newsroom.site.rendering import Frame, House
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.story_page import REASONS
from newsroom.site.word_diff import ChangedSentence, changed_sentences
from newsroom.stories.version import Change, Version

KINDS = {
    "correction": "We stated something that was wrong.",
    "clarification": "What we wrote was right and could be misread.",
    "update": "The facts changed after we published.",
    "retraction": "The story does not stand; its page stays up, struck through.",
}
SAID = {
    "figure": "Figure for {subject}: {before} → {after}",
    "dispute-opened": "Sources now disagree on {subject}: {after}",
    "dispute-closed": "No longer disputed: {subject} ({before})",
    "headline": "Headline: {before} → {after}",
    "status": "Status: {before} → {after}",
    "country": "Country: {before} → {after}",
    "origin-gained": "New origin: {after}",
    "origin-lost": "Origin left out: {before}",
}
COUNTED = {
    "article-gained": ("more article", "more articles"),
    "article-lost": ("article left out", "articles left out"),
    "article-revised": ("article revised by its publisher", "articles revised by their publishers"),
    "claim-added": ("new fact", "new facts"),
    "claim-withdrawn": ("fact left out", "facts left out"),
}
"""How a change between two versions is told to readers: every kind is in one of the two."""


@dataclass(frozen=True)
class CorrectionLine:
    correction: Correction
    path: str
    time_to_fix: str


@dataclass(frozen=True)
class CorrectionsPage:
    template: ClassVar[str] = "corrections.html.j2"

    frame: Frame
    kinds: dict[str, str]
    lines: tuple[CorrectionLine, ...]
    kept: str
    """How the promise was kept, in words; empty while no correction goes back to a report."""


@dataclass(frozen=True)
class HeldGroup:
    """Stories held for one reason. No headline: what may not be published is not published here either."""

    reason: str
    stories: int
    newest: datetime


@dataclass(frozen=True)
class HeldPage:
    template: ClassVar[str] = "held.html.j2"

    frame: Frame
    total: int
    groups: tuple[HeldGroup, ...]


@dataclass(frozen=True)
class VersionLine:
    number: int
    path: str
    published: datetime
    reason: str
    headline: str
    label: str
    """Who wrote it."""
    score: int
    band: str
    coverage: str
    changes: tuple[str, ...]
    """What changed, in words, gravest first."""
    sentences: tuple[ChangedSentence, ...]
    """The same word for word; empty in a first version."""


@dataclass(frozen=True)
class HistoryPage:
    """Every version of one story, newest first."""

    template: ClassVar[str] = "history.html.j2"

    frame: Frame
    headline: str
    path: str
    lines: tuple[VersionLine, ...]


def corrections_page(corrections: Sequence[Correction], house: House) -> CorrectionsPage:
    """`corrections` newest first."""
    lines = tuple(
        CorrectionLine(
            one,
            addresses.story(one.slug),
            wording.lapse(one.made_at - one.reported_at) if one.reported_at else "",
        )
        for one in corrections
    )
    frame = Frame(
        house,
        addresses.CORRECTIONS,
        "Corrections",
        "What we got wrong, what is right, and how long it took.",
        section="Corrections",
        feed=addresses.CORRECTIONS + "feed.xml",
    )
    return CorrectionsPage(frame, KINDS, lines, _kept(corrections))


def corrections_document(corrections: Sequence[Correction], house: House) -> CorrectionsDocument:
    """The same for programs."""
    times = _times(corrections)
    return CorrectionsDocument(
        url=house.address + addresses.CORRECTIONS,
        kinds=KINDS,
        promised_hours=_hours(FIXED_WITHIN),
        reported=len(times),
        in_time=sum(time <= FIXED_WITHIN for time in times),
        median_hours=_hours(_middle(times)) if times else None,
        slowest_hours=_hours(max(times)) if times else None,
        corrections=tuple(
            CorrectionTold(
                id=one.id,
                kind=one.kind,
                story=one.story_id,
                url=house.address + addresses.story(one.slug),
                headline=one.headline,
                version=one.version,
                was=one.was,
                now_reads=one.now_reads,
                reported_at=one.reported_at,
                made_at=one.made_at,
                hours_to_fix=_hours(one.made_at - one.reported_at) if one.reported_at else None,
            )
            for one in corrections
        ),
    )


def corrections_files(corrections: Sequence[Correction], house: House) -> list[SiteFile]:
    """The document and the feeds of the log."""
    document = corrections_document(corrections, house).as_bytes()
    return [
        SiteFile(addresses.CORRECTIONS_DOCUMENT, document, JSON),
        *feed_files(corrections_feed(corrections, house)),
    ]


def _times(corrections: Sequence[Correction]) -> list[timedelta]:
    """From report to fix."""
    return [one.made_at - one.reported_at for one in corrections if one.reported_at]


def _middle(times: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(time.total_seconds() for time in times))


def _hours(time: timedelta) -> float:
    return round(time / timedelta(hours=1), 2)


def _kept(corrections: Sequence[Correction]) -> str:
    """Median and worst time from report to fix, and how many met the promise."""
    times = _times(corrections)
    if not times:
        return ""
    met = sum(time <= FIXED_WITHIN for time in times)
    made = wording.count(len(times), "correction")
    return (
        f"{made} after a reader’s report: {met} within {wording.lapse(FIXED_WITHIN)}, "
        f"half of them within {wording.lapse(_middle(times))}, the slowest after {wording.lapse(max(times))}."
    )


def held_page(held: Sequence[Held], house: House) -> HeldPage:
    by_reason: dict[str, list[Held]] = {}
    for one in held:
        by_reason.setdefault(one.reason, []).append(one)
    groups = [HeldGroup(reason, len(own), max(one.at for one in own)) for reason, own in by_reason.items()]
    groups.sort(key=lambda group: (-group.stories, group.reason))
    frame = Frame(house, addresses.HELD, "What we hold back", "Stories that are not published, and why.", indexed=False)
    return HeldPage(frame, len(held), tuple(groups))


def told(changes: Sequence[Change]) -> tuple[str, ...]:
    """The changes in words; articles and sentences are counted, everything else is said one by one."""
    said = [
        form.format(subject=one.subject, before=one.before or "none", after=one.after or "none")
        for one in changes
        if (form := SAID.get(one.kind))
    ]
    numbers = {kind: sum(one.kind == kind for one in changes) for kind in COUNTED}
    return (*said, *(wording.count(number, *COUNTED[kind]) for kind, number in numbers.items() if number))


def history_page(versions: Sequence[Version], house: House) -> HistoryPage:
    """`versions` oldest first, at least one."""
    newest = versions[-1]
    before = {one.number: previous for previous, one in pairwise(versions)}
    lines = tuple(
        VersionLine(
            version.number,
            addresses.story(newest.slug, version.number),
            version.published_at,
            REASONS[version.reason],
            version.head.headline,
            LABELS[version.draft.writer][0],
            version.head.score,
            version.head.band,
            f"{wording.count(version.head.articles, 'article')}, {wording.count(version.head.origins, 'origin')}",
            told(version.changes),
            changed_sentences(before[version.number], version) if version.number in before else (),
        )
        for version in reversed(versions)
    )
    frame = Frame(
        house, addresses.history(newest.slug), f"Versions: {newest.head.headline}",
        "Every published version of this story, with the reason for each.", indexed=False,
    )  # fmt: skip
    return HistoryPage(frame, newest.head.headline, addresses.story(newest.slug), lines)
