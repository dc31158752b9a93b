"""`newsroom review`: a draft and its articles in, a verdict out."""

import json
from pathlib import Path

import pytest
from newsroom.__main__ import main
from newsroom.review.checks import CHECKS
from newsroom.review.verdict import Verdict

from tests.fakes.press import LEDGER, WIRE

ROWS = [
    {"id": "1", "title": "Fjordkraft to shut two lines", "text": WIRE, "publisher": "Harbour Wire",
     "published_at": 1795424400},
    {"id": "2", "title": "Costly power closes smelter", "text": LEDGER, "publisher": "Meridian Ledger",
     "published_at": "2026-11-23T09:00:00Z"},
]  # fmt: skip


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS))
    return file


@pytest.fixture
def draft(articles: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["write", str(articles)]) == 0
    file = articles.with_name("draft.json")
    file.write_text(capsys.readouterr().out)
    return file


def verdict_of(draft: Path, articles: Path, capsys: pytest.CaptureFixture[str]) -> Verdict:
    assert main(["review", str(draft), "--articles", str(articles)]) == 0
    return Verdict.model_validate_json(capsys.readouterr().out)


def test_what_write_prints_review_accepts(draft: Path, articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verdict = verdict_of(draft, articles, capsys)
    assert verdict.outcome == "accept"
    assert verdict.checks == tuple(name for name, _ in CHECKS)
    assert verdict.critic == "code"
    assert verdict.limitations


def test_a_figure_changed_in_the_draft_is_found_and_held(
    draft: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = draft.read_text()
    assert "18 percent" in text
    draft.write_text(text.replace("18 percent", "81 percent"))
    verdict = verdict_of(draft, articles, capsys)
    assert verdict.outcome == "hold"
    assert {"quotes_verbatim", "figures_grounded"} <= {found.check for found in verdict.findings}


def test_an_article_changed_under_the_draft_is_found(
    draft: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles.write_text(articles.read_text().replace("18 percent", "81 percent"))
    verdict = verdict_of(draft, articles, capsys)
    assert verdict.outcome == "hold"
    assert "evidence_exists" in {found.check for found in verdict.findings}


@pytest.mark.parametrize("body", ["{}", "[]", '{"id": 3}', "nothing"])
def test_a_file_that_is_no_draft_ends_with_one_line(
    body: str, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "draft.json"
    file.write_text(body)
    assert main(["review", str(file), "--articles", str(articles)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_critic_without_a_model_says_what_to_set(
    draft: Path, articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODEL_PROVIDER", raising=False)
    assert main(["review", str(draft), "--articles", str(articles), "--critic", "claude"]) == 1
    assert "MODEL_PROVIDER" in capsys.readouterr().err
