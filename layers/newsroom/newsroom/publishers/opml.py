"""OPML 2.0 (opml.org/spec2.opml), in and out: how feed readers hand each other what they read.

Read with expat, element by element, so that nothing is built that could grow: a document type, and with it every
entity of a document's own, is refused where it begins, and counting stops the reading.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Literal
from urllib.parse import urljoin
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from newsroom.articles.address import site_of
from newsroom.errors import BadInput
from newsroom.publishers.candidates import country_of
from newsroom.publishers.codes import COUNTRIES
from newsroom.publishers.ids import publisher_id
from newsroom.publishers.publisher import TIERS, Publisher
from newsroom.publishers.soundness import same_address
from newsroom.wire.feed_document import language_code, web_link
from newsroom.wire.plain_text import in_a_line

MAX_BYTES = 5_000_000
MAX_OUTLINES = 20_000
"""Folders included. The largest published collection has about 5,000 feeds."""
MAX_DEPTH = 32
MAX_NAME = 80
MAX_REASON = 300


@dataclass(frozen=True)
class Outline:
    """One feed of an OPML document, with the names of the folders around it."""

    feed: str
    title: str
    home: str = ""
    language: str = ""
    description: str = ""
    category: str = ""
    folders: tuple[str, ...] = ()


def as_opml(
    publishers: Sequence[Publisher], *, now: datetime, grouped: Literal["country", "tier"] = "country", title: str
) -> str:
    """An OPML 2.0 document. Country and tier stand in `category`, the reason in `description`, both OPML's own."""
    folders: dict[str, list[Publisher]] = defaultdict(list)
    for publisher in publishers:
        folders[publisher.country if grouped == "country" else f"{publisher.tier} {TIERS[publisher.tier]}"].append(
            publisher
        )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{escape(title)}</title><dateCreated>{format_datetime(now)}</dateCreated></head>",
        "  <body>",
    ]
    for folder, members in sorted(folders.items()):
        lines.append(f"    <outline text={quoteattr(folder)}>")
        lines += [f"      {_outline(publisher, feed)}" for publisher in members for feed in publisher.feeds]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>"])


def _outline(publisher: Publisher, feed: str) -> str:
    attributes = {
        "type": "rss",
        "text": publisher.name,
        "xmlUrl": feed,
        "htmlUrl": publisher.home,
        "language": publisher.language,
        "description": publisher.reason,
        "category": f"/country/{publisher.country},/tier/{publisher.tier}",
    }
    return f"<outline {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"


def read_opml(body: bytes, about: str = "") -> list[Outline]:
    """Its feeds in order, each address once; links that are no web addresses are left out.

    BadInput for what is too long, no OPML, not well-formed, or has a document type, more than 20,000 outlines or
    folders 32 deep.
    """
    if len(body) > MAX_BYTES:
        raise BadInput(f"has more than {MAX_BYTES:,} bytes", about=about)
    reader = _Reader(about)
    try:
        reader.parser.Parse(body, True)
    except expat.ExpatError as exc:
        raise BadInput(f"is not XML ({exc})", about=about) from exc
    except (LookupError, ValueError) as exc:
        raise BadInput(f"is in an encoding that nobody knows ({exc})", about=about) from exc
    return list(reader.found.values())


@dataclass
class _Reader:
    about: str
    found: dict[str, Outline] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    depth: int = 0
    outlines: int = 0
    in_body: bool = False
    parser: Any = field(init=False)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _refuse_doctype(self, *_declared: object) -> None:
        raise BadInput("has a document type, which OPML does not have", about=self.about)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and name.lower() != "opml":
            raise BadInput(f"is <{name[:40]}>, not <opml>", about=self.about)
        if self.depth > MAX_DEPTH:
            raise BadInput(f"is nested more than {MAX_DEPTH} deep", about=self.about)
        self.in_body = self.in_body or name.lower() == "body"
        if name.lower() != "outline" or not self.in_body:
            self.folders.append("")
            return
        self.outlines += 1
        if self.outlines > MAX_OUTLINES:
            raise BadInput(f"has more than {MAX_OUTLINES:,} outlines", about=self.about)
        said = {key.lower(): value for key, value in attributes.items()}
        text = in_a_line(said.get("title") or said.get("text", ""), MAX_NAME)
        self.folders.append(text)
        feed = web_link(said.get("xmlurl", ""), "")
        if feed:
            self.found.setdefault(same_address(feed), self._outline(feed, text, said))

    def _outline(self, feed: str, text: str, said: Mapping[str, str]) -> Outline:
        return Outline(
            feed=feed,
            title=text,
            home=web_link(said.get("htmlurl", ""), feed),
            language=language_code(said.get("language", "")),
            description=in_a_line(said.get("description", ""), MAX_REASON),
            category=in_a_line(said.get("category", ""), 200),
            folders=tuple(filter(None, self.folders[:-1])),
        )

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.folders.pop()
        if name.lower() == "body":
            self.in_body = False


def new_entries(outlines: Sequence[Outline], known: Sequence[Publisher]) -> Iterator[dict[str, Any]]:
    """Fields of an entry in the making for every home page of which a feed is not in the catalogue yet.

    Country, tier, language and reason are taken where the document states them; a person decides the rest.
    """
    have = {same_address(feed) for publisher in known for feed in publisher.feeds}
    ids = {publisher.id for publisher in known}
    homes: dict[str, list[Outline]] = defaultdict(list)
    for outline in outlines:
        if same_address(outline.feed) not in have:
            homes[outline.home or urljoin(outline.feed, "/")].append(outline)
    for home, group in homes.items():
        first = group[0]
        stated = _stated(first)
        country = stated.get("country") or country_of(home)
        name = first.title or site_of(home)
        new_id = publisher_id(name, ids, country)
        ids.add(new_id)
        yield {
            "id": new_id,
            "name": name,
            "home": home,
            "country": country,
            "language": first.language,
            "tier": stated.get("tier", ""),
            "reason": first.description,
            "feeds": [outline.feed for outline in group],
        }


def _stated(outline: Outline) -> dict[str, Any]:
    """Country and tier as this catalogue writes them, and a folder that is called like a country's code."""
    stated: dict[str, Any] = {}
    for category in (*outline.category.split(","), *(f"/country/{folder}" for folder in outline.folders)):
        kind, _, value = category.strip().strip("/").partition("/")
        if kind == "country" and value in COUNTRIES:
            stated.setdefault("country", value)
        if kind == "tier" and value.isdigit() and int(value) in TIERS:
            stated.setdefault("tier", int(value))
    return stated
