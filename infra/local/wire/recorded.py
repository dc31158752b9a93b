"""Recorded pages as a source: real article pages, served byte for byte from their own host names.

The pages are other people's and stay outside this repository; only their directory is named. Feeds (RSS 2.0) are made
from the manifest and each page's own title.
"""

import csv
import gzip
import html
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from newsroom.publishers.publisher import Publisher
from newsroom.wire.feed_document import language_code

from infra.local.wire.outlets import Item, Outlet, Presentation

# Country-code domains name their country, except where the code is sold as a word or differs from ISO 3166.
COUNTRIES_BY_DOMAIN = {"uk": "GB"}
GENERIC_DOMAINS = {"com", "org", "net", "info", "news", "tv", "co", "io", "eu", "me", "biz", "edu", "gov"}
FRESHEST = timedelta(minutes=20)
WITHIN_A_STORY = timedelta(minutes=25)
BETWEEN_ITEMS = timedelta(minutes=4)
OG_TITLE = re.compile(
    rb"""<meta[^>]+property=["']?og:title["']?[^>]*?content=("[^"]*"|'[^']*')|"""
    rb"""<meta[^>]+content=("[^"]*"|'[^']*')[^>]*?property=["']?og:title["']?""",
    re.IGNORECASE,
)
TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)


class RecordedPagesMissing(Exception):
    """The directory does not hold the recorded pages and their manifest."""


@dataclass(frozen=True)
class RecordedPage:
    """One page: its address as recorded, its file, the story people put it in ("" when in none)."""

    url: str
    file: Path
    language: str
    story: str

    def bytes(self) -> bytes:
        return gzip.decompress(self.file.read_bytes())

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()

    @property
    def target(self) -> str:
        """Path and query as the server compares them."""
        parts = urlsplit(self.url)
        kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
        return (parts.path or "/") + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True)
class RecordedSource:
    """Pages of `directory` (MANIFEST.csv, story_groups.json, sets in folders); RecordedPagesMissing where absent."""

    directory: Path
    sets: tuple[str, ...] = ("scrapinghub",)

    def __post_init__(self) -> None:
        for name in ("MANIFEST.csv", "story_groups.json"):
            if not (self.directory / name).is_file():
                raise RecordedPagesMissing(f"no recorded pages at {self.directory}: {name} is missing")

    @cached_property
    def pages(self) -> tuple[RecordedPage, ...]:
        """Every page with an address that is not its site's front page, in the manifest's order."""
        stories = self.gold()
        with (self.directory / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
            rows = [row for row in csv.DictReader(manifest) if row["set"] in self.sets and row["url"]]
        pages = (
            RecordedPage(
                row["url"], self.directory / row["file"], language_code(row["lang"]), stories.get(row["url"], "")
            )
            for row in rows
        )
        return tuple({page.url: page for page in pages if page.host and page.target != "/"}.values())

    def gold(self) -> dict[str, str]:
        """Address → story, for the pages that people grouped."""
        groups = json.loads((self.directory / "story_groups.json").read_text(encoding="utf-8"))
        return {page["url"]: story for story, pages in groups.items() for page in pages}

    @cached_property
    def publishers(self) -> dict[str, Publisher]:
        hosts = sorted({page.host for page in self.pages})
        languages = {page.host: page.language for page in reversed(self.pages) if page.language}
        return {host: _publisher(host, languages.get(host, "en")) for host in hosts}

    def catalogue_toml(self) -> str:
        return "\n".join(_entry(publisher) for publisher in self.publishers.values())

    def outlets(self, anchor: datetime) -> tuple[Outlet, ...]:
        dates = self._dates(anchor)
        items: dict[str, list[Item]] = {host: [] for host in self.publishers}
        for page in self.pages:
            items[page.host].append(_item(page, dates[page.url]))
        return tuple(
            Outlet(publisher, PRESENTATION, tuple(sorted(items[host], key=lambda item: item.appears, reverse=True)))
            for host, publisher in self.publishers.items()
        )

    def _dates(self, anchor: datetime) -> dict[str, datetime]:
        """A story's pages 25 minutes apart (four pages: within three hours), the others every four minutes."""
        dates: dict[str, datetime] = {}
        told: dict[str, int] = {}
        for position, page in enumerate(self.pages):
            if page.story:
                nth = told[page.story] = told.get(page.story, -1) + 1
                dates[page.url] = anchor - FRESHEST - nth * WITHIN_A_STORY
            else:
                dates[page.url] = anchor - FRESHEST - position * BETWEEN_ITEMS
        return dates


PRESENTATION = Presentation(feed="rss2", design="recorded", strapline="Recorded pages")


def _publisher(host: str, language: str) -> Publisher:
    domain = host.rpartition(".")[2]
    national = len(domain) == 2 and domain not in GENERIC_DOMAINS
    return Publisher(
        id=re.sub(r"[^a-z0-9]+", "-", host.removeprefix("www.")).strip("-"),
        name=host.removeprefix("www."),
        home=f"https://{host}/",
        country=COUNTRIES_BY_DOMAIN.get(domain, domain.upper()) if national else "US",
        language=language,
        tier=3,
        reason="Recorded pages for trying the newsroom on real input; not judged.",
        feeds=(f"https://{host}/recorded-feed.xml",),
    )


def _entry(publisher: Publisher) -> str:
    lines = ["[[publisher]]"]
    for name, value in publisher.model_dump(mode="json").items():
        lines.append(f"{name} = {json.dumps(value)}")
    return "\n".join(lines) + "\n"


def _item(page: RecordedPage, at: datetime) -> Item:
    return Item(
        address=page.url,
        target=page.target,
        title=page_title(page.bytes()) or page.url,
        summary="",
        byline="",
        tags=(),
        language=page.language,
        at=at,
        appears=at,
        updated=None,
        credit=None,
        body_html=lambda _now: "",
        page=lambda _now: page.bytes(),
        content_type="text/html",
    )


def page_title(document: bytes) -> str:
    """The page's og:title, else its <title>; "" when it has neither."""
    match = OG_TITLE.search(document)
    found = (match[1] or match[2])[1:-1] if match else b""
    if not found.strip():
        match = TITLE.search(document)
        found = match[1] if match else b""
    charset = CHARSET.search(document)
    try:
        text = found.decode(charset[1].decode() if charset else "utf-8", errors="replace")
    except LookupError:
        text = found.decode("utf-8", errors="replace")
    return " ".join(html.unescape(text).split())
