"""Where everything lives on the site. Pages end in a slash; the bucket's key is the path with `index.html`."""

import re
import unicodedata

SLUG_LENGTH = 80
_SUFFIX = 6


def slug(headline: str, story_id: str, digits: int = _SUFFIX) -> str:
    """A story's address: the headline in [a-z0-9-] and the first digits of its id, 80 characters at most.

    Whatever the headline holds (paths, markup, another script, nothing) the answer is one harmless path segment.
    """
    suffix = re.sub(r"[^a-z0-9]", "", story_id.lower())[1 : digits + 1] or "0"
    ascii_text = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", "")) or ["story"]
    room = SLUG_LENGTH - len(suffix) - 1
    text = "-".join(words)
    if len(text) > room:
        text = text[:room].rsplit("-", 1)[0] if "-" in text[: room + 1] else text[:room]
    return f"{text.strip('-')}-{suffix}"


def key(path: str) -> str:
    """The bucket's key of a path: `/story/x/` → `story/x/index.html`."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def story(slug: str, version: int | None = None) -> str:
    return f"/story/{slug}/" + (f"v/{version}/" if version else "")


def history(slug: str) -> str:
    return f"/story/{slug}/history/"


def country(code: str) -> str:
    return f"/country/{code.lower()}/"


def desk(desk_id: str) -> str:
    return f"/desk/{desk_id}/"


def topic(topic_id: str) -> str:
    return f"/topic/{topic_id}/"


def sector(sector_id: str) -> str:
    return f"/sector/{sector_id}/"


def company(company_id: str) -> str:
    return f"/company/{company_id}/"


def day(date: str) -> str:
    """Of an ISO date, or of a month (`2026-11`)."""
    return f"{DAYS}{date.replace('-', '/')}/"


def publisher(publisher_id: str) -> str:
    return f"/source/{publisher_id}/"


def publishers_of(code: str) -> str:
    """The part of the registry that lists one country."""
    return f"{SOURCES}{code.lower()}/"


def sitemap(part: str) -> str:
    """Of a day (an ISO date), or of what is no story (`pages`)."""
    return f"/sitemap/{part}.xml"


HOME = "/"
COUNTRIES = "/countries/"
DESKS = "/desks/"
TOPICS = "/topics/"
SECTORS = "/sectors/"
COMPANIES = "/companies/"
SOURCES = "/sources/"
DAYS = "/archive/"
MONTHS = "/archive/months.json"
SEARCH = "/search/"
STATUS = "/status/"
STATUS_DOCUMENT = "/status.json"
CORRECTIONS = "/corrections/"
CORRECTIONS_DOCUMENT = "/corrections.json"
FEEDBACK = "/feedback/"
HELD = "/held/"
METHODOLOGY = "/methodology/"
STANDARDS = "/standards/"
ABOUT = "/about/"
PRIVACY = "/privacy/"
BRIEFING = "/briefing/"
ISSUES = "/briefing/issues/"
FEED = "/feed.xml"
FEED_TYPES = {"feed.xml": "rss+xml", "atom.xml": "atom+xml", "feed.json": "feed+json"}
"""A feed's files, beside each other, and what they are."""
SCHEMAS = "/schemas/"
OPENAPI = "/openapi.json"
SITEMAP = "/sitemap.xml"
NOT_FOUND = "/404.html"
ICON = "/assets/icon.svg"
