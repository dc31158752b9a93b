"""`newsroom briefing`: what the stack's function shows."""

import io
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from newsroom.__main__ import main
from newsroom.commands.briefing import FUNCTION, shown, told
from newsroom.errors import Permanent

from tests.templates import template

ON = {"region_name": "us-east-1", "aws_access_key_id": "none", "aws_secret_access_key": "none"}
ORDER = {"date": "2026-11-24", "regions": ["europe"], "zone": "Europe/Zurich"}
ISSUE = {"issue_id": "2026-11-24", "stage": "preview", "text": "plain", "html": "<p>html</p>"}


@pytest.fixture
def aws() -> Iterator[tuple[Any, Any, Stubber]]:
    cloudformation, lambda_ = boto3.client("cloudformation", **ON), boto3.client("lambda", **ON)
    with Stubber(cloudformation) as found, Stubber(lambda_) as asked:
        detail = {
            "LogicalResourceId": FUNCTION, "PhysicalResourceId": "show-1", "ResourceStatus": "CREATE_COMPLETE",
            "ResourceType": "AWS::Lambda::Function", "LastUpdatedTimestamp": "2026-11-24T00:00:00Z",
        }  # fmt: skip
        found.add_response(
            "describe_stack_resource",
            {"StackResourceDetail": detail},
            {"StackName": "newsroom-staging", "LogicalResourceId": FUNCTION},
        )
        yield cloudformation, lambda_, asked


def answering(asked: Stubber, document: Any, **more: Any) -> None:
    body = json.dumps(document).encode()
    asked.add_response(
        "invoke",
        {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(body), len(body)), **more},
        {"FunctionName": "show-1", "Payload": json.dumps(ORDER).encode()},
    )


def test_the_stack_s_function_is_asked(aws: tuple[Any, Any, Stubber]) -> None:
    cloudformation, lambda_, asked = aws
    answering(asked, ISSUE)

    assert shown("newsroom-staging", ORDER, cloudformation, lambda_) == ISSUE
    assert FUNCTION in template()["Resources"]


def test_what_the_function_refuses_is_told_in_its_words(aws: tuple[Any, Any, Stubber]) -> None:
    cloudformation, lambda_, asked = aws
    answering(asked, {"errorType": "NotFound", "errorMessage": "no such issue"}, FunctionError="Unhandled")

    with pytest.raises(Permanent, match="newsroom-staging: NotFound: no such issue"):
        shown("newsroom-staging", ORDER, cloudformation, lambda_)


def test_a_part_is_told_by_itself_and_the_rest_without_the_parts() -> None:
    assert told(ISSUE, "html") == "<p>html</p>"
    assert told(ISSUE, None) == {"issue_id": "2026-11-24", "stage": "preview"}


def test_it_cannot_be_asked_for_a_region_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["briefing", "newsroom-staging", "--region", "moon"])
    assert "invalid choice" in capsys.readouterr().err
