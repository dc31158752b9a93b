"""Recorded pages served as a wire; skipped where they are not on this machine."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from infra.local.wire.outlets import read_catalogue
from infra.local.wire.recorded import RecordedPagesMissing, RecordedSource, page_title
from infra.local.wire.server import Wire
from tests.local.asking import ANCHOR, Clock, ask


@pytest.fixture(scope="module")
def source(shared_data: Path) -> RecordedSource:
    return RecordedSource(shared_data / "pages")


@pytest.fixture(scope="module")
def wire(source: RecordedSource) -> Iterator[Wire]:
    with Wire(source, ANCHOR, Clock()) as wire:
        yield wire


def test_a_directory_without_recorded_pages_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(RecordedPagesMissing, match=tmp_path.name):
        RecordedSource(tmp_path)


@pytest.mark.enable_socket
def test_every_page_that_a_feed_links_is_served_byte_for_byte(source: RecordedSource, wire: Wire) -> None:
    files = {page.url: page.file for page in source.pages}
    links = []
    for outlet in wire.outlets.values():
        feed = feedparser.parse(ask(wire, outlet.publisher.feeds[0]).body)
        assert not feed.bozo
        links += [entry.link for entry in feed.entries]
    assert sorted(links) == sorted(files)
    for link in links:
        assert ask(wire, link).body == gzip.decompress(files[link].read_bytes())


def test_every_page_of_a_labelled_story_is_there_within_three_hours(source: RecordedSource) -> None:
    moments: dict[str, list[timedelta]] = {}
    gold = source.gold()
    for outlet in source.outlets(ANCHOR):
        for item in outlet.items:
            assert item.at
            assert timedelta() < ANCHOR - item.at < timedelta(hours=12)
            if item.address in gold:
                moments.setdefault(gold[item.address], []).append(item.at - ANCHOR)
    assert sum(map(len, moments.values())) == len(gold)
    assert all(max(told) - min(told) < timedelta(hours=3) for told in moments.values())


def test_the_catalogue_reads_as_a_catalogue_with_one_publisher_per_host(source: RecordedSource) -> None:
    publishers = read_catalogue(source.catalogue_toml())
    assert {publisher.home for publisher in publishers} == {f"https://{page.host}/" for page in source.pages}
    assert len({publisher.id for publisher in publishers}) == len(publishers)
    assert {publisher.tier for publisher in publishers} == {3}


def test_titles_come_from_the_pages_themselves(source: RecordedSource) -> None:
    titles = [page_title(page.bytes()) for page in source.pages]
    assert sum(bool(title) for title in titles) == len(titles)
    assert not any("�" in title for title in titles)


@pytest.mark.parametrize(
    ("document", "title"),
    [
        (b'<meta property="og:title" content="It\'s up &amp; away"><title>x</title>', "It's up & away"),
        (b"<meta content='A \"B\"' property='og:title'>", 'A "B"'),
        (b"<title>\n Two\n words </title>", "Two words"),
        ('<meta charset="windows-1251"><title>Рынок</title>'.encode("windows-1251"), "Рынок"),
        (b'<meta charset="no-such"><title>Plain</title>', "Plain"),
        (b"<p>nothing</p>", ""),
    ],
)
def test_a_title_is_read_in_the_pages_own_charset(document: bytes, title: str) -> None:
    assert page_title(document) == title
