"""Who is on the wire: a publisher's catalogue entry, how it presents itself, and the items it carries."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from newsroom.boundary import Boundary
from newsroom.publishers.publisher import Publisher

FeedFormat = Literal["rss2", "rss1", "atom", "jsonfeed"]
AddressStyle = Literal["dated", "section", "numbered", "query", "short"]
Fault = Literal["refuse", "500", "endless", "bomb", "garbage", "slow", "redirect-private"]
FAULTS: tuple[Fault, ...] = ("refuse", "500", "endless", "bomb", "garbage", "slow", "redirect-private")


class Presentation(Boundary):
    """What only the server knows of a publisher: the shape of its feed, its pages and its addresses.

    `zone` is an IANA name: the feed's dates are written in it. `tracking` adds utm_ parameters to the feed's links.
    `fulltext` puts the whole article into the feed, as some publishers do.
    """

    feed: FeedFormat
    design: str
    zone: str = "UTC"
    charset: str = "utf-8"
    addresses: AddressStyle = "dated"
    tracking: bool = False
    fulltext: bool = False
    strapline: str = ""
    sections: tuple[str, ...] = ("Markets", "Economy", "Companies")
    fault: Fault | None = None


@dataclass(frozen=True)
class Item:
    """One article as a feed lists it; `page` renders its page as it stands at a moment.

    `at` is the date shown (None: undated), `appears` the moment from which the wire serves it; `address` is the
    absolute URL as published, `target` its path and query as the server compares them.
    """

    address: str
    target: str
    title: str
    summary: str
    byline: str
    tags: tuple[str, ...]
    language: str
    at: datetime | None
    appears: datetime
    updated: datetime | None
    credit: Publisher | None
    body_html: Callable[[datetime], str]
    page: Callable[[datetime], bytes]
    content_type: str = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Outlet:
    """A publisher with everything it serves; `items` newest first."""

    publisher: Publisher
    presentation: Presentation
    items: tuple[Item, ...]

    @property
    def host(self) -> str:
        return urlsplit(self.publisher.home).netloc.lower()

    def visible(self, now: datetime) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.appears <= now)


class Source(Protocol):
    """Where a wire takes its outlets from: the sample content, or recorded pages."""

    def catalogue_toml(self) -> str: ...

    def outlets(self, anchor: datetime) -> tuple[Outlet, ...]: ...


def read_catalogue(text: str) -> tuple[Publisher, ...]:
    """The `[[publisher]]` entries of a catalogue; pydantic's ValidationError on anything unknown or missing."""
    return tuple(Publisher.model_validate(entry) for entry in tomllib.loads(text)["publisher"])


def read_presentations(path: Path) -> Mapping[str, Presentation]:
    """wire.toml: one `[outlet.<publisher id>]` table per publisher."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["outlet"]
    return {publisher: Presentation.model_validate(table) for publisher, table in tables.items()}
