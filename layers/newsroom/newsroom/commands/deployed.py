"""A deployed newsroom, asked over AWS's APIs: its functions by their logical ids in template.yaml."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsroom.errors import ArchiveConflict, ArchiveThrottled, BadInput, Permanent

ANSWERS_WITHIN = 930
"""Seconds: a function's own 900, and its start."""
BUSY = {"ServiceException", "ServiceUnavailable", "ThrottlingException", "TooManyRequestsException"}


class DeployedFunction:
    """One function of a stack, called as an operator."""

    def __init__(self, name: str, client: Any) -> None:
        self._name = name
        self._client = client

    @classmethod
    def of_stack(cls, stack: str, logical_id: str) -> "DeployedFunction":
        """BadInput where AWS knows no such stack or lets us not in."""
        from boto3.session import Session
        from botocore.config import Config

        with refused(stack):
            aws = Session()
            patient = Config(read_timeout=ANSWERS_WITHIN, retries={"total_max_attempts": 1})
            return cls.found(stack, logical_id, aws.client("cloudformation"), aws.client("lambda", config=patient))

    @classmethod
    def found(cls, stack: str, logical_id: str, cloudformation: Any, client: Any) -> "DeployedFunction":
        found = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId=logical_id)
        return cls(found["StackResourceDetail"]["PhysicalResourceId"], client)

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """What it answers. When it fails: ArchiveConflict where that is its error, Permanent with its words otherwise;
        and as `refused` where it cannot be called."""
        with refused(self._name):
            answer = self._client.invoke(FunctionName=self._name, Payload=json.dumps(order).encode())
        said: dict[str, Any] = json.loads(answer["Payload"].read())
        if "FunctionError" not in answer:
            return said
        if said.get("errorType") == ArchiveConflict.__name__:
            raise ArchiveConflict(said["errorMessage"])
        raise Permanent(f"{said.get('errorType', 'failed')}: {said.get('errorMessage', '')}", about=self._name)


def outputs(stack: str) -> dict[str, str]:
    """A stack's outputs; BadInput where AWS knows no such stack or lets us not in."""
    from boto3.session import Session

    with refused(stack):
        described = Session().client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", [])}


@contextmanager
def refused(about: str) -> Iterator[None]:
    """Around calls of boto3: ArchiveThrottled where AWS is busy, BadInput with its own words otherwise."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as exc:
        if exc.response["Error"]["Code"] in BUSY:
            raise ArchiveThrottled(exc.response["Error"]["Code"], about=about) from exc
        raise BadInput(exc.response["Error"].get("Message") or str(exc), about=about) from exc
    except BotoCoreError as exc:
        raise BadInput(str(exc), about=about) from exc
