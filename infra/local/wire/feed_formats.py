"""The wire's feed documents, each format as real publishers write it: RSS 2.0, RSS 1.0 (RDF), Atom, JSON Feed."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from infra.local.wire.outlets import FeedFormat, Item, Outlet

ATOM = "http://www.w3.org/2005/Atom"
RSS1 = "http://purl.org/rss/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
XML = "http://www.w3.org/XML/1998/namespace"
NAMED_ZONES = {"GMT", "EST", "EDT", "CST", "CDT", "PST", "PDT"}
CONTENT_TYPES: dict[FeedFormat, str] = {
    "rss2": "application/rss+xml",
    "rss1": "application/rdf+xml",
    "atom": "application/atom+xml",
    "jsonfeed": "application/feed+json",
}
for prefix, namespace in (("rdf", RDF), ("dc", DC), ("content", CONTENT)):
    ET.register_namespace(prefix, namespace)


def feed_document(outlet: Outlet, items: Sequence[Item], now: datetime) -> bytes:
    """The feed with these items, in the outlet's format and charset; the same items give the same bytes."""
    writers = {"rss2": _rss2, "rss1": _rss1, "atom": _atom, "jsonfeed": _json_feed}
    return writers[outlet.presentation.feed](outlet, items, now)


def last_change(items: Sequence[Item], now: datetime) -> datetime | None:
    """The latest moment at which anything in these items changed, not later than now."""
    moments = [item.appears for item in items]
    moments += [item.updated for item in items if item.updated is not None]
    return max((moment for moment in moments if moment <= now), default=None)


def link(outlet: Outlet, item: Item, *, tracked: bool) -> str:
    """An item's address; `tracked` adds what publishers add to the links of their feeds."""
    plain = item.address
    if not (tracked and outlet.presentation.tracking):
        return plain
    return plain + ("&" if "?" in plain else "?") + "utm_source=rss&utm_medium=feed&utm_campaign=all"


def _rss2(outlet: Outlet, items: Sequence[Item], now: datetime) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _leaf(channel, "title", outlet.publisher.name)
    _leaf(channel, "link", outlet.publisher.home)
    _leaf(channel, "description", outlet.presentation.strapline)
    _leaf(channel, "language", outlet.publisher.language.lower())
    changed = last_change(items, now)
    if changed:
        _leaf(channel, "lastBuildDate", _rfc822(changed, outlet))
    for item in items:
        entry = ET.SubElement(channel, "item")
        _leaf(entry, "title", item.title)
        _leaf(entry, "link", link(outlet, item, tracked=True))
        _leaf(entry, "guid", link(outlet, item, tracked=False), isPermaLink="true")
        _leaf(entry, "description", item.summary)
        if item.byline:
            _leaf(entry, f"{{{DC}}}creator", item.byline)
        for tag in item.tags:
            _leaf(entry, "category", tag)
        if item.at:
            _leaf(entry, "pubDate", _rfc822(item.at, outlet))
        if item.credit:
            _leaf(entry, "source", item.credit.name, url=item.credit.feeds[0])
        if outlet.presentation.fulltext:
            _leaf(entry, f"{{{CONTENT}}}encoded", item.body_html(now))
    return _xml(root, outlet)


def _rss1(outlet: Outlet, items: Sequence[Item], now: datetime) -> bytes:
    root = ET.Element(f"{{{RDF}}}RDF", xmlns=RSS1)
    channel = ET.SubElement(root, "channel", {f"{{{RDF}}}about": outlet.publisher.feeds[0]})
    _leaf(channel, "title", outlet.publisher.name)
    _leaf(channel, "link", outlet.publisher.home)
    _leaf(channel, "description", outlet.presentation.strapline)
    _leaf(channel, f"{{{DC}}}language", outlet.publisher.language)
    listing = ET.SubElement(ET.SubElement(channel, "items"), f"{{{RDF}}}Seq")
    for item in items:
        address = link(outlet, item, tracked=True)
        ET.SubElement(listing, f"{{{RDF}}}li", {f"{{{RDF}}}resource": address})
        entry = ET.SubElement(root, "item", {f"{{{RDF}}}about": address})
        _leaf(entry, "title", item.title)
        _leaf(entry, "link", address)
        _leaf(entry, "description", item.summary)
        if item.byline:
            _leaf(entry, f"{{{DC}}}creator", item.byline)
        if item.at:
            _leaf(entry, f"{{{DC}}}date", _iso(item.at, outlet))
        if item.credit:
            _leaf(entry, f"{{{DC}}}source", item.credit.name)
        for tag in item.tags:
            _leaf(entry, f"{{{DC}}}subject", tag)
    return _xml(root, outlet)


def _atom(outlet: Outlet, items: Sequence[Item], now: datetime) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM, f"{{{XML}}}lang": outlet.publisher.language})
    _leaf(root, "title", outlet.publisher.name)
    _leaf(root, "id", outlet.publisher.home)
    _leaf(root, "link", href=outlet.publisher.home, rel="alternate")
    _leaf(root, "link", href=outlet.publisher.feeds[0], rel="self")
    changed = last_change(items, now)
    if changed:
        _leaf(root, "updated", _iso(changed, outlet))
    for item in items:
        entry = ET.SubElement(root, "entry", {f"{{{XML}}}lang": item.language})
        _leaf(entry, "title", item.title)
        _leaf(entry, "id", f"tag:{outlet.host},2026:{item.target}")
        _leaf(entry, "link", href=link(outlet, item, tracked=True), rel="alternate")
        if item.at:
            shown = item.updated if item.updated and item.updated <= now else item.at
            _leaf(entry, "published", _iso(item.at, outlet))
            _leaf(entry, "updated", _iso(shown, outlet))
        if item.byline:
            _leaf(ET.SubElement(entry, "author"), "name", item.byline)
        for tag in item.tags:
            _leaf(entry, "category", term=tag)
        if item.credit:
            source = ET.SubElement(entry, "source")
            _leaf(source, "title", item.credit.name)
            _leaf(source, "id", item.credit.home)
        _leaf(entry, "summary", item.summary, type="text")
        if outlet.presentation.fulltext:
            _leaf(entry, "content", item.body_html(now), type="html")
    return _xml(root, outlet)


def _json_feed(outlet: Outlet, items: Sequence[Item], now: datetime) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.publisher.name,
        "home_page_url": outlet.publisher.home,
        "feed_url": outlet.publisher.feeds[0],
        "description": outlet.presentation.strapline,
        "language": outlet.publisher.language,
        "items": [_json_item(outlet, item, now) for item in items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(outlet: Outlet, item: Item, now: datetime) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": link(outlet, item, tracked=False),
        "url": link(outlet, item, tracked=True),
        "title": item.title,
        "summary": item.summary,
        "content_text": item.summary,
        "tags": list(item.tags),
    }
    if outlet.presentation.fulltext:
        del entry["content_text"]
        entry["content_html"] = item.body_html(now)
    if item.byline:
        entry["authors"] = [{"name": item.byline}]
    if item.at:
        entry["date_published"] = _iso(item.at, outlet)
    if item.updated and item.updated <= now:
        entry["date_modified"] = _iso(item.updated, outlet)
    if item.credit:
        entry["external_url"] = item.credit.home
    return entry


def _leaf(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _xml(root: ET.Element, outlet: Outlet) -> bytes:
    ET.indent(root, " ")
    document: bytes = ET.tostring(root, encoding=outlet.presentation.charset, xml_declaration=True)
    return document


def _rfc822(moment: datetime, outlet: Outlet) -> str:
    """RFC 822 date in the outlet's zone: by name where the standard knows one, by offset elsewhere."""
    if outlet.presentation.zone == "GMT":
        return format_datetime(moment.astimezone(UTC), usegmt=True)
    local = moment.astimezone(ZoneInfo(outlet.presentation.zone))
    written = format_datetime(local)
    name = local.tzname() or ""
    return f"{written.rsplit(' ', 1)[0]} {name}" if name in NAMED_ZONES else written


def _iso(moment: datetime, outlet: Outlet) -> str:
    zone = outlet.presentation.zone
    if zone in {"UTC", "GMT"}:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
