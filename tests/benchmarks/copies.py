"""Reprints beside a peer, on the Canadian texts of ../shared/data: `python -m tests.benchmarks.copies [--json FILE]`.

`wire_found`: share of the 48 labelled wire copies under other headlines that are called copies; `others_called`: share
of all other pairs of articles of the same or the next day that are, which is where a story could meet them;
`cut_found`: share of long articles whose first 80, 150 and 300 words are recognised; `footer_ratio`: time for 1,000
texts that share a footer, over that for 1,000 without. The peer compares whole sets of five-word shingles by
resemblance (Jaccard ≥ 0.5, Broder 1997), every pair; `time_ratio_to_peer` is ours over the peer's on 1,000 articles.
"""

import argparse
import gzip
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from newsroom.articles.fingerprint import COPY, SHINGLE, WORD, containment, sketch, unique_texts

CLUSTERS = Path(__file__).resolve().parents[3] / "shared/data/clusters"
RESEMBLANCE = 0.5
CUTS = (80, 150, 300)


def articles() -> list[dict]:
    with gzip.open(CLUSTERS / "canada_business_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if row["text"]]


def wire_pairs() -> list[frozenset[str]]:
    """The 48 clusters whose members' texts are nearly the same."""
    lines = (CLUSTERS / "canada_business_clusters_silver.jsonl").read_text(encoding="utf-8").splitlines()
    return [frozenset(row["ids"][:2]) for row in map(json.loads, lines) if row["mean_sim"] >= 0.8]


def neighbours(rows: list[dict]) -> list[frozenset[str]]:
    """Every pair of articles of one day or of two days in a row."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for row in rows:
        by_day[date.fromisoformat(row["date"])].append(row["id"])
    found = []
    for day, ids in by_day.items():
        found += [frozenset(pair) for pair in itertools.combinations(ids, 2)]
        found += [frozenset((one, other)) for one in ids for other in by_day.get(day + timedelta(1), ())]
    return found


def shingles(text: str) -> frozenset[str]:
    words = WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def resembles(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) / len(one | other) >= RESEMBLANCE


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure() -> dict[str, float]:
    """Figures by name, rounded."""
    rows = articles()
    texts = {row["id"]: row["text"] for row in rows}
    sketches, whole = {one: sketch(text) for one, text in texts.items()}, {i: shingles(t) for i, t in texts.items()}
    wire, others = wire_pairs(), set(neighbours(rows)) - set(wire_pairs())

    def ours(pair: frozenset[str]) -> bool:
        one, other = pair
        return containment(sketches[one], sketches[other]) >= COPY

    def peer(pair: frozenset[str]) -> bool:
        one, other = pair
        return resembles(whole[one], whole[other])

    chance = random.Random(7)
    long = chance.sample([one for one, text in texts.items() if len(text.split()) > 400], 200)
    cuts = {size: {one: " ".join(texts[one].split()[:size]) for one in long} for size in CUTS}
    thousand = [row["id"] for row in rows[:1000]]
    footer = " ".join(f"subscribe{word}" for word in range(25))
    plain = {one: sketch(texts[one][:600]) for one in thousand}
    with_footer = {one: sketch(f"{texts[one][:600]} {footer}") for one in thousand}
    our_time = seconds(lambda: unique_texts({one: sketch(texts[one]) for one in thousand}, thousand))
    figures = {
        "wire_found": sum(map(ours, wire)) / len(wire),
        "wire_found_by_peer": sum(map(peer, wire)) / len(wire),
        "other_pairs": len(others),
        "others_called": sum(map(ours, others)) / len(others),
        "others_called_by_peer": sum(map(peer, others)) / len(others),
        "time_ratio_to_peer": our_time / _peer_seconds({one: texts[one] for one in thousand}),
        "footer_ratio": seconds(lambda: unique_texts(with_footer, thousand))
        / seconds(lambda: unique_texts(plain, thousand)),
    }
    for size, cut in cuts.items():
        found = sum(containment(sketches[one], sketch(text)) >= COPY for one, text in cut.items())
        figures[f"cut_found_{size}"] = found / len(long)
        figures[f"cut_found_{size}_by_peer"] = sum(resembles(whole[i], shingles(t)) for i, t in cut.items()) / len(long)
    return {name: round(value, 5) for name, value in figures.items()}


def _peer_seconds(texts: dict[str, str]) -> float:
    def every_pair() -> int:
        whole = [shingles(text) for text in texts.values()]
        return sum(resembles(one, other) for one, other in itertools.combinations(whole, 2))

    return seconds(every_pair)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", help="write the figures to this file too")
    chosen = parser.parse_args()
    found = measure()
    print("copies", *(f"{name} {value}" for name, value in found.items()), sep="  ")
    if chosen.json:
        Path(chosen.json).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
