"""Broken feeds, by feedparser, in a process of its own.

feedparser makes sense of nearly anything, and can be kept busy for minutes by a small file (RFC 822 authors and
attribute floods are quadratic in it), so it works where it can be killed.
"""

import json
import sys
from typing import Any

from newsroom.errors import FeedUnreadable
from newsroom.wire.confined import Overtaxed, confined, limit
from newsroom.wire.feed_document import MAX_ENTRIES, RawEntry, RawFeed

SECONDS = 4
"""Of processor and of the clock; start included, an honest broken feed takes 0.2 to 0.5."""
MAX_BYTES = 64 << 20
"""Memory on top of what the libraries need to be loaded."""
MAX_FIELD = 20_000
"""Characters of one field that come back."""

PROGRAM = "from newsroom.wire.feed_repair import work; work()"


def repair_feed(body: bytes, url: str, content_type: str) -> RawFeed:
    """What feedparser finds; FeedUnreadable when that is nothing, or too slow, or too much."""
    try:
        printed = confined(PROGRAM, (url, content_type[:200]), body, seconds=SECONDS)
    except Overtaxed as exc:
        raise FeedUnreadable(str(exc), about=url) from exc
    found = json.loads(printed)
    if not found["version"] and not any(entry.get("link") or entry.get("title") for entry in found["entries"]):
        raise FeedUnreadable("broken XML or a web page, not a feed", about=url)
    return RawFeed(found["title"], found["language"], [RawEntry(**entry) for entry in found["entries"]])


def work() -> None:
    """The other process: a document on stdin, its fields as JSON on stdout."""
    import feedparser

    body = sys.stdin.buffer.read()
    limit(seconds=SECONDS, more_bytes=MAX_BYTES + 2 * len(body))
    url, content_type = sys.argv[1:3]
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    found = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    entries = [_fields(entry) for entry in found.entries[:MAX_ENTRIES]]
    title, language = _field(found.feed, "title"), _field(found.feed, "language")
    json.dump({"version": found.version, "title": title, "language": language, "entries": entries}, sys.stdout)


def _fields(entry: Any) -> dict[str, str]:
    source = entry.get("source")
    contents = [content.get("value", "") for content in entry.get("content", ()) if content.get("value")]
    link = _field(entry, "link") or (_field(entry, "id") if entry.get("guidislink") else "")
    return {
        "id": _field(entry, "id"),
        "link": link,
        "title": _field(entry, "title"),
        "published": _field(entry, "published") or _field(entry, "created"),
        "modified": _field(entry, "updated"),
        "author": _field(entry, "author"),
        "summary": _field(entry, "summary") or "".join(contents[:1])[:MAX_FIELD],
        "language": _field(entry, "language"),
        "source": _field(source, "title") if isinstance(source, dict) else "",
    }


def _field(holder: Any, name: str) -> str:
    value = holder.get(name, "")
    return value[:MAX_FIELD] if isinstance(value, str) else ""
