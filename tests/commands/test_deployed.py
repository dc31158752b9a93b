"""A deployed newsroom as operators ask it: what Lambda and CloudFormation say of it."""

import io
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from newsroom.commands.deployed import DeployedFunction, refused
from newsroom.errors import ArchiveConflict, ArchiveThrottled, BadInput, Permanent

ON = {"region_name": "us-east-1", "aws_access_key_id": "none", "aws_secret_access_key": "none"}
RUNS = "20261124T1215Z: an edition is running, or was in this minute"


@pytest.fixture
def lambda_() -> Iterator[tuple[DeployedFunction, Stubber]]:
    client = boto3.client("lambda", **ON)
    with Stubber(client) as stubber:
        yield DeployedFunction("newsroom-Publish-1", client), stubber


def answered(stubber: Stubber, document: Any, **more: Any) -> None:
    body = json.dumps(document).encode()
    stubber.add_response(
        "invoke",
        {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(body), len(body)), **more},
        {"FunctionName": "newsroom-Publish-1", "Payload": b'{"rebuild": true}'},
    )


def test_the_function_is_asked_as_lambda_wants_it(lambda_: tuple[DeployedFunction, Stubber]) -> None:
    function, stubber = lambda_
    answered(stubber, {"done": False})
    assert function.ask({"rebuild": True}) == {"done": False}


def test_a_running_edition_is_told_from_a_failed_function(lambda_: tuple[DeployedFunction, Stubber]) -> None:
    function, stubber = lambda_
    answered(stubber, {"errorType": "ArchiveConflict", "errorMessage": RUNS}, FunctionError="Unhandled")
    with pytest.raises(ArchiveConflict):
        function.ask({"rebuild": True})
    answered(stubber, {"errorType": "UndefinedError", "errorMessage": "no headline"}, FunctionError="Unhandled")
    with pytest.raises(Permanent, match="newsroom-Publish-1: UndefinedError: no headline"):
        function.ask({"rebuild": True})
    answered(stubber, {"errorMessage": "Task timed out after 900.00 seconds"}, FunctionError="Unhandled")
    with pytest.raises(Permanent, match="timed out"):
        function.ask({"rebuild": True})


def test_throttling_is_waited_for_and_a_refusal_is_not(lambda_: tuple[DeployedFunction, Stubber]) -> None:
    function, stubber = lambda_
    stubber.add_client_error("invoke", "TooManyRequestsException", "Rate exceeded")
    with pytest.raises(ArchiveThrottled):
        function.ask({"rebuild": True})
    stubber.add_client_error("invoke", "AccessDeniedException", "is not authorized to perform lambda:InvokeFunction")
    with pytest.raises(BadInput, match="newsroom-Publish-1: is not authorized"):
        function.ask({"rebuild": True})


def test_a_function_is_found_by_its_name_in_the_template() -> None:
    cloudformation = boto3.client("cloudformation", **ON)
    with Stubber(cloudformation) as stubber:
        detail = {
            "LogicalResourceId": "PublishEditionFunction", "PhysicalResourceId": "newsroom-Publish-1",
            "ResourceType": "x", "LastUpdatedTimestamp": "2026-11-24T12:00:00Z", "ResourceStatus": "CREATE_COMPLETE",
        }  # fmt: skip
        stubber.add_response(
            "describe_stack_resource",
            {"StackResourceDetail": detail},
            {"StackName": "newsroom-staging", "LogicalResourceId": "PublishEditionFunction"},
        )
        DeployedFunction.found("newsroom-staging", "PublishEditionFunction", cloudformation, None)
        stubber.add_client_error("describe_stack_resource", "ValidationError", "Stack 'x' does not exist")
        with pytest.raises(BadInput, match="does not exist"), refused("x"):
            DeployedFunction.found("x", "PublishEditionFunction", cloudformation, None)
