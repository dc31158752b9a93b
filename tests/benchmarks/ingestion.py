"""One edition's collecting, 500 publishers of 40 entries, a tenth faulty: `-m tests.benchmarks.ingestion [--full]`.

The real pipeline as CollectBatch runs it (eight publishers side by side) with the real fetcher and the real archive,
its boto3 and PynamoDB; the web and the storage it talks to are processes of their own. What is measured is this
process's own processor time for each article that was stored: fetching, reading feeds and pages, storing, the rest.
Waiting is not in it. Beside it, on the same pages in the same run, the least that anybody would do: httpx's `get` and
trafilatura's `extract` with its defaults. Without `--full` 60 publishers of 20 entries, in half a minute.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from newsroom.publishers import collecting, following
from newsroom.publishers.batching import batches
from newsroom.publishers.collecting_batch import Collector, collect_batch
from newsroom.settings import WireSettings
from newsroom.wire.fetch import Fetcher

from tests.fakes.many_publishers import QUICK, SLOW, ManyPublishers, described

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ROOT / "tests" / "floors.json"
PEER_PAGES = 200


@contextmanager
def process(module: str, *arguments: str) -> Iterator[str]:
    """A server of ours in a process of its own; its `127.0.0.1:PORT`."""
    with tempfile.TemporaryDirectory() as folder:
        port = Path(folder) / "port"
        with subprocess.Popen([sys.executable, "-m", module, str(port), *arguments], cwd=ROOT) as server:
            try:
                deadline = time.monotonic() + 30
                while not (port.is_file() and port.read_text()):
                    if time.monotonic() > deadline or server.poll() is not None:
                        raise RuntimeError(f"{module} does not start")
                    time.sleep(0.05)
                yield port.read_text()
            finally:
                server.terminate()


class Spent:
    """Processor seconds by part of the work, over all threads."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._lock = Lock()

    def on(self, part: str, called: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            begun = time.thread_time()
            try:
                return called(*given, **named)
            finally:
                with self._lock:
                    self.seconds[part] += time.thread_time() - begun

        return timed


def of_processor() -> float:
    """Seconds of this process and of the readers that it waited for, not of the servers."""
    return time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def archive_at(address: str) -> Any:
    import boto3
    from newsroom.archive.archive import Archive
    from newsroom.archive.documents import Documents
    from newsroom.archive.items import ArchiveItem

    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ["AWS_ENDPOINT_URL"] = ArchiveItem.Meta.host = f"http://{address}"
    return Archive("Archive", Documents(boto3.client("s3"), "archive"))


def collected(many: ManyPublishers, web: str, storage: str) -> dict[str, Any]:
    """Figures of one edition over all publishers; AssertionError when an entry is lost or doubled."""
    spent = Spent()
    archive = archive_at(storage)
    settings = WireSettings(site_address="https://news.example", local_wire=web, stage="local")
    fetcher = Fetcher(settings, seconds_in_all=5.0)
    fetcher.get = spent.on("fetch", fetcher.get)  # type: ignore[method-assign]
    collecting.read_feed = spent.on("feed", collecting.read_feed)
    following.read_page = spent.on("page", following.read_page)
    for name in ("publisher_state", "store_article", "record_publisher_state"):
        setattr(archive, name, spent.on("store", getattr(archive, name)))
    publishers = {one.id: one for one in map(many.publisher, range(many.publishers))}
    collector = Collector(publishers, archive, fetcher, limit=many.entries, edition_id="e1", now=many.now)
    begun, clock = of_processor(), time.monotonic()
    found = [collect_batch(batch, collector) for batch in batches(list(publishers.values()), "e1", 50)]
    cpu, wall = of_processor() - begun, time.monotonic() - clock
    fetcher.close()
    with urllib.request.urlopen(f"http://{storage}/figures") as answer:
        stored = json.load(answer)
    bad = sum(bool(many.fault(number)) for number in range(many.publishers))
    good = (many.publishers - bad) * many.entries
    assert stored["articles"] == stored["counted"] == sum(one.articles_new for one in found) == good, stored
    assert sum(one.failed for one in found) == bad
    parts = {name: round(1000 * seconds / good, 2) for name, seconds in sorted(spent.seconds.items())}
    return {
        "publishers": many.publishers,
        "faulty": bad,
        "articles": good,
        "wall_seconds": round(wall, 1),
        "cpu_ms_an_article": round(1000 * cpu / good, 2),
        "of_it": {**parts, "rest": round(1000 * (cpu - sum(spent.seconds.values())) / good, 2)},
        "largest_row_bytes": stored["largest_row"],
        "writes_of_the_busiest_key": stored["busiest_key"],
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def plainest(many: ManyPublishers, web: str) -> float:
    """Milliseconds of processor for a page: httpx and trafilatura as they come, one page after the other."""
    import httpx
    import trafilatura

    good = next(number for number in range(many.publishers) if not many.fault(number))
    with httpx.Client() as client:
        begun = time.process_time()
        for place in range(PEER_PAGES):
            headers = {"Host": many.host(good)}
            body = client.get(f"http://{web}/news/{place % many.entries}", headers=headers)
            assert trafilatura.extract(body.text)
        return 1000 * (time.process_time() - begun) / PEER_PAGES


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="500 publishers of 40 entries")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    chosen = parser.parse_args()
    size = (500, 40) if chosen.full else (60, 20)
    many = ManyPublishers(*size, faulty=10, faults=(*QUICK, *SLOW))
    wire = process("tests.fakes.many_publishers", described(many))
    with wire as web, process("tests.fakes.small_aws") as storage:
        figures = collected(many, web, storage)
        figures["httpx_trafilatura_ms_a_page"] = round(plainest(many, web), 2)
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    most = json.loads(FLOORS.read_text(encoding="utf-8"))["ingestion"]["cpu_ms_an_article_at_most"]
    spent = figures["cpu_ms_an_article"]
    raise SystemExit(f"{spent} ms an article, more than {most}" if spent > most else 0)
