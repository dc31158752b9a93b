"""Which executions are still there."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from newsroom.briefing.executions import Executions


class StepFunctions:
    def __init__(self, answer: str | Exception) -> None:
        self._answer = answer

    def describe_execution(self, **asked: Any) -> dict[str, str]:
        assert asked == {"executionArn": "arn:e1"}
        if isinstance(self._answer, Exception):
            raise self._answer
        return {"status": self._answer}


def failed(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "DescribeExecution")


@pytest.mark.parametrize(
    ("answer", "running"),
    [
        ("RUNNING", True),
        ("PENDING_REDRIVE", True),
        ("SUCCEEDED", False),
        ("FAILED", False),
        ("TIMED_OUT", False),
        ("ABORTED", False),
        (failed("ExecutionDoesNotExist"), False),
        (failed("ThrottlingException"), True),
        (failed("AccessDeniedException"), True),
        (ReadTimeoutError(endpoint_url="https://states.example"), True),
    ],
    ids=str,
)
def test_an_execution_is_there_until_step_functions_says_that_it_is_not(answer: str | Exception, running: bool) -> None:
    assert Executions(StepFunctions(answer)).running("arn:e1") is running


def test_every_status_that_step_functions_has_is_known_here(monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client = boto3.client("stepfunctions", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    shape = client.meta.service_model.shape_for("ExecutionStatus")

    assert set(shape.enum) == {"RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"}
