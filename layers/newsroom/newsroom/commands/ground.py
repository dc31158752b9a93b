"""`newsroom ground FILE.jsonl`: {id, document, summary} per line → {id, supported, findings}, by code alone."""

import argparse
from collections.abc import Iterator
from typing import Any

from pydantic import Field, ValidationError, field_validator

from newsroom.boundary import Boundary
from newsroom.commands.reading import read_lines
from newsroom.errors import BadInput
from newsroom.review.grounding import ground


class _Pair(Boundary, extra="ignore"):
    id: str = Field(min_length=1)
    document: str
    summary: str

    @field_validator("id", mode="before")
    @classmethod
    def _number_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.jsonl", help='one {"id", "document", "summary"} a line')


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    for number, row in read_lines(arguments.file):
        try:
            pair = _Pair.model_validate(row)
        except ValidationError as exc:
            fault = exc.errors()[0]
            raise BadInput(
                f"line {number}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}", about=arguments.file
            ) from exc
        findings = ground(pair.document, pair.summary)
        yield {
            "id": pair.id,
            "supported": not findings,
            "findings": [{"check": found.check, "reason": found.reason} for found in findings],
        }
