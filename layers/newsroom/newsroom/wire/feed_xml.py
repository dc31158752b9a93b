"""XML feeds: RSS 0.9 to 2.0, RDF, Atom and CDF, by their elements' local names."""

from base64 import b64decode
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from newsroom.wire.feed_found import MAX_FOUND, FoundEntry, FoundFeed
from newsroom.wire.feed_tree import feed_tree, local_name

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
PAGES = ("text/html", "application/xhtml+xml", "http://www.w3.org/1999/xhtml")
BINARY = "application/octet-stream"
HAS_BASES = etree.XPath("boolean(//@xml:base)")
HAS_BASE64 = etree.XPath(f"boolean(//@mode[.='base64'] | //@type[.='{BINARY}'])")
EXTENSIONS = (
    "{http://search.yahoo.com/mrss/}",
    "{http://www.itunes.com/dtds/podcast-1.0.dtd}",
    "{http://purl.org/rss/1.0/modules/slash/}",
    "{http://www.google.com/schemas/sitemap-image/1.1}",
)
"""Their `title`, `description` and `author` are about a picture or a sound, and only stand in."""
STANDS_IN = "~"

ID = ("guid", "id")
TITLE = ("title", "~title")
PUBLISHED = ("pubdate", "published", "issued", "date", "created")
MODIFIED = ("updated", "modified", "lastmodified")
SUMMARY = ("description", "summary", "abstract", "encoded", "content", "~description", "~summary")
WANTED = frozenset(
    (
        *ID,
        *TITLE,
        *PUBLISHED,
        *MODIFIED,
        *SUMMARY,
        "author",
        "~author",
        "creator",
        "identifier",
        "language",
        "link",
        "source",
    )
)
MAX_FIELD = 200_000
"""Characters of one element's text that are taken."""
MAX_TEXTS = 10_000

Parts = dict[str, list[etree._Element]]


def read_xml_feed(body: bytes, url: str, content_type: str) -> FoundFeed:
    """NotWellFormed for what feedparser may still make sense of, FeedUnreadable for what is surely no feed."""
    root = feed_tree(body, url, content_type)
    if local_name(root) == "feed" and HAS_BASE64(root):
        _without_base64(root)
    base_url = url if HAS_BASES(root) else ""
    channel = next((child for child in root if local_name(child) == "channel"), root)
    everybody = _persons(_parts(channel)) if local_name(root) == "feed" else ""
    return FoundFeed(
        title=_words(_child(channel, "title")),
        language=_words(_child(channel, "language")) or root.get(LANG, "") or channel.get(LANG, ""),
        entries=[_entry(element, base_url, everybody) for element in _entries(root)],
    )


def _entries(root: etree._Element) -> list[etree._Element]:
    """In the document's order; in capitals, as CDF has them, where there are no others."""
    found = list(islice(root.iter("{*}item", "{*}entry"), MAX_FOUND))
    return found or list(islice(root.iter("{*}ITEM", "{*}Item", "{*}Entry"), MAX_FOUND))


def _entry(entry: etree._Element, base_url: str, everybody: str) -> FoundEntry:
    parts = _parts(entry)
    link, held_by = _link(entry, parts)
    return FoundEntry(
        id=_first(parts, ID) or entry.get(ABOUT) or _first(parts, ("identifier",)),
        link=link,
        title=_first(parts, TITLE),
        published=_first(parts, PUBLISHED),
        modified=_first(parts, MODIFIED) or entry.get("LASTMOD", ""),
        author=_persons(parts) or everybody,
        summary=_first(parts, SUMMARY),
        language=entry.get(LANG) or _first(parts, ("language",)),
        source=_source(parts),
        base=_base(held_by, base_url) if base_url else "",
    )


def _parts(holder: etree._Element) -> Parts:
    """Children by their key, in order; only those that some field is read from."""
    parts: Parts = {}
    for child in holder:
        if key := _key(child.tag):
            parts.setdefault(key, []).append(child)
    return parts


@lru_cache(maxsize=2048)
def _key(tag: object) -> str:
    """A wanted element's local name, marked when it only stands in; empty for any other."""
    if not isinstance(tag, str):
        return ""
    key = tag.rpartition("}")[2].rpartition(":")[2].lower()
    if tag.startswith(EXTENSIONS):
        key = STANDS_IN + key
    return key if key in WANTED else ""


def _first(parts: Parts, keys: Sequence[str]) -> str:
    """The first of these that says anything."""
    for key in keys:
        if key in parts:
            for element in parts[key]:
                if words := _words(element):
                    return words
    return ""


def _link(entry: etree._Element, parts: Parts) -> tuple[str, etree._Element]:
    """The page's address and the element that holds it: RSS's text, Atom's alternate, a guid that is one."""
    links = parts.get("link", ())
    for link in links:
        if written := _words(link):
            return written, link
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")]
    for link in sorted(alternates, key=lambda link: link.get("type", "text/html") not in PAGES):
        return link.get("href", ""), link
    for guid in parts.get("guid", ()):
        if guid.get("isPermaLink", "true").strip().lower() != "false" and (written := _words(guid)):
            return written, guid
    if about := entry.get(ABOUT) or entry.get("HREF"):
        return about, entry
    identifier = _first(parts, ("id",))
    return identifier if identifier.startswith(("http://", "https://")) else "", entry


def _base(element: etree._Element, url: str) -> str:
    """xml:base as it holds at the element, itself relative to the feed's address."""
    bases = [found for one in (element, *element.iterancestors()) if (found := one.get(BASE))]
    try:
        for base in reversed(bases):
            url = urljoin(url, base.strip())
    except ValueError:
        pass
    return url


def _persons(parts: Parts) -> str:
    """In order, each once. Atom's have a name inside; of RSS's, the creator is the one meant for readers."""
    authors = parts.get("author", ())
    if not authors and "creator" not in parts:
        return _first(parts, ("~author",))
    named = [_words(name) for author in authors for name in author if local_name(name) == "name"]
    plain = [_words(one) for one in parts.get("creator", ())] or [_words(one) for one in authors if not len(one)]
    names = [name.strip() for name in named or plain if name.strip()]
    return ", ".join(dict.fromkeys(names)) or _first(parts, ("~author",))


def _source(parts: Parts) -> str:
    for source in parts.get("source", ()):
        title = _words(_child(source, "title")) if len(source) else _words(source)
        if title:
            return title
    return ""


def _child(holder: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in holder if _key(child.tag) == name), None)


def _words(element: etree._Element | None) -> str:
    if element is None:
        return ""
    if len(element):
        return _joined(element)
    text = element.text
    return text[:MAX_FIELD].strip() if text else ""


def _joined(element: etree._Element) -> str:
    """The texts of an element and what is in it, as far as there is room."""
    if element.find(".//{*}script") is not None or element.find(".//{*}style") is not None:
        etree.strip_elements(element, "{*}script", "{*}style", with_tail=False)
    texts: list[str] = []
    room = MAX_FIELD
    for text in islice(element.itertext(), MAX_TEXTS):
        if isinstance(text, str):
            texts.append(text[:room])
            room -= len(text)
        if room <= 0:
            break
    return "".join(texts).strip()


def _without_base64(root: etree._Element) -> None:
    """Atom allows it; what is no base64 stays as it is."""
    for element in root.iter():
        if element.text and (element.get("mode") == "base64" or element.get("type") == BINARY):
            with suppress(ValueError):
                element.text = b64decode("".join(element.text.split()), validate=True).decode("utf-8")
