"""What a page says about itself: linked data, meta elements, links; never its running text, unless asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newsroom.wire.dates import read_date
from newsroom.wire.page_linked import a_string, article_among, kinds, linked_data, names
from newsroom.wire.page_text import for_trafilatura
from newsroom.wire.wishes import reserved_by_meta

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# By trust: what publishers keep for machines that rank them, then for sharing, then for archives.
PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "publish-date",
    "publishdate", "pubdate", "ptime", "publication_date", "og:published_time", "article.published", "date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
AUTHOR = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "og:article:author",
)
TITLE = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
CREDIT = ("original-source", "syndication-source", "dc.source", "article:source")
LANGUAGE = ("content-language", "dc.language", "og:locale", "language")
BYLINES = (
    "/descendant::*[@itemprop='author' or @itemprop='name' or @rel='author'"
    " or contains(@class,'byline') or contains(@class,'author')]"
)
MAX_BYLINES = 200
A_NAME = re.compile(r"[^\W\d]\S*(?: [^\s@\d]+){1,4}")
INVITES = re.compile(
    r"(?:more|see|all|full|read|view|follow|e-?mail|contact|show|share|subscribe|posted|published|updated)\b", re.I
)
AFTER_NAMES = re.compile(r"\s+(?:[|·•/–—]|\S*\d|\S+@|(?:posted|published|updated)\b)", re.I)
EVENTS = re.compile(r"(?<!Publication)(?<!Broadcast)(?<!Delivery)Event$")
DATE_IN_PATH = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
PARTING = re.compile(r"\s+[|–—·»:-]{1,2}\s+")


@dataclass(frozen=True)
class Facts:
    title: str = ""
    byline: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str = ""
    canonical_url: str = ""
    paid: bool = False
    """The publisher says that it is not free to read."""
    reserved: str = ""
    credit: str = ""
    event_at: datetime | None = None
    """When the event that the page is about begins, where its markup states one, and only one."""


def read_facts(tree: "HtmlElement", url: str) -> Facts:
    """Facts from what is written for machines. Strings as found: markup and odd characters included."""
    meta = _meta(tree)
    nodes = linked_data(tree)
    linked = article_among(nodes)
    canonical = next(
        (link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"), ""
    )
    return Facts(
        title=_title(tree, meta, linked),
        byline=_byline(tree, meta, linked),
        published_at=read_date(a_string(linked.get("datePublished")))
        or _first_date(meta, PUBLISHED)
        or _time_element(tree)
        or _date_in_path(url),
        modified_at=read_date(a_string(linked.get("dateModified"))) or _first_date(meta, MODIFIED),
        language=tree.get("lang", "") or a_string(linked.get("inLanguage")) or _first(meta, LANGUAGE),
        canonical_url=canonical or meta.get("og:url", ""),
        paid=_paid(linked, meta),
        reserved=next(filter(None, (reserved_by_meta({name: content}) for name, content in _metas(tree))), ""),
        credit=_first(meta, CREDIT) or names(linked.get("sourceOrganization")) or names(linked.get("isBasedOn")),
        event_at=_event_date(tree, nodes),
    )


def read_facts_in_text(tree: "HtmlElement", url: str, facts: Facts) -> Facts:
    """The facts, with title, byline and date looked for in the running text where nothing states them (6 ms a page)."""
    if not for_trafilatura(tree):
        return facts
    from trafilatura.metadata import extract_metadata

    found: Any = extract_metadata(tree, default_url=url)
    return replace(
        facts,
        title=facts.title or found.title or "",
        byline=facts.byline or (found.author or "").replace("; ", ", "),
        published_at=facts.published_at or read_date(found.date or ""),
    )


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Meta elements by name; the first of a name that says something."""
    meta: dict[str, str] = {}
    for name, content in _metas(tree):
        meta.setdefault(name, content)
    return meta


def _metas(tree: "HtmlElement") -> Iterator[tuple[str, str]]:
    """(name, property, itemprop or http-equiv in lower case, what it says) of each meta element that says something."""
    for element in tree.iter("meta"):
        content = element.get("content", "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                yield name.strip().lower(), content[:2000]


def _title(tree: "HtmlElement", meta: dict[str, str], linked: dict[str, Any]) -> str:
    headings = [_opening(one) for one in islice(tree.iter("h1"), 20)]
    headings = [one for one in headings if len(one) > 5]
    stated = a_string(linked.get("headline")) or _first(meta, TITLE)
    in_head = next((" ".join((one.text or "").split()) for one in tree.iter("title")), "")
    if len(headings) == 1 and _same_beginning(headings[0], stated or in_head or headings[0]):
        return headings[0]
    return _without_site(stated or in_head, _first(meta, ("og:site_name", "application-name")), headings)


def _same_beginning(one: str, other: str) -> bool:
    """A heading and a stated title that differ in a site's name or a cut are one title."""
    length = min(25, len(one), len(other))
    return one[:length].casefold() == other[:length].casefold()


def _without_site(title: str, site: str, headings: list[str]) -> str:
    if title in headings:
        return title
    parts = PARTING.split(title)
    if len(parts) > 1 and (parts[-1].casefold() == site.casefold() or (len(parts[-1]) < 25 and len(parts[0]) > 25)):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»:-")
    return title


def _byline(tree: "HtmlElement", meta: dict[str, str], linked: dict[str, Any]) -> str:
    if name := names(linked.get("author")) or names(linked.get("creator")):
        return name
    stated = _first(meta, AUTHOR)
    if stated and not stated.startswith(("http:", "https:", "/", "@")):
        return stated
    candidates = tree.xpath(BYLINES)[:MAX_BYLINES]
    marked = {way: words for element in reversed(candidates) for way, words in _signed(element)}
    return marked[min(marked)] if marked else ""


def _signed(element: "HtmlElement") -> Iterator[tuple[int, str]]:
    """(how doubtful, the names) of an element that may hold the byline."""
    names = element.get("class", "").split()
    if element.get("itemprop") == "name":
        doubt = 0 if any(one.get("itemprop") == "author" for one in element.iterancestors()) else None
    elif "author" in (element.get("itemprop"), element.get("rel")):
        doubt = 1 if element.get("itemprop") else 2
    else:
        doubt = 3 if "byline" in names else 4 if "author" in names else None
    if doubt is not None and 3 < len(words := _signature(element)) < 120:
        yield doubt, words


def _signature(element: "HtmlElement") -> str:
    """The names in a byline: of those who are linked, or what stands before a bar, a dot, a date or an address."""
    linked = (_opening(link) for link in islice(element.iter("a"), 20))
    if names := [name for name in linked if A_NAME.fullmatch(name) and not INVITES.match(name)]:
        return ", ".join(dict.fromkeys(names))
    words = AFTER_NAMES.split(_opening(element))[0]
    return "" if INVITES.match(words) else words


def _opening(element: "HtmlElement") -> str:
    """The first words in an element: a byline has few."""
    return " ".join(" ".join(islice(element.itertext(), 40)).split())


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _first_date(meta: dict[str, str], names: tuple[str, ...]) -> datetime | None:
    return next((at for name in names if name in meta and (at := read_date(meta[name]))), None)


def _time_element(tree: "HtmlElement") -> datetime | None:
    """Of `<time datetime>`, one marked as the publication's, else the first inside an article, else the first."""
    marked = ".//*[@itemprop='datePublished' or @pubdate]"
    for path in (marked, ".//article//time[@datetime]", ".//main//time[@datetime]", ".//time[@datetime]"):
        for element in tree.xpath(path)[:3]:
            if at := read_date(element.get("datetime") or element.get("content") or element.text or ""):
                return at
    return None


def _date_in_path(url: str) -> datetime | None:
    try:
        found = DATE_IN_PATH.search(urlsplit(url).path)
        return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC) if found else None
    except ValueError:
        return None


def _event_date(tree: "HtmlElement", nodes: list[dict[str, Any]]) -> datetime | None:
    """By schema.org: startDate of an Event in linked data, or in the running text's markup. Of two, neither."""
    stated = [a_string(node.get("startDate")) for node in nodes if any(EVENTS.search(kind) for kind in kinds(node))]
    stated += [
        element.get("datetime") or element.get("content") or ""
        for element in tree.iter("time", "meta")
        if "startDate" in (element.get("itemprop"), element.get("property"))
    ]
    dates = {at for one in stated if (at := read_date(one))}
    return dates.pop() if len(dates) == 1 else None


def _paid(linked: dict[str, Any], meta: dict[str, str]) -> bool:
    parts = linked.get("hasPart")
    stated = [
        linked,
        *(part for part in (parts if isinstance(parts, list) else [parts])[:20] if isinstance(part, dict)),
    ]
    free = [str(one.get("isAccessibleForFree", "")).strip().lower() for one in stated]
    tier = meta.get("article:content_tier", "").lower()
    return any(one.rpartition("/")[2] in ("false", "no", "0") for one in free) or tier in ("locked", "paid")
