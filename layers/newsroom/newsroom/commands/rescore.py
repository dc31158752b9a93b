"""`newsroom rescore FILE`: the score of a story's review.json, computed again; fails where the file says otherwise."""

import argparse
from collections.abc import Iterator

from pydantic import ValidationError

from newsroom.commands.reading import read_json
from newsroom.errors import BadInput
from newsroom.review.rescoring import Rescored, rescore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the review.json that lies beside a story")


def run(arguments: argparse.Namespace) -> Iterator[Rescored]:
    try:
        result = rescore(read_json(arguments.file))
    except ValidationError as exc:
        fault = exc.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "it"
        raise BadInput(f"is not a review: {where}: {fault['msg']}", about=arguments.file) from exc
    yield result
    if result.differs:
        raise BadInput(f"does not add up: {' '.join(result.differs)}", about=arguments.file)
