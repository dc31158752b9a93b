"""Accepted drafts become versions, and the site follows: only what changed, content first, pointers last.

A crash anywhere is mended by the next edition: `SiteState` says which stories may be unfinished.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsroom.editions import whole_site
from newsroom.editions.enacting import enact, with_theirs
from newsroom.editions.listing import Lists, lists, lists_of
from newsroom.editions.moving import merged_into, redirect_files
from newsroom.editions.news import News, PublisherList, gather
from newsroom.editions.notices import notices, unwritten
from newsroom.editions.plan import Files, Plan
from newsroom.editions.restraint import Restraint
from newsroom.editions.sheets import made_with, of_files
from newsroom.editions.shelving import shelf_files
from newsroom.editions.site_state import SiteState
from newsroom.markets.prices import NO_PRICES, Prices
from newsroom.review.editor import WAITS
from newsroom.settings import PublishingSettings
from newsroom.site import addresses
from newsroom.site.feeds import day_sitemap_file
from newsroom.site.places import Places
from newsroom.site.rendering import House
from newsroom.site.sections import Section
from newsroom.site.site_file import SiteFile

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive


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
    unpriced: str = ""
    """Why the provider of prices gave none, when it failed."""
    waiting: int = 0
    """Accepted stories that this edition might not publish yet."""
    for_editor: int = 0
    """Held stories that wait for nothing but an editor."""
    guarded: bool = False
    """Whether the quality guard is on."""
    notices: tuple[str, ...] = ()
    """What the home page says to be out of order."""

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
            "waiting": self.waiting,
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
    prices: Prices = NO_PRICES,
    settings: PublishingSettings = PublishingSettings(),  # noqa: B008 - frozen
) -> PublishedEdition:
    """Publish what was accepted, as far as `settings` allow it, and bring the site up to date.

    Everything is rendered before anything is stored or written: a template that fails leaves archive and site as they
    were. Raises ArchiveThrottled and ArchiveConflict; repeating the call finishes the work.
    """
    state = SiteState.load(archive)
    restraint = Restraint.of(settings, state.guarded, archive.judged(edition_id))
    news = gather(archive, catalogue, prices, state, restraint, edition_id, now)
    listed = lists(archive, news, state, places)
    missing = unwritten((one.version for one in news.candidates if one.version), state.unwritten)
    standing = _standing(archive, catalogue, news, restraint, missing)
    plan = _planned(archive, files, state, news, listed, standing, house, places)
    after = SiteState(
        digests=plan.fingerprints,
        sections=dict(listed.standing),
        corrections=tuple(one.id for one in news.corrections),
        made_with=made_with(),
        guarded=restraint.guarded,
        unwritten=missing,
    )
    pending = {*news.unfinished, *(version.story_id for version in news.versions)}
    before = state.model_copy(
        update={
            "pending": tuple(sorted(pending)),
            "touched": tuple(sorted({*state.touched, *(one.place.path for one in listed.sections if pending)})),
            "digests": {path: digest for path, digest in state.digests.items() if path not in plan.paths},
            "guarded": after.guarded,
            "unwritten": after.unwritten,
        }
    )
    if before != state and (plan.paths or before.pending):
        before.save(archive)
    _store(archive, news, places)
    plan.write(files)
    for story_id in news.moves:
        archive.end_merge(story_id)
    if after != state:
        after.save(archive)
    if news.untold:
        invalidate(sorted({addresses.story(one.slug) for one in news.untold} | {addresses.CORRECTIONS}))
    return PublishedEdition(
        edition_id=edition_id,
        stories_published=len(news.versions),
        stories_held=len(standing.held),
        objects_written=len(plan.paths),
        versions=tuple((version.story_id, version.number) for version in news.versions),
        refused={one.story_id: one.refused for one in news.candidates if one.refused},
        unpriced=prices.failing(now),
        waiting=len(news.waiting),
        for_editor=sum(one.reason == WAITS for one in standing.held),
        guarded=restraint.guarded,
        notices=tuple(standing.notices),
    )


def _standing(
    archive: "Archive", catalogue: PublisherList, news: News, restraint: Restraint, missing: str
) -> whole_site.Standing:
    healths = archive.healths([publisher.id for publisher in catalogue.publishers])
    return whole_site.Standing(
        corrections=news.corrections,
        held=[*archive.held(), *news.waiting],
        publishers=catalogue.publishers,
        families=catalogue.families,
        healths=healths,
        weights=archive.weights(),
        days=sorted({*archive.days(), *(head.day for head in news.heads.values())}),
        notices=notices(restraint, missing, healths),
    )


def _planned(
    archive: "Archive",
    files: Files,
    state: SiteState,
    news: News,
    listed: Lists,
    standing: whole_site.Standing,
    house: House,
    places: Places,
) -> Plan:
    """Content first, pointers last. A section that never had a page gets an empty one before stories that link it."""
    plan = Plan(files, state.digests)
    assets, *linked = whole_site.house_sheets(standing, house, places)
    firsts = whole_site.first_files(house)
    plan.add([*assets, *of_files(firsts)], keep={file.path for file in firsts})
    for group in linked:
        plan.add(group)
    fresh = listed.fresh if state.digests else ()  # while there is no home page, nobody is led anywhere
    empty = [section.emptied() for section in listed.sections if section.place.path in fresh]
    _add_sections(plan, empty, house, places, keep=True)
    stories = _stories(archive, news, house, places)
    plan.add(of_files(file for story in stories for file in story[:-1]), remember=False)
    plan.add(of_files(story[-1] for story in stories), remember=False)
    plan.add(of_files(redirect_files(news.moves, house)), remember=False)
    plan.add(of_files(shelf_files(files, list(news.heads.values()), news.moves, house, places)), remember=False)
    _add_sections(plan, listed.sections, house, places)
    logs = whole_site.log_sheets(standing, listed, house, places)
    plan.add(logs)
    plan.add(of_files(day_sitemap_file(day, heads, house) for day, heads in listed.days.items()), remember=False)
    mapped = [sheet.path for group in (*linked, logs) for sheet in group]
    mapped += [path for path, stands in listed.standing.items() if stands]
    plan.add(whole_site.pointer_sheets(standing, listed, mapped, house, places))
    plan.add(of_files([whole_site.edition_file(listed.front)]))
    return plan


def _add_sections(plan: Plan, sections: Iterable[Section], house: House, places: Places, keep: bool = False) -> None:
    """Feeds before the pages that name them; with `keep` only where there are none."""
    made = [whole_site.section_files(section, house, places) for section in sections]
    for group in ([feed for feeds, _ in made for feed in feeds], [page for _, page in made]):
        plan.add(of_files(group), keep={file.path for file in group} if keep else (), remember=False)


def _store(archive: "Archive", news: News, places: Places) -> None:
    """Versions, then the places of every story whose head or lists may be old."""
    enact(archive, news.decided)
    for candidate in news.candidates:
        if candidate.version:
            archive.publish_version(candidate.version)
        elif not candidate.waits:
            archive.end_acceptance(candidate.story_id, candidate.draft_id)
    for story_id, head in news.heads.items():
        moved = story_id in news.moves
        archive.list_head(head, () if moved else lists_of(head, places), moved)


def _stories(archive: "Archive", news: News, house: House, places: Places) -> list[list[SiteFile]]:
    """Files of every story that is new, changed or unfinished; of an unfinished one with all its permanent versions."""
    new = {version.story_id: version for version in news.versions}
    found = []
    for story_id in sorted({*new, *(one for one in news.unfinished if not merged_into(archive, one))}):
        version = new.get(story_id)
        known = [] if version and version.number == 1 else archive.versions(story_id)
        every = [*known, version] if version else known
        if every:
            since = 1 if story_id in news.unfinished else every[-1].number
            corrections = with_theirs(archive.corrections_of(story_id), news.decided_on(story_id))
            found.append(whole_site.story_files(every, corrections, house, places, since))
    return found
