"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), as far as our feeds use it."""

from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from newsroom.boundary import Boundary
from newsroom.site.document import DIALECT, Document

CONTENT_TYPE = "application/feed+json; charset=utf-8"


class Author(Boundary):
    name: str
    url: str | None = None


class Entry(Boundary):
    """Moments are as RFC 3339 has them. `_issue` is an issue of the briefing as its `issue.json`."""

    id: str
    url: str
    title: str
    date_published: str
    date_modified: str | None = None
    content_text: str | None = None
    content_html: str | None = None
    authors: tuple[Author, ...] | None = None
    tags: tuple[str, ...] | None = None
    issue: dict[str, Any] | None = Field(default=None, alias="_issue")


class JsonFeed(Document):
    """A feed as JSON Feed 1.1, which has no place for the name of a schema."""

    schema_name: ClassVar[str] = "json-feed/1.1"

    version: Literal["https://jsonfeed.org/version/1.1"] = "https://jsonfeed.org/version/1.1"
    title: str
    home_page_url: str
    feed_url: str
    description: str | None = None
    icon: str | None = None
    language: str | None = None
    authors: tuple[Author, ...] | None = None
    items: tuple[Entry, ...]

    def told(self) -> dict[str, Any]:
        """As JSON has it: what there is not is left out, as the format asks."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @classmethod
    def read(cls, body: bytes) -> Self:
        return cls.model_validate_json(body)

    @classmethod
    def json_schema(cls, address: str) -> dict[str, Any]:
        described = cls.model_json_schema(mode="validation")
        return {**described, "$schema": DIALECT, "$id": address + cls.schema_path()}
