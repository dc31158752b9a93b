"""Templates of mail and of pages made outside an edition; the frame and its filters are the site's."""

import dataclasses
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from newsroom.briefing.reading import by_clock
from newsroom.site import rendering, wording

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).parents[1]


class Paged(Protocol):
    """A frozen dataclass whose fields are its templates' variables."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def fill(template: str, page: Paged) -> str:
    """The template with the page's fields; jinja2.UndefinedError for anything it lacks. `.txt.j2` is not escaped."""
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    return (text_engine() if template.endswith(".txt.j2") else page_engine()).get_template(template).render(values)


@cache
def page_engine() -> "Environment":
    """The site's engine, which also finds the templates of mail and of readers' pages."""
    from jinja2 import FileSystemLoader

    folders = [PACKAGE / "briefing" / "pages", PACKAGE / "readers" / "pages", PACKAGE / "site" / "pages"]
    engine = rendering.engine().overlay(loader=FileSystemLoader(folders))
    engine.filters["out_link"] = wording.out_link
    engine.filters["by_clock"] = by_clock
    return engine


@cache
def text_engine() -> "Environment":
    """For plain text: the same, without escaping."""
    return page_engine().overlay(autoescape=False)
