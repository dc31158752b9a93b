"""Grouping on labelled sets stays above its floors; `make bench` has all figures beside its peers."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import grouping

FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["grouping"]


@pytest.mark.parametrize("name", ["uci", "basil"])
def test_a_set_is_grouped_as_people_did(name: str, shared_data: Path) -> None:
    articles, gold = {"uci": grouping.uci, "basil": grouping.basil}[name]()
    floor = FLOORS[{"uci": "uci_headlines_f1", "basil": "basil_texts_f1"}[name]]
    assert grouping.b_cubed(grouping.ours(articles), gold)[2] >= floor


def test_small_stories_are_grouped_as_people_did(shared_data: Path) -> None:
    draws = [grouping.uci_small(seed) for seed in range(5)]
    scores = [grouping.b_cubed(grouping.ours(articles), gold)[2] for articles, gold in draws]
    assert sum(scores) / len(scores) >= FLOORS["uci_small_stories_f1"]


def test_the_order_of_arrival_within_an_hour_changes_next_to_nothing(shared_data: Path) -> None:
    articles, gold = grouping.uci_small(0)
    assert grouping.order_spread(articles, gold, 5) <= FLOORS["order_spread_at_most"]
