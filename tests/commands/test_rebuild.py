"""`newsroom rebuild`: slice after slice, what Lambda says of a failed one, and what is told meanwhile."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from newsroom.__main__ import main
from newsroom.commands.rebuild import FUNCTION, PAUSE, PublishingFunction, refused, whole_site
from newsroom.editions.rebuilding import Rebuilt
from newsroom.errors import ArchiveConflict, ArchiveThrottled, BadInput, Permanent

from tests.templates import template

ON = {"region_name": "us-east-1", "aws_access_key_id": "none", "aws_secret_access_key": "none"}
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


@pytest.fixture
def lambda_() -> Iterator[tuple[PublishingFunction, Stubber]]:
    client = boto3.client("lambda", **ON)
    with Stubber(client) as stubber:
        yield PublishingFunction("newsroom-Publish-1", client), stubber


def answered(stubber: Stubber, document: Any, **more: Any) -> None:
    body = json.dumps(document).encode()
    stubber.add_response(
        "invoke",
        {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(body), len(body)), **more},
        {"FunctionName": "newsroom-Publish-1", "Payload": b'{"rebuild": true}'},
    )


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


def test_the_function_is_asked_as_lambda_wants_it(lambda_: tuple[PublishingFunction, Stubber]) -> None:
    function, stubber = lambda_
    answered(stubber, asdict(SOME))
    assert function.slice() == SOME


def test_a_running_edition_is_told_from_a_failed_function(lambda_: tuple[PublishingFunction, Stubber]) -> None:
    function, stubber = lambda_
    answered(stubber, {"errorType": "ArchiveConflict", "errorMessage": str(RUNS)}, FunctionError="Unhandled")
    with pytest.raises(ArchiveConflict):
        function.slice()
    answered(stubber, {"errorType": "UndefinedError", "errorMessage": "no headline"}, FunctionError="Unhandled")
    with pytest.raises(Permanent, match="newsroom-Publish-1: UndefinedError: no headline"):
        function.slice()
    answered(stubber, {"errorMessage": "Task timed out after 900.00 seconds"}, FunctionError="Unhandled")
    with pytest.raises(Permanent, match="timed out"):
        function.slice()


def test_throttling_is_waited_for_and_a_refusal_is_not(lambda_: tuple[PublishingFunction, Stubber]) -> None:
    function, stubber = lambda_
    stubber.add_client_error("invoke", "TooManyRequestsException", "Rate exceeded")
    with pytest.raises(ArchiveThrottled):
        function.slice()
    stubber.add_client_error("invoke", "AccessDeniedException", "is not authorized to perform lambda:InvokeFunction")
    with pytest.raises(BadInput, match="newsroom-Publish-1: is not authorized"):
        function.slice()


def test_the_function_is_found_by_its_name_in_the_template() -> None:
    assert template()["Resources"][FUNCTION]["Properties"]["Handler"] == "publish_edition.handler"
    cloudformation = boto3.client("cloudformation", **ON)
    with Stubber(cloudformation) as stubber:
        detail = {"LogicalResourceId": FUNCTION, "PhysicalResourceId": "newsroom-Publish-1", "ResourceType": "x",
                  "LastUpdatedTimestamp": "2026-11-24T12:00:00Z", "ResourceStatus": "CREATE_COMPLETE"}  # fmt: skip
        stubber.add_response(
            "describe_stack_resource",
            {"StackResourceDetail": detail},
            {"StackName": "newsroom-staging", "LogicalResourceId": FUNCTION},
        )
        PublishingFunction.of_stack("newsroom-staging", cloudformation, None)
        stubber.add_client_error("describe_stack_resource", "ValidationError", "Stack 'x' does not exist")
        with pytest.raises(BadInput, match="does not exist"), refused("x"):
            PublishingFunction.of_stack("x", cloudformation, None)


def test_without_an_account_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (("CONFIG_FILE", "/dev/null"), ("ACCESS_KEY_ID", "none"), ("SECRET_ACCESS_KEY", "none")):
        monkeypatch.setenv(f"AWS_{name}", value)
    assert main(["rebuild", "newsroom-staging"]) == 1
    assert "newsroom rebuild: newsroom-staging: You must specify a region." in capsys.readouterr().err


def test_help_says_what_it_does_and_that_it_may_be_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["rebuild", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "whole site anew" in told
    assert "goes on where it was" in told
