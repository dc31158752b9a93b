"""What is broken beyond small mistakes, read by feedparser where it can be killed."""

import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire import feed_repair
from newsroom.wire.feed_document import read_feed
from newsroom.wire.feed_repair import repair_feed

URL = "https://feeds.example/rss"
BROKEN = (
    "<rss version='2.0'><channel><title>Port</title><language>de</language>"
    "<item><title>Oil & gas</title><link>/1</link><guid>one</guid><dc:creator>The desk</dc:creator>"
    "<description>Brent<br>fell.</description><pubDate>Mon, 23 Nov 2026 19:15:00 GMT</pubDate></item>"
    "<item><b><title>Größe</title><guid>https://feeds.example/2</guid></item></channel></rss>"
)


def test_a_broken_feed_is_repaired() -> None:
    raw = repair_feed(BROKEN, URL)
    first, second = raw.entries
    assert (raw.title, raw.language) == ("Port", "de")
    assert (first.id, first.title, first.author) == ("one", "Oil & gas", "The desk")
    assert (first.published, first.modified) == ("Mon, 23 Nov 2026 19:15:00 GMT", "")
    assert (second.title, second.link) == ("Größe", "https://feeds.example/2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_it_is_repaired_whatever_its_encoding(encoding: str) -> None:
    feed = read_feed(BROKEN.encode(encoding), URL)
    assert [entry.title for entry in feed.entries] == ["Oil & gas", "Größe"]
    assert feed.entries[0].link == "https://feeds.example/1"
    assert feed.entries[0].summary == "Brent fell."


def test_what_shows_nothing_is_refused() -> None:
    with pytest.raises(FeedUnreadable, match="not a feed"):
        repair_feed("<html><item><p>Hello<br></html>", URL)


def test_what_keeps_feedparser_busy_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_repair, "SECONDS", 0.2)
    with pytest.raises(FeedUnreadable, match="too long"):
        repair_feed("<rss><channel><item><author>a@" + "a." * 32_000 + "!</author></item></b></channel></rss>", URL)
