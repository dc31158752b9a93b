"""One word, five places: state, logical id, file, handler, test."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.state_machines.test_definitions import MACHINES, states
from tests.state_machines.walking import definition
from tests.templates import resources

ROOT = Path(__file__).resolve().parents[1]
FUNCTIONS = {name: body["Properties"] for name, body in resources("AWS::Serverless::Function").items()}


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("logical_id", FUNCTIONS)
def test_a_function_has_one_name_everywhere(logical_id: str) -> None:
    properties: dict[str, Any] = FUNCTIONS[logical_id]
    name = snake(logical_id.removesuffix("Function"))

    assert properties["Handler"] == f"{name}.handler"
    assert (ROOT / properties["CodeUri"] / f"{name}.py").is_file()
    assert (ROOT / "tests" / "functions" / f"test_{name}.py").is_file()


def test_every_function_on_disk_is_deployed() -> None:
    on_disk = {path.stem for path in (ROOT / "functions").glob("*/*.py")}

    assert on_disk == {snake(name.removesuffix("Function")) for name in FUNCTIONS}


@pytest.mark.parametrize("machine", MACHINES)
def test_a_state_that_calls_a_function_bears_its_name(machine: str) -> None:
    for state, body, _ in states(definition(machine)):
        if body.get("Resource", "").endswith("lambda:invoke"):
            assert body["Parameters"]["FunctionName"] == f"${{{state}Function}}"


@pytest.mark.parametrize("path", sorted((ROOT / "functions").glob("*/*.py")), ids=lambda path: path.stem)
def test_a_handler_is_about_twenty_lines(path: Path) -> None:
    """Docstring, imports and the payload's model apart, a handler parses, calls, logs and answers."""
    source = path.read_text()
    body = source[source.index("def handler") :].splitlines()

    assert len(body) <= 24
    assert not re.search(r"^\s*(try:|import boto3|from boto3)", source, re.MULTILINE)
