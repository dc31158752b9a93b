"""Feed documents of ../shared/data/feeds beside feedparser: `python -m tests.benchmarks.feeds [--json FILE]`.

Speed: processor seconds over all files, each file read by us and by feedparser in turn, so that both meet the same
machine; the median ratio of several rounds. feedparser works as it comes, in this process; ours includes whatever
it hands to a process of its own. Agreement: of the entries of documents that feedparser calls well-formed, compared
in order, the share with the same title, link and date. feedparser's answers are cleaned as ours are (its titles are
HTML, its links may be relative), and dates before 1995 count as none.
"""

import argparse
import calendar
import collections
import json
import resource
import statistics
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
from newsroom.errors import FeedUnreadable
from newsroom.wire.dates import EARLIEST
from newsroom.wire.feed_document import MAX_TITLE, Entry, FeedDocument, read_feed, web_link
from newsroom.wire.plain_text import from_html

FEEDS = Path(__file__).resolve().parents[3] / "shared/data/feeds"
URL = "https://feeds.example/news/rss.xml"
FLOORS = Path(__file__).resolve().parents[1] / "floors.json"
FIELDS = ("title", "link", "date")
ROUNDS = 7


def documents(folder: Path = FEEDS) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".csv"}


def ours(body: bytes) -> FeedDocument | None:
    try:
        return read_feed(body, URL)
    except FeedUnreadable:
        return None


def theirs(body: bytes) -> Any:
    return feedparser.parse(body, response_headers={"content-location": URL, "content-type": "application/xml"})


def agreement(folder: Path = FEEDS) -> dict[str, float]:
    """`title`, `link`, `date`: shares of the entries of well-formed documents; `entries`: how many those are."""
    same: collections.Counter[str] = collections.Counter()
    entries = 0
    for body in documents(folder).values():
        peer = theirs(body)
        if peer.bozo or not peer.version:
            continue
        feed = ours(body)
        entries += len(peer.entries)
        found = feed.entries if feed and len(feed.entries) == len(peer.entries) else ()
        for entry, expected in zip(found, peer.entries, strict=False):
            same.update(field for field, equal in same_fields(entry, expected).items() if equal)
    return {"entries": entries} | {field: same[field] / entries for field in FIELDS}


def same_fields(entry: Entry, expected: Mapping[str, Any]) -> dict[str, bool]:
    """Whether our entry says what feedparser's says."""
    return {
        "title": entry.title == from_html(expected.get("title", ""), MAX_TITLE),
        "link": entry.link == web_link(expected.get("link", ""), URL),
        "date": entry.published_at == _date(expected),
    }


def _date(entry: Mapping[str, Any]) -> datetime | None:
    """Asked for what is there only: for anything missing feedparser warns, and answers with something else."""
    names = ("published_parsed", "updated_parsed", "created_parsed")
    parsed = next((entry[name] for name in names if name in entry.keys() and entry[name]), None)  # noqa: SIM118
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed and parsed[0] >= EARLIEST.year else None


def seconds() -> float:
    """Of processor, of this process and of those it waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def speed(rounds: int = ROUNDS, folder: Path = FEEDS) -> dict[str, float]:
    """Seconds over the whole set, ours and feedparser's, and the median of the rounds' ratios."""
    bodies = list(documents(folder).values())
    for body in bodies[:20]:
        ours(body), theirs(body)
    times = []
    for _round in range(rounds):
        us = them = 0.0
        for body in bodies:
            begun = seconds()
            ours(body)
            between = seconds()
            theirs(body)
            us, them = us + between - begun, them + seconds() - between
        times.append((us, them))
    return {
        "documents": len(bodies),
        "ours_seconds": round(statistics.median(us for us, _ in times), 3),
        "feedparser_seconds": round(statistics.median(them for _, them in times), 3),
        "ratio": round(statistics.median(them / us for us, them in times), 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    chosen = parser.parse_args()
    figures = {"agreement": agreement(), "speed": speed(chosen.rounds)}
    print(json.dumps(figures, indent=2))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["feeds"]
    measured = figures["agreement"] | figures["speed"]
    fallen = [
        f"{name} {measured[name]} is under its floor, {floor}"
        for name, floor in floors.items()
        if measured[name] < floor
    ]
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    raise SystemExit("\n".join(fallen) or 0)
