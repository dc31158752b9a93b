"""`newsroom briefing`: what the stack's function shows."""

import pytest
from newsroom.__main__ import main
from newsroom.commands.briefing import FUNCTION, told

from tests.templates import template

ISSUE = {"issue_id": "2026-11-24", "stage": "preview", "text": "plain", "html": "<p>html</p>"}


def test_the_function_that_is_asked_is_there() -> None:
    assert template()["Resources"][FUNCTION]["Properties"]["Handler"] == "show_briefing.handler"


def test_a_part_is_told_by_itself_and_the_rest_without_the_parts() -> None:
    assert told(ISSUE, "html") == "<p>html</p>"
    assert told(ISSUE, None) == {"issue_id": "2026-11-24", "stage": "preview"}


def test_it_cannot_be_asked_for_a_region_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["briefing", "newsroom-staging", "--region", "moon"])
    assert "invalid choice" in capsys.readouterr().err
