"""The wire's server, asked over loopback as the newsroom's fetcher asks it."""

import gzip
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import html

from infra.local.wire.faults import BOMB_BYTES
from infra.local.wire.outlets import FAULTS, Outlet
from infra.local.wire.sample import SampleSource
from infra.local.wire.server import FEED_LENGTH, Wire
from tests.local.asking import ANCHOR, Clock, ask

pytestmark = pytest.mark.enable_socket

ROOT = Path(__file__).resolve().parents[2]
HARBOUR = "https://www.harbour-wire.example/feeds/markets.xml"


@pytest.fixture(scope="module")
def source() -> SampleSource:
    return SampleSource()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wire(source: SampleSource, clock: Clock) -> Iterator[Wire]:
    with Wire(source, ANCHOR, clock) as wire:
        yield wire


def entries(wire: Wire, outlet: Outlet) -> list[dict[str, str]]:
    """The feed as a reader's library sees it: title, link, date as written ("" when it has none)."""
    answer = ask(wire, outlet.publisher.feeds[0])
    assert answer.status == 200
    if outlet.presentation.feed == "jsonfeed":
        document = json.loads(answer.body)
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        return [
            {"title": item["title"], "link": item["url"], "date": item.get("date_published", "")}
            for item in document["items"]
        ]
    feed = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not feed.bozo, feed.bozo_exception
    return [
        {"title": entry.title, "link": entry.link, "date": entry.get("published") or entry.get("updated", "")}
        for entry in feed.entries
    ]


def titles(wire: Wire, publisher: str) -> set[str]:
    outlet = next(outlet for outlet in wire.outlets.values() if outlet.publisher.id == publisher)
    return {entry["title"] for entry in entries(wire, outlet)}


def test_every_feed_parses_and_each_linked_page_shows_title_and_body(wire: Wire) -> None:
    for outlet in wire.outlets.values():
        visible = outlet.visible(ANCHOR)
        listed = entries(wire, outlet)
        assert [entry["title"] for entry in listed] == [item.title for item in visible]
        for entry, item in zip(listed, visible, strict=True):
            answer = ask(wire, entry["link"])
            assert answer.status == 200, entry["link"]
            page = html.fromstring(answer.body)
            text = " ".join(page.text_content().split())
            assert item.title in text
            first = html.fromstring(f"<div>{item.body_html(ANCHOR)}</div>").xpath("string(./p[1])")
            assert " ".join(first.split()) in text


def test_feed_dates_name_the_moment_of_publication(wire: Wire) -> None:
    for outlet in wire.outlets.values():
        answer = ask(wire, outlet.publisher.feeds[0])
        if outlet.presentation.feed == "jsonfeed":
            continue
        feed = feedparser.parse(answer.body)
        for entry, item in zip(feed.entries, outlet.visible(ANCHOR), strict=True):
            parsed = entry.get("published_parsed") or entry.get("updated_parsed")
            if item.at is None:
                assert parsed is None
            else:
                assert datetime.fromtimestamp(timegm(parsed), UTC) == item.at


def test_feeds_are_served_in_the_charset_they_declare(wire: Wire) -> None:
    declared = {}
    for outlet in wire.outlets.values():
        if outlet.presentation.feed == "jsonfeed":
            continue
        answer = ask(wire, outlet.publisher.feeds[0])
        prolog = re.match(rb"<\?xml version='1.0' encoding='([^']+)'", answer.body)
        assert prolog
        charset = prolog[1].decode()
        assert answer.headers.get_content_charset() == charset.lower()
        declared[charset.lower()] = answer.body.decode(charset)
    assert {"utf-8", "windows-1252", "iso-8859-1"} <= set(declared)
    assert "México" in declared["iso-8859-1"]


def test_some_feed_links_carry_tracking_that_the_pages_canonical_address_lacks(wire: Wire) -> None:
    entry = entries(wire, wire.outlets["www.london-ledger.example"])[0]
    assert "utm_source=" in entry["link"]
    canonical = html.fromstring(ask(wire, entry["link"]).body).xpath("//link[@rel='canonical']/@href")
    assert canonical == [entry["link"].partition("?")[0]]


def test_the_gold_labels_name_exactly_the_served_addresses(source: SampleSource, wire: Wire) -> None:
    served = {item.address for outlet in wire.outlets.values() for item in outlet.items}
    assert set(source.gold(ANCHOR)) == served


def test_an_unchanged_feed_answers_304_to_either_validator(wire: Wire) -> None:
    first = ask(wire, HARBOUR)
    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = ask(wire, HARBOUR, {header: value})
        assert (again.status, again.body) == (304, b"")
    assert ask(wire, HARBOUR, {"If-None-Match": '"other"'}).status == 200


def test_a_new_item_ends_the_304(wire: Wire, clock: Clock) -> None:
    etag = ask(wire, HARBOUR).headers["ETag"]
    clock.turn(minutes=30)
    assert ask(wire, HARBOUR, {"If-None-Match": etag}).status == 200


def test_gzip_is_sent_when_asked_and_only_then(wire: Wire) -> None:
    assert "Content-Encoding" not in ask(wire, HARBOUR).headers
    assert ask(wire, HARBOUR, {"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert ask(wire, HARBOUR, {"Accept-Encoding": "gzip"}).body == ask(wire, HARBOUR).body


def test_head_sends_the_head_alone(wire: Wire) -> None:
    answer = ask(wire, HARBOUR, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000


def test_an_item_is_absent_before_its_offset_and_present_after(wire: Wire, clock: Clock) -> None:
    coming = "Thalassa Aurora is afloat again; lane to reopen at half speed"
    address = next(i.address for i in wire.outlets["www.tanker-log.example"].items if i.title == coming)
    clock.turn(minutes=13)
    assert coming not in titles(wire, "tanker-log")
    assert ask(wire, address).status == 404
    clock.turn(minutes=15)
    assert coming in titles(wire, "tanker-log")
    assert ask(wire, address).status == 200


def test_a_future_dated_item_is_listed_before_its_date(wire: Wire) -> None:
    outlet = wire.outlets["www.southern-cross-financial.example"]
    assert any(item.at and item.at > ANCHOR + timedelta(days=2) for item in outlet.visible(ANCHOR))


def test_an_undated_item_has_a_date_neither_in_feed_nor_page_nor_address(wire: Wire) -> None:
    outlet = wire.outlets["www.northern-ledger.example"]
    item = next(item for item in outlet.items if item.at is None)
    assert next(entry for entry in entries(wire, outlet) if entry["title"] == item.title)["date"] == ""
    assert str(ANCHOR.year) not in ask(wire, item.address).text
    assert str(ANCHOR.year) not in item.address


def test_a_page_is_corrected_at_its_moment(wire: Wire, clock: Clock) -> None:
    item = next(item for item in wire.outlets["www.savanna-markets.example"].items if "buy back" in item.title)
    before = ask(wire, item.address)
    clock.turn(minutes=11)
    after = ask(wire, item.address)
    assert "Correction:" not in before.text
    assert "dateModified" not in before.text
    assert "Correction:" in after.text
    assert "dateModified" in after.text
    assert ask(wire, item.address, {"If-None-Match": before.headers["ETag"]}).status == 200


def test_the_same_moment_gives_the_same_bytes(source: SampleSource, wire: Wire) -> None:
    with Wire(SampleSource(), ANCHOR, Clock()) as again:
        for outlet in wire.outlets.values():
            addresses = [*outlet.publisher.feeds, *(item.address for item in outlet.visible(ANCHOR))]
            for address in addresses:
                assert ask(wire, address).body == ask(again, address).body


def test_shuffling_changes_the_order_of_items_and_nothing_else(source: SampleSource, wire: Wire) -> None:
    with Wire(source, ANCHOR, Clock(), shuffle_seed=7) as shuffled:
        changed = 0
        for host, outlet in wire.outlets.items():
            plain, other = entries(wire, outlet), entries(shuffled, shuffled.outlets[host])
            assert sorted(entry["link"] for entry in plain) == sorted(entry["link"] for entry in other)
            changed += plain != other
        assert changed > 5


def test_no_feed_is_longer_than_forty_items(wire: Wire) -> None:
    assert FEED_LENGTH == 40
    assert all(len(entries(wire, outlet)) <= FEED_LENGTH for outlet in wire.outlets.values())


def test_only_the_reserving_publisher_signals_its_reservation(wire: Wire) -> None:
    for host, outlet in wire.outlets.items():
        robots = ask(wire, f"https://{host}/robots.txt").text
        page = ask(wire, outlet.items[-1].address).text
        reserving = bool(outlet.publisher.reserved)
        assert ("ai-input=no" in robots) == reserving
        assert ("noai" in page) == reserving


def test_a_paywall_stub_says_so_in_its_page(wire: Wire) -> None:
    outlet = wire.outlets["www.kowloon-business.example"]
    stub = next(item for item in outlet.items if "Jade Peak" in item.title)
    assert "Subscribe to continue reading." in ask(wire, stub.address).text


def test_front_pages_link_the_feed_for_discovery(wire: Wire) -> None:
    for host, outlet in wire.outlets.items():
        page = html.fromstring(ask(wire, f"https://{host}/").body)
        assert page.xpath("//link[@rel='alternate']/@href") == list(outlet.publisher.feeds)
    assert "Harbour Wire" in ask(wire, "https://wire.example/").text


@pytest.mark.parametrize(
    "url", ["https://www.harbour-wire.example/no/such/page", "https://nobody.example/feed", HARBOUR + "/.."]
)
def test_an_unknown_host_or_path_is_404(wire: Wire, url: str) -> None:
    assert ask(wire, url).status == 404


def faulty(source: SampleSource, fault: str) -> Wire:
    return Wire(source, ANCHOR, Clock(), faults={"harbour-wire": fault})  # type: ignore[dict-item]


def test_refuse_closes_the_connection_without_an_answer(source: SampleSource) -> None:
    with faulty(source, "refuse") as wire, pytest.raises(ConnectionError):
        ask(wire, HARBOUR)


def test_500_answers_500_and_robots_txt_stays_readable(source: SampleSource) -> None:
    with faulty(source, "500") as wire:
        assert ask(wire, HARBOUR).status == 500
        assert ask(wire, "https://www.harbour-wire.example/robots.txt").status == 200


@pytest.mark.parametrize(("fault", "bytes_read"), [("endless", 1_000_000), ("slow", 2)])
def test_endless_and_slow_bodies_do_not_end_by_themselves(source: SampleSource, fault: str, bytes_read: int) -> None:
    with faulty(source, fault) as wire:
        host, port = wire.address.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=10)
        connection.request("GET", urlsplit(HARBOUR).path, headers={"Host": urlsplit(HARBOUR).netloc})
        reply = connection.getresponse()
        assert reply.status == 200
        assert len(reply.read(bytes_read)) == bytes_read
        connection.close()


def test_a_bomb_is_a_thousand_times_larger_than_it_looks(source: SampleSource) -> None:
    with faulty(source, "bomb") as wire:
        host, port = wire.address.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=10)
        connection.request("GET", urlsplit(HARBOUR).path, headers={"Host": urlsplit(HARBOUR).netloc})
        reply = connection.getresponse()
        packed = reply.read()
        connection.close()
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed)) == BOMB_BYTES
    assert BOMB_BYTES / len(packed) > 900


def test_garbage_yields_no_entry(source: SampleSource) -> None:
    with faulty(source, "garbage") as wire:
        feed = feedparser.parse(ask(wire, HARBOUR).body)
    assert feed.bozo
    assert not feed.entries


def test_redirect_private_points_at_the_metadata_address(source: SampleSource) -> None:
    with faulty(source, "redirect-private") as wire:
        answer = ask(wire, HARBOUR)
    assert answer.status == 302
    assert answer.headers["Location"].startswith("http://169.254.169.254/")


def test_one_faulty_publisher_leaves_the_others_well(source: SampleSource) -> None:
    for fault in FAULTS:
        with faulty(source, fault) as wire:
            assert ask(wire, "https://www.tanker-log.example/rss.xml").status == 200


def test_an_unknown_fault_or_publisher_is_refused(source: SampleSource) -> None:
    for faults in ({"harbour-wire": "tired"}, {"nobody": "500"}):
        with pytest.raises(ValueError, match="no such publisher or fault"):
            Wire(source, ANCHOR, Clock(), faults=faults)  # type: ignore[arg-type]


def test_the_address_is_known_only_while_the_wire_is_open(source: SampleSource) -> None:
    closed = Wire(source, ANCHOR, Clock())
    with pytest.raises(RuntimeError, match="not open"):
        _ = closed.address


def test_the_catalogue_it_hands_out_is_the_one_it_serves(wire: Wire, source: SampleSource) -> None:
    assert wire.catalogue_toml() == source.catalogue_toml()
    assert {outlet.publisher.id for outlet in wire.outlets.values()} == set(source.publishers)


def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.toml"
    command = [
        sys.executable,
        "-m",
        "infra.local.wire",
        "--anchor",
        "2026-03-10T14:00:00",
        "--catalogue",
        str(catalogue),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        host, port = address.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=10)
        connection.request("GET", "/robots.txt", headers={"Host": "www.harbour-wire.example"})
        assert connection.getresponse().status == 200
        connection.close()
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - started < 5
    assert catalogue.read_text("utf-8") == SampleSource().catalogue_toml()
