"""JSON Feed 1.0 and 1.1 (jsonfeed.org), strictly: NaN, absurd numbers and absurd depth are not JSON Feed."""

import json
from typing import Any
from urllib.parse import urlsplit

from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_encoding import decoded
from newsroom.wire.feed_found import MAX_FOUND, MAX_MEMORY, FoundEntry, FoundFeed

MAX_DIGITS = 400


def read_json_feed(body: bytes, url: str, content_type: str) -> FoundFeed:
    """FeedUnreadable for what is not JSON, or JSON of another kind."""
    if _bytes_in_memory(body) > MAX_MEMORY:
        raise FeedUnreadable("more JSON values than a feed has", about=url)
    try:
        document = json.loads(decoded(body, content_type), parse_constant=_refuse, parse_int=_integer)
    except (ValueError, RecursionError) as exc:
        raise FeedUnreadable("neither XML nor JSON", about=url) from exc
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise FeedUnreadable("JSON, but not a JSON Feed", about=url)
    everybody = _authors(document)
    return FoundFeed(
        title=_text(document, "title"),
        language=_text(document, "language"),
        entries=[_entry(item, everybody) for item in items[:MAX_FOUND] if isinstance(item, dict)],
    )


def _entry(item: dict[str, Any], everybody: str) -> FoundEntry:
    link, external = _text(item, "url"), _text(item, "external_url")
    return FoundEntry(
        id=_text(item, "id"),
        link=link or external,
        title=_text(item, "title"),
        published=_text(item, "date_published"),
        modified=_text(item, "date_modified"),
        author=_authors(item) or everybody,
        summary=_text(item, "summary") or _text(item, "content_text") or _text(item, "content_html"),
        language=_text(item, "language"),
        source=_host(external) if link and external and _host(external) != _host(link) else "",
    )


def _authors(holder: dict[str, Any]) -> str:
    """1.1 has `authors`, 1.0 `author`; the feed's are meant for items that name none."""
    authors = holder.get("authors")
    persons = authors if isinstance(authors, list) else [holder.get("author")]
    names = [_text(person, "name").strip() for person in persons[:20] if isinstance(person, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key)
    if key == "id" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _bytes_in_memory(body: bytes) -> int:
    """An estimate from above for CPython: a member with its short string, an object, a list."""
    return 64 * body.count(b",") + 200 * body.count(b"{") + 64 * body.count(b"[") + 2 * len(body)


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number of too many digits")
    return int(digits)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
