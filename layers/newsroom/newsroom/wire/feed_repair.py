"""Broken feeds, by feedparser, in a process of its own.

feedparser makes sense of nearly anything, and can be kept busy for minutes by a small file (RFC 822 authors and
attribute floods are quadratic in it), so it works where it can be killed.
"""

import json
import sys
from typing import Any

from newsroom.errors import FeedUnreadable
from newsroom.wire.confined import Overtaxed, confined, limit
from newsroom.wire.feed_found import MAX_ENTRIES, FoundEntry, FoundFeed

SECONDS = 2
"""Of processor, and one more of the clock; start included, an honest broken feed takes 0.1 to 0.5."""
MAX_BYTES = 64 << 20
"""Memory on top of what the libraries need to be loaded."""
MAX_FIELD = 20_000
"""Characters of one field that come back."""

PROGRAM = "from newsroom.wire.feed_repair import work; work()"


def repair_feed(text: str, url: str) -> FoundFeed:
    """What feedparser finds; FeedUnreadable when that is nothing, or too slow, or too much."""
    try:
        printed = confined(PROGRAM, (), text.encode("utf-8", "replace"), seconds=SECONDS)
    except Overtaxed as exc:
        raise FeedUnreadable(str(exc), about=url) from exc
    found = json.loads(printed)
    if not found["version"] and not any(entry["link"] or entry["title"] for entry in found["entries"]):
        raise FeedUnreadable("broken XML or a web page, not a feed", about=url)
    return FoundFeed(found["title"], found["language"], [FoundEntry(**entry) for entry in found["entries"]])


def work() -> None:
    """The other process: a document in UTF-8 on stdin, its fields as JSON on stdout."""
    import feedparser

    body = sys.stdin.buffer.read()
    limit(seconds=SECONDS, more_bytes=MAX_BYTES + 2 * len(body))
    headers = {"content-type": "application/xml; charset=utf-8"}
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
        "modified": _field(entry, "updated") if "updated" in entry.keys() else "",  # noqa: SIM118  (else it warns)
        "author": _field(entry, "author"),
        "summary": _field(entry, "summary") or "".join(contents[:1])[:MAX_FIELD],
        "language": _field(entry, "language"),
        "source": _field(source, "title") if isinstance(source, dict) else "",
    }


def _field(holder: Any, name: str) -> str:
    value = holder.get(name, "")
    return value[:MAX_FIELD] if isinstance(value, str) else ""
