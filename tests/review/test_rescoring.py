"""Whoever holds review.json computes the printed score: by the command, and by a script that knows nothing of us."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from newsroom.__main__ import main
from newsroom.review.reviewing import review
from newsroom.review.rubric import rubric
from newsroom.review.verdict import Verdict
from newsroom.site.machine_faces import review_document
from newsroom.writing.excerpt_writer import ExcerptWriter

from tests.evaluation.sample_stories import ANCHOR, publishers, stories
from tests.fakes.newsroom_values import a_version
from tests.fakes.sample_house import HOUSE, SampleHouse

SCRIPT = Path(__file__).with_name("recompute.py")


def documents(folder: Path) -> list[Path]:
    """The review.json of every story that a sample house publishes, and of a digest of every story of the wire."""
    house = SampleHouse()
    house.accept_several(4)
    house.publish()
    bodies = [body for path, body in house.pages().items() if path.endswith("review.json")]
    version = a_version()
    for told in stories():
        draft = ExcerptWriter().write(told.assignment())
        verdict = review(draft, told.articles, told.story, publishers(), None, ANCHOR)
        bodies.append(review_document(version.model_copy(update={"verdict": verdict}), HOUSE).as_bytes())
    files = []
    for number, body in enumerate(bodies):
        files.append(folder / f"{number}.review.json")
        files[-1].write_bytes(body)
    return files


def recomputed(files: list[Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", str(SCRIPT), *map(str, files)], capture_output=True, text=True)


def a_review(**score: Any) -> dict[str, Any]:
    version = a_version()
    document = review_document(version, HOUSE).told()
    return {**document, "score": {**document["score"], **score}}


def test_a_script_of_thirty_lines_without_the_package_recomputes_every_score(tmp_path: Path) -> None:
    files = documents(tmp_path)
    assert len(files) >= 60
    source = SCRIPT.read_text()
    assert "newsroom" not in source
    assert len(source.splitlines()) <= 30
    done = recomputed(files)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_command_prints_what_follows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps(a_review()))
    assert main(["rescore", str(file)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["raw"], answer["final"], answer["band"]) == (82, 70, "Solid")
    assert [cap["limit"] for cap in answer["caps"]] == [70]
    assert answer["differs"] == []


@pytest.mark.parametrize(
    "stated", [{"raw": 83}, {"final": 82}, {"final": 71}, {"band": "Strong"}, {"caps": []}], ids=str
)
def test_a_document_that_does_not_add_up_fails_command_and_script(
    stated: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps(a_review(**stated)))
    assert main(["rescore", str(file)]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["differs"]
    assert "does not add up" in captured.err
    assert recomputed([file]).returncode == 1


@pytest.mark.parametrize("document", [{}, [], {"score": {}}, {"score": 70, "bands": []}], ids=str)
def test_what_is_no_review_is_refused_in_a_line(
    document: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps(document))
    assert main(["rescore", str(file)]) == 1
    assert "is not a review" in capsys.readouterr().err


def test_no_cap_raises_a_score_and_every_band_can_be_reached() -> None:
    rules = rubric()
    assert all(0 < cap.limit < 100 and cap.reason for cap in rules.caps)
    assert {rules.band(score) for score in range(101)} == {band.name for band in rules.bands}
    assert Verdict.model_fields["limitations"].is_required()
