"""Files that a person hands to a command: read whole, refused in one clear sentence."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from newsroom.articles.article import Article
from newsroom.boundary import Boundary, Moment
from newsroom.errors import BadInput

MAX_BYTES = 200_000_000


def read_bytes(path: str) -> bytes:
    """The file's bytes; BadInput when it is empty, a directory or over 200 MB; OSError when it cannot be read."""
    file = Path(path)
    if file.is_dir():
        raise BadInput("is a directory, not a file", about=path)
    if file.stat().st_size > MAX_BYTES:
        raise BadInput(f"has more than {MAX_BYTES:,} bytes", about=path)
    body = file.read_bytes()
    if not body.strip():
        raise BadInput("is empty", about=path)
    return body


def read_text(path: str) -> str:
    """UTF-8 text; BadInput for anything binary."""
    body = read_bytes(path)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadInput(f"is not UTF-8 text (byte {exc.start})", about=path) from exc
    if "\0" in text:
        raise BadInput("is binary, not text", about=path)
    return text


def read_json(path: str) -> Any:
    """One JSON document."""
    try:
        return json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as exc:
        raise BadInput(f"is not JSON ({exc})", about=path) from exc


def read_lines(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """JSON lines as (line number, object); BadInput names the line that is not an object."""
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as exc:
            raise BadInput(f"line {number} is not JSON ({exc})", about=path) from exc
        if not isinstance(document, dict):
            raise BadInput(f"line {number} is not a JSON object", about=path)
        yield number, document


class GivenArticle(Boundary, extra="ignore"):
    """One line of an articles file: `{id, title, text?, url?, publisher?, published_at}`; more keys are ignored."""

    id: str = Field(min_length=1)
    title: str
    text: str = ""
    url: str = ""
    publisher: str = ""
    language: str = "en"
    published_at: Moment | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _number_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @field_validator("text", "url", "publisher", "title", mode="before")
    @classmethod
    def _null_as_empty(cls, value: object) -> object:
        return "" if value is None else value

    @field_validator("published_at", mode="before")
    @classmethod
    def _any_instant(cls, value: object) -> object:
        """ISO 8601 (no zone means UTC) or seconds since 1970 (milliseconds when too large for seconds)."""
        if isinstance(value, str):
            if not value.strip():
                return None
            try:
                value = float(value)
            except ValueError:
                at = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
                return at if at.tzinfo else at.replace(tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
        return value

    def article(self) -> Article:
        seen = self.published_at or datetime.fromtimestamp(0, UTC)
        return Article(
            id=self.id,
            url=self.url,
            title=self.title,
            text=self.text,
            publisher_id=self.publisher,
            published_at=self.published_at,
            fetched_at=seen,
            language=self.language,
        )


def read_articles(path: str) -> list[Article]:
    """An articles file (JSON lines), or a directory with one such file or one JSON document an article.

    Raises BadInput for a line that is no article, for an id given twice, and for a file without any.
    """
    file = Path(path)
    if file.is_dir():
        found = sorted(p for p in file.iterdir() if p.suffix in (".json", ".jsonl"))
        if not found:
            raise BadInput("holds no .json or .jsonl file", about=path)
        articles = [article for part in found for article in _articles_of(str(part))]
    else:
        articles = _articles_of(path)
    ids = [article.id for article in articles]
    if twice := next((one for one in ids if ids.count(one) > 1), None) if len(set(ids)) < len(ids) else None:
        raise BadInput(f"id {twice!r} is given twice", about=path)
    return articles


def _articles_of(path: str) -> list[Article]:
    rows = [(1, read_json(path))] if path.endswith(".json") else list(read_lines(path))
    articles = []
    for number, row in rows:
        try:
            articles.append(GivenArticle.model_validate(row).article())
        except (ValidationError, OverflowError) as exc:
            raise BadInput(f"line {number}: {_first_fault(exc)}", about=path) from exc
    if not articles:
        raise BadInput("holds no article", about=path)
    return articles


def _first_fault(error: ValidationError | OverflowError) -> str:
    if isinstance(error, OverflowError):
        return f"published_at: {error}"
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'it'}: {fault['msg']}"
