"""`newsroom rebuild STACK`: the whole site anew, slice after slice, by the stack's own publishing function."""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from newsroom.commands.deployed import DeployedFunction
from newsroom.commands.telling import counted, tell
from newsroom.editions.rebuilding import Rebuilt
from newsroom.errors import Transient

FUNCTION = "PublishEditionFunction"
"""Its logical id in template.yaml."""
PAUSE = 20.0
"""Seconds between two questions whether an edition is done."""

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
    function = DeployedFunction.of_stack(arguments.stack, FUNCTION)
    yield asdict(whole_site(lambda: slice_of(function), arguments.patience * 60, time.sleep))


def slice_of(function: DeployedFunction) -> Rebuilt:
    """As `Slice`; Permanent with what the function says when it fails."""
    return Rebuilt(**function.ask({"rebuild": True}))


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
