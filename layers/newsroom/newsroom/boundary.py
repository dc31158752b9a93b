"""What crosses a boundary: a model's answer, a state's payload, settings, a catalogue, a stored document."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, ValidationError, WithJsonSchema


class Boundary(BaseModel):
    """A frozen value that refuses fields it does not know: whatever comes from outside is checked here, once."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def moment(at: datetime) -> str:
    """One instant as every document of ours writes it: UTC, whole seconds, `2026-11-23T19:15:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[
    AwareDatetime,
    PlainSerializer(moment, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
"""An instant with its zone; naive datetimes are refused."""


def first_fault(error: ValidationError) -> str:
    """`field.of.it: what is wrong`, the first of all; of a fault of the whole, only what is wrong."""
    fault = error.errors()[0]
    return ": ".join(part for part in (".".join(map(str, fault["loc"])), fault["msg"]) if part)


def as_json(document: Any) -> bytes:
    """One form for every JSON document of ours: sorted, compact, UTF-8, so that equal values are equal bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
