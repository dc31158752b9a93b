"""Grounding by code alone: what it finds, and how well it does on real summaries with their labels."""

import gzip
import json
from pathlib import Path

import pytest
from newsroom.review.grounding import ground

FLOORS = Path(__file__).resolve().parents[1] / "floors.json"
DOCUMENT = (
    "Acme's revenue increased 3% to $5 billion in the third quarter, the company said in Berlin on Monday. "
    "Margins were above those of the prior year. The board does not plan to sell the unit."
)


@pytest.mark.parametrize(
    "summary",
    [
        "Acme's revenue rose 3 percent to $5bn in Q3.",
        "The board has no plan to sell the unit.",
        "Margins were above those of the year before.",
        "",
    ],
)
def test_what_the_document_says_is_supported(summary: str) -> None:
    assert ground(DOCUMENT, summary) == []


@pytest.mark.parametrize(
    ("summary", "check"),
    [
        ("Acme's revenue rose 4 percent to $5bn.", "figures"),
        ("Acme's revenue fell 3 percent to $5bn.", "figures"),
        ("Acme's revenue rose 3 percent to $5bn in the second quarter.", "periods"),
        ("Bolt's revenue rose 3 percent.", "names"),
        ("Acme said so in Vienna.", "names"),
        ("The board plans to sell the unit.", "negation"),
        ("Margins were below those of the prior year.", "opposites"),
        ("Tourists crowded beaches along coastal resorts.", "words"),
    ],
)
def test_what_it_does_not_say_is_found(summary: str, check: str) -> None:
    assert check in {found.check for found in ground(DOCUMENT, summary)}


@pytest.mark.parametrize("name", ["summedits_ectsum", "summedits_news_dev"])
def test_balanced_accuracy_on_labelled_summaries_does_not_fall(name: str, shared_data: Path) -> None:
    """Measured on the whole of each set; the lists of opposites were written while looking at its edits."""
    rows = json.loads(gzip.decompress((shared_data / "grounding" / f"{name}.json.gz").read_bytes()))
    right = {0: 0, 1: 0}
    for row in rows:
        right[row["label"]] += int((not ground(row["doc"], row["summary"])) == bool(row["label"]))
    shares = [right[label] / sum(row["label"] == label for row in rows) for label in right]
    balanced = sum(shares) / 2
    assert balanced >= json.loads(FLOORS.read_text())["grounding"][name], f"{name}: {balanced:.4f}"
