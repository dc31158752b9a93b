"""Pages out of templates: every `…Page` names its template, and gives it exactly what it asks for."""

import dataclasses
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from markupsafe import Markup, escape

from newsroom.boundary import moment
from newsroom.readers.clocks import DECIDED_WITHIN, FIXED_WITHIN
from newsroom.readers.reply import REPLY_CONSENT
from newsroom.settings import SiteSettings
from newsroom.site import addresses, wording
from newsroom.site.stylesheet import style_policy, stylesheet

if TYPE_CHECKING:
    from jinja2 import Environment

DISCLAIMER = "Market news synthesis. Not financial advice."
TAGLINE = "Market news, every sentence with its source"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = f"Our sentences, scores and data: {LICENCE} ({LICENCE_URL}). Quotations and titles belong to their publishers."
FOLDER = Path(__file__).parent / "pages"


class Template(Protocol):
    """A frozen dataclass whose fields are its template's variables."""

    template: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


class Page(Template, Protocol):
    """A template within the frame."""

    @property
    def frame(self) -> "Frame": ...


@dataclass(frozen=True)
class House:
    """What every page says of its publisher."""

    name: str
    address: str
    """Base URL, without a slash at the end."""
    contact: str
    operator: str = ""
    """Name, legal form and owner of who publishes; empty where the settings do not say."""

    @classmethod
    def of(cls, settings: SiteSettings) -> "House":
        return cls(settings.site_name, settings.site_address.rstrip("/"), settings.contact, settings.operator)


NO_DATA = Markup()


@dataclass(frozen=True)
class Frame:
    """What surrounds the content of a page: head, header, footer."""

    house: House
    path: str
    title: str
    description: str
    canonical: str = ""
    """Path of the page that search engines should keep, when it is another."""
    indexed: bool = True
    refresh: str = ""
    """Path of the page that a browser goes on to by itself."""
    kind: str = "website"
    """Open Graph's type."""
    published: str = ""
    modified: str = ""
    section: str = ""
    feed: str = addresses.FEED
    """Path of its RSS."""
    formats: Collection[str] = tuple(addresses.FEED_TYPES)
    """Files of the feed that stand there."""
    image: str = ""
    """Path of the picture that travels with a link to the page."""
    image_alt: str = ""
    data: Markup = NO_DATA
    """JSON-LD."""
    script: str = ""
    """Path of the script that makes it handier; it says the same without."""
    made_by: str = ""
    """IPTC digital source type of a story."""


def linked_data(document: Mapping[str, Any]) -> Markup:
    """JSON that cannot end its `<script>` element, whatever its strings hold."""
    text = json.dumps(_without_unseen(document), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - every character that HTML would act upon is escaped above


def render(page: Template) -> bytes:
    """The page's bytes. jinja2.UndefinedError when a template asks for what its page has not got."""
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    return engine().get_template(page.template).render(values).encode()


@cache
def engine() -> "Environment":
    """Escapes everything, refuses undefined names."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=_is_markup,  # noqa: S701 - robots.txt and llms.txt are no markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_finished,
    )
    made.filters |= {
        "moment": moment,
        "mailed": format_datetime,
        "when": wording.when,
        "short": wording.short,
        "clock": wording.clock,
        "day": wording.day,
        "number": wording.number,
        "percent": wording.percent,
        "count": wording.count,
        "as_html": _as_html,
    }
    made.globals = {
        "address": addresses,
        "disclaimer": DISCLAIMER,
        "tagline": TAGLINE,
        "rights": RIGHTS,
        "stylesheet": Markup(stylesheet()),  # noqa: S704 - our own, and without a "<", as a test has it
        "style_policy": style_policy(),
        "decided_within": DECIDED_WITHIN // timedelta(hours=1),
        "fixed_within": FIXED_WITHIN // timedelta(hours=1),
        "reply_consent": REPLY_CONSENT,
    }
    return made


def _is_markup(template: str | None) -> bool:
    return not (template or "").endswith(".txt.j2")


def _as_html(text: str) -> str:
    """Plain text for a place that is read as HTML after it was read as XML: RSS's descriptions."""
    return str(escape(text))


def _finished(value: object) -> object:
    return wording.plain(value) if type(value) is str else value


def _without_unseen(value: Any) -> Any:
    if isinstance(value, str):
        return wording.plain(value)
    if isinstance(value, Mapping):
        return {name: _without_unseen(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_unseen(one) for one in value]
    return value
