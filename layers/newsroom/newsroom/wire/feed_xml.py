"""Well-formed XML feeds: RSS 0.9 to 2.0, RDF and Atom, by their elements' local names.

lxml without network, DTDs, entities of the document's own or huge trees: libxml2 itself then stops at a depth of
256 and at 10 MB of one text. A bad document is NotWellFormed, for feedparser to judge.
"""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from itertools import islice

from lxml import etree

from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import MAX_ENTRIES, RawEntry, RawFeed

XML = "{http://www.w3.org/XML/1998/namespace}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XHTML = "http://www.w3.org/1999/xhtml"
MEDIA = "http://search.yahoo.com/mrss/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
EXTENSIONS = (
    MEDIA,
    ITUNES,
    "http://purl.org/rss/1.0/modules/slash/",
    "http://www.google.com/schemas/sitemap-image/1.1",
)
"""Their `title`, `description` and `author` are about a picture or a sound, and only stand in."""

NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
XML_NAMES = (b"amp", b"lt", b"gt", b"quot", b"apos")
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.I)

MAX_FIELD = 200_000
"""Characters of one element's text that are taken."""


class NotWellFormed(Exception):
    """Not XML, or no feed that this reader knows."""


def read_xml_feed(body: bytes, url: str, content_type: str) -> RawFeed:
    """NotWellFormed for what feedparser may still make sense of, FeedUnreadable for a web page."""
    root = _parsed(body, content_type)
    name = _local(root)
    if name == "html":
        raise FeedUnreadable("a web page, not a feed", about=url)
    if name not in ("rss", "rdf", "feed", "channel"):
        raise NotWellFormed(name)
    has_bases = b"xml:base" in body
    channel = next((child for child in root if _local(child) == "channel"), root)
    about = {key: child for child in reversed(list(channel)) if (key := _local(child))}
    entries = islice(root.iter("{*}item", "{*}entry"), MAX_ENTRIES)
    return RawFeed(
        title=_words(about.get("title")),
        language=_words(about.get("language")) or root.get(f"{XML}lang", "") or channel.get(f"{XML}lang", ""),
        entries=[_entry(entry, url if has_bases else "") for entry in entries],
    )


def _parsed(body: bytes, content_type: str) -> etree._Element:
    body = body.lstrip(b" \t\r\n")
    declared = CHARSET.search(content_type)
    for attempt in _repairs(body):
        try:
            return etree.fromstring(attempt, _parser())
        except (etree.XMLSyntaxError, ValueError):
            continue
    if declared and not body.startswith(b"<?xml"):
        try:
            return etree.fromstring(body, _parser(declared[1]))
        except (etree.XMLSyntaxError, ValueError, LookupError):
            pass
    raise NotWellFormed


def _repairs(body: bytes) -> Iterator[bytes]:
    """The document, then the document with HTML's names for characters spelled as numbers and controls left out."""
    yield body
    repaired = NAMED.sub(_numbered, CONTROLS.sub(b"", body) if b"\0" not in body[:4] else body)
    if repaired != body:
        yield repaired


def _numbered(found: re.Match[bytes]) -> bytes:
    point = name2codepoint.get(found[1].decode())
    return found[0] if found[1] in XML_NAMES or point is None else b"&#%d;" % point


def _parser(encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _entry(entry: etree._Element, base_url: str) -> RawEntry:
    parts: dict[str, list[etree._Element]] = {}
    stand_ins: dict[str, list[etree._Element]] = {}
    for child in entry:
        where = stand_ins if _namespace(child) in EXTENSIONS else parts
        where.setdefault(_local(child), []).append(child)

    def first(*names: str) -> str:
        """The first of these that says anything."""
        for name in names:
            for child in parts.get(name, ()):
                if words := _words(child):
                    return words
        return next((words for name in names for child in stand_ins.get(name, ()) if (words := _words(child))), "")

    link, held_by = _link(entry, parts)
    return RawEntry(
        id=first("guid", "id") or entry.get(f"{RDF}about", "") or first("identifier"),
        link=link,
        title=first("title"),
        published=first("pubdate", "published", "issued", "date", "created"),
        modified=first("updated", "modified", "lastmodified"),
        author=_authors(parts) or first("author"),
        summary=first("description", "summary", "abstract", "encoded", "content"),
        language=entry.get(f"{XML}lang", "") or first("language"),
        source=_source(parts),
        base=_base(held_by, base_url) if base_url else "",
    )


def _link(entry: etree._Element, parts: dict[str, list[etree._Element]]) -> tuple[str, etree._Element]:
    """The page's address and the element that holds it: RSS's text, Atom's alternate, a guid that is one."""
    links = parts.get("link", ())
    for link in links:
        if link.text and link.text.strip():
            return link.text, link
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")]
    for link in sorted(alternates, key=lambda link: link.get("type", "text/html") not in ("text/html", XHTML)):
        return link.get("href", ""), link
    for guid in parts.get("guid", ()):
        if guid.get("isPermaLink", "true").strip().lower() != "false" and guid.text:
            return guid.text, guid
    return entry.get(f"{RDF}about", ""), entry


def _base(element: etree._Element, url: str) -> str:
    """xml:base as it holds at the element, itself relative to the feed's address."""
    from urllib.parse import urljoin

    bases = [found for one in (element, *element.iterancestors()) if (found := one.get(f"{XML}base"))]
    try:
        for base in reversed(bases):
            url = urljoin(url, base.strip())
    except ValueError:
        pass
    return url


def _authors(parts: dict[str, list[etree._Element]]) -> str:
    """Persons, in order, each once. Atom's have a name inside; of RSS's, the creator is meant for readers."""
    named = [_words(name) for author in parts.get("author", ()) for name in author if _local(name) == "name"]
    plain = [_words(one) for one in parts.get("creator", ())] or [
        _words(one) for one in parts.get("author", ()) if not len(one)
    ]
    return ", ".join(dict.fromkeys(name.strip() for name in named or plain if name.strip()))


def _source(parts: dict[str, list[etree._Element]]) -> str:
    for source in parts.get("source", ()):
        titles = [_words(child) for child in source if _local(child) == "title"]
        if words := (titles[0] if titles else "" if len(source) else _words(source)):
            return words
    return ""


def _words(element: etree._Element | None) -> str:
    if element is None:
        return ""
    if not len(element):
        return (element.text or "")[:MAX_FIELD].strip()
    return "".join(islice((text for text in element.itertext() if isinstance(text, str)), 10_000))[:MAX_FIELD].strip()


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _namespace(element: etree._Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""
