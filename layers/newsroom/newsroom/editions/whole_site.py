"""Which files a site consists of, given what is published: rendered in full before any is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsroom.boundary import as_json, moment
from newsroom.briefing.rendering import list_files
from newsroom.editions import ranking
from newsroom.editions.correction import Correction
from newsroom.publishers.health import Health
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Held
from newsroom.site import addresses, list_pages, log_pages, registry_pages
from newsroom.site.day_pages import search_page
from newsroom.site.feeds import feed_document, feed_file, guide_files, index_files
from newsroom.site.machine_faces import machine_files
from newsroom.site.places import Places
from newsroom.site.rendering import House, Page, render
from newsroom.site.rubric_table import rubric_table
from newsroom.site.scripts import script_files
from newsroom.site.sections import KINDS, sections
from newsroom.site.site_file import FOR_EVER, JSON, SiteFile
from newsroom.site.standing_pages import methodology_page, text_pages
from newsroom.site.status_page import status_page
from newsroom.site.story_page import story_page
from newsroom.site.stylesheet import stylesheet_files
from newsroom.stories.version import Head, Version

ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#a12b16"/>'
    b'<path d="M9 7h13v3.4H13v4.2h7.6V18H13v8H9z" fill="#fff"/>'
    b'<path d="M25 4v8h-2V6.6l-1.6.5-.5-1.6L23.6 4z" fill="#fff"/></svg>'
)


BEFORE_STORIES = 3
"""So many groups of `other_files` are written before the stories: what a story's page links."""


@dataclass(frozen=True)
class Standing:
    """What there is to show. `heads` newest first, of each desk the newest few hundred."""

    heads: Sequence[Head]
    corrections: Sequence[Correction]
    held: Sequence[Held]
    publishers: Sequence[Publisher]
    families: Mapping[str, str] = field(default_factory=dict)
    healths: Mapping[str, Health] = field(default_factory=dict)


def story_files(
    versions: Sequence[Version], corrections: Sequence[Correction], house: House, places: Places, since: int = 1
) -> list[SiteFile]:
    """All files of one story, its page last: permanent versions, machine faces, the history, the page.

    `versions` oldest first; permanent pages of numbers below `since` are on the site already and never change.
    """
    newest = versions[-1]
    own = [one for one in corrections if one.story_id == newest.story_id]
    permanent = [
        SiteFile(
            addresses.story(newest.slug, version.number),
            render(story_page(version, house, places, own, permanent=True)),
            cache_control=FOR_EVER,
        )
        for version in versions
        if version.number >= since
    ]
    return [
        *permanent,
        *machine_files(newest, house),
        SiteFile(addresses.history(newest.slug), render(log_pages.history_page(versions, house))),
        SiteFile(addresses.story(newest.slug), render(story_page(newest, house, places, own))),
    ]


def other_files(standing: Standing, house: House, places: Places) -> list[list[SiteFile]]:
    """Everything but stories, in the order of writing: what is linked before what links, pointers last."""
    assets = [*stylesheet_files(), *script_files(), SiteFile(addresses.ICON, ICON, "image/svg+xml")]
    explaining = _pages(
        [*text_pages(house), search_page(house), methodology_page(rubric_table(), ranking.rules(), house)]
    )
    listed = registry_pages.entries(standing.publishers, standing.healths, places, standing.families)
    publishers = _pages(registry_pages.publisher_page(entry, listed, house) for entry in listed)
    by_country = _pages(registry_pages.country_pages(listed, house))
    registry = _pages([registry_pages.sources_page(listed, house)])
    newest = max((head.newest_source_at for head in standing.heads if not head.retracted), default=None)
    every = sections(standing.heads, places)
    lists: list[SiteFile] = []
    for section in every:
        lists += _pages([list_pages.list_page(section, house, places, newest)])
        if section.feed:
            lists.append(feed_file(feed_document(section.heads, house, places, section.place)))
    logs = _pages(
        [
            log_pages.corrections_page(standing.corrections, house),
            log_pages.held_page(standing.held, house),
            *(list_pages.directory_page(kind, every, house) for kind in KINDS),
        ]
    )
    home = list_pages.home_page(standing.heads, house, places, standing.corrections, len(standing.held))
    mapped = [file.path for file in [*explaining, *by_country, *registry, *lists, *logs] if _on_map(file)]
    pointers = [
        *guide_files(house),
        feed_file(feed_document(standing.heads, house, places)),
        *index_files(standing.heads, [addresses.HOME, *mapped], house),
        *_pages([home]),
    ]
    return [
        assets,
        [*explaining, *publishers],
        [*by_country, *registry],
        lists,
        logs,
        pointers,
        [_edition_file(standing)],
    ]


def first_files(house: House) -> list[SiteFile]:
    """Files that others keep up to date: they are written only where there are none, because pages link them."""
    return [*list_files((), house), *_pages([status_page(None, house)])]


def _pages(pages: Iterable[Page]) -> list[SiteFile]:
    return [SiteFile(page.frame.path, render(page)) for page in pages]


def _on_map(file: SiteFile) -> bool:
    return file.path.endswith("/") and file.path not in (addresses.HELD, addresses.SEARCH, addresses.STATUS)


def _edition_file(standing: Standing) -> SiteFile:
    """What stands on the site, as one document: written last, so that whoever sees it can follow every pointer."""
    front = ranking.front_page([head for head in standing.heads if not head.retracted])
    stories = [
        {
            "path": addresses.story(head.slug),
            "version": head.version,
            "importance": head.importance,
            "score": head.score,
        }
        for head in front[: list_pages.LISTED]
    ]
    newest = max((head.published_at for head in standing.heads), default=None)
    document = {"schema": "edition/1", "as_of": moment(newest) if newest else None, "stories": stories}
    return SiteFile("/edition.json", as_json(document), JSON)
