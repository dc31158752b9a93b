"""Faces of the site for other machines' readers: feeds in three formats, sitemaps, robots.txt, llms.txt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from newsroom.boundary import moment
from newsroom.editions.correction import Correction
from newsroom.site import addresses, wording
from newsroom.site.coverage import coverage
from newsroom.site.disclosure import LABELS, indexed
from newsroom.site.json_feed import CONTENT_TYPE as JSON_FEED
from newsroom.site.json_feed import Author, Entry, JsonFeed
from newsroom.site.places import Place, Places
from newsroom.site.rendering import DISCLAIMER, RIGHTS, TAGLINE, House, Template, render
from newsroom.site.site_file import SiteFile
from newsroom.stories.version import Head

RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
IN_FEED = 50
NEWS_WINDOW = timedelta(hours=48)
"""Google's news sitemaps list the last two days; counted from our newest version, so that nothing ages by itself."""
IN_NEWS_SITEMAP = 1000


@dataclass(frozen=True)
class FeedItem:
    """`id` stays the same through all versions of a story; `updated` is that of the newest."""

    id: str
    title: str
    path: str
    published: datetime
    updated: datetime
    author: str
    category: str
    description: str


@dataclass(frozen=True)
class FeedDocument:
    template: ClassVar[str] = "feed.xml.j2"

    house: House
    title: str
    folder: str
    """Path in which the feed's three formats stand: that of the page with the same stories."""
    updated: datetime | None
    items: tuple[FeedItem, ...]


@dataclass(frozen=True)
class AtomDocument:
    """The same as Atom (RFC 4287)."""

    template: ClassVar[str] = "atom.xml.j2"

    feed: FeedDocument


@dataclass(frozen=True)
class SitemapEntry:
    path: str
    modified: str = ""
    published: str = ""
    title: str = ""


@dataclass(frozen=True)
class Sitemap:
    template: ClassVar[str] = "sitemap.xml.j2"

    house: House
    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True)
class SitemapIndex:
    """`parts`: paths of sitemaps."""

    template: ClassVar[str] = "sitemap_index.xml.j2"

    house: House
    parts: tuple[str, ...]


@dataclass(frozen=True)
class NewsSitemap:
    template: ClassVar[str] = "news_sitemap.xml.j2"

    house: House
    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True)
class Robots:
    template: ClassVar[str] = "robots.txt.j2"

    house: House


@dataclass(frozen=True)
class LlmsText:
    template: ClassVar[str] = "llms.txt.j2"

    house: House


def feed_document(heads: Sequence[Head], house: House, places: Places, place: Place | None = None) -> FeedDocument:
    """Of the whole site or of one country or desk; `heads` newest first."""
    standing = [head for head in heads if not head.retracted][:IN_FEED]
    return FeedDocument(
        house=house,
        title=f"{house.name}: {place.name}" if place else house.name,
        folder=place.path if place else addresses.HOME,
        updated=max((head.published_at for head in standing), default=None),
        items=tuple(_item(head, places) for head in standing),
    )


def corrections_feed(corrections: Sequence[Correction], house: House) -> FeedDocument:
    """Of the log, newest first."""
    newest = corrections[:IN_FEED]
    return FeedDocument(
        house=house,
        title=f"{house.name}: Corrections",
        folder=addresses.CORRECTIONS,
        updated=max((one.made_at for one in newest), default=None),
        items=tuple(
            FeedItem(
                f"urn:newsroom:correction:{one.id}", f"{one.kind.capitalize()}: {one.headline}",
                addresses.story(one.slug), one.made_at, one.made_at, house.name, one.kind,
                f"It said: “{one.was}” {'Withdrawn' if one.kind == 'retraction' else 'It now says'}: “{one.now_reads}”",
            )
            for one in newest
        ),
    )  # fmt: skip


def feed_files(document: FeedDocument, formats: Collection[str] = tuple(addresses.FEED_TYPES)) -> list[SiteFile]:
    """The same stories as RSS, Atom and JSON Feed, or as some of them."""
    every = [
        SiteFile(f"{document.folder}feed.xml", render(document), RSS),
        SiteFile(f"{document.folder}atom.xml", render(AtomDocument(document)), ATOM),
        SiteFile(f"{document.folder}feed.json", _json_feed(document).as_bytes(), JSON_FEED),
    ]
    return [file for file in every if file.path.removeprefix(document.folder) in formats]


def _json_feed(document: FeedDocument) -> JsonFeed:
    house = document.house
    return JsonFeed(
        title=wording.plain(document.title),
        home_page_url=house.address + document.folder,
        feed_url=f"{house.address}{document.folder}feed.json",
        description=f"{TAGLINE}. {DISCLAIMER} {RIGHTS}",
        icon=house.address + addresses.ICON,
        language="en",
        authors=(Author(name=house.name, url=house.address + addresses.ABOUT),),
        items=tuple(
            Entry(
                id=item.id,
                url=house.address + item.path,
                title=wording.plain(item.title),
                content_text=wording.plain(item.description),
                date_published=moment(item.published),
                date_modified=moment(item.updated),
                authors=(Author(name=item.author),),
                tags=(item.category,),
            )
            for item in document.items
        ),
    )


def news_sitemap_file(heads: Sequence[Head], house: House) -> SiteFile:
    """Newest first by first publication: an update that keeps its headline leaves it as it was."""
    kept = sorted((head for head in heads if indexed(head)), key=lambda head: head.story_id)
    kept.sort(key=lambda head: head.first_published_at, reverse=True)
    newest = max((head.published_at for head in kept), default=None)
    news = [
        SitemapEntry(addresses.story(head.slug), published=moment(head.first_published_at), title=head.headline)
        for head in kept
        if newest and head.first_published_at > newest - NEWS_WINDOW
    ]
    return _file("/news-sitemap.xml", NewsSitemap(house, tuple(news[:IN_NEWS_SITEMAP])), XML)


def pages_sitemap_file(pages: Sequence[str], house: House) -> SiteFile:
    """`pages`: paths of pages that are no stories."""
    return _file(addresses.sitemap("pages"), Sitemap(house, tuple(SitemapEntry(path) for path in pages)), XML)


def day_sitemap_file(day: str, heads: Sequence[Head], house: House) -> SiteFile:
    """The stories first published on one day: a story that changes touches one of them, however many days there are."""
    kept = sorted((head for head in heads if indexed(head)), key=lambda head: head.slug)
    entries = tuple(SitemapEntry(addresses.story(head.slug), moment(head.published_at)) for head in kept)
    return _file(addresses.sitemap(day), Sitemap(house, entries), XML)


def sitemap_index_file(days: Sequence[str], house: House) -> SiteFile:
    """Without dates of change: it is another one once a day, not with every story."""
    parts = tuple(addresses.sitemap(name) for name in ("pages", *days))
    return _file(addresses.SITEMAP, SitemapIndex(house, parts), XML)


def guide_files(house: House) -> list[SiteFile]:
    return [_file("/robots.txt", Robots(house), TEXT), _file("/llms.txt", LlmsText(house), TEXT)]


def _item(head: Head, places: Places) -> FeedItem:
    label, sentence = LABELS.get(head.writer, ("", ""))
    told = f"{head.standfirst} " if head.standfirst else ""
    description = f"{told}[{label}: {sentence}. {coverage(head).line}. Score {head.score}/100.] {DISCLAIMER}"
    desk = places.desk(head.desk).name
    return FeedItem(
        f"urn:newsroom:story:{head.story_id}", head.headline, addresses.story(head.slug),
        head.first_published_at, head.published_at, desk, places.country(head.country).name, description,
    )  # fmt: skip


def _file(path: str, page: Template, content_type: str) -> SiteFile:
    return SiteFile(path, render(page), content_type)
