"""A public JSON document: it names its schema, and the schema is published beside it."""

import json
from typing import Any, ClassVar, Self

from newsroom.boundary import Boundary, as_json
from newsroom.site import addresses

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Document(Boundary):
    """`schema_name` is `kind/number`; the number changes when a reader of the old one would stumble."""

    schema_name: ClassVar[str]

    @classmethod
    def read(cls, body: bytes) -> Self:
        """pydantic.ValidationError when it is another kind of document."""
        given: dict[str, Any] = json.loads(body)
        given.pop("schema", None)
        return cls.model_validate(given)

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"schema": self.schema_name, **self.model_dump(mode="json", by_alias=True)}

    def as_bytes(self) -> bytes:
        return as_json(self.told())

    @classmethod
    def schema_path(cls) -> str:
        return f"{addresses.SCHEMAS}{cls.schema_name.replace('/', '-')}.json"

    @classmethod
    def json_schema(cls, address: str) -> dict[str, Any]:
        """What holds of every such document; `address` is the site's."""
        described = cls.model_json_schema(mode="serialization")
        return {
            **described,
            "$schema": DIALECT,
            "$id": address + cls.schema_path(),
            "properties": {"schema": {"const": cls.schema_name}, **described["properties"]},
            "required": ["schema", *described.get("required", ())],
        }
