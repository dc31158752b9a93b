"""What the README says is so."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from newsroom.__main__ import COMMANDS

from tests.state_machines.walking import definition
from tests.templates import resources, template

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
PICTURE = README[README.index("```mermaid") :].partition("```\n")[0]


def drawn() -> set[tuple[str, str]]:
    """The arrows of the picture, as pairs of node names."""
    arrows = set()
    for line in PICTURE.splitlines():
        if "-->" in line:
            nodes = [re.match(r"\s*(\w+)", part) for part in re.split(r"-->(?:\|[^|]*\|)?", line)]
            names = [node[1] for node in nodes if node]
            arrows |= set(pairwise(names))
    return arrows


def flow(machine: dict[str, Any], shown: set[str]) -> set[tuple[str, str]]:
    """Which of the shown states follows which, over those that are not shown; failures apart."""

    def entry(name: str, around: dict[str, Any]) -> set[str]:
        """The first shown states met from here on; an empty name where the flow ends before one."""
        plain = name.rstrip("?")
        state = around[name]
        if plain in shown:
            return {plain}
        if "ItemProcessor" in state:
            return entry(state["ItemProcessor"]["StartAt"], state["ItemProcessor"]["States"])
        return set().union(*(entry(one, around) for one in following(state))) if following(state) else {""}

    def following(state: dict[str, Any]) -> list[str]:
        targets = [state.get("Next"), state.get("Default"), *(choice["Next"] for choice in state.get("Choices", ()))]
        return [target for target in targets if target]

    arrows: set[tuple[str, str]] = set()

    def visit(states: dict[str, Any], after: set[str]) -> None:
        for name, state in states.items():
            ends = set().union(*(entry(one, states) for one in following(state))) if following(state) else {""}
            ends = ends - {""} | (after if "" in ends else set())
            if "ItemProcessor" in state:
                visit(state["ItemProcessor"]["States"], ends)
            if name.rstrip("?") in shown:
                arrows.update((name.rstrip("?"), end) for end in ends if end != name.rstrip("?"))

    visit(machine["States"], set())
    return arrows


@pytest.mark.parametrize("machine", ["edition", "briefing"])
def test_the_picture_shows_the_flow_of_the_state_machines(machine: str) -> None:
    nodes = {name for arrow in drawn() for name in arrow}
    expected = flow(definition(machine), nodes)
    shown = {name for arrow in expected for name in arrow}

    assert expected
    assert {(a, b) for a, b in drawn() if a in shown and b in shown} == expected


def test_the_picture_shows_every_function() -> None:
    functions = {name.removesuffix("Function") for name in resources("AWS::Serverless::Function")}

    assert functions <= {name for arrow in drawn() for name in arrow}


def test_every_parameter_and_command_that_the_readme_names_exists() -> None:
    table = README[README.index("| parameter |") :].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}

    assert len(named) > 8
    assert named <= set(template()["Parameters"])
    assert set(re.findall(r"^    newsroom (\w+)", README, re.MULTILINE)) == set(COMMANDS)


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()

    for target in set(re.findall(r"make ([a-z]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_every_file_that_a_document_links_to_exists(document: str) -> None:
    text = (ROOT / document).read_text()
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")}

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
