"""Article pages: one Jinja template per design, each dressing the same article as a different publisher would."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from newsroom.publishers.publisher import Publisher

from infra.local.wire.outlets import Presentation


@dataclass(frozen=True)
class RelatedLink:
    title: str
    target: str


@dataclass(frozen=True)
class PageContext:
    """Everything a design may use; `published` None leaves the page without a date, `updated` None unedited."""

    publisher: Publisher
    presentation: Presentation
    title: str
    summary: str
    byline: str
    language: str
    kind: str
    tags: tuple[str, ...]
    address: str
    published: datetime | None
    updated: datetime | None
    body: Markup
    related: tuple[RelatedLink, ...]
    credit: str


@dataclass(frozen=True)
class Designs:
    """The templates of one directory; jinja2's TemplateNotFound for a design that is not there."""

    directory: Path

    @cached_property
    def environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self.directory),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["iso"] = lambda moment: moment.isoformat(timespec="seconds")
        return environment

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """Language → what designs print around an article."""
        return tomllib.loads((self.directory / "words.toml").read_text(encoding="utf-8"))

    def page(self, context: PageContext) -> bytes:
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        template = self.environment.get_template(f"{context.presentation.design}.html.j2")
        html = template.render(values | _dates(context) | self._dressing(context))
        return html.encode(context.presentation.charset, errors="xmlcharrefreplace")

    def _dressing(self, context: PageContext) -> dict[str, object]:
        return {
            "words": self.words[context.language.split("-")[0]],
            "noai": bool(context.publisher.reserved),
            "paywalled": context.kind == "paywall",
        }


def _dates(context: PageContext) -> dict[str, object]:
    """The article's dates in the publisher's zone, and as its pages write them."""
    zone = ZoneInfo(context.presentation.zone)
    dates: dict[str, object] = {}
    for name, moment in (("published", context.published), ("updated", context.updated)):
        local = moment.astimezone(zone) if moment else None
        dates[name] = local
        dates[f"{name}_text"] = f"{local:%d %B %Y, %H:%M} {local.tzname()}" if local else ""
    return dates
