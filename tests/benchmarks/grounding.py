"""Grounding beside a peer, on labelled summaries: `python -m tests.benchmarks.grounding [--json FILE]`.

Balanced accuracy over consistent and edited summaries (SummEdits), by code alone, and summaries a second. The peer, in
the same run on the same pairs: the share of a summary's word pairs that its document has, with the threshold that
suits the set best in hindsight, so that it is flattered.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from newsroom.review.grounding import ground

GROUNDING = Path(__file__).resolve().parents[3] / "shared/data/grounding"
SETS = ("summedits_ectsum", "summedits_news_dev")


def balanced(rows: list[dict[str, Any]], supported: Callable[[dict[str, Any]], bool]) -> float:
    right = {0: 0, 1: 0}
    for row in rows:
        right[row["label"]] += int(supported(row) == bool(row["label"]))
    return sum(right[label] / sum(row["label"] == label for row in rows) for label in right) / 2


def word_pairs(text: str) -> set[tuple[str, str]]:
    words = re.findall(r"\w+", text.lower())
    return set(pairwise(words))


def share_of_pairs(row: dict[str, Any]) -> float:
    ours = word_pairs(row["summary"])
    return len(ours & word_pairs(row["doc"])) / max(1, len(ours))


def measured(name: str) -> dict[str, float]:
    rows = json.loads(gzip.decompress((GROUNDING / f"{name}.json.gz").read_bytes()))
    begun = time.perf_counter()
    ours = balanced(rows, lambda row: not ground(row["doc"], row["summary"]))
    seconds = time.perf_counter() - begun
    shares = {row["id"]: share_of_pairs(row) for row in rows}
    peer = max(balanced(rows, lambda row, at=at: shares[row["id"]] >= at / 50) for at in range(51))  # type: ignore[misc]
    return {
        "balanced_accuracy": round(ours, 4),
        "peer_at_its_best": round(peer, 4),
        "ratio": round(ours / peer, 2),
        "summaries_a_second": round(len(rows) / seconds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    result = {name: measured(name) for name in SETS}
    for name, figures in result.items():
        print(name, figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
