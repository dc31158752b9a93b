"""`newsroom briefing STACK`: an issue before, while and after it is sent, by the stack's own function."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from newsroom.commands.rebuild import ANSWERS_WITHIN, refused
from newsroom.errors import Permanent
from newsroom.readers.preferences import NEW_YORK, REGIONS

FUNCTION = "ShowBriefingFunction"
"""Its logical id in template.yaml."""
PARTS = ("text", "html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stack", metavar="STACK", help="such as newsroom-staging; AWS's usual settings say where it is")
    parser.add_argument(
        "--date", default="", metavar="YYYY-MM-DD", help="in New York (default: today, composed or not)"
    )
    parser.add_argument(
        "--region", action="append", default=[], choices=REGIONS, help="as a reader of it; more than one"
    )
    parser.add_argument("--zone", default=NEW_YORK, help="whose clock tells times (default: %(default)s)")
    parser.add_argument("--part", choices=PARTS, help="the mail's text or HTML; without it, all else as JSON")
    parser.epilog = "Nothing is sent, stored or changed: today's issue is shown as it would be composed now."


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any] | str]:
    """Raises BadInput where AWS knows no such stack or lets us not in, Permanent with what the function says."""
    from boto3.session import Session
    from botocore.config import Config

    order = {"date": arguments.date, "regions": arguments.region, "zone": arguments.zone}
    with refused(arguments.stack):
        aws = Session()
        patient = Config(read_timeout=ANSWERS_WITHIN, retries={"total_max_attempts": 1})
        yield told(
            shown(arguments.stack, order, aws.client("cloudformation"), aws.client("lambda", config=patient)),
            arguments.part,
        )


def shown(stack: str, order: dict[str, Any], cloudformation: Any, lambda_: Any) -> dict[str, Any]:
    """What the stack's function answers."""
    found = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId=FUNCTION)
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    answer = lambda_.invoke(FunctionName=name, Payload=json.dumps(order).encode())
    said: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise Permanent(f"{said.get('errorType', 'failed')}: {said.get('errorMessage', '')}", about=stack)
    return said


def told(issue: dict[str, Any], part: str | None) -> dict[str, Any] | str:
    """One part of the mail, or all about it but its parts."""
    return str(issue[part]) if part else {name: value for name, value in issue.items() if name not in PARTS}
