import time

import pytest
from newsroom.wire.feed_document import read_feed
from newsroom.wire.feed_mending import mended

URL = "https://port.example/rss"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<a>Oil & gas</a>", "<a>Oil &#38; gas</a>"),
        ("<a>x?a=1&b=2&amp;c=3</a>", "<a>x?a=1&#38;b=2&#38;c=3</a>"),
        ("<a>caf&eacute; &nbsp; &amp; &lt; &#233; &#xE9;</a>", "<a>caf&#233; &#160; &#38; &#60; &#233; &#233;</a>"),
        ("<a>&#0;&#x1F;&#xD800;&#xFFFF;&#9999999;&#12a; &#65;</a>", "<a>&#38;#12a; &#65;</a>"),
        ("<a>&unheard;</a>", "<a>&#38;unheard;</a>"),
        ("<a><![CDATA[Oil & <b> &eacute;]]> & gas</a>", "<a><![CDATA[Oil & <b> &eacute;]]> &#38; gas</a>"),
        ("<a><![CDATA[Oil & gas", "<a><![CDATA[Oil & gas"),
        ("<a>\x00\x0bOil\ud800</a>", "<a>Oil</a>"),
        ("<!-- <![CDATA[ --><a>&#xD800;&#xdfFF;&#55296;&#57343;</a>", "<!-- <![CDATA[ --><a></a>"),
        ("<a>&#55295;&#57344;&#xD7FF;</a>", "<a>&#55295;&#57344;&#55295;</a>"),
        ("junk <?xml version='1.0'?>\n<a/>", "<a/>"),
        ("<?xml version='1.0'><a/>", "<a/>"),
        ("<!-- first --><?xml version='1.0'?><a/>", "<!-- first --><a/>"),
        ('<!DOCTYPE rss SYSTEM "x" [<!ENTITY a "b">]><a/>', "<a/>"),
    ],
)
def test_a_small_mistake_has_one_reading(written: str, meant: str) -> None:
    assert mended(written) == meant


def test_prefixes_that_nobody_declared_are_declared() -> None:
    document = "<rss><channel><item><media:title>Ship</media:title><x:y z:a='1'>Oil</x:y></item></channel></rss>"
    assert mended(document).startswith(
        '<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:x="urn:undeclared:x" xmlns:z="urn:undeclared:z">'
    )


@pytest.mark.parametrize(
    "document",
    [
        "<rss version='2.0'><channel><item><title>Oil & gas</title><link>/oil?a=1&b=2</link></item></channel></rss>",
        "<rss><channel><item><title>Oil &amp; gas</title><link>/oil?a=1&amp;b=2</link></item></channel></rss>"
        "<!-- served in 3 ms -->junk",
        "<?xml version='1.0'?><?xml version='1.0'?><rss><channel><item><title>Oil &#38; gas</title>"
        "<link>/oil?a=1&amp;b=2</link></item></channel></rss>",
        "<rss><channel><item><media:thumbnail url='x'/><title>Oil &amp; gas</title><link>/oil?a=1&b=2</link></item>"
        "</channel></rss>",
        "<rss><channel><item><title>Oil &amp; gas&#0;</title><link>/oil?a=1&amp;b=2</link></item></channel></rss>",
        "<!-- a -- b --><rss><channel><item><title>Oil &amp; gas</title><link>/oil?a=1&amp;b=2</link></item></channel>"
        "</rss>",
        "<rss><channel><item><title>Oil &amp; gas</title><link>/oil?a=1&amp;b=2</link><description>And so",
    ],
)  # fmt: skip
def test_it_is_mended_without_the_slow_reader(document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.wire.feed_repair.confined", None)
    (entry,) = read_feed(document.encode(), URL).entries
    assert (entry.title, entry.link) == ("Oil & gas", "https://port.example/oil?a=1&b=2")


@pytest.mark.parametrize(
    "flood", ["<![CDATA[", "<!DOCTYPE [", "<!DOCTYPE ", "&", "&a", "<a:", " a:b", " xmlns:", "<?xml ", "<", "]]>"]
)
def test_a_document_made_to_keep_us_busy_does_not(flood: str) -> None:
    begun = time.process_time()
    mended("<rss>" + flood * (1_000_000 // len(flood)))
    assert time.process_time() - begun < 2
