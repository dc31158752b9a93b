"""Laborious pages, in a process of their own."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from newsroom.errors import PageUnreadable
from newsroom.wire.confined import Overtaxed, confined, limit
from newsroom.wire.page_reading import Page, read_here

SECONDS = 4
"""Of processor; the largest recorded page (2.9 MB) takes under 2, start included."""
MAX_BYTES = 256 << 20
"""Memory on top of what the libraries need to be loaded."""

PROGRAM = "from newsroom.wire.page_confined import work; work()"
DATES = ("published_at", "modified_at", "event_at")


def read_confined(body: bytes, url: str, *, now: datetime, content_type: str, dated_by_feed: bool) -> Page:
    """As `read_page`; PageUnreadable also when it takes too long or too much memory."""
    arguments = (url, now.isoformat(), content_type[:200], "dated" if dated_by_feed else "")
    try:
        printed = confined(PROGRAM, arguments, body, seconds=SECONDS)
    except Overtaxed as exc:
        raise PageUnreadable(str(exc), about=url) from exc
    found: dict[str, Any] = json.loads(printed)
    if "unreadable" in found:
        raise PageUnreadable(found["unreadable"], about=url)
    dates = {name: datetime.fromisoformat(found[name]) if found[name] else None for name in DATES}
    return Page(**(found | dates))


def work() -> None:
    """The other process: a page on stdin, what was read of it as JSON on stdout."""
    import lxml.html  # noqa: F401  (loaded before memory is limited)

    url, now, content_type, dated = sys.argv[1:5]
    body = sys.stdin.buffer.read()
    limit(seconds=SECONDS, more_bytes=MAX_BYTES + 4 * len(body))
    try:
        page = read_here(
            body, url, now=datetime.fromisoformat(now), content_type=content_type, dated_by_feed=bool(dated)
        )
    except PageUnreadable as exc:
        json.dump({"unreadable": exc.args[0]}, sys.stdout)
        return
    dates = {name: at.isoformat() if (at := getattr(page, name)) else None for name in DATES}
    json.dump(asdict(page) | dates, sys.stdout)
