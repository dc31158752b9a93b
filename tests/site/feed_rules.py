"""What feeds and sitemaps have to be: the rules of their specifications that a validator checks, one by one.

RSS: https://www.rssboard.org/rss-specification and rss-profile. Atom: RFC 4287. JSON Feed: jsonfeed.org/version/1.1.
Sitemaps: sitemaps.org/protocol.html; news: Google's news sitemap reference. Each function gives the faults it finds.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
                     r"\d\d:\d\d:\d\d ([+-]\d{4}|GMT)")  # fmt: skip
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MARKUP = re.compile(r"</?[a-z][^>]*>|&[a-z]+;|&#\d+;")
IN_SITEMAP, IN_NEWS_SITEMAP = 50_000, 1_000
SITEMAP_BYTES = 50 * 1024 * 1024


def rss_faults(body: bytes) -> list[str]:
    """Of an RSS 2.0 document."""
    return [*_rss(ElementTree.fromstring(body), body)]


def _rss(root: ElementTree.Element, body: bytes) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0":
        yield "is not RSS 2.0"
    if not body.startswith(b'<?xml version="1.0" encoding="utf-8"?>'):
        yield "does not declare its encoding"
    channels = root.findall("channel")
    if len(channels) != 1:
        yield f"{len(channels)} channels"
        return
    channel = channels[0]
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no {name}"
    own = [one for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if len(own) != 1 or not _is_web(own[0].get("href")) or own[0].get("type") != "application/rss+xml":
        yield "does not name its own address (atom:link rel=self)"
    yield from _once(channel, ("title", "link", "description", "language", "lastBuildDate", "ttl"))
    if (built := channel.findtext("lastBuildDate")) is not None and not _is_mailed(built):
        yield f"lastBuildDate {built}"
    items = channel.findall("item")
    for item in items:
        yield from _once(item, ("title", "link", "description", "guid", "pubDate", "author", f"{DC}creator"))
        title = item.findtext("title") or ""
        if not title.strip() and not (item.findtext("description") or "").strip():
            yield "an item has neither title nor description"
        if MARKUP.search(title):
            yield f"markup in a title: {title}"
        if not _is_web(item.findtext("link")):
            yield f"link {item.findtext('link')}"
        guid = item.find("guid")
        if guid is None or not (guid.text or "").strip():
            yield f"no guid: {title}"
        elif guid.get("isPermaLink", "true") == "true" and not _is_web(guid.text):
            yield f"a guid that is called a permanent link and is none: {guid.text}"
        if not _is_mailed(item.findtext("pubDate") or ""):
            yield f"pubDate {item.findtext('pubDate')}"
    yield from _twice([item.findtext("guid") or "" for item in items])
    known = {"title", "link", "description", "language", "copyright", "lastBuildDate", "item", f"{ATOM}link",
             "category", "guid", "pubDate", f"{DC}creator", "author", "channel", "rss"}  # fmt: skip
    yield from sorted({f"unknown element {one.tag}" for one in root.iter() if one.tag not in known})


def atom_faults(body: bytes) -> list[str]:
    """Of an Atom 1.0 document."""
    return [*_atom(ElementTree.fromstring(body))]


def _atom(root: ElementTree.Element) -> Iterator[str]:
    if root.tag != f"{ATOM}feed":
        yield "is not an Atom feed"
    yield from _atom_parts(root, "the feed")
    own = [one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if len(own) != 1 or not _is_web(own[0].get("href")):
        yield "does not name its own address"
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        yield from _atom_parts(entry, "an entry")
        if entry.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
            yield "an entry without an author"
        if entry.find(f"{ATOM}content") is None and not _alternates(entry):
            yield "an entry with neither content nor a link"
        if len(_alternates(entry)) > 1:
            yield "two links to the same page"
        published, updated = (entry.findtext(f"{ATOM}{name}") or "" for name in ("published", "updated"))
        if not _is_moment(published) or published > updated:
            yield f"published {published}, updated {updated}"
    yield from _twice([entry.findtext(f"{ATOM}id") or "" for entry in entries])


def _atom_parts(element: ElementTree.Element, what: str) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1:
            yield f"{what} has not exactly one {name}"
    if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
        yield f"{what}'s id is no absolute IRI"
    if not _is_moment(element.findtext(f"{ATOM}updated") or ""):
        yield f"{what}'s updated"
    for author in element.findall(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip():
            yield f"{what}'s author has no name"
    for link in element.findall(f"{ATOM}link"):
        if not _is_web(link.get("href")):
            yield f"{what} links {link.get('href')}"
    for category in element.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield f"{what} has a category without a term"


def _alternates(entry: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in entry.findall(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"]


def json_feed_faults(body: bytes) -> list[str]:
    """Of a JSON Feed 1.1."""
    return [*_json_feed(json.loads(body))]


def _json_feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version {feed.get('version')}"
    if not feed.get("title"):
        yield "no title"
    for name in ("home_page_url", "feed_url", "icon", "favicon", "next_url"):
        if name in feed and not _is_web(feed[name]):
            yield f"{name} {feed[name]}"
    if "author" in feed:
        yield "author, where 1.1 has authors"
    for author in (*feed.get("authors", ()), *(one for item in feed["items"] for one in item.get("authors", ()))):
        if not set(author) & {"name", "url", "avatar"}:
            yield "an author who says nothing"
    for item in feed["items"]:
        if not isinstance(item.get("id"), str) or not item["id"]:
            yield "an item without an id"
        if not item.get("content_text") and not item.get("content_html"):
            yield "an item without content"
        if "url" in item and not _is_web(item["url"]):
            yield f"url {item['url']}"
        for name in ("date_published", "date_modified"):
            if name in item and not _is_moment(item[name]):
                yield f"{name} {item[name]}"
    yield from _twice([item["id"] for item in feed["items"]])


def sitemap_faults(body: bytes, host: str) -> list[str]:
    """Of a sitemap, a news sitemap or an index of sitemaps on `host`."""
    return [*_sitemap(ElementTree.fromstring(body), body, host)]


def _sitemap(root: ElementTree.Element, body: bytes, host: str) -> Iterator[str]:
    if len(body) > SITEMAP_BYTES or len(root) > IN_SITEMAP:
        yield "is too large"
    entry = {f"{MAP}urlset": f"{MAP}url", f"{MAP}sitemapindex": f"{MAP}sitemap"}.get(root.tag)
    if entry is None:
        yield f"begins with {root.tag}"
    places = []
    for one in root:
        if one.tag != entry:
            yield f"holds {one.tag}"
        order = [child.tag for child in one]
        allowed = [f"{MAP}loc", f"{MAP}lastmod", f"{MAP}changefreq", f"{MAP}priority", f"{NEWS}news"]
        if set(order) - set(allowed) or order.count(f"{MAP}loc") != 1 or len(order) != len(set(order)):
            yield f"an entry of {order}"
        place = one.findtext(f"{MAP}loc") or ""
        places.append(place)
        if not _is_web(place) or urlsplit(place).netloc != host or len(place) >= 2048:
            yield f"loc {place}"
        changed = one.findtext(f"{MAP}lastmod")
        if changed is not None and not _is_moment(changed):
            yield f"lastmod {changed}"
        news = one.find(f"{NEWS}news")
        if news is not None:
            yield from _news(news)
    if root.find(f"{MAP}url/{NEWS}news") is not None and len(root) > IN_NEWS_SITEMAP:
        yield "more than a thousand news"
    yield from _twice(places)


def _news(news: ElementTree.Element) -> Iterator[str]:
    if [one.tag for one in news] != [f"{NEWS}publication", f"{NEWS}publication_date", f"{NEWS}title"]:
        yield f"news of {[one.tag for one in news]}"
    if [one.tag for one in news[0]] != [f"{NEWS}name", f"{NEWS}language"]:
        yield "a publication without name and language"
    if not re.fullmatch(r"[a-z]{2,3}|zh-(cn|tw)", news.findtext(f"{NEWS}publication/{NEWS}language") or ""):
        yield "language"
    if not _is_moment(news.findtext(f"{NEWS}publication_date") or ""):
        yield "publication_date"
    if not (news.findtext(f"{NEWS}title") or "").strip():
        yield "no title"


def _once(element: ElementTree.Element, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if len(element.findall(name)) > 1:
            yield f"{element.tag} has more than one {name}"


def _twice(ids: list[str]) -> Iterator[str]:
    yield from (f"{one} stands twice" for one, number in Counter(ids).items() if number > 1)


def _is_web(url: object) -> bool:
    parts = urlsplit(str(url or ""))
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"\s", str(url))


def _is_mailed(text: str) -> bool:
    """RFC 822 with a four-digit year, the day of the week being that of the date."""
    return bool(RFC_822.fullmatch(text)) and f"{parsedate_to_datetime(text):%a}" == text[:3]


def _is_moment(text: str) -> bool:
    if not RFC_3339.fullmatch(text):
        return False
    datetime.fromisoformat(text)
    return True
