"""Feed documents of every make, as titles, links, dates and plain text.

Three readers: JSON Feed by our own strict one; well-formed XML by lxml (`feed_xml`), which is bounded by nature;
everything else by feedparser in a process of its own (`feed_repair`) that is killed when it takes too long, because
feedparser reads nearly anything and hangs on some of it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from newsroom.errors import FeedUnreadable
from newsroom.wire.dates import read_date
from newsroom.wire.plain_text import from_html, in_a_line

MAX_ENTRIES = 5_000
MAX_TITLE = 300
"""Characters; Article's own page shows it whole."""
MAX_SUMMARY = 2_000
MAX_NAME = 200
MAX_ID = 500
MAX_LINK = 2_000


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class RawEntry:
    """An entry as some reader found it: markup, entities and oddities included."""

    id: str = ""
    link: str = ""
    title: str = ""
    published: str = ""
    modified: str = ""
    author: str = ""
    summary: str = ""
    language: str = ""
    source: str = ""
    base: str = ""
    """What its relative links are relative to; empty means the feed's address."""


@dataclass(frozen=True)
class RawFeed:
    title: str
    language: str
    entries: list[RawEntry]


def read_feed(body: bytes, url: str, *, content_type: str = "") -> FeedDocument:
    """A feed document as served at `url`. `content_type` (the HTTP header) names a charset to try last.

    Raises FeedUnreadable for anything that is not a feed: nothing, a web page, binary, broken beyond repair, or
    something that keeps its parser busy for more than a few seconds.
    """
    _refuse_what_is_no_document(body, url)
    return _cleaned(_raw(body, url, content_type), url)


def _raw(body: bytes, url: str, content_type: str) -> RawFeed:
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return read_json_feed(body, url)
    from newsroom.wire.feed_repair import repair_feed
    from newsroom.wire.feed_xml import NotWellFormed, read_xml_feed

    try:
        return read_xml_feed(body, url, content_type)
    except NotWellFormed:
        return repair_feed(body, url, content_type)


def _refuse_what_is_no_document(body: bytes, url: str) -> None:
    head = body[:1024]
    if not body.strip():
        raise FeedUnreadable("an empty document", about=url)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:4] in (b"\0\0\xfe\xff", b"<\0?\0", b"\0<\0?", b"\0\0\0<")
    if head.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8")) or (
        head.count(0) > len(head) // 4 and not wide
    ):
        raise FeedUnreadable("binary, not a feed", about=url)


def read_json_feed(body: bytes, url: str) -> RawFeed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org); NaN, absurd numbers and absurd depth are not JSON Feed."""
    try:
        document = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as exc:
        raise FeedUnreadable("neither XML nor JSON", about=url) from exc
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise FeedUnreadable("JSON, but not a JSON Feed", about=url)
    return RawFeed(
        title=_text(document, "title"),
        language=_text(document, "language"),
        entries=[_json_entry(item) for item in items[:MAX_ENTRIES] if isinstance(item, dict)],
    )


def _json_entry(item: dict[str, Any]) -> RawEntry:
    link, external = _text(item, "url"), _text(item, "external_url")
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author, "name") for author in authors or [] if isinstance(author, dict)]
    return RawEntry(
        id=_text(item, "id"),
        link=link or external,
        title=_text(item, "title"),
        published=_text(item, "date_published"),
        modified=_text(item, "date_modified"),
        author=", ".join(name for name in names if name),
        summary=_text(item, "summary") or _text(item, "content_text") or _text(item, "content_html"),
        language=_text(item, "language"),
        source=_host(external) if link and external and _host(external) != _host(link) else "",
    )


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        return str(value)
    return value if isinstance(value, str) else ""


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _cleaned(raw: RawFeed, url: str) -> FeedDocument:
    language = language_code(raw.language)
    entries = tuple(_entry(entry, url, language) for entry in raw.entries[:MAX_ENTRIES])
    return FeedDocument(from_html(raw.title, MAX_TITLE), language, entries)


def _entry(raw: RawEntry, url: str, language: str) -> Entry:
    link = web_link(raw.link, raw.base or url)
    title = from_html(raw.title, MAX_TITLE)
    published, modified = read_date(raw.published), read_date(raw.modified)
    return Entry(
        id=in_a_line(raw.id, MAX_ID) or link or title,
        link=link,
        title=title,
        published_at=published or modified,
        modified_at=modified,
        author=person(from_html(raw.author, MAX_NAME)),
        summary=from_html(raw.summary, MAX_SUMMARY),
        language=language_code(raw.language) or language,
        source=from_html(raw.source, MAX_NAME),
    )


def web_link(link: str, base: str) -> str:
    """An absolute http(s) address without a fragment's worth of blanks; empty for anything else."""
    link = "".join(link[: MAX_LINK + 100].split()) if "\n" in link else link.strip().replace(" ", "%20")
    link = link.replace("&amp;", "&")
    if not link or len(link) > MAX_LINK:
        return ""
    try:
        absolute = urljoin(base, link)
        parts = urlsplit(absolute)
        named = bool(parts.hostname)
    except ValueError:
        return ""
    return absolute if parts.scheme in ("http", "https") and named and absolute.isprintable() else ""


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
    opened, closed = written.find("("), written.rfind(")")
    if "@" in written and 0 <= opened < closed:
        return written[opened + 1 : closed].strip()
    if "@" in written and "<" not in written and " " not in written.strip():
        return ""
    if written.startswith(("http://", "https://")):
        return ""
    name = " ".join(word for word in written.split() if "@" not in word).strip(" ,;()<>")
    return name.removeprefix("By ").removeprefix("by ").strip()


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
