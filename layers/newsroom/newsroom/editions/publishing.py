"""Accepted drafts become versions, and the site follows: only what changed, content first, pointers last.

A crash anywhere is mended by the next edition: `SiteState` says which stories may be unfinished.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from newsroom.editions import whole_site
from newsroom.editions.correction import Correction
from newsroom.editions.moving import merged_into, moves_of, redirect_files
from newsroom.editions.shelving import shelf_files
from newsroom.editions.site_state import SiteState
from newsroom.editions.versioning import next_version
from newsroom.errors import DraftInvalid, NotFound
from newsroom.publishers.publisher import Publisher
from newsroom.site import addresses
from newsroom.site.places import Places
from newsroom.site.rendering import House
from newsroom.site.site_file import FOR_EVER, SiteFile
from newsroom.stories.version import Head, Version

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive

WRITERS = 8
"""Files written side by side; S3 takes thousands, a small function's CPU does not sign more."""
HEADS_PER_DESK = 200
"""How far lists, feeds and sitemaps look back, so that an edition's cost does not grow with the archive."""


class Files(Protocol):
    """`archive.published_files.PublishedFiles`."""

    def put(self, path: str, body: bytes, content_type: str, cache_control: str) -> None: ...

    def get(self, path: str) -> bytes: ...

    def digest(self, path: str) -> str: ...


class PublisherList(Protocol):
    """`publishers.catalogue.Catalogue`."""

    publishers: tuple[Publisher, ...]
    families: dict[str, str]


@dataclass(frozen=True)
class PublishedEdition:
    """What an edition changed. `refused`: story id → why its accepted draft could not become a version.

    `stories_held` counts all that are held now, not only those held by this edition.
    """

    edition_id: str
    stories_published: int
    stories_held: int
    objects_written: int
    versions: tuple[tuple[str, int], ...] = ()
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "stories_published": self.stories_published,
            "stories_held": self.stories_held,
            "objects_written": self.objects_written,
        }

    @property
    def receipt(self) -> dict[str, Any] | None:
        """What is kept of it; None when nothing changed."""
        if not self.objects_written and not self.refused:
            return None
        return {
            "edition": self.edition_id,
            "versions": [{"story": story_id, "version": number} for story_id, number in self.versions],
            "refused": self.refused,
            "held": self.stories_held,
            "objects_written": self.objects_written,
        }


def publish(
    archive: "Archive",
    files: Files,
    catalogue: PublisherList,
    house: House,
    places: Places,
    edition_id: str,
    now: datetime,
    invalidate: Callable[[list[str]], None],
) -> PublishedEdition:
    """Publish what was accepted and bring the site up to date.

    Everything is rendered before anything is stored or written: a template that fails leaves archive and site as they
    were. Raises ArchiveThrottled and ArchiveConflict; repeating the call finishes the work.
    """
    state = SiteState.load(archive)
    corrections = archive.corrections()
    untold = [one for one in corrections if one.id not in state.corrections]
    candidates = _candidates(archive, catalogue, edition_id, now)
    versions = [one.version for one in candidates if one.version]
    unfinished = {*state.pending, *(one.story_id for one in untold)}
    held = archive.held()
    stories = _stories(archive, versions, unfinished, corrections, house, places)
    moves = moves_of(archive, versions)
    redirects = redirect_files(moves, house)
    groups = whole_site.other_files(
        whole_site.Standing(
            heads=[head for head in _heads(archive, versions) if head.story_id not in moves],
            corrections=corrections,
            held=held,
            publishers=catalogue.publishers,
            families=catalogue.families,
            healths=archive.healths([publisher.id for publisher in catalogue.publishers]),
        ),
        house,
        places,
    )
    firsts = whole_site.first_files(house)
    groups[0] += firsts
    changed = {version.story_id: version.head for version in versions}
    changed |= {one: head for one in {*unfinished, *moves} - changed.keys() if (head := archive.head(one))}
    shelves = shelf_files(files, list(changed.values()), moves, house, places)
    groups[whole_site.BEFORE_STORIES : whole_site.BEFORE_STORIES] = [redirects, shelves]
    plan = _plan(groups, stories, files, state, not_ours={file.path for file in firsts})
    after = SiteState(
        digests={file.path: file.digest for group in groups if group not in (redirects, shelves) for file in group},
        corrections=tuple(one.id for one in corrections),
    )
    before = SiteState(
        pending=tuple(sorted({*unfinished, *(version.story_id for version in versions)})),
        digests={path: digest for path, digest in state.digests.items() if path not in plan.paths},
        corrections=state.corrections,
    )
    if before != state and (plan.paths or before.pending):
        before.save(archive)
    for candidate in candidates:
        if candidate.version:
            archive.publish_version(candidate.version)
        else:
            archive.end_acceptance(candidate.story_id, candidate.draft_id)
    plan.write(files)
    for story_id in moves:
        archive.end_merge(story_id)
    if after != state:
        after.save(archive)
    if untold:
        invalidate(sorted({addresses.story(one.slug) for one in untold} | {addresses.CORRECTIONS}))
    return PublishedEdition(
        edition_id=edition_id,
        stories_published=len(versions),
        stories_held=len(held),
        objects_written=len(plan.paths),
        versions=tuple((version.story_id, version.number) for version in versions),
        refused={one.story_id: one.refused for one in candidates if one.refused},
    )


@dataclass(frozen=True)
class _Candidate:
    """An accepted draft: a version of it, or why not (`refused` is empty when it is published already)."""

    story_id: str
    draft_id: str
    version: Version | None = None
    refused: str = ""


@dataclass(frozen=True)
class _Plan:
    """Files to write, in groups: one is complete before the next begins."""

    groups: tuple[tuple[SiteFile, ...], ...]

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(file.path for group in self.groups for file in group)

    def write(self, files: Files) -> None:
        with ThreadPoolExecutor(WRITERS) as writers:
            for group in self.groups:
                put = [
                    writers.submit(files.put, file.path, file.body, file.content_type, file.cache_control)
                    for file in group
                ]
                for one in put:
                    one.result()


def _candidates(archive: "Archive", catalogue: PublisherList, edition_id: str, now: datetime) -> list[_Candidate]:
    publishers = {publisher.id: publisher for publisher in catalogue.publishers}

    def candidate(accepted: tuple[str, str]) -> _Candidate:
        story_id, draft_id = accepted
        head = archive.head(story_id)
        previous = archive.version(story_id, head.version) if head else None
        if previous and previous.draft.id == draft_id:
            return _Candidate(story_id, draft_id)
        try:
            draft = archive.draft(draft_id)
            version = next_version(
                draft,
                archive.verdict(draft_id),
                archive.story(story_id),
                archive.articles(draft.sources),
                publishers,
                previous,
                previous.slug if previous else _slug(archive, draft.headline.text, story_id),
                edition_id,
                now,
            )
        except (DraftInvalid, NotFound) as exc:
            return _Candidate(story_id, draft_id, refused=str(exc))
        return _Candidate(story_id, draft_id, version)

    with ThreadPoolExecutor(WRITERS) as readers:
        return list(readers.map(candidate, archive.accepted()))


def _slug(archive: "Archive", headline: str, story_id: str) -> str:
    """A free one, for life: more digits of the story's id when another story has the short one."""
    for digits in (6, len(story_id)):
        slug = addresses.slug(headline, story_id, digits)
        if archive.claim_slug(slug, story_id):
            return slug
    raise NotFound("every address for it is taken", about=story_id)


def _stories(
    archive: "Archive",
    versions: Sequence[Version],
    unfinished: set[str],
    corrections: Sequence[Correction],
    house: House,
    places: Places,
) -> list[list[SiteFile]]:
    """Files of every story that is new, changed or unfinished; of an unfinished one with all its permanent versions."""
    new = {version.story_id: version for version in versions}
    found = []
    for story_id in sorted({*new, *(one for one in unfinished if not merged_into(archive, one))}):
        version = new.get(story_id)
        known = [] if version and version.number == 1 else archive.versions(story_id)
        every = [*known, version] if version else known
        if every:
            since = 1 if story_id in unfinished else every[-1].number
            found.append(whole_site.story_files(every, corrections, house, places, since))
    return found


def _heads(archive: "Archive", versions: Sequence[Version]) -> list[Head]:
    """As they will be once `versions` are stored, newest first."""
    new = {version.story_id: version.head for version in versions}
    known = [head for head in archive.heads(limit=HEADS_PER_DESK) if head.story_id not in new]
    ordered = sorted([*known, *new.values()], key=lambda head: (head.published_at, head.story_id), reverse=True)
    room: dict[str, int] = {}
    kept = []
    for head in ordered:
        room[head.desk] = room.get(head.desk, HEADS_PER_DESK) - 1
        if room[head.desk] >= 0:
            kept.append(head)
    return kept


def _plan(
    groups: Sequence[Sequence[SiteFile]],
    stories: Sequence[Sequence[SiteFile]],
    files: Files,
    state: SiteState,
    not_ours: set[str],
) -> _Plan:
    """Only what is not on the site yet: by the known digest, or, where none is known, by asking for it.

    Stories stand between the pages that they link and the lists that link them; a story's own page is its last file.
    Permanent files and those that are `not_ours` to change are written only where there are none.
    """

    def differs(file: SiteFile) -> bool:
        known = state.digests.get(file.path) or files.digest(file.path)
        return not known if file.cache_control == FOR_EVER or file.path in not_ours else known != file.digest

    parts = [file for story in stories for file in story[:-1]]
    pages = [story[-1] for story in stories]
    ordered = [*groups[: whole_site.BEFORE_STORIES], parts, pages, *groups[whole_site.BEFORE_STORIES :]]
    with ThreadPoolExecutor(WRITERS) as askers:
        changed = [
            tuple(file for file, new in zip(group, askers.map(differs, group), strict=True) if new) for group in ordered
        ]
    return _Plan(tuple(group for group in changed if group))
