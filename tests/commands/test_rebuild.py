"""`newsroom rebuild`: slice after slice, and what is told meanwhile."""

from dataclasses import asdict
from typing import Any

import pytest
from newsroom.__main__ import main
from newsroom.commands.rebuild import FUNCTION, PAUSE, slice_of, whole_site
from newsroom.editions.rebuilding import Rebuilt
from newsroom.errors import ArchiveConflict

from tests.templates import template

SOME, ALL = Rebuilt(False, "2026-11-03", 1200), Rebuilt(True, "2026-11-24", 3000)
RUNS = ArchiveConflict("an edition is running, or was in this minute", about="20261124T1215Z")


class Slices:
    """Answers in turn; what is an error is raised."""

    def __init__(self, *answers: Rebuilt | Exception) -> None:
        self.answers = list(answers)
        self.slept: list[float] = []

    def __call__(self) -> Rebuilt:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Answering:
    """A function that makes one slice."""

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert order == {"rebuild": True}
        return asdict(SOME)


def test_slices_are_asked_for_until_the_site_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    slices = Slices(SOME, ALL)
    assert whole_site(slices, 0, slices.slept.append) == ALL
    assert capsys.readouterr().err.splitlines() == [
        "so far 1,200 files, to the stories of 2026-11-03",
        "done: 3,000 files written",
    ]


def test_while_an_edition_runs_it_waits_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    slices = Slices(RUNS, SOME, RUNS, RUNS, ALL)
    assert whole_site(slices, 2 * PAUSE, slices.slept.append) == ALL
    assert slices.slept == [PAUSE] * 3
    assert "waiting: 20261124T1215Z: an edition is running" in capsys.readouterr().err


def test_patience_ends_with_the_reason() -> None:
    slices = Slices(*[RUNS] * 4, ALL)
    with pytest.raises(ArchiveConflict, match="an edition is running"):
        whole_site(slices, 2 * PAUSE, slices.slept.append)
    assert slices.slept == [PAUSE] * 2


def test_without_an_account_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (("CONFIG_FILE", "/dev/null"), ("ACCESS_KEY_ID", "none"), ("SECRET_ACCESS_KEY", "none")):
        monkeypatch.setenv(f"AWS_{name}", value)
    assert main(["rebuild", "newsroom-staging"]) == 1
    assert "newsroom rebuild: newsroom-staging: You must specify a region." in capsys.readouterr().err


def test_the_function_that_is_asked_is_the_publishing_one() -> None:
    assert template()["Resources"][FUNCTION]["Properties"]["Handler"] == "publish_edition.handler"
    assert slice_of(Answering()) == SOME  # type: ignore[arg-type]


def test_help_says_what_it_does_and_that_it_may_be_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["rebuild", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "whole site anew" in told
    assert "goes on where it was" in told
