"""One article page: its text as a reader sees it, and what it says about itself."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.errors import PageUnreadable
from newsroom.wire.feed_document import language_code, person, web_link
from newsroom.wire.plain_text import from_html, in_a_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_TITLE = 300
MAX_NAME = 200
EVENT_HORIZON = timedelta(days=5 * 366)
"""How far ahead an event is announced; later dates are mistakes."""

PARTING = bytes.maketrans(b"/\"'=", b"    ")
"""With white space, what stands between attributes: in the whole page, so that no trick of quoting hides one."""
BINARY = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"RIFF")
NOT_HTML = re.compile(r"\b(?:pdf|image|audio|video|zip|octet-stream|msword|json|rss|atom)\b", re.I)


@dataclass(frozen=True)
class Page:
    """What was read of a page. Text is plain; paragraphs are parted by an empty line; dates are UTC."""

    title: str
    byline: str
    published_at: datetime | None
    modified_at: datetime | None
    language: str
    canonical_url: str
    """As the page states it, absolute; the page's own address when it states none."""
    text: str
    thin: str
    """Why the text is not an article's: `paywall`, `challenge`, `consent`, `not found`, `script` (shown by scripts
    only), `short`; empty when it is."""
    reserved: str
    """How the page reserves itself from AI use; empty when it does not."""
    credit: str
    """Whom the page itself names as the origin in its metadata."""
    event_at: datetime | None
    """When the event that the page is about begins, as its markup states it; often ahead."""


def read_page(body: bytes, url: str, *, now: datetime, content_type: str = "", dated_by_feed: bool = False) -> Page:
    """A page as served at `url`. A date later than a day after `now` is a mistake and left out.

    With `dated_by_feed` the slow search for a date and a byline in the page's running text is not made: the feed
    has them. Raises PageUnreadable for what is not HTML: PDF, images, feeds, binary, nothing at all.
    """
    _refuse_what_is_no_page(body, url, content_type)
    if laborious(body):
        from newsroom.wire.page_confined import read_confined

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


def read_here(body: bytes, url: str, *, now: datetime, content_type: str, dated_by_feed: bool) -> Page:
    """The reading itself, in this process."""
    from newsroom.wire.page_facts import read_facts, read_facts_in_text
    from newsroom.wire.page_markup import parse_page
    from newsroom.wire.page_text import article_text
    from newsroom.wire.page_thin import thinness
    from newsroom.wire.page_visible import without_unseen

    tree = parse_page(body, content_type)
    if tree is None:
        raise PageUnreadable("not HTML", about=url)
    facts = read_facts(tree, url)
    if not dated_by_feed and not (facts.published_at and facts.byline and facts.title):
        facts = read_facts_in_text(tree, url, facts)
    without_script = " ".join(_words(one) for one in tree.iter("noscript"))
    tree = without_unseen(tree)
    title = from_html(facts.title, MAX_TITLE)
    text = article_text(tree, url, title)
    return Page(
        title=title,
        byline=in_a_line(person(from_html(facts.byline, MAX_NAME)), MAX_NAME),
        published_at=_until(facts.published_at, now + timedelta(days=1)),
        modified_at=_until(facts.modified_at, now + timedelta(days=1)),
        language=language_code(facts.language),
        canonical_url=web_link(facts.canonical_url, url) or url,
        text=text,
        thin=thinness(text, title=title, paid=facts.paid, shown=lambda: _words(tree), without_script=without_script),
        reserved=facts.reserved,
        credit=from_html(facts.credit, MAX_NAME),
        event_at=_until(facts.event_at, now + EVENT_HORIZON),
    )


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


def _words(element: "HtmlElement") -> str:
    """All that stands in an element, extracted as text or not."""
    return " ".join("".join(element.itertext()).split())


def _until(at: datetime | None, latest: datetime) -> datetime | None:
    return at if at and at <= latest else None
