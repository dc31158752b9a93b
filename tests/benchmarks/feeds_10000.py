"""A replay of 10,000 feeds, most of them known: `python -m tests.benchmarks.feeds_10000 [--full]`.

Feeds of 20 entries on one loopback port, told apart by their hosts: six in ten answer 304, five in a hundred are
faulty, the others are sent whole, and hold nothing new (pages are `tests.benchmarks.ingestion`'s business). Ours is
the real pipeline, from a publisher's stored state to the next; beside it, feed by feed in turns of a few hundred, a
plain loop of httpx and feedparser that keeps entity tags and forgets everything else; each host is a connection, for
both, as on the web. Then all of them once more as
CollectBatch does it, eight side by side: feeds a second of one worker, and how much memory that takes.
Without `--full` 1,500 feeds.
"""

import argparse
import json
import resource
import statistics
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import httpx
from newsroom.errors import NewsroomError
from newsroom.publishers.batching import batches
from newsroom.publishers.collecting import collect
from newsroom.publishers.collecting_batch import Collector, collect_batch
from newsroom.publishers.entries import entry_key
from newsroom.publishers.health import FeedState, Health, PublisherState
from newsroom.settings import WireSettings
from newsroom.wire.feed_document import Entry
from newsroom.wire.fetch import Fetcher

from tests.benchmarks.ingestion import of_processor, process
from tests.fakes.many_publishers import ManyPublishers, described

FLOORS = Path(__file__).resolve().parents[1] / "floors.json"
TURN = 250
"""Feeds read by one, then by the other."""
FAULTS = ("500", "403", "404", "garbage", "refuse", "html", "empty", "redirect-private")


class States:
    """The states as documents, as the archive keeps them: read and written anew for each poll."""

    def __init__(self, many: ManyPublishers) -> None:
        self.many = many
        self.bodies: dict[str, bytes] = {}
        for number in range(many.publishers):
            self._seed(number)

    def _seed(self, number: int) -> None:
        publisher, before = self.many.publisher(number), self.many.now - timedelta(hours=1)
        (feed,) = publisher.feeds
        health = Health(publisher_id=publisher.id, status="ok", first_success_at=before, last_success_at=before)
        state = PublisherState(
            publisher_id=publisher.id,
            feeds={feed: FeedState(etag=self.many.etag(number))},
            seen={entry_key(feed, Entry(id=f"{number}-{entry}")): "" for entry in range(self.many.entries)},
            health=health,
        )
        self.record_publisher_state(state)

    def publisher_state(self, publisher_id: str) -> PublisherState:
        return PublisherState.model_validate_json(self.bodies[publisher_id])

    def record_publisher_state(self, state: PublisherState) -> None:
        self.bodies[state.publisher_id] = state.model_dump_json().encode()

    def store_article(self, article: Any) -> bool:
        raise AssertionError(f"nothing is new, and yet: {article.url}")

    article = revise_article = store_article


def in_turns(many: ManyPublishers, web: str, states: States, fetcher: Fetcher) -> dict[str, float]:
    """Processor milliseconds a feed, ours and the peer's, and the median of the turns' ratios."""
    ours, theirs = [], []
    anew = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(follow_redirects=False, timeout=10, limits=anew) as client:
        for first in range(0, many.publishers, TURN):
            numbers = range(first, min(first + TURN, many.publishers))
            begun = of_processor()
            for number in numbers:
                poll(many, number, states, fetcher)
            between = of_processor()
            for number in numbers:
                plain(many, number, web, client)
            ours.append((between - begun) / len(numbers))
            theirs.append((of_processor() - between) / len(numbers))
    return {
        "ours_cpu_ms_a_feed": round(1000 * statistics.mean(ours), 2),
        "httpx_feedparser_cpu_ms_a_feed": round(1000 * statistics.mean(theirs), 2),
        "ratio": round(statistics.median(them / us for us, them in zip(ours, theirs, strict=True)), 2),
    }


def poll(many: ManyPublishers, number: int, states: States, fetcher: Fetcher) -> None:
    try:
        collect(many.publisher(number), archive=states, fetcher=fetcher, limit=40, edition_id="e1", now=many.now)
    except NewsroomError:
        return


def plain(many: ManyPublishers, number: int, web: str, client: httpx.Client) -> None:
    try:
        headers = {"Host": many.host(number), "If-None-Match": many.etag(number)}
        answer = client.get(f"http://{web}/feed.xml", headers=headers)
        if answer.status_code == 200:
            feedparser.parse(answer.content)
    except httpx.HTTPError:
        return


def side_by_side(many: ManyPublishers, states: States, fetcher: Fetcher) -> dict[str, float]:
    """One worker's throughput over all feeds, and what it needed beyond what it had."""
    publishers = {one.id: one for one in map(many.publisher, range(many.publishers))}
    collector = Collector(publishers, states, fetcher, limit=40, edition_id="e2", now=many.now + timedelta(minutes=15))
    before, begun, clock = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, of_processor(), time.monotonic()
    found = [collect_batch(batch, collector) for batch in batches(list(publishers.values()), "e2")]
    cpu, wall = of_processor() - begun, time.monotonic() - clock
    faulty = sum(bool(many.fault(number)) for number in range(many.publishers))
    assert sum(one.publishers for one in found) == many.publishers
    assert sum(one.failed for one in found) == faulty
    return {
        "batches": len(found),
        "faulty": faulty,
        "unchanged": sum(many.is_unchanged(number) for number in range(many.publishers)),
        "feeds_a_second": round(many.publishers / wall),
        "cpu_ms_a_feed": round(1000 * cpu / many.publishers, 2),
        "more_mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="10,000 feeds")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    chosen = parser.parse_args()
    many = ManyPublishers(10_000 if chosen.full else 1_500, 20, faulty=5, unchanged=60, faults=FAULTS)
    with process("tests.fakes.many_publishers", described(many)) as web:
        fetcher = Fetcher(WireSettings(site_address="https://news.example", local_wire=web, stage="local"))
        states = States(many)
        figures = {"feeds": many.publishers, **in_turns(many, web, states, fetcher)}
        figures |= {"one_worker": side_by_side(many, states, fetcher)}
        fetcher.close()
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    floor = json.loads(FLOORS.read_text(encoding="utf-8"))["polling"]["ratio"]
    raise SystemExit(f"{figures['ratio']} is under its floor, {floor}" if figures["ratio"] < floor else 0)
