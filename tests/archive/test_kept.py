"""How long things are kept in the archive's bucket: template.yaml's rules, held against what the code writes."""

from pathlib import Path
from typing import Any

from tests.templates import template

PACKAGE = Path(__file__).resolve().parents[2] / "layers" / "newsroom" / "newsroom"
FOR_LIFE = ("articles/", "drafts/", "issues/", "site/", "stories/", "verdicts/", "versions/")


def rules() -> list[dict[str, Any]]:
    bucket = template()["Resources"]["ArchiveBucket"]["Properties"]
    found: list[dict[str, Any]] = bucket["LifecycleConfiguration"]["Rules"]
    return found


def forgotten() -> dict[str, Any]:
    """Prefix → days."""
    return {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules() if "ExpirationInDays" in rule}


def test_the_models_answers_are_kept_as_long_as_the_operator_says() -> None:
    kept = template()["Parameters"]["AnswersKeptDays"]
    assert kept["Default"] > 366, "a year's receipts can be replayed"
    assert "AnswersKeptDays" in str(forgotten()["models/answers/"])


def test_what_is_forgotten_is_written_somewhere() -> None:
    code = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    assert [prefix for prefix in forgotten() if f'"{prefix}' not in code] == []


def test_nothing_that_is_published_or_stands_behind_it_is_forgotten() -> None:
    assert all(rule["Status"] == "Enabled" for rule in rules())
    for prefix in FOR_LIFE:
        assert not [gone for gone in forgotten() if prefix.startswith(gone) or gone.startswith(prefix)]
