"""Feed documents of every make, as titles, links, dates and plain text.

Each kind of document has its reader (`READERS`), which says what it found; what was found is cleaned in one place,
here. XML is read by lxml (`feed_tree`, `feed_xml`), small mistakes mended; what is broken beyond that by feedparser,
in a process of its own (`feed_repair`) that is killed when it takes too long, because feedparser reads nearly
anything and hangs on some of it. JSON Feed has a strict reader of our own (`feed_json`).
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from newsroom.errors import FeedUnreadable
from newsroom.wire.dates import read_date
from newsroom.wire.feed_found import MAX_ENTRIES, FoundEntry, FoundFeed
from newsroom.wire.plain_text import from_html, in_a_line

MAX_BYTES = 20_000_000
"""Of a document; a fetch brings no more than 5 MB."""
MAX_TITLE = 300
"""Characters; Article's own page shows it whole."""
MAX_SUMMARY = 2_000
MAX_NAME = 200
MAX_ID = 500
MAX_LINK = 2_000
WEB = ("http", "https")
ORDINARY_LINK = re.compile(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?:[/?][!-~]*[!->@-~])?")
"""Absolute, with a plain host and nothing that resolving it would change."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Text is plain and on one line; `link` is absolute http(s) or empty; dates are as stated."""

    id: str = ""
    """The publisher's own (guid, atom:id), else the link, else the title."""
    link: str = ""
    title: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    author: str = ""
    summary: str = ""
    language: str = ""
    """BCP 47, where the entry or its feed says."""
    source: str = ""
    """Who reported it first, as RSS `<source>` and its kin name them."""


@dataclass(frozen=True)
class FeedDocument:
    title: str
    language: str
    entries: tuple[Entry, ...]
    """In the document's order."""


def read_feed(body: bytes, url: str, *, content_type: str = "") -> FeedDocument:
    """A feed document as served at `url`. `content_type` (the HTTP header) names a charset to try last.

    Raises FeedUnreadable for anything that is not a feed: nothing, a web page, binary, broken beyond repair, or
    something that asks its parser for more than a few seconds or 64 MB.
    """
    reader = READERS[_kind(body, url)]
    return _cleaned(reader(body, url, content_type), url)


def _kind(body: bytes, url: str) -> str:
    """By its first bytes: what servers call a feed says nothing about it."""
    if not body.strip():
        raise FeedUnreadable("an empty document", about=url)
    if len(body) > MAX_BYTES:
        raise FeedUnreadable(f"more than {MAX_BYTES // 1_000_000} MB", about=url)
    head = body[:1024]
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or start.startswith((b"<\0", b"{\0"))
    if head.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8")) or (
        head.count(0) > len(head) // 4 and not wide
    ):
        raise FeedUnreadable("binary, not a feed", about=url)
    return "json" if start[:1] in (b"{", b"[") else "xml"


def _json(body: bytes, url: str, content_type: str) -> FoundFeed:
    from newsroom.wire.feed_json import read_json_feed

    return read_json_feed(body, url, content_type)


def _xml(body: bytes, url: str, content_type: str) -> FoundFeed:
    from newsroom.wire.feed_tree import NotWellFormed
    from newsroom.wire.feed_xml import read_xml_feed

    try:
        return read_xml_feed(body, url, content_type)
    except NotWellFormed as broken:
        from newsroom.wire.feed_repair import repair_feed

        return repair_feed(broken.text, url)


READERS: Mapping[str, Callable[[bytes, str, str], FoundFeed]] = {"json": _json, "xml": _xml}
"""Kind of document → its reader, given the body, the feed's address and the Content-Type header."""


def _cleaned(found: FoundFeed, url: str) -> FeedDocument:
    language = language_code(found.language)
    entries = tuple(_entry(entry, url, language) for entry in _newest(found.entries))
    return FeedDocument(from_html(found.title, MAX_TITLE), language, entries)


def _newest(entries: list[FoundEntry]) -> list[FoundEntry]:
    """At most MAX_ENTRIES, the undated being the oldest; in the document's order."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    dates = [read_date(entry.published) or read_date(entry.modified) or LONG_AGO for entry in entries]
    kept = sorted(range(len(entries)), key=lambda place: dates[place], reverse=True)[:MAX_ENTRIES]
    return [entries[place] for place in sorted(kept)]


def _entry(found: FoundEntry, url: str, language: str) -> Entry:
    link = web_link(found.link, found.base or url)
    title = from_html(found.title, MAX_TITLE)
    published, modified = read_date(found.published), read_date(found.modified)
    return Entry(
        id=_bounded(in_a_line(found.id, 50 * MAX_ID)) or link or title,
        link=link,
        title=title,
        published_at=published or modified,
        modified_at=modified,
        author=person(from_html(found.author, MAX_NAME)),
        summary=from_html(found.summary, MAX_SUMMARY),
        language=language_code(found.language) or language,
        source=from_html(found.source, MAX_NAME),
    )


def _bounded(written: str) -> str:
    """An id of at most MAX_ID characters; of a longer one the beginning and a digest, so that it stays its own."""
    if len(written) <= MAX_ID:
        return written
    digest = hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()
    return f"{written[: MAX_ID - len(digest) - 1]}…{digest}"


def web_link(link: str, base: str) -> str:
    """An absolute http(s) address without a fragment's worth of blanks; empty for anything else."""
    link = link.strip().replace("&amp;", "&")
    if "\n" in link:
        link = "".join(link[: MAX_LINK + 100].split())
    if not link or len(link) > MAX_LINK:
        return ""
    if ORDINARY_LINK.fullmatch(link):
        return link
    try:
        parts = urlsplit(link.replace(" ", "%20"))
        if parts.scheme not in WEB:
            parts = urlsplit(urljoin(base, parts.geturl()))
        named = bool(parts.hostname) and "%" not in parts.netloc
    except ValueError:
        return ""
    absolute = parts.geturl()
    return absolute if parts.scheme in WEB and named and absolute.isprintable() else ""


@lru_cache(maxsize=256)
def language_code(written: str) -> str:
    """`en`, `en-GB`, `zh-Hant`; empty when it is not a language tag."""
    parts = written.strip()[:35].replace("_", "-").split("-")
    primary = parts[0].lower()
    if not (2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha() and primary not in ("und", "mul")):
        return ""
    kept = [primary]
    for part in parts[1:3]:
        if not (part.isascii() and part.isalnum()):
            break
        kept.append(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower())
    return "-".join(kept)


def person(written: str) -> str:
    """A byline out of what feeds put there: `mail@host (Name)` is Name, a bare address or URL is nobody."""
    if not written:
        return ""
    opened, closed = written.find("("), written.rfind(")")
    if "@" in written and 0 <= opened < closed:
        return written[opened + 1 : closed].strip()
    if "@" in written and "<" not in written and " " not in written.strip():
        return ""
    if written.startswith(("http://", "https://")):
        return ""
    name = " ".join(word for word in written.split() if "@" not in word).strip(" ,;()<>")
    return name.removeprefix("By ").removeprefix("by ").strip()
