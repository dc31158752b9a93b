"""`newsroom ground`: one answer a line, in order."""

import json
from pathlib import Path

import pytest
from newsroom.__main__ import main

DOCUMENT = "Acme's profit rose 3% to $5 billion in the third quarter, the company said in Berlin. It will not cut jobs."


def ground(rows: list[object], folder: Path) -> int:
    file = folder / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    return main(["ground", str(file)])


def test_each_line_is_answered_with_its_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summaries = ["Acme earned $5bn in Q3, 3 percent more.", "Acme's profit rose 4% to $5 billion.", "It will cut jobs."]
    rows: list[object] = [
        {"id": n, "document": DOCUMENT, "summary": one, "label": 1} for n, one in enumerate(summaries)
    ]
    assert ground(rows, tmp_path) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in answers] == ["0", "1", "2"]
    assert [one["supported"] for one in answers] == [True, False, False]
    assert [[found["check"] for found in one["findings"]] for one in answers] == [[], ["figures"], ["negation"]]


@pytest.mark.parametrize(
    "row", [{"id": "1"}, {"document": "x", "summary": "y"}, {"id": "1", "document": 3, "summary": "y"}]
)
def test_a_line_without_its_fields_is_named(
    row: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "1", "document": DOCUMENT, "summary": "Acme is in Berlin."}
    assert ground([good, row], tmp_path) == 1
    assert "line 2" in capsys.readouterr().err
