import random
from datetime import UTC, datetime, timedelta

from newsroom.publishers.entries import choose, entry_key
from newsroom.wire.feed_document import Entry

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
FEED = "https://port.example/rss"


def entry(name: str, hours_ago: float | None = 1.0) -> Entry:
    at = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    return Entry(id=name, link=f"https://port.example/{name}", title=name, published_at=at)


def names(offers: tuple) -> list[str]:
    return [offer.entry.id for offer in offers]


def test_the_newest_come_first_and_the_undated_last() -> None:
    choice = choose({FEED: [entry("old", 9), entry("undated", None), entry("new", 1)]}, {}, now=NOW, limit=10)
    assert names(choice.take) == ["new", "old", "undated"]


def test_only_the_newest_are_considered_whatever_the_order() -> None:
    entries = [entry(f"e{number:02}", number) for number in range(50)]
    chosen = [
        names(choose({FEED: random.Random(seed).sample(entries, 50)}, {}, now=NOW, limit=10).take) for seed in range(5)
    ]
    assert chosen == [[f"e{number:02}" for number in range(10)]] * 5


def test_what_was_seen_is_not_taken_again_and_makes_no_room_for_older_ones() -> None:
    entries = [entry("new", 1), entry("old", 2), entry("older", 3)]
    seen = {entry_key(FEED, entries[0]): "a1"}
    choice = choose({FEED: entries}, seen, now=NOW, limit=2)
    assert names(choice.take) == ["old"]
    assert len(choice.shown) == 2


def test_an_entry_dated_ahead_waits_until_it_is_due() -> None:
    entries = [entry("soon", -0.9), entry("tonight", -5), entry("in-a-year", -8760)]
    choice = choose({FEED: entries}, {}, now=NOW, limit=10)
    assert names(choice.take) == ["soon"]
    assert names(choice.early) == ["tonight"]
    assert names(choose({FEED: entries}, {}, now=NOW + timedelta(hours=5), limit=10).take) == ["tonight", "soon"]


def test_one_link_in_two_feeds_is_taken_once_and_without_a_link_never() -> None:
    other = "https://port.example/markets.rss"
    choice = choose({FEED: [entry("one")], other: [entry("one"), Entry(id="x", title="No link")]}, {}, now=NOW, limit=9)
    assert names(choice.take) == ["one"]


def test_the_same_id_in_two_feeds_is_two_entries() -> None:
    assert entry_key(FEED, entry("one")) != entry_key(FEED + "2", entry("one"))
