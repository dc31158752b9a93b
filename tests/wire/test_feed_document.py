from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import READERS, Entry, language_code, person, read_feed, web_link
from newsroom.wire.feed_found import FoundFeed

URL = "https://feeds.example/news/rss.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour &amp; Port</title><link>https://feeds.example/</link><language>en-gb</language>
<item><media:title>A photograph</media:title><title>Oil <![CDATA[<b>falls</b>]]> 3%</title>
<link> https://feeds.example/oil </link><guid isPermaLink="false">oil-1</guid>
<description>&lt;p&gt;Brent fell to &amp;pound;60.&lt;/p&gt;</description><dc:creator>The oil desk</dc:creator>
<pubDate>Mon, 23 Nov 2026 19:15:00 GMT</pubDate><source url="https://wire.example/rss">Harbour Wire</source></item>
<item><title>Only a guid</title><guid>https://feeds.example/guid</guid><content:encoded>Whole text</content:encoded>
<author>desk@feeds.example (The rates desk)</author></item>
<item><title>Elsewhere</title><link>/relative?a=1&amp;amp;b=2</link></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
</channel></rss>"""


def entries(document: str, **options: str) -> tuple[Entry, ...]:
    return read_feed(document.encode(), URL, **options).entries


def test_rss_is_read_with_its_extensions() -> None:
    feed = read_feed(RSS.encode(), URL)
    assert (feed.title, feed.language) == ("Harbour & Port", "en-GB")
    assert feed.entries[0] == Entry(
        id="oil-1",
        link="https://feeds.example/oil",
        title="Oil falls 3%",
        published_at=datetime(2026, 11, 23, 19, 15, tzinfo=UTC),
        author="The oil desk",
        summary="Brent fell to £60.",
        language="en-GB",
        source="Harbour Wire",
    )


def test_a_guid_that_is_an_address_stands_in_for_a_missing_link() -> None:
    entry = entries(RSS)[1]
    assert (entry.link, entry.author, entry.summary) == ("https://feeds.example/guid", "The rates desk", "Whole text")


def test_relative_links_are_resolved_and_others_than_web_links_dropped() -> None:
    assert [entry.link for entry in entries(RSS)[2:]] == ["https://feeds.example/relative?a=1&b=2", ""]


def test_a_truncated_feed_is_read_as_far_as_it_goes() -> None:
    assert [entry.title for entry in entries(RSS[: RSS.index("Elsewhere")])][:2] == ["Oil falls 3%", "Only a guid"]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 \xe2\xe3", "binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "binary"),
        (b"<!doctype html><html><head><title>News</title></head><body><p>Hello<br></body></html>", "not a feed"),
        (b"<html><body/></html>", "a web page"),
        (b"just some words", "not a feed"),
        (b"<opml version='2.0'><body/></opml>", "not a feed"),
        (b'{"items": 3}', "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": NaN}]}', "neither XML nor JSON"),
        (b'{"items": [' + b"[" * 100_000, "neither XML nor JSON"),
        (b'{"items": [{"id": ' + b"9" * 100_000 + b"}]}", "neither XML nor JSON"),
        (b"[1, 2]", "not a JSON Feed"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(document: bytes, reason: str) -> None:
    with pytest.raises(FeedUnreadable, match=reason):
        read_feed(document, URL)


@pytest.mark.parametrize(
    ("document", "kind"),
    [(b"\xef\xbb\xbf {}", "json"), (b"[]", "json"), ("{}".encode("utf-16"), "json"), (b"<rss/>", "xml"),
     ("<rss/>".encode("utf-16"), "xml"), (b"words", "xml")],
)  # fmt: skip
def test_each_kind_of_document_has_its_reader(document: bytes, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    empty = FoundFeed("", "", [])
    readers = {one: (lambda *_, one=one: asked.append(one) or empty) for one in READERS}
    monkeypatch.setattr("newsroom.wire.feed_document.READERS", readers)
    read_feed(document, URL)
    assert asked == [kind]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://port.example/oil", "https://port.example/oil"),
        ("  https://port.example/oil\n", "https://port.example/oil"),
        ("https://port.example/a b", "https://port.example/a%20b"),
        ("https://port.example/?a=1&amp;b=2", "https://port.example/?a=1&b=2"),
        ("HTTPS://Port.example/oil", "https://Port.example/oil"),
        ("https://pört.example/öl", "https://pört.example/öl"),
        ("/oil", "https://feeds.example/oil"),
        ("?a", "https://feeds.example/news/rss.xml?a"),
        ("//port.example/oil", "https://port.example/oil"),
        ("https://", ""),
        ("https:///oil", ""),
        ("https://[::1", ""),
        ("https://po rt.example/oil", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:desk@port.example", ""),
        ("https://port.example/\u202egnp", ""),
        ("https://port.example/" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_a_web_page_or_nowhere(written: str, meant: str) -> None:
    assert web_link(written, URL) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("The oil desk", "The oil desk"),
        ("By The oil desk", "The oil desk"),
        ("desk@port.example (The oil desk)", "The oil desk"),
        ("The oil desk <desk@port.example>", "The oil desk"),
        ("desk@port.example", ""),
        ("https://port.example/desk", ""),
        ("", ""),
    ],
)
def test_a_byline_is_a_name(written: str, meant: str) -> None:
    assert person(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("EN", "en"), ("en_us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("und", ""), ("english", ""), ("", ""), ("e", "")],
)
def test_a_language_is_a_tag(written: str, meant: str) -> None:
    assert language_code(written) == meant


def test_a_document_beyond_all_measure_is_refused_unread() -> None:
    with pytest.raises(FeedUnreadable, match="more than 20 MB"):
        read_feed(b" " * 20_000_000 + b"<", URL)


def test_every_recorded_feed_is_read_or_refused(shared_data: Path) -> None:
    files = sorted(path for path in (shared_data / "feeds").iterdir() if path.suffix != ".csv")
    read, refused = 0, []
    for path in files:
        try:
            feed = read_feed(path.read_bytes(), URL)
        except FeedUnreadable:
            refused.append(path.name)
            continue
        read += 1
        for entry in feed.entries:
            assert entry.link.startswith(("http://", "https://")) or entry.link == ""
            assert not set(entry.title) & set("\n\t\0\u202e")
    assert len(files) > 100
    assert refused == ["yarr__formats.txt.xml"]
    assert read == len(files) - 1
