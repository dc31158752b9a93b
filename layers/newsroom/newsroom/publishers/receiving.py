"""What an entry and its page become: an article with its text, a link without one, or nothing. Rules only."""

import re
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from newsroom.articles.address import canonical_url, site_of
from newsroom.articles.article import Article, article_id
from newsroom.publishers.publisher import Publisher
from newsroom.wire.feed_document import Entry
from newsroom.wire.page_reading import Page

KEEPS_ITS_TEXT = ("", "short", "undated")
"""Thin for these reasons, a text is still the article's; for the others it is a wall's or a stub's."""

OPINION = re.compile(
    r"/(?:opinions?|op-?eds?|editorials?|commentisfree|comment|commentary|columns?|columnists?|blogs?|meinung|kommentare?"
    r"|tribunes?|opinione?i?|columnas?)(?:/|$)",
    re.IGNORECASE,
)
ADVICE = re.compile(r"/(?:personal-?finance|your-money|money-advice|advice|how-to|ratgeber)(?:/|$)", re.IGNORECASE)


def article_with_text(publisher: Publisher, entry: Entry, page: Page, url: str, now: datetime) -> Article | None:
    """An article from its page, as fetched from `url`; None when nobody gave it a title.

    The feed's title and date come first: they are the editors'. Where the page is no article (`thin`), its text
    is left out; an article that nobody dated is thin.
    """
    if page.reserved:
        return link_alone(publisher, entry, url, now, reserved=page.reserved, title=page.title)
    address = _own_address(page.canonical_url, url)
    published = entry.published_at or page.published_at
    modified = page.modified_at or entry.modified_at
    thin = page.thin or ("" if published else "undated")
    return _article(
        publisher,
        address,
        entry.title or page.title,
        now,
        text=page.text if thin in KEEPS_ITS_TEXT else "",
        published=published,
        modified=modified,
        language=page.language or entry.language or publisher.language,
        author=page.byline or entry.author,
        summary=entry.summary,
        credit=entry.source or page.credit or _foreign_origin(page.canonical_url, url),
        thin=thin,
    )


def article_from_summary(publisher: Publisher, entry: Entry, url: str, now: datetime, *, thin: str) -> Article | None:
    """What the feed alone says, because the page may not be read or cannot be had: thin, with the reason."""
    return _article(
        publisher,
        url,
        entry.title,
        now,
        published=entry.published_at,
        modified=entry.modified_at,
        language=entry.language or publisher.language,
        author=entry.author,
        summary=entry.summary,
        credit=entry.source,
        thin=thin,
    )


def link_alone(
    publisher: Publisher, entry: Entry, url: str, now: datetime, *, reserved: str, title: str = ""
) -> Article | None:
    """A link with a title and a date: nothing else of a reserved article is kept, its summary neither."""
    return _article(
        publisher,
        url,
        entry.title or title,
        now,
        published=entry.published_at,
        language=entry.language or publisher.language,
        credit=entry.source,
        reserved=reserved,
    )


def _article(
    publisher: Publisher,
    url: str,
    title: str,
    now: datetime,
    *,
    published: datetime | None,
    modified: datetime | None = None,
    language: str,
    text: str = "",
    author: str = "",
    summary: str = "",
    credit: str = "",
    thin: str = "",
    reserved: str = "",
) -> Article | None:
    if not title:
        return None
    published = min(published, now) if published else None
    return Article(
        id=article_id(canonical_url(url)),
        url=url,
        title=title,
        text=text,
        publisher_id=publisher.id,
        published_at=published,
        modified_at=min(modified, now) if modified and published and modified > published else None,
        fetched_at=now,
        language=language,
        author=author,
        summary=summary,
        credit=credit,
        thin=thin,
        reserved=reserved,
        kind=kind_of(publisher, url),
    )


def kind_of(publisher: Publisher, url: str) -> Literal["report", "press-release", "opinion", "advice"]:
    """By who publishes it and in which section."""
    path = urlsplit(url).path
    if publisher.press_releases:
        return "press-release"
    if OPINION.search(path):
        return "opinion"
    return "advice" if ADVICE.search(path) else "report"


def _own_address(stated: str, fetched: str) -> str:
    """The page's canonical address where it is one of its own site and not the site's front page."""
    if site_of(stated) != site_of(fetched):
        return fetched
    front = urlsplit(stated).path in ("", "/") and not urlsplit(stated).query
    return fetched if front and urlsplit(fetched).path not in ("", "/") else stated


def _foreign_origin(stated: str, fetched: str) -> str:
    """A canonical address on somebody else's site says whose article it is: that site, as text."""
    site = site_of(stated)
    return site if site and site != site_of(fetched) else ""
