"""A hundred and ten publishers, a tenth of them faulty, over loopback: `tests.benchmarks.ingestion` made small."""

import json

import pytest
from newsroom.publishers.batching import batches
from newsroom.publishers.collecting_batch import Collector, collect_batch
from newsroom.settings import WireSettings
from newsroom.wire.fetch import Fetcher

from tests.fakes.archive import FakeArchive
from tests.fakes.many_publishers import QUICK, SLOW, ManyPublishers, Serving

pytestmark = pytest.mark.enable_socket

MANY = ManyPublishers(publishers=110, entries=5, faulty=10, faults=(*QUICK, *SLOW))


def test_every_good_entry_is_stored_once_and_every_bad_feed_has_its_reason() -> None:
    archive = FakeArchive()
    publishers = {one.id: one for one in map(MANY.publisher, range(MANY.publishers))}
    bad = {MANY.publisher(number).id: fault for number in range(MANY.publishers) if (fault := MANY.fault(number))}
    assert set(bad.values()) == {*QUICK, *SLOW}
    with Serving(MANY) as wire:
        settings = WireSettings(site_address="https://news.example", local_wire=wire.address, stage="local")
        fetcher = Fetcher(settings, seconds_in_all=4.0)
        collector = Collector(publishers, archive, fetcher, limit=40, edition_id="e1", now=MANY.now)
        found = [collect_batch(batch, collector) for batch in batches(list(publishers.values()), "e1", 60)]
        fetcher.close()

    assert sum(one.publishers for one in found) == MANY.publishers
    assert sum(one.failed for one in found) == len(bad)
    good = {f"https://{MANY.host(n)}/news/{e}" for n in range(MANY.publishers) if not MANY.fault(n) for e in range(5)}
    assert sorted(article.url for article in archive.all_articles.values()) == sorted(good)
    assert sum(one.articles_new for one in found) == len(good)
    assert all(article.text and not article.thin for article in archive.all_articles.values())
    for publisher_id, fault in bad.items():
        health = archive.publisher_state(publisher_id).health
        assert (health.status, bool(health.reason)) == ("failing", True), fault
    rows = [article.model_dump_json(exclude={"text"}) for article in archive.all_articles.values()]
    states = [state.health.model_dump_json() for state in archive.states.values()]
    assert max(len(json.dumps(row)) for row in (*rows, *states)) <= 100_000
