"""A page's text as a reader sees it, and what it says about itself, read in this process."""

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


def read_here(body: bytes, url: str, *, now: datetime, content_type: str, dated_by_feed: bool) -> Page:
    """As `read_page` of a body that is known to be no other thing; PageUnreadable where it is not HTML after all."""
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


def _words(element: "HtmlElement") -> str:
    """All that stands in an element, extracted as text or not."""
    return " ".join("".join(element.itertext()).split())


def _until(at: datetime | None, latest: datetime) -> datetime | None:
    return at if at and at <= latest else None
