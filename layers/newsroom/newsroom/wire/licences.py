"""RSL, Really Simple Licensing (rslstandard.org/rsl, version 1.0): on what terms a publisher gives its text to AI.

Where terms cover a page and none of their offers is free for what we do (a model reads the text), the page is reserved.
Terms come as a document of their own (named in robots.txt, a Link header or a page), inside a page, or inside a feed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from newsroom.wire.wishes import matches, path_of

NAMESPACE = "https://rslstandard.org/rsl"
MAX_BYTES = 200_000
"""Of a document of terms."""
MAX_CONTENTS = 5_000
MAX_TEXT = 500

OURS = frozenset({"all", "ai-all", "ai-input", "ai-use", "ai-summarize"})
"""Usages by which a model may read a text to write about it; the last two are the first draft's words."""
OUR_KIND = frozenset({"all", "commercial"})
"""Of user: a news desk is not asked whether it earns anything."""
FREE = ("", "free", "attribution")
"""Payments that ask for nothing that we do not do anyway: every article is attributed and linked."""

TYPE = b"application/rsl+xml"
MAX_MENTIONS = 20
"""Of that type in one page; each is looked at with a thousand bytes around it."""
HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
ITEMS = ("item", "http://purl.org/rss/1.0/ item", "http://www.w3.org/2005/Atom entry")
LINKS = ("link", "http://purl.org/rss/1.0/ link")
ATOM_LINK = "http://www.w3.org/2005/Atom link"
LINK_HEADER = re.compile(r"<([^>]*)>([^<]*)")


@dataclass
class Offer:
    """One licence: what it permits and prohibits by classification, and what it costs."""

    permits: dict[str, set[str]] = field(default_factory=dict)
    prohibits: dict[str, set[str]] = field(default_factory=dict)
    price: str = ""

    @property
    def free_for_us(self) -> bool:
        """What is permitted by name is all that is permitted (§3.5); what is prohibited stays so."""
        for kind, wanted in (("usage", OURS), ("user", OUR_KIND)):
            if wanted & self.prohibits.get(kind, set()) or (kind in self.permits and not wanted & self.permits[kind]):
                return False
        return "geo" not in self.permits and self.price in FREE


@dataclass
class Terms:
    """One `<content>`: for which addresses, and the offers. An offer is enough; their order means nothing."""

    pattern: str
    server: str = ""
    """Where a licence must be obtained first, free or not."""
    offers: list[Offer] = field(default_factory=list)

    def cover(self, url: str) -> bool:
        """A path or a whole address with `*` and `$`; without a pattern, whatever it was found in."""
        if not self.pattern:
            return True
        if "://" not in self.pattern:
            return matches(self.pattern, path_of(url))
        host, path = self.pattern.split("://", 1)[1].partition("/")[::2]
        return host.lower() in ("*", (urlsplit(url).hostname or "")) and matches(f"/{path}", path_of(url))


def reserved_by_terms(terms: Iterable[Terms], url: str) -> str:
    """By those that cover the address with the longest pattern; empty when nothing covers it or an offer is free."""
    covering = [one for one in terms if one.offers or one.server]
    covering = [one for one in covering if one.cover(url)]
    longest = max((len(one.pattern) for one in covering), default=0)
    for one in covering:
        if len(one.pattern) == longest and (one.server or not any(offer.free_for_us for offer in one.offers)):
            return "RSL licence: no free use by AI"
    return ""


def read_terms(document: bytes, *, in_a_feed: bool = False) -> list[Terms]:
    """The terms of an RSL document, or those inside a feed, as far as it can be parsed; entities are not expanded.

    Inside a feed only elements in RSL's namespace count, and terms without an address belong to their item's link.
    """
    from xml.parsers import expat

    if in_a_feed and NAMESPACE.encode() not in document:
        return []
    reader = _Reader(in_a_feed)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entities
    with suppress(expat.ExpatError, ValueError):
        parser.Parse(document, True)
    return reader.terms


def named_in_page(body: bytes, url: str) -> list[str]:
    """Addresses of RSL documents that a page's link elements name, each once."""
    found = (HREF.search(tag) for tag, _ in _tags_of_our_type(body) if tag[:5].lower() == b"<link")
    hrefs = (next(filter(None, href.groups()), b"").decode("utf-8", "replace") for href in found if href)
    return list(dict.fromkeys(urljoin(url, unescape(href).strip()) for href in hrefs if href))


def inside_page(body: bytes) -> list[Terms]:
    """Terms that a page carries in a script element of RSL's type."""
    found: list[Terms] = []
    for tag, after in _tags_of_our_type(body):
        if tag[:7].lower() == b"<script":
            ends = body.find(b"</", after, after + MAX_BYTES)
            while ends >= 0 and body[ends : ends + 8].lower() != b"</script":
                ends = body.find(b"</", ends + 2, after + MAX_BYTES)
            found += read_terms(body[after : ends if ends >= 0 else after + MAX_BYTES].strip())
    return found


def _tags_of_our_type(body: bytes) -> Iterator[tuple[bytes, int]]:
    """Every tag that mentions RSL's type, with the position after it. Linear, whatever the page is made of."""
    at = -1
    for _ in range(MAX_MENTIONS):
        at = body.find(TYPE, at + 1)
        if at < 0:
            return
        opens, closes = body.rfind(b"<", max(at - 1000, 0), at), body.find(b">", at, at + 1000)
        if opens >= 0 and closes >= 0:
            yield body[opens : closes + 1], closes + 1


def named_in_headers(headers: Mapping[str, str], url: str) -> list[str]:
    """Addresses of RSL documents in a Link header (RFC 8288) with `rel=license` and RSL's type."""
    links = LINK_HEADER.findall(headers.get("link", ""))
    return [
        urljoin(url, target.strip()) for target, rest in links if "application/rsl+xml" in rest and "license" in rest
    ]


def _refuse_entities(*_declared: object) -> None:
    raise ValueError("declares entities")


class _Reader:
    """Collects terms while expat reads."""

    def __init__(self, in_a_feed: bool) -> None:
        self.terms: list[Terms] = []
        self._in_a_feed = in_a_feed
        self._open: Terms | None = None
        self._offer: Offer | None = None
        self._payment = False
        self._kind = ""
        self._said: list[str] = []
        self._link = ""
        self._of_item: list[Terms] | None = None
        """Terms without an address inside the open item, whose link may come after them."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._said.clear()
        local = self._of_rsl(name)
        if local == "content" and len(self.terms) < MAX_CONTENTS:
            self._open = Terms(attributes.get("url", "").strip()[:2000], attributes.get("server", ""))
            self.terms.append(self._open)
            if self._of_item is not None and not self._open.pattern:
                self._of_item.append(self._open)
        elif local == "license" and self._open:
            self._offer = Offer()
            self._open.offers.append(self._offer)
        elif local in ("permits", "prohibits"):
            self._kind = attributes.get("type", "usage").strip().lower()
        elif local == "payment" and self._offer:
            self._payment = True
            self._offer.price = attributes.get("type", "").strip()
        elif self._payment and self._offer:
            self._offer.price = self._offer.price or "unstated"
        elif self._in_a_feed and name in ITEMS:
            self._of_item, self._link = [], ""
        elif self._in_a_feed and name == ATOM_LINK and attributes.get("rel", "alternate") == "alternate":
            self._link = attributes.get("href", "")

    def text(self, said: str) -> None:
        if len(self._said) < MAX_TEXT:
            self._said.append(said[:MAX_TEXT])

    def end(self, name: str) -> None:
        local = self._of_rsl(name)
        if local in ("permits", "prohibits") and self._offer:
            words = {word.lower() for word in re.split(r"[\s,;]+", "".join(self._said)) if word}
            getattr(self._offer, local).setdefault(self._kind, set()).update(words)
        elif local == "payment":
            self._payment = False
        elif local == "license":
            self._offer = None
        elif local == "content":
            self._open = None
        elif name in LINKS:
            self._link = "".join(self._said).strip()
        elif name in ITEMS:
            for terms in self._of_item or ():
                terms.pattern = self._link
            self._of_item = None
        self._said.clear()

    def _of_rsl(self, name: str) -> str:
        """The local name of an element of RSL; outside of feeds, one without a namespace is taken for it."""
        space, _, local = name.rpartition(" ")
        return local if space == NAMESPACE or (not space and not self._in_a_feed) else ""
