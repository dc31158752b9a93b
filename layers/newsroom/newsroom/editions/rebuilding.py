"""The whole site anew out of the archive: after a change of design, a lost bucket, or a doubt.

Day by day, as far as a function's time reaches; the next call goes on where the last one ended. What comes of it is
byte for byte what the editions would have written, permanent pages apart: those stay as they are.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary, as_json
from newsroom.editions import whole_site
from newsroom.editions.moving import merged_into, move_to, redirect_files
from newsroom.editions.news import PublisherList
from newsroom.editions.plan import Files, Plan
from newsroom.editions.publishing import publish
from newsroom.editions.sheets import of_files
from newsroom.editions.shelving import shelf_files
from newsroom.editions.site_state import SiteState
from newsroom.errors import ArchiveConflict, NotFound
from newsroom.markets.prices import NO_PRICES
from newsroom.settings import PublishingSettings
from newsroom.site.feeds import day_sitemap_file
from newsroom.site.places import Places
from newsroom.site.rendering import House
from newsroom.site.sections import paths_of

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive

KEY = "site/rebuild.json"
HOLDER = "rebuild"
A_DAY = 240.0
"""Seconds that must be left before another day is begun: a day of 300 stories has some 3,000 files to compare."""


class Progress(Boundary):
    """How far a rebuild has come; there is none between two of them."""

    after: str = ""
    """The last day that is done."""
    sections: tuple[str, ...] = ()
    """Paths of all sections found so far."""
    objects_written: int = 0


@dataclass(frozen=True)
class Rebuilt:
    """`done`: the site is whole; otherwise the call is to be repeated. `after`: the day that it has come to."""

    done: bool
    after: str
    objects_written: int


def rebuild(
    archive: "Archive",
    files: Files,
    catalogue: PublisherList,
    house: House,
    places: Places,
    now: datetime,
    invalidate: Callable[[list[str]], None],
    seconds_left: Callable[[], float],
    settings: PublishingSettings = PublishingSettings(),  # noqa: B008 - frozen
) -> Rebuilt:
    """One slice of it; what waits for publication goes out with the last one, as in any edition.

    While it works no edition runs: raises ArchiveConflict where one is running.
    """
    edition_id = f"{now:%Y%m%dT%H%MZ}"
    if not archive.claim_edition(edition_id, HOLDER, now):
        raise ArchiveConflict("an edition is running, or was in this minute", about=edition_id)
    try:
        progress = _progress(archive)
        for day in archive.days(progress.after):
            if seconds_left() < A_DAY:
                return Rebuilt(False, progress.after, progress.objects_written)
            progress = _with_day(archive, files, day, progress, house, places)
            archive.put_document(KEY, as_json(progress.model_dump(mode="json")))
        written = _lists(archive, files, catalogue, progress, house, places, edition_id, now, invalidate, settings)
        archive.put_document(KEY, as_json(None))
        return Rebuilt(True, progress.after, progress.objects_written + written)
    finally:
        archive.finish_edition(edition_id, HOLDER, None)


def _progress(archive: "Archive") -> Progress:
    try:
        return Progress.model_validate(json.loads(archive.document(KEY)) or {})
    except NotFound:
        return Progress()


def _with_day(archive: "Archive", files: Files, day: str, progress: Progress, house: House, places: Places) -> Progress:
    """Every file of the stories first published on a day, their place in the archive by day, their sitemap."""
    heads, moved = archive.first_published_on(day), archive.first_published_on(day, moved=True)
    parts, pages, sections = [], [], set(progress.sections)
    for head in (*heads, *moved):
        versions = archive.versions(head.story_id)
        *first, page = whole_site.story_files(versions, archive.corrections_of(head.story_id), house, places)
        parts += first
        pages += [page] if head in heads else []
        sections |= {path for version in versions for path in paths_of(version.head, places)}
    moves = {one.story_id: move_to(one, archive.version(merged_into(archive, one.story_id), 1)) for one in moved}
    plan = Plan(files, {})
    for group in (
        parts,
        pages,
        redirect_files(moves, house),
        shelf_files(files, [*heads, *moved], moves, house, places),
    ):
        plan.add(of_files(group))
    plan.add(of_files([day_sitemap_file(day, heads, house)]))
    plan.write(files)
    return Progress(
        after=day, sections=tuple(sorted(sections)), objects_written=progress.objects_written + len(plan.paths)
    )


def _lists(
    archive: "Archive",
    files: Files,
    catalogue: PublisherList,
    progress: Progress,
    house: House,
    places: Places,
    edition_id: str,
    now: datetime,
    invalidate: Callable[[list[str]], None],
    settings: PublishingSettings,
) -> int:
    """Everything but stories, by an edition that knows of nothing on the site; files that it wrote."""
    state = SiteState.load(archive)
    sections = dict.fromkeys(progress.sections, False)
    forgotten = state.model_copy(update={"digests": {}, "made_with": "", "sections": sections | state.sections})
    forgotten.save(archive)
    published = publish(archive, files, catalogue, house, places, edition_id, now, invalidate, NO_PRICES, settings)
    return published.objects_written
