"""C4: whatever the document, at most 5 seconds and 64 MB more, and the worker lives."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import read_feed

from tests.wire.feed_costs import Cost, Meter, meter
from tests.wire.hostile_feeds import HOSTILE, ITEM, whole

URL = "https://port.example/rss"
SECONDS = 5.0
MEMORY = 64 << 20
LIBRARIES = 34 << 20
"""What a fresh process takes to load feedparser."""
SLOW = frozenset({"prefixes that nobody declared", "a long author, broken"})
"""They keep feedparser busy until it is killed."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")


@pytest.fixture(scope="module")
def costs() -> Iterator[Meter]:
    with meter() as one:
        yield one


def assert_small(cost: Cost) -> None:
    assert cost.outcome in ("read", "refused")
    assert cost.seconds < SECONDS
    assert cost.memory < MEMORY
    assert cost.further < LIBRARIES + MEMORY


@on_linux
@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in SLOW])
def test_a_hostile_document_costs_little(name: str, costs: Meter) -> None:
    assert_small(costs.cost(name))


@on_linux
@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_document_that_hangs_its_parser_is_left(name: str, costs: Meter) -> None:
    assert_small(costs.cost(name))


@on_linux
def test_the_attacks_of_the_corpus_cost_little(shared_data: Path, costs: Meter) -> None:
    bombs = sorted((shared_data / "attacks" / "xml").iterdir())
    assert len(bombs) >= 7
    for bomb in bombs:
        assert_small(costs.cost(str(bomb)))


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-canary")
    document = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><title>&x;</title>'
        "<item><title>a &x; b</title><link>https://feeds.example/1</link></item></channel></rss>"
    )
    for one in (document, document.replace("</title>", "</tilte>", 1)):
        try:
            assert "the-canary" not in str(read_feed(one.encode(), URL))
        except FeedUnreadable as refused:
            assert "the-canary" not in str(refused)  # noqa: PT017  (refusing is right as well)


def test_of_ten_thousand_entries_the_newest_five_thousand_are_kept_in_order() -> None:
    feed = read_feed(HOSTILE["ten thousand entries"](), URL)
    assert [entry.title for entry in feed.entries] == [f"Story {one}" for one in range(5_000, 10_000)]


def test_undated_entries_are_the_first_to_go() -> None:
    feed = read_feed(whole(ITEM * 5_000 + b"<item><title>New</title><pubDate>23 Nov 2026</pubDate></item>"), URL)
    assert len(feed.entries) == 5_000
    assert [entry.title for entry in feed.entries if entry.published_at] == ["New"]


def test_long_identifiers_stay_apart() -> None:
    feed = read_feed(HOSTILE["long identifiers"](), URL)
    same_start = whole(b"".join(b"<item><guid>" + b"g" * 10_000 + b"%d</guid></item>" % one for one in range(3)))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 481
    assert len({entry.id for entry in read_feed(same_start, URL).entries}) == 4
    assert max(len(entry.id) for entry in feed.entries) <= 500
