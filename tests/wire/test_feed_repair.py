"""Documents made to keep a parser busy: each ends within seconds, and so does only its own process."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import read_feed
from newsroom.wire.feed_repair import repair_feed

URL = "https://feeds.example/rss"
SECONDS = 6.0
"""The killed process's five, and its start."""


def attributes(number: int) -> bytes:
    flood = b" ".join(b'a%d="1"' % one for one in range(number))
    return b"<rss version='2.0'><channel><item " + flood + b"><title>&x;</title></item></channel></rss>"


def hostile() -> Iterator[tuple[str, bytes]]:
    yield "a flood of attributes", attributes(100_000)
    yield (
        "an author for the regular expression",
        (
            b"<rss version='2.0'><channel><item><author>&x;"
            + b"a@"
            + b"a." * 32_000
            + b"!</author></item></channel></rss>"
        ),
    )
    yield "elements nested too deep", b"<rss><channel>" + b"<item>" * 100_000
    yield "divs nested too deep", b"<rss><channel><item><description>" + b"&lt;div&gt;" * 100_000
    yield "nothing but NULs", b"<rss>" + bytes(100) + b"<channel>" * 2


@pytest.mark.parametrize(("name", "document"), list(hostile()), ids=lambda one: one if isinstance(one, str) else "")
def test_a_hostile_feed_ends_in_seconds(name: str, document: bytes) -> None:
    begun = time.monotonic()
    try:
        read_feed(document, URL)
    except FeedUnreadable as refused:
        assert str(refused)  # noqa: PT017  (either way is right; ending is what counts)
    assert time.monotonic() - begun < SECONDS, name


def test_an_xml_bomb_of_the_corpus_expands_to_nothing(shared_data: Path) -> None:
    bombs = sorted((shared_data / "attacks" / "xml").iterdir())
    assert len(bombs) >= 7
    for bomb in bombs:
        begun = time.monotonic()
        with pytest.raises(FeedUnreadable):
            read_feed(bomb.read_bytes(), URL)
        assert time.monotonic() - begun < SECONDS, bomb.name


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-canary")
    document = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><title>&x;</title>'
        "<item><title>a &x; b</title><link>https://feeds.example/1</link></item></channel></rss>"
    )
    try:
        feed = read_feed(document.encode(), URL)
    except FeedUnreadable:
        return
    assert "the-canary" not in str(feed)


def test_a_broken_feed_is_repaired() -> None:
    broken = (
        "<rss version='2.0'><channel><title>Port</title><item><title>Oil & gas</title><link>https://a.example/1</item>"
    )
    raw = repair_feed(broken, URL)
    assert (raw.title, raw.entries[0].title) == ("Port", "Oil & gas")
