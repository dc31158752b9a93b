"""Which files a site consists of, given what is published: rendered in full before any is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsroom.briefing.rendering import list_files
from newsroom.editions import ranking
from newsroom.editions.correction import Correction
from newsroom.editions.listing import Lists
from newsroom.editions.sheets import Sheet, of_files, of_pages
from newsroom.publishers.health import Health
from newsroom.publishers.publisher import Publisher
from newsroom.readers import feedback_page
from newsroom.review.verdict import Held
from newsroom.site import addresses, list_pages, log_pages, registry_pages
from newsroom.site.card import card_files
from newsroom.site.day_pages import search_page
from newsroom.site.documents import EditionDocument, LeadingStory
from newsroom.site.feeds import (
    feed_document,
    feed_files,
    guide_files,
    news_sitemap_file,
    pages_sitemap_file,
    sitemap_index_file,
)
from newsroom.site.machine_faces import machine_files
from newsroom.site.openapi import openapi_file, schema_files
from newsroom.site.places import Places
from newsroom.site.rendering import House, Page, render
from newsroom.site.rubric_table import rubric_table
from newsroom.site.scripts import script_files
from newsroom.site.sections import KINDS, Section, section_at
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.standing_pages import methodology_page, text_pages
from newsroom.site.status_page import status_page
from newsroom.site.story_page import story_page
from newsroom.stories.version import Head, Version

ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#a12b16"/>'
    b'<path d="M9 7h13v3.4H13v4.2h7.6V18H13v8H9z" fill="#fff"/>'
    b'<path d="M25 4v8h-2V6.6l-1.6.5-.5-1.6L23.6 4z" fill="#fff"/></svg>'
)


@dataclass(frozen=True)
class Standing:
    """What there is to show beside the lists."""

    corrections: Sequence[Correction]
    held: Sequence[Held]
    publishers: Sequence[Publisher]
    families: Mapping[str, str] = field(default_factory=dict)
    healths: Mapping[str, Health] = field(default_factory=dict)
    days: Sequence[str] = ()
    """Every day on which a story was first published, oldest first."""
    weights: ranking.Weights | None = None
    """Of importance, where readers have moved them."""
    notices: Sequence[str] = ()
    """What is out of order, for the home page."""


def story_files(
    versions: Sequence[Version], corrections: Sequence[Correction], house: House, places: Places, since: int = 1
) -> list[SiteFile]:
    """All files of one story, its page last: pictures, permanent versions, machine faces, the history, the page.

    `versions` oldest first, `corrections` this story's; permanent pages of numbers below `since` are there and never
    change.
    """
    newest = versions[-1]
    shown = [version for version in versions if version.number >= since]
    cards = {card.path: card for version in shown for card in card_files(version.head, house, places)}
    permanent = [
        SiteFile(
            addresses.story(newest.slug, version.number),
            render(story_page(version, house, places, corrections, permanent=True)),
        )
        for version in shown
    ]
    return [
        *cards.values(),
        *permanent,
        *machine_files(newest, house),
        SiteFile(addresses.history(newest.slug), render(log_pages.history_page(versions, house))),
        SiteFile(addresses.story(newest.slug), render(story_page(newest, house, places, corrections))),
    ]


def house_sheets(standing: Standing, house: House, places: Places) -> list[list[Sheet]]:
    """What every page links: assets, what explains the house, whom it reads; in the order of writing."""
    assets = [*script_files(), SiteFile(addresses.ICON, ICON, "image/svg+xml")]
    weights = standing.weights or ranking.rules().weights
    explaining: list[Page] = [
        *text_pages(house),
        search_page(house),
        methodology_page(rubric_table(), ranking.rules().model_copy(update={"weights": weights}), house),
    ]
    listed = registry_pages.entries(standing.publishers, standing.healths, places, standing.families)
    registry: list[Page] = [*registry_pages.country_pages(listed, house), registry_pages.sources_page(listed, house)]
    return [
        of_files(assets),
        [*of_pages(explaining), *of_pages(registry_pages.publisher_pages(listed, house))],
        of_pages(registry),
    ]


def section_files(section: Section, house: House, places: Places) -> tuple[list[SiteFile], SiteFile]:
    """Its feeds; its page."""
    document = feed_document(section.heads, house, places, section.place)
    feeds = feed_files(document, section.kind.formats)
    return feeds, SiteFile(section.place.path, render(list_pages.list_page(section, house, places)))


def log_sheets(standing: Standing, lists: Lists, house: House, places: Places) -> list[Sheet]:
    """The logs, and the directories of sections."""
    shown = [section_at(path, (), places, ()) for path, stands in lists.standing.items() if stands]
    files = of_files(log_pages.corrections_files(standing.corrections, house))
    pages = of_pages(
        [
            log_pages.corrections_page(standing.corrections, house),
            log_pages.held_page(standing.held, house),
            *(
                list_pages.directory_page(kind, (one.place for one in shown if one.kind is kind), house)
                for kind in KINDS
            ),
        ]
    )
    return [*files, *pages]


def pointer_sheets(
    standing: Standing, lists: Lists, mapped: Sequence[str], house: House, places: Places
) -> list[Sheet]:
    """What leads to the rest. `mapped`: paths of pages that are no stories."""
    home = list_pages.home_page(lists.front, house, places, standing.corrections, len(standing.held), standing.notices)
    return [
        *of_files([*guide_files(house), *schema_files(house), openapi_file(house)]),
        *of_files(feed_files(feed_document(lists.front, house, places))),
        Sheet.of_file(news_sitemap_file(lists.recent, house)),
        Sheet.of_file(pages_sitemap_file([addresses.HOME, *sorted(filter(_on_map, mapped))], house)),
        Sheet.of_file(sitemap_index_file(standing.days, house)),
        Sheet.of_page(home),
    ]


def first_files(house: House) -> list[SiteFile]:
    """Files that others keep up to date: they are written only where there are none, because pages link them."""
    waiting = status_page(None, house)
    return [*list_files((), house), *feedback_page.first_files(house), SiteFile(waiting.frame.path, render(waiting))]


def edition_file(front: Sequence[Head]) -> SiteFile:
    """What leads, as one document: written last, so that whoever sees it can follow every pointer."""
    leading = tuple(
        LeadingStory(
            path=addresses.story(head.slug), version=head.version, importance=head.importance, score=head.score
        )
        for head in ranking.front_page(front)[: list_pages.LISTED]
    )
    document = EditionDocument(as_of=max((head.published_at for head in front), default=None), stories=leading)
    return SiteFile("/edition.json", document.as_bytes(), JSON)


def _on_map(path: str) -> bool:
    return path.endswith("/") and path not in (addresses.HELD, addresses.SEARCH)
