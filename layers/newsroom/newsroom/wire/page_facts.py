"""What a page says about itself: linked data, meta elements, links; never its running text, unless asked."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newsroom.wire.dates import read_date
from newsroom.wire.wishes import reserved_by_meta

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LINKED_DATA = 500_000
MAX_NODES = 2_000

ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|PressRelease|NewsItem)$")

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


def read_facts(tree: "HtmlElement", url: str) -> Facts:
    """Facts from what is written for machines. Strings as found: markup and odd characters included."""
    meta = _meta(tree)
    linked = _linked_article(tree)
    canonical = next(
        (link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"), ""
    )
    return Facts(
        title=_title(tree, meta, linked),
        byline=_byline(tree, meta, linked),
        published_at=read_date(_string(linked.get("datePublished")))
        or _first_date(meta, PUBLISHED)
        or _time_element(tree)
        or _date_in_path(url),
        modified_at=read_date(_string(linked.get("dateModified"))) or _first_date(meta, MODIFIED),
        language=tree.get("lang", "") or _string(linked.get("inLanguage")) or _first(meta, LANGUAGE),
        canonical_url=canonical or meta.get("og:url", ""),
        paid=_paid(linked, meta),
        reserved=reserved_by_meta(meta),
        credit=_first(meta, CREDIT) or _name(linked.get("sourceOrganization")) or _name(linked.get("isBasedOn")),
    )


def read_facts_in_text(tree: "HtmlElement", url: str, facts: Facts) -> Facts:
    """The facts, with title, byline and date looked for in the running text where nothing states them (6 ms a page)."""
    from trafilatura.metadata import extract_metadata

    found: Any = extract_metadata(tree, default_url=url)
    return replace(
        facts,
        title=facts.title or found.title or "",
        byline=facts.byline or (found.author or "").replace("; ", ", "),
        published_at=facts.published_at or read_date(found.date or ""),
    )


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Meta elements by name, property, itemprop or http-equiv in lower case; the first that says something."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content", "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                meta.setdefault(name.strip().lower(), content[:2000])
    return meta


def _linked_article(tree: "HtmlElement") -> dict[str, Any]:
    """The article among the page's linked data, and what the page around it adds; empty when there is none."""
    nodes = list(_nodes(tree))
    for node in nodes:
        if any(ARTICLES.search(kind) for kind in _kinds(node)):
            return node
    return {}


def _nodes(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    taken = 0
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = (script.text or "").strip()
        text = (
            re.sub(r"^(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)$", "", text)
            .strip()
            .rstrip(";")
        )
        try:
            waiting = [json.loads(text, strict=False)] if len(text) <= MAX_LINKED_DATA else []
        except (ValueError, RecursionError):
            continue
        while waiting and taken < MAX_NODES:
            taken += 1
            node = waiting.pop(0)
            if isinstance(node, dict):
                yield node
                waiting += [
                    node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in node
                ]
            elif isinstance(node, list):
                waiting += node[:200]


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", "")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _title(tree: "HtmlElement", meta: dict[str, str], linked: dict[str, Any]) -> str:
    headings = [" ".join("".join(one.itertext()).split()) for one in tree.iter("h1")]
    headings = [one for one in headings if len(one) > 5]
    stated = _string(linked.get("headline")) or _first(meta, TITLE)
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
    if name := _name(linked.get("author")) or _name(linked.get("creator")):
        return name
    stated = _first(meta, AUTHOR)
    if stated and not stated.startswith(("http:", "https:", "/", "@")):
        return stated
    for path in (
        ".//*[@itemprop='author']//*[@itemprop='name']", ".//*[@itemprop='author']", ".//*[@rel='author']",
        ".//*[contains(concat(' ',normalize-space(@class),' '),' byline ')]",
        ".//*[contains(concat(' ',normalize-space(@class),' '),' author ')]",
    ):  # fmt: skip
        for element in tree.xpath(path)[:3]:
            words = " ".join(" ".join(element.itertext()).split())
            if 3 < len(words) < 120:
                return words
    return ""


def _name(author: Any) -> str:
    """One name or several out of what linked data puts there: text, an object, a list of either."""
    if isinstance(author, list):
        return ", ".join(dict.fromkeys(name for one in author[:10] if (name := _name(one))))
    if isinstance(author, dict):
        return _name(author.get("name"))
    return author.strip() if isinstance(author, str) and not author.startswith(("http:", "https:")) else ""


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


def _paid(linked: dict[str, Any], meta: dict[str, str]) -> bool:
    free = linked.get("isAccessibleForFree")
    tier = meta.get("article:content_tier", "").lower()
    return (free is not None and str(free).strip().lower() in ("false", "no", "0")) or tier in ("locked", "paid")


def _string(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = value.get("@value") or value.get("alternateName") or value.get("name")
    return value if isinstance(value, str) else ""
