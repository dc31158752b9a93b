"""Prompts: Markdown files that declare what they need and fail on anything missing.

    +++
    purpose = "…"
    max_tokens = 6000
    variables = ["articles", "story"]
    +++
    ## stable      the part that is the same for every story: it comes first, so that the provider may cache it
    ## sources     the part that is the same for every attempt at one story
    ## task        the rest

The body of each part is a Jinja template with StrictUndefined, nothing escaped: what is data is neutralised by
`as_data` before it gets here.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from newsroom.boundary import Boundary
from newsroom.errors import BadInput

if TYPE_CHECKING:
    from jinja2 import Environment

Part = Literal["stable", "sources", "task"]
PARTS: tuple[Part, ...] = ("stable", "sources", "task")


class FrontMatter(Boundary):
    """What a prompt says of itself."""

    purpose: str
    max_tokens: int = Field(ge=1, le=32_000)
    variables: tuple[str, ...]
    """Every variable of its parts, no more and no fewer."""


@dataclass(frozen=True)
class Prompt:
    name: str
    front: FrontMatter
    parts: Mapping[Part, str]
    sha256: str
    """Of the file: stored with every draft and verdict that it led to."""

    def render(self, values: Mapping[str, Any]) -> dict[Part, str]:
        """Each part as text; BadInput when a declared variable is missing or another one is given."""
        wrong = set(self.front.variables) ^ values.keys()
        if wrong:
            raise BadInput(f"missing or undeclared: {', '.join(sorted(wrong))}", about=self.name)
        environment = _environment()
        return {part: environment.from_string(text).render(values).strip() for part, text in self.parts.items()}


def prompt_of(name: str, text: str) -> Prompt:
    """A prompt from a file's text; BadInput when its front matter, its parts or its variables do not agree."""
    match = re.match(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", text, re.DOTALL)
    if not match:
        raise BadInput("has no front matter between two lines +++", about=name)
    try:
        front = FrontMatter.model_validate(tomllib.loads(match[1]))
    except (tomllib.TOMLDecodeError, ValidationError) as exc:
        raise BadInput(f"front matter: {' '.join(str(exc).split())}", about=name) from exc
    pieces = re.split(rf"^## ({'|'.join(PARTS)})\n", match[2], flags=re.MULTILINE)
    parts: dict[Part, str] = {part: body for part in PARTS for head, body in _pairs(pieces) if head == part}
    if [head for head, _ in _pairs(pieces)] != list(PARTS):
        raise BadInput(f"its parts are not {', '.join(PARTS)}, in this order", about=name)
    used = _variables("\n".join(parts.values()))
    if wrong := used ^ set(front.variables):
        raise BadInput(f"declared and used variables differ: {', '.join(sorted(wrong))}", about=name)
    if _variables(parts["stable"]):
        raise BadInput("its stable part has variables, so that nothing could be cached", about=name)
    return Prompt(name, front, parts, hashlib.sha256(text.encode()).hexdigest())


@cache
def read_prompt(package: str, name: str) -> Prompt:
    """`prompts/<name>.md` of a package."""
    return prompt_of(name, resources.files(package).joinpath("prompts", f"{name}.md").read_text(encoding="utf-8"))


def as_data(text: str) -> str:
    """A source's text with its angle brackets made single quotation marks: it cannot close the element it stands in."""
    return text.replace("<", "‹").replace(">", "›")


def as_source(text: str) -> str:
    """What `as_data` made of a source, as the source has it; sources hardly ever use these marks themselves."""
    return text.replace("‹", "<").replace("›", ">")


def _pairs(pieces: list[str]) -> list[tuple[str, str]]:
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def _variables(template: str) -> set[str]:
    from jinja2 import meta

    return set(meta.find_undeclared_variables(_environment().parse(template)))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined

    return Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
