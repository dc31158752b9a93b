"""What is new since the last edition: accepted drafts and decisions as versions, corrections, stories that moved."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from newsroom.editions.correction import Correction
from newsroom.editions.enacting import Enactment, enactments, held_to, with_theirs
from newsroom.editions.moving import Move, moves_of
from newsroom.editions.restraint import Restraint, waits
from newsroom.editions.site_state import SiteState
from newsroom.editions.versioning import next_version
from newsroom.errors import DraftAltered, DraftInvalid, NotFound
from newsroom.markets.prices import Prices
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Held, Verdict
from newsroom.site import addresses
from newsroom.stories.version import Head, Version
from newsroom.writing.draft import Draft

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive

READERS = 8
LOGGED = 500
"""Corrections on the page of the public log, newest first; older ones stand on their stories' pages."""


class PublisherList(Protocol):
    """`publishers.catalogue.Catalogue`."""

    publishers: tuple[Publisher, ...]
    families: dict[str, str]


@dataclass(frozen=True)
class Candidate:
    """An accepted draft: a version of it, or why not (neither when it is published already)."""

    story_id: str
    draft_id: str
    before: Head | None = None
    version: Version | None = None
    refused: str = ""
    """Why it cannot become one."""
    waits: Held | None = None
    """Why it may not yet."""


@dataclass(frozen=True)
class News:
    """`before` and `heads`: every story whose files or places may change, as its head was and as it will be."""

    candidates: Sequence[Candidate]
    corrections: Sequence[Correction]
    """The newest of the public log."""
    untold: Sequence[Correction]
    unfinished: frozenset[str]
    moves: dict[str, Move]
    decided: Sequence[Enactment] = ()
    """Rulings that this edition carries out."""
    before: dict[str, Head] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)

    @property
    def waiting(self) -> list[Held]:
        return [one.waits for one in self.candidates if one.waits]

    @property
    def versions(self) -> list[Version]:
        ruled = [one.version for one in self.decided if one.new]
        return [*ruled, *(one.version for one in self.candidates if one.version)]

    def decided_on(self, story_id: str) -> list[Enactment]:
        return [one for one in self.decided if one.ruling.story_id == story_id]

    @property
    def standing(self) -> dict[str, Head]:
        """Of `heads` those that lists show."""
        return {one: head for one, head in self.heads.items() if one not in self.moves and not head.retracted}


def gather(
    archive: "Archive",
    catalogue: PublisherList,
    prices: Prices,
    state: SiteState,
    restraint: Restraint,
    edition_id: str,
    now: datetime,
) -> News:
    """All of it, without writing anything but the claims of new stories' addresses."""
    decided = enactments(archive, edition_id, now)
    corrections = with_theirs(archive.corrections(LOGGED), decided)[:LOGGED]
    untold = [one for one in corrections if one.id not in state.corrections]
    waiting = {one.ruling.story_id for one in decided}
    candidates = _candidates(archive, catalogue, prices, restraint, edition_id, now, waiting)
    versions = [one.version for one in decided if one.new]
    versions += [one.version for one in candidates if one.version]
    unfinished = frozenset({*state.pending, *(one.story_id for one in untold)})
    moves = moves_of(archive, versions)
    new = {version.story_id: version.head for version in versions}
    before = {one.story_id: one.before for one in candidates if one.before and one.version}
    before |= {one: head for one in sorted({*unfinished, *moves} - before.keys()) if (head := archive.head(one))}
    return News(candidates, corrections, untold, unfinished, moves, decided, before, heads=before | new)


def _candidates(
    archive: "Archive",
    catalogue: PublisherList,
    prices: Prices,
    restraint: Restraint,
    edition_id: str,
    now: datetime,
    waiting: set[str],
) -> list[Candidate]:
    """Of every story but those in `waiting`: a decision on it makes its next version, the draft the one after.

    None at all while publishing is paused: nobody needs to know what waits until it may be published.
    """
    if restraint.paused:
        return []
    publishers = {publisher.id: publisher for publisher in catalogue.publishers}
    weights = archive.weights()

    def candidate(accepted: tuple[str, str]) -> Candidate:
        story_id, draft_id = accepted
        head = archive.head(story_id)
        previous = archive.version(story_id, head.version) if head else None
        if previous and previous.draft.id == draft_id:
            return Candidate(story_id, draft_id, head)
        try:
            judged, verdict = _as_judged(archive, story_id, draft_id)
            draft = held_to(judged, previous, archive.corrections_of(story_id))
            if restraint.guarded and draft.writer != "excerpt":
                return Candidate(story_id, draft_id, head, waits=waits(draft, "guard"))
            version = next_version(
                draft,
                verdict,
                archive.story(story_id),
                archive.articles(draft.sources),
                publishers,
                previous,
                previous.slug if previous else _slug(archive, draft.headline.text, story_id),
                edition_id,
                now,
                weights,
            )
        except (DraftAltered, DraftInvalid, NotFound) as exc:
            return Candidate(story_id, draft_id, head, refused=str(exc))
        priced = version.model_copy(update={"prices": prices.of(version.head, now)})
        return Candidate(story_id, draft_id, head, priced)

    with ThreadPoolExecutor(READERS) as readers:
        found = list(readers.map(candidate, (one for one in archive.accepted() if one[0] not in waiting)))
    return _most_important(found, restraint.at_most)


def _as_judged(archive: "Archive", story_id: str, draft_id: str) -> tuple[Draft, Verdict]:
    """Raises DraftAltered when the draft or its verdict is not what the review left."""
    draft, verdict = archive.draft(draft_id), archive.recorded_verdict(story_id, draft_id)
    if draft.sha256 != verdict.draft_sha256:
        raise DraftAltered("the stored draft is not the one that was judged", about=draft_id)
    return draft, verdict


def _most_important(candidates: Sequence[Candidate], at_most: int) -> list[Candidate]:
    """The same, and of the versions no more than `at_most`: the others wait."""
    versions = [one.version for one in candidates if one.version]
    by_importance = sorted(versions, key=lambda version: (-version.head.importance, version.story_id))
    last = {version.story_id: waits(version.draft, "cap") for version in by_importance[at_most:]}
    return [replace(one, version=None, waits=last[one.story_id]) if one.story_id in last else one for one in candidates]


def _slug(archive: "Archive", headline: str, story_id: str) -> str:
    """A free one, for life: more digits of the story's id when another story has the short one."""
    for digits in (6, len(story_id)):
        slug = addresses.slug(headline, story_id, digits)
        if archive.claim_slug(slug, story_id):
            return slug
    raise NotFound("every address for it is taken", about=story_id)
