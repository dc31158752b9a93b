"""`newsroom write`: articles of one story in, a draft out, a clear line when it cannot be."""

import json
from pathlib import Path

import pytest
from newsroom.__main__ import main
from newsroom.writing.draft import Draft

from tests.fakes.press import LEDGER, WIRE


def articles_file(folder: Path, **changes: object) -> Path:
    rows = [
        {"id": "1", "title": "Fjordkraft to shut two lines", "text": WIRE, "publisher": "Harbour Wire"},
        {"id": "2", "title": "Costly power closes smelter", "text": LEDGER, "publisher": "Meridian Ledger"},
    ]
    file = folder / "articles.jsonl"
    file.write_text("\n".join(json.dumps({**row, "published_at": "2026-11-23T09:00:00Z", **changes}) for row in rows))
    return file


def test_a_file_of_articles_becomes_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", str(articles_file(tmp_path))]) == 0
    draft = Draft.model_validate_json(capsys.readouterr().out)
    assert draft.writer == "excerpt"
    assert len(draft.body) == 2
    assert {"1", "2"} == set(draft.sources)


def test_a_folder_of_articles_becomes_the_same_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = articles_file(tmp_path)
    assert main(["write", str(file)]) == 0
    one = capsys.readouterr().out
    assert main(["write", str(tmp_path)]) == 0
    assert capsys.readouterr().out == one


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "1"}', "title"),
    ],
)
def test_a_file_that_is_no_articles_ends_with_one_line(
    body: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(body)
    assert main(["write", str(file)]) == 1
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_missing_file_ends_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", str(tmp_path / "nothing.jsonl")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_claude_without_a_model_says_what_to_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODEL_PROVIDER", raising=False)
    assert main(["write", str(articles_file(tmp_path)), "--writer", "claude"]) == 1
    assert "set MODEL_PROVIDER=anthropic and ANTHROPIC_API_KEY" in capsys.readouterr().err
    monkeypatch.setenv("MODEL_PROVIDER", "anthropic")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    monkeypatch.delenv("ANTHROPIC_AUTH_TOKEN", raising=False)
    assert main(["write", str(articles_file(tmp_path)), "--writer", "claude"]) == 1
    assert "ANTHROPIC_API_KEY" in capsys.readouterr().err


def test_articles_without_dates_are_written_as_a_bare_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", str(articles_file(tmp_path, published_at=None))]) == 0
    assert json.loads(capsys.readouterr().out)["body"] == []
