"""Where a home page may have its feeds, best guesses first. Rules only."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsroom.articles.address import site_of
from newsroom.publishers.codes import COUNTRIES
from newsroom.publishers.soundness import same_address
from newsroom.wire.feed_document import language_code, web_link
from newsroom.wire.plain_text import from_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:[/._?=&-]|$)|\.(?:rss|atom|rdf)$|[?&]format=(?:feed|rss)", re.I
)
FEED_WORDS = re.compile(r"\b(?:rss|atom|feeds?|syndication)\b", re.I)
COMMENTS = re.compile(r"/comments?/|[?&]feed=comments|comments?-?(?:rss|feed|atom)", re.I)
COMMON_PATHS = (
    "/feed/", "/rss", "/rss.xml", "/feed.xml", "/feed", "/atom.xml", "/index.xml", "/feeds/", "/feed.json", "/rss/news",
)  # fmt: skip
TAGS = re.compile(rb"</?(?:html|title|meta|link|a)\b[^<>]{0,1000}>[^<]{0,200}", re.I)
MAX_TAGS = 5_000
MAX_CANDIDATES = 30
MAX_NAME = 80

# Country codes that are sold for how they read: they say nothing about where somebody sits.
SOLD = frozenset(("AI", "CC", "CO", "FM", "GG", "IO", "LA", "LY", "ME", "NU", "SH", "ST", "SU", "TO", "TV", "VC", "WS"))
DOMAINS = {"UK": "GB"}


def essentials(page: bytes) -> bytes:
    """The page without what says nothing of feeds, each tag short: libxml2 is quadratic in the attributes of a tag.

    The words of a link that begin inside another element are lost; its address is not.
    """
    return b"".join(tag[0] for tag in islice(TAGS.finditer(page), MAX_TAGS))


def candidates(tree: "HtmlElement", url: str) -> list[str]:
    """Absolute addresses of what the page calls its feeds, then of links that look like one; each once, no comments."""
    found: dict[str, str] = {}
    for link in (*_alternates(tree), *_anchors(tree, url)):
        address = web_link(link, url)
        if address and not COMMENTS.search(address) and same_address(address) != same_address(url):
            found.setdefault(same_address(address), address)
    return list(found.values())[:MAX_CANDIDATES]


def common_paths(home: str) -> list[str]:
    """Addresses where feeds often are although no page links to them: below the page, then below the host."""
    parts = urlsplit(home)
    here = home.rstrip("/") if parts.path not in ("", "/") and not parts.query else ""
    below = [f"{here}{path}" for path in COMMON_PATHS[:3]] if here else []
    return below + [urljoin(home, path) for path in COMMON_PATHS]


def stated_name(tree: "HtmlElement", url: str) -> str:
    """What the site calls itself: for sharing, else the part of its title that its address repeats, else the title."""
    for element in tree.iter("meta"):
        said = element.get("property", element.get("name", "")).lower()
        if said in ("og:site_name", "application-name") and (name := from_html(element.get("content", ""), MAX_NAME)):
            return name
    title = next((from_html("".join(one.itertext()), 300) for one in tree.iter("title")), "")
    parts = [part.strip() for part in re.split(r"\s+[|–—·:-]{1,2}\s+", title) if part.strip()]
    label = site_of(url).partition(".")[0].replace("-", "")
    named = next((part for part in parts if "".join(filter(str.isalnum, part.lower())) == label), "")
    return (named or title)[:MAX_NAME].strip() or site_of(url)


def stated_language(tree: "HtmlElement") -> str:
    """Of the html element; empty when it is no tag."""
    return language_code(tree.get("lang", ""))


def country_of(url: str) -> str:
    """The country whose domain the host is under; empty when that says nothing."""
    domain = (urlsplit(url).hostname or "").rpartition(".")[2].upper()
    domain = DOMAINS.get(domain, domain)
    return domain if domain in COUNTRIES - SOLD else ""


def _alternates(tree: "HtmlElement") -> Iterator[str]:
    for link in tree.iter("link"):
        relations = link.get("rel", "").lower().split()
        kind = link.get("type", "").partition(";")[0].strip().lower()
        if ("alternate" in relations or "feed" in relations) and (kind in FEED_TYPES or "feed" in relations):
            yield link.get("href", "")


def _anchors(tree: "HtmlElement", url: str) -> Iterator[str]:
    """Links on the same site whose address or words are a feed's."""
    site = site_of(url)
    for anchor in tree.iter("a"):
        href = anchor.get("href", "")
        if not href or len(href) > 500:
            continue
        words = " ".join("".join(anchor.itertext()).split())[:60]
        if FEED_PATH.search(href) or (len(words) <= 30 and FEED_WORDS.search(words)):
            address = web_link(href, url)
            if address and site_of(address) == site:
                yield href
