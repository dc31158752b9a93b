import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import Entry, read_feed

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

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://feeds.example/"><title>Port</title><dc:language>ja</dc:language></channel>
<item rdf:about="https://feeds.example/1"><title>一つ</title><link>https://feeds.example/1</link>
<dc:date>2026-11-23T19:15:00+09:00</dc:date><dc:creator>Desk</dc:creator><dc:source>Wire</dc:source></item>
</rdf:RDF>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://feeds.example/base/">
<title type="html">Hafen &amp;amp; Meer</title>
<entry xml:lang="fr"><id>tag:feeds.example,2026:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
Le <b>pétrole</b></div></title><link rel="self" href="self.xml"/><link rel="alternate" href="un"/>
<published>2026-11-23T19:15:00Z</published><updated>2026-11-23T20:15:00Z</updated>
<author><name>Une rédaction</name></author><author><name>Une autre</name></author>
<source><title>Agence</title><id>x</id></source><summary>Résumé</summary></entry></feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Port",
    "language": "en",
    "items": [
        {
            "id": 7,
            "url": "https://feeds.example/7",
            "external_url": "https://www.wire.example/original",
            "title": "Freight rates rise",
            "content_html": "<p>Rates <script>x</script>rose.</p>",
            "date_published": "2026-11-23T19:15:00-05:00",
            "authors": [{"name": "The freight desk"}, {"url": "https://x.example"}],
        },
        "not an item",
    ],
}


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


def test_rdf_is_read() -> None:
    (entry,) = entries(RDF)
    assert (entry.title, entry.author, entry.source, entry.language) == ("一つ", "Desk", "Wire", "ja")
    assert entry.published_at == datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


def test_atom_is_read_with_its_bases_languages_and_kinds_of_text() -> None:
    feed = read_feed(ATOM.encode(), URL)
    (entry,) = feed.entries
    assert feed.title == "Hafen & Meer"
    assert (entry.title, entry.link) == ("Le pétrole", "https://feeds.example/base/un")
    assert (entry.author, entry.source, entry.language) == ("Une rédaction, Une autre", "Agence", "fr")
    assert entry.modified_at == datetime(2026, 11, 23, 20, 15, tzinfo=UTC)


def test_json_feed_is_read() -> None:
    (entry,) = read_feed(json.dumps(JSON_FEED).encode(), URL).entries
    assert (entry.id, entry.source, entry.author) == ("7", "wire.example", "The freight desk")
    assert entry.summary == "Rates rose."
    assert entry.published_at == datetime(2026, 11, 24, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "windows-1252", "utf-16", "shift_jis"])
def test_a_declared_encoding_is_followed(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    title = "東京の株価" if encoding == "shift_jis" else "Überschuß und Größe"
    item = f"<item><title>{title}</title></item>"
    document = f'<?xml version="1.0" encoding="{name}"?><rss version="2.0"><channel>{item}</channel></rss>'
    assert read_feed(document.encode(encoding), URL).entries[0].title == title


def test_an_undeclared_encoding_is_taken_from_the_header() -> None:
    document = '<rss version="2.0"><channel><item><title>Größe</title></item></channel></rss>'.encode("windows-1252")
    feed = read_feed(document, URL, content_type="text/xml; charset=windows-1252")
    assert feed.entries[0].title == "Größe"


@pytest.mark.parametrize(
    "document",
    [
        '<rss version="2.0"><channel><item><title>caf&eacute; &nbsp;&mdash; open</title></item></channel></rss>',
        '\n\n <?xml version="1.0"?><rss version="2.0"><channel><item><title>café — open</title></item></channel></rss>',
        '<rss version="2.0"><channel><item><title>café \x0b— open</title></item></channel></rss>',
    ],
)
def test_small_mistakes_are_mended_without_the_slow_reader(document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.wire.feed_repair.confined", None)
    assert entries(document)[0].title == "café — open"


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
    assert len(refused) <= 3, refused
    assert read >= 110
