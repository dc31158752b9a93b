"""`newsroom rebuild STACK`: the whole site anew, slice after slice, by the stack's own publishing function."""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from newsroom.commands.telling import counted, tell
from newsroom.editions.rebuilding import Rebuilt
from newsroom.errors import ArchiveConflict, ArchiveThrottled, BadInput, Permanent, Transient

FUNCTION = "PublishEditionFunction"
"""Its logical id in template.yaml."""
ANSWERS_WITHIN = 930
"""Seconds: the function's own 900, and its start."""
PAUSE = 20.0
"""Seconds between two questions whether an edition is done."""
BUSY = {"ServiceException", "ServiceUnavailable", "ThrottlingException", "TooManyRequestsException"}

Slice = Callable[[], Rebuilt]
"""Asks for one; raises Transient where it should be asked again, as while an edition runs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stack", metavar="STACK", help="such as newsroom-staging; AWS's usual settings say where it is")
    parser.add_argument(
        "--patience",
        metavar="MINUTES",
        type=float,
        default=70.0,
        help="how long to wait for an edition that runs; one that died is forgotten after an hour (default: 70)",
    )
    parser.epilog = "What is done stays done: stopped at any time and started again, it goes on where it was."


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Raises BadInput where AWS knows no such stack or lets us not in, Permanent where the function fails."""
    from boto3.session import Session
    from botocore.config import Config

    patient = Config(read_timeout=ANSWERS_WITHIN, retries={"total_max_attempts": 1})
    with refused(arguments.stack):
        aws = Session()
        function = PublishingFunction.of_stack(
            arguments.stack, aws.client("cloudformation"), aws.client("lambda", config=patient)
        )
    yield asdict(whole_site(function.slice, arguments.patience * 60, time.sleep))


def whole_site(slice_: Slice, patience: float, sleep: Callable[[float], None]) -> Rebuilt:
    """Slices until it is done; `patience` in seconds, anew for each. Raises what the last question raised."""
    while True:
        rebuilt = _patiently(slice_, patience, sleep)
        files = counted(rebuilt.objects_written, "file")
        if rebuilt.done:
            tell(f"done: {files} written")
            return rebuilt
        tell(f"so far {files}, to the stories of {rebuilt.after or 'no day yet'}")


def _patiently(slice_: Slice, patience: float, sleep: Callable[[float], None]) -> Rebuilt:
    waited = 0.0
    while True:
        try:
            return slice_()
        except Transient as exc:
            if waited >= patience:
                raise
            tell(f"waiting: {exc}")
        sleep(PAUSE)
        waited += PAUSE


class PublishingFunction:
    """The stack's function, asked over Lambda's API."""

    def __init__(self, name: str, client: Any) -> None:
        self._name = name
        self._client = client

    @classmethod
    def of_stack(cls, stack: str, cloudformation: Any, client: Any) -> "PublishingFunction":
        found = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId=FUNCTION)
        return cls(found["StackResourceDetail"]["PhysicalResourceId"], client)

    def slice(self) -> Rebuilt:
        """As `Slice`; Permanent with what the function says when it fails."""
        with refused(self._name):
            answer = self._client.invoke(FunctionName=self._name, Payload=b'{"rebuild": true}')
        said = json.loads(answer["Payload"].read())
        if "FunctionError" not in answer:
            return Rebuilt(**said)
        if said.get("errorType") == ArchiveConflict.__name__:
            raise ArchiveConflict(said["errorMessage"])
        raise Permanent(f"{said.get('errorType', 'failed')}: {said.get('errorMessage', '')}", about=self._name)


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
