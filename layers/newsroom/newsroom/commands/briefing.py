"""`newsroom briefing STACK`: an issue before, while and after it is sent, by the stack's own function."""

import argparse
from collections.abc import Iterator
from typing import Any

from newsroom.commands.deployed import DeployedFunction
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
    order = {"date": arguments.date, "regions": arguments.region, "zone": arguments.zone}
    yield told(DeployedFunction.of_stack(arguments.stack, FUNCTION).ask(order), arguments.part)


def told(issue: dict[str, Any], part: str | None) -> dict[str, Any] | str:
    """One part of the mail, or all about it but its parts."""
    return str(issue[part]) if part else {name: value for name, value in issue.items() if name not in PARTS}
