"""What must hold of both definitions, whatever they do."""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import errors

from tests.state_machines.walking import definition
from tests.templates import resources

MACHINES = ("edition", "briefing")
OF_LAMBDA = {
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
}
"""Step Functions' documentation asks to retry these four."""
DEATHS = {"Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout"}
"""Of a worker. Retried where each thing that it does is claimed by itself, or found again."""
TRANSIENT = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.Transient)}


def states(machine: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, state, the states around it) for all states, those inside maps too."""
    for name, state in machine["States"].items():
        yield name, state, machine["States"]
        if "ItemProcessor" in state:
            yield from states(state["ItemProcessor"])


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_says_why_it_exists(name: str) -> None:
    assert [state for state, body, _ in states(definition(name)) if len(body.get("Comment", "")) < 20] == []


@pytest.mark.parametrize("name", MACHINES)
def test_every_next_state_exists_and_every_state_can_be_reached(name: str) -> None:
    def check(machine: dict[str, Any]) -> None:
        reached = {machine["StartAt"]}
        for state in machine["States"].values():
            targets = {state.get("Next"), state.get("Default")}
            targets |= {choice["Next"] for choice in state.get("Choices", ())}
            targets |= {catcher["Next"] for catcher in state.get("Catch", ())}
            reached |= targets - {None}
            if "ItemProcessor" in state:
                check(state["ItemProcessor"])
        assert reached == set(machine["States"])

    check(definition(name))


@pytest.mark.parametrize("name", MACHINES)
def test_retries_name_our_transient_errors_and_lambdas_throttles_only(name: str) -> None:
    for state, body, _ in states(definition(name)):
        for retrier in body.get("Retry", ()):
            allowed = TRANSIENT | OF_LAMBDA | (DEATHS if name == "briefing" else set())
            assert set(retrier["ErrorEquals"]) <= allowed, state


@pytest.mark.parametrize("name", MACHINES)
def test_only_a_last_catch_takes_everything(name: str) -> None:
    for state, body, _ in states(definition(name)):
        for position, catcher in enumerate(body.get("Catch", ()), 1):
            if "States.ALL" in catcher["ErrorEquals"]:
                assert catcher["ErrorEquals"] == ["States.ALL"], state
                assert position == len(body["Catch"]), state


@pytest.mark.parametrize("name", MACHINES)
def test_every_task_that_calls_a_function_retries_lambdas_throttles(name: str) -> None:
    tasks = [(n, s) for n, s, _ in states(definition(name)) if s.get("Resource", "").endswith("lambda:invoke")]

    assert tasks
    for state, body in tasks:
        assert set().union(*(r["ErrorEquals"] for r in body["Retry"])) >= OF_LAMBDA, state


@pytest.mark.parametrize("name", MACHINES)
def test_no_two_states_of_a_machine_have_one_name(name: str) -> None:
    """Inside of maps neither: the language asks for it, and the linter does not look."""
    names = [state for state, _, _ in states(definition(name))]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("name", "folder"), [("edition", "ingestion"), ("briefing", "manifests")])
def test_a_distributed_map_may_start_itself_read_its_manifest_and_write_its_results_only(
    name: str, folder: str
) -> None:
    machine = resources("AWS::Serverless::StateMachine")[f"{name.title()}StateMachine"]["Properties"]
    allowed = {
        (action, str(resource))
        for statement in machine["Policies"][0]["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
        for resource in (statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]])
        if action.startswith(("states:", "s3:"))
    }
    own = machine["Name"]["Fn::Sub"]

    assert {"states:StartExecution", "s3:GetObject", "s3:PutObject"} <= {action for action, _ in allowed}
    for action, resource in allowed:
        assert (own if action.startswith("states:") else f"${{ArchiveBucket.Arn}}/{folder}/*") in resource, action
    for distributed in (body for _, body, _ in states(definition(name)) if "ItemReader" in body):
        assert distributed["ResultWriter"]["Parameters"]["Prefix"].startswith(f"{folder}/")


@pytest.mark.parametrize("name", MACHINES)
def test_cfn_lint_finds_nothing_in_the_definition(name: str, tmp_path: Path) -> None:
    """Behind `DefinitionUri` cfn-lint does not look, so it is shown the definition itself."""
    text = re.sub(
        r"\$\{\w*Function\}", "arn:aws:lambda:us-east-1:123456789012:function:f", json.dumps(definition(name))
    )
    machine = json.loads(text.replace("${ArchiveTable}", "Archive").replace("${ArchiveBucket}", "archive"))
    role = "arn:aws:iam::123456789012:role/r"
    resource = {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"RoleArn": role, "Definition": machine}}
    template = tmp_path / "machine.json"
    template.write_text(json.dumps({"Resources": {"Machine": resource}}))

    linter = Path(sys.executable).with_name("cfn-lint")
    found = subprocess.run([linter, "--", template], capture_output=True, text=True, check=False)

    assert (found.stdout + found.stderr, found.returncode) == ("", 0)
