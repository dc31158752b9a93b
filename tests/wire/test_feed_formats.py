"""Every make of feed, each in a document of its own with the values that it means."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from newsroom.wire.feed_document import Entry, read_feed

URL = "https://port.example/feeds/news.xml"
OIL = "https://port.example/oil"
AT = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
DC = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
CONTENT = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
MEDIA = "xmlns:media='http://search.yahoo.com/mrss/'"
ATOM = "xmlns='http://www.w3.org/2005/Atom'"
RDF = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"


def rss(item: str, *, version: str = "2.0", channel: str = "", names: str = "") -> str:
    return (
        f"<?xml version='1.0'?><rss version='{version}' {names}><channel><title>Port</title>{channel}"
        f"<item>{item}</item></channel></rss>"
    )


def atom(entry: str, *, feed: str = "", attributes: str = "") -> str:
    return f"<feed {ATOM} {attributes}><title>Port</title>{feed}<entry>{entry}</entry></feed>"


def json_feed(item: dict[str, Any], **feed: Any) -> str:
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Port", **feed, "items": [item]})


DOCUMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "RSS 0.90": (
        f"<rdf:RDF {RDF} xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>Port</title></channel>"
        f"<image><title>A ship</title><link>https://port.example/ship</link></image>"
        f"<item><title>Oil falls</title><link>{OIL}</link></item></rdf:RDF>",
        {"title": "Oil falls", "link": OIL, "id": OIL, "published_at": None},
    ),
    "RSS 0.91 with its document type": (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        f'"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Port</title>'
        f"<language>en-us</language><item><title>Oil &eacute;</title><link>{OIL}</link></item></channel></rss>",
        {"title": "Oil é", "link": OIL, "language": "en-US"},
    ),
    "RSS 0.92": (
        rss(
            f"<title>Oil falls</title><link>{OIL}</link><source url='https://w.example/'>Wire</source>", version="0.92"
        ),
        {"title": "Oil falls", "link": OIL, "source": "Wire"},
    ),
    "RSS 1.0": (
        f"<rdf:RDF {RDF} xmlns='http://purl.org/rss/1.0/' {DC}><channel rdf:about='https://port.example/'>"
        "<title>Port</title><dc:language>de</dc:language><items><rdf:Seq><rdf:li rdf:resource='x'/></rdf:Seq></items>"
        f"</channel><item rdf:about='{OIL}'><title>Öl fällt</title><link>{OIL}?rss</link>"
        "<description>Brent</description><dc:creator>Das Öl-Ressort</dc:creator>"
        "<dc:date>2026-11-23T20:15:00+01:00</dc:date><dc:source>Agentur</dc:source></item></rdf:RDF>",
        {
            "title": "Öl fällt",
            "link": f"{OIL}?rss",
            "id": OIL,
            "published_at": AT,
            "author": "Das Öl-Ressort",
            "summary": "Brent",
            "language": "de",
            "source": "Agentur",
        },
    ),
    "RSS 2.0": (
        rss(
            f"<title>Oil falls</title><link>{OIL}</link><guid isPermaLink='false'>oil-1</guid>"
            "<author>desk@port.example (The oil desk)</author><pubDate>Mon, 23 Nov 2026 14:15:00 EST</pubDate>"
            "<description>&lt;p&gt;Brent fell.&lt;/p&gt;&lt;p&gt;Gas rose.&lt;/p&gt;</description>",
            channel="<language>en-gb</language>",
        ),
        {
            "id": "oil-1",
            "author": "The oil desk",
            "published_at": AT,
            "summary": "Brent fell. Gas rose.",
            "language": "en-GB",
        },
    ),
    "RSS in a namespace": (
        rss(f"<title>Oil falls</title><link>{OIL}</link>", names="xmlns='http://backend.userland.com/rss2'"),
        {"title": "Oil falls", "link": OIL},
    ),
    "RSS with an Atom link first": (
        rss(
            f"<a:link rel='self' href='https://port.example/self'/><title>Oil falls</title><link>{OIL}</link>",
            names="xmlns:a='http://www.w3.org/2005/Atom'",
        ),
        {"link": OIL},
    ),
    "RSS with pictures": (
        rss(
            "<media:group><media:title>A ship</media:title></media:group><media:title>A photograph</media:title>"
            f"<media:description>By night</media:description><title>Oil falls</title><link>{OIL}</link>",
            names=MEDIA,
        ),
        {"title": "Oil falls", "summary": "By night"},
    ),
    "RSS with nothing but a picture's title": (
        rss(f"<media:title>Oil falls</media:title><link>{OIL}</link>", names=MEDIA),
        {"title": "Oil falls"},
    ),
    "RSS with whole texts": (
        rss(
            f"<title>Oil falls</title><link>{OIL}</link><content:encoded><![CDATA[<p>Brent <b>fell</b>.</p>]]>"
            "</content:encoded>",
            names=CONTENT,
        ),
        {"summary": "Brent fell."},
    ),
    "RSS with a summary and a whole text": (
        rss(
            f"<content:encoded>Whole</content:encoded><description>Short</description><link>{OIL}</link>",
            names=CONTENT,
        ),
        {"summary": "Short"},
    ),
    "RSS with Dublin Core alone": (
        rss(
            f"<dc:title>Oil falls</dc:title><link>{OIL}</link><dc:creator>One</dc:creator><dc:creator>Two</dc:creator>"
            "<dc:identifier>oil-1</dc:identifier><dc:language>fr</dc:language><dc:date>2026-11-23T19:15:00Z</dc:date>",
            names=DC,
        ),
        {"title": "Oil falls", "author": "One, Two", "id": "oil-1", "language": "fr", "published_at": AT},
    ),
    "RSS with a guid for a link": (
        rss(f"<title>Oil falls</title><guid>{OIL}</guid>"),
        {"link": OIL, "id": OIL},
    ),
    "RSS with a guid that is no link": (
        rss(f"<title>Oil falls</title><guid isPermaLink='false'>{OIL}</guid>"),
        {"link": "", "id": OIL},
    ),
    "RSS with a link in CDATA, broken over lines": (
        rss("<link>\n<![CDATA[\nhttps://port.example/\noil?a=1&b=2\n]]>\n</link>"),
        {"link": f"{OIL}?a=1&b=2"},
    ),
    "a link with something in it": (rss("<link>https://port<!-- a -->.example<b/>/oil</link>"), {"link": OIL}),
    "a title in CDATA": (rss("<title><![CDATA[Oil & <i>gas</i>]]></title>"), {"title": "Oil & gas"}),
    "a title escaped once": (rss("<title>AT&amp;T &lt;b&gt;rises&lt;/b&gt;</title>"), {"title": "AT&T rises"}),
    "a title escaped twice": (rss("<title>AT&amp;amp;T &amp;#8211; up</title>"), {"title": "AT&T – up"}),
    "markup escaped twice": (rss("<title>&amp;lt;b&amp;gt;Oil&amp;lt;/b&amp;gt;</title>"), {"title": "Oil"}),
    "less and more": (rss("<title>Yields &lt; 4% and &gt; 3%</title>"), {"title": "Yields < 4% and > 3%"}),
    "a dash of Windows": (rss("<title>Don&#146;t \x96</title>"), {"title": "Don’t –"}),
    "text encoded twice": (rss("<title>KÃ¶ln</title>"), {"title": "Köln"}),
    "Atom 0.3": (
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#' xml:lang='en'><title>Port</title><entry>"
        f"<title mode='escaped'>Oil &amp;amp; gas</title><link rel='alternate' type='text/html' href='{OIL}'/>"
        "<id>tag:port.example,2026:1</id><author><name>The oil desk</name></author>"
        "<issued>2026-11-23T19:15:00Z</issued><modified>2026-11-23T20:15:00Z</modified>"
        "<summary>Brent</summary></entry></feed>",
        {
            "title": "Oil & gas",
            "link": OIL,
            "id": "tag:port.example,2026:1",
            "author": "The oil desk",
            "published_at": AT,
            "modified_at": datetime(2026, 11, 23, 20, 15, tzinfo=UTC),
            "summary": "Brent",
            "language": "en",
        },
    ),
    "Atom 0.3 in base64": (
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>Port</title><entry>"
        "<title mode='base64'>T2lsIDxiPmZhbGxz\nPC9iPg==</title></entry></feed>",
        {"title": "Oil falls"},
    ),
    "Atom 1.0": (
        atom(
            f"<title type='html'>Oil &amp;amp; &lt;b&gt;gas&lt;/b&gt;</title><link href='{OIL}'/><id>urn:oil</id>"
            "<updated>2026-11-23T19:15:00Z</updated><author><name>The oil desk</name><email>a@port.example</email>"
            "</author><content type='html'>&lt;p&gt;Brent&lt;/p&gt;</content>"
        ),
        {
            "title": "Oil & gas",
            "link": OIL,
            "id": "urn:oil",
            "published_at": AT,
            "author": "The oil desk",
            "summary": "Brent",
        },
    ),
    "Atom with several links": (
        atom(
            "<link rel='self' href='/self'/><link rel='enclosure' href='/sound.mp3'/>"
            f"<link rel='alternate' type='application/json' href='/oil.json'/><link type='text/html' href='{OIL}'/>"
        ),
        {"link": OIL},
    ),
    "Atom with an address for an id": (atom(f"<id>{OIL}</id>"), {"link": OIL, "id": OIL}),
    "Atom with XHTML": (
        atom(
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Oil <b>falls</b><script>no()</script></div>"
            f"</title><link href='{OIL}'/>"
        ),
        {"title": "Oil falls"},
    ),
    "Atom with authors of the feed": (
        atom(f"<link href='{OIL}'/>", feed="<author><name>The desk</name></author>"),
        {"author": "The desk"},
    ),
    "Atom with a source": (
        atom(f"<link href='{OIL}'/><source><id>w</id><title>Wire</title><updated>2001-01-01</updated></source>"),
        {"source": "Wire", "published_at": None},
    ),
    "Atom with bases": (
        atom(
            "<link xml:base='b/' href='oil'/>",
            attributes="xml:base='https://port.example/a/'",
        ),
        {"link": "https://port.example/a/b/oil"},
    ),
    "Atom with a base of its own for an entry": (
        f"<feed {ATOM} xml:base='https://port.example/a/'><title>Port</title>"
        "<entry xml:base='/c/'><link href='oil'/></entry></feed>",
        {"link": "https://port.example/c/oil"},
    ),
    "Atom in languages": (
        f"<feed {ATOM} xml:lang='en'><title>Port</title><entry xml:lang='pt-br'><title>Petróleo</title></entry></feed>",
        {"language": "pt-BR"},
    ),
    "Atom under a prefix": (
        f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Port</a:title><a:entry><a:title>Oil</a:title>"
        f"<a:link href='{OIL}'/><a:updated>2026-11-23T19:15:00Z</a:updated></a:entry></a:feed>",
        {"title": "Oil", "link": OIL, "published_at": AT},
    ),
    "CDF": (
        f"<CHANNEL><TITLE>Port</TITLE><ITEM HREF='{OIL}' LASTMOD='2026-11-23T19:15:00Z'><TITLE>Oil falls</TITLE>"
        "<ABSTRACT>Brent</ABSTRACT></ITEM></CHANNEL>",
        {"title": "Oil falls", "link": OIL, "published_at": AT, "summary": "Brent"},
    ),
    "JSON Feed 1.0": (
        json_feed(
            {
                "id": "oil-1",
                "url": OIL,
                "title": "Oil falls",
                "content_text": "Brent fell.",
                "date_published": "2026-11-23T14:15:00-05:00",
                "author": {"name": "The oil desk"},
            },
            version="https://jsonfeed.org/version/1",
        ),
        {
            "id": "oil-1",
            "link": OIL,
            "title": "Oil falls",
            "summary": "Brent fell.",
            "published_at": AT,
            "author": "The oil desk",
        },
    ),
    "JSON Feed 1.1": (
        json_feed(
            {
                "id": 1,
                "url": "/oil",
                "external_url": "https://wire.example/1",
                "summary": "Short",
                "content_html": "<p>Long</p>",
                "date_modified": "2026-11-23T19:15:00Z",
                "authors": [{"name": "One"}, {"name": "Two"}, {"name": "One"}],
                "language": "de",
            },
            language="en",
        ),
        {
            "id": "1",
            "link": OIL,
            "title": "",
            "summary": "Short",
            "published_at": AT,
            "author": "One, Two",
            "language": "de",
            "source": "wire.example",
        },
    ),
    "JSON Feed with authors of the feed": (
        json_feed({"id": "oil-1", "title": "Oil"}, authors=[{"name": "The desk"}], language="en"),
        {"author": "The desk", "language": "en", "id": "oil-1", "link": ""},
    ),
    "a zero date": (rss("<title>Oil</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>"), {"published_at": None}),
    "an empty date": (rss("<title>Oil</title><pubDate>0001-01-01T00:00:00Z</pubDate>"), {"published_at": None}),
    "an active link": (rss("<title>Oil</title><link>javascript:alert(1)</link>"), {"link": "", "id": "Oil"}),
    "a link without a scheme": (rss("<link>//port.example/oil</link>"), {"link": OIL}),
    "a link beside the feed": (rss("<link>../oil</link>"), {"link": OIL}),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_feed_means_what_its_format_says(name: str) -> None:
    document, meant = DOCUMENTS[name]
    feed = read_feed(document.encode(), URL)
    (entry,) = feed.entries
    assert feed.title == "Port"
    assert {field: getattr(entry, field) for field in meant} == meant


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["RSS 1.0", "Atom 1.0", "Atom with bases", "JSON Feed 1.0"])
def test_it_does_so_in_wide_characters(name: str, encoding: str) -> None:
    document, meant = DOCUMENTS[name]
    (entry,) = read_feed(document.encode(encoding), URL).entries
    assert {field: getattr(entry, field) for field in meant} == meant


def test_what_a_feed_does_not_say_is_empty() -> None:
    (entry,) = read_feed(rss("<title>Oil</title>").encode(), URL).entries
    assert entry == Entry(id="Oil", title="Oil")
