"""One article page: read here, or where the reading can be killed; and what is no page at all."""

import re
from datetime import datetime

from newsroom.errors import PageUnreadable
from newsroom.wire.page_confined import read_confined
from newsroom.wire.page_reading import Page, read_here

PARTING = bytes.maketrans(b"/\"'=", b"    ")
"""With white space, what stands between attributes: in the whole page, so that no trick of quoting hides one."""
BINARY = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"RIFF")
NOT_HTML = re.compile(r"\b(?:pdf|image|audio|video|zip|octet-stream|msword|json|rss|atom)\b", re.I)


def read_page(body: bytes, url: str, *, now: datetime, content_type: str = "", dated_by_feed: bool = False) -> Page:
    """A page as served at `url`. A date later than a day after `now` is a mistake and left out.

    With `dated_by_feed` the slow search for a date and a byline in the page's running text is not made: the feed
    has them. Raises PageUnreadable for what is not HTML: PDF, images, feeds, binary, nothing at all.
    """
    _refuse_what_is_no_page(body, url, content_type)
    if laborious(body):
        return read_confined(body, url, now=now, content_type=content_type, dated_by_feed=dated_by_feed)
    return read_here(body, url, now=now, content_type=content_type, dated_by_feed=dated_by_feed)


def laborious(body: bytes) -> bool:
    """Whether reading could take long by the page's making: it is then read where the reading can be killed.

    libxml2 compares each attribute of a tag with all before it (40,000 take 2 s, 80,000 take 10), and a megabyte of
    the shortest elements takes us a second. Of 169 recorded pages 4 are laborious.
    """
    if len(body) <= 120_000:
        return False
    return len(body) > 1_000_000 or len(body.translate(PARTING).split()) > 40_000


def _refuse_what_is_no_page(body: bytes, url: str, content_type: str) -> None:
    head = body[:2048]
    if not body.strip():
        raise PageUnreadable("an empty page", about=url)
    kind = content_type.partition(";")[0].strip()
    if head.startswith(b"%PDF"):
        raise PageUnreadable("a PDF, not a page", about=url)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if head.startswith(BINARY) or (head.count(0) > len(head) // 8 and not wide):
        raise PageUnreadable("binary, not a page", about=url)
    if NOT_HTML.search(kind) and "html" not in kind:
        raise PageUnreadable(f"{kind[:60]}, not a page", about=url)
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith((b"<rss", b"<feed", b"<rdf:rdf")) or (
        opening.startswith(b"<?xml")
        and b"<html" not in opening
        and re.search(rb"<(rss|feed|rdf:rdf|urlset)\b", opening)
    ):
        raise PageUnreadable("a feed, not a page", about=url)
    if b"<" not in body:
        raise PageUnreadable("plain text, not a page", about=url)
