"""Summaries with one planted falsehood are held, those without are not: by `newsroom ground`'s rules alone."""

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
from newsroom.review.grounding import ground

from tests.evaluation.corrupting import RULES
from tests.evaluation.generated import SEED, truths
from tests.evaluation.sample_stories import SampleStory

FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["evaluation"]
PER_KIND = 125


def summaries() -> list[tuple[SampleStory, str, str]]:
    """(story, first sentence, second): two sentences of one article, in their order."""
    true = truths()
    return [(told, one, two) for (told, one), (other, two) in pairwise(true) if told is other]


def document(told: SampleStory) -> str:
    return "\n\n".join(article.evidence for article in told.articles)


@pytest.mark.parametrize("kind", ["number", "invented quote", "entity", "date"])
def test_a_planted_falsehood_is_held(kind: str) -> None:
    chance = random.Random(SEED)
    pairs = summaries()
    planted: list[tuple[str, str]] = []
    for turn in range(20):
        for place, (told, one, two) in enumerate(pairs):
            stranger = pairs[(place + 11 * (turn + 1)) % len(pairs)]
            changed = RULES[kind](one, chance, stranger[1]) if stranger[0] is not told else None
            if changed and changed != one and len(planted) < PER_KIND:
                planted.append((document(told), f"{changed} {two}"))
    missed = [summary for text, summary in planted if not ground(text, summary)]
    assert len(planted) == PER_KIND
    floor = 1.0 if kind in ("number", "invented quote") else FLOORS["planted_names_and_dates"]
    assert 1 - len(missed) / len(planted) >= floor, missed


def test_true_summaries_are_not_held() -> None:
    pairs = summaries()
    held = [f"{one} {two}" for told, one, two in pairs if ground(document(told), f"{one} {two}")]
    assert len(pairs) >= 500
    assert len(held) <= len(pairs) * 0.05, held
