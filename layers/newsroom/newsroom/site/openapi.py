"""Everything a program can read here, and everything a reader can send: JSON Schemas and one OpenAPI description.

Both come from the very models that the documents are made with and the forms are checked by.
"""

import re
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from newsroom.boundary import as_json
from newsroom.briefing.issue_document import IssueDocument
from newsroom.readers.feedback import Vote
from newsroom.readers.feedback_document import FeedbackDocument
from newsroom.readers.forms import GivenAddress, GivenPreferences, GivenSignUp
from newsroom.readers.reports import GivenReport
from newsroom.readers.request import FORM
from newsroom.site import addresses
from newsroom.site.day_shelf import DayShelf, Months, MonthShelf
from newsroom.site.document import Document
from newsroom.site.documents import CorrectionsDocument, EditionDocument, ReceiptDocument, ReviewDocument, StoryDocument
from newsroom.site.feeds import ATOM, RSS
from newsroom.site.json_feed import CONTENT_TYPE as JSON_FEED
from newsroom.site.json_feed import JsonFeed
from newsroom.site.rendering import DISCLAIMER, LICENCE, LICENCE_URL, TAGLINE, House
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.status_page import StatusDocument

DOCUMENTS: dict[str, type[Document]] = {
    "/story/{slug}/story.json": StoryDocument,
    "/story/{slug}/review.json": ReviewDocument,
    "/story/{slug}/receipt.json": ReceiptDocument,
    "/edition.json": EditionDocument,
    "/status.json": StatusDocument,
    "/corrections.json": CorrectionsDocument,
    "/feedback.json": FeedbackDocument,
    "/briefing/{date}/issue.json": IssueDocument,
    "/archive/months.json": Months,
    "/archive/{year}/{month}/words.json": MonthShelf,
    "/archive/{year}/{month}/{day}/stories.json": DayShelf,
}
"""Path → what stands there."""
FEEDS = {"feed.xml": RSS, "atom.xml": ATOM, "feed.json": JSON_FEED}
FEED_FOLDERS = {
    "/": FEEDS,
    "/country/{country}/": FEEDS,
    "/desk/{desk}/": FEEDS,
    "/corrections/": FEEDS,
    "/sector/{sector}/": {"feed.xml": RSS},
    "/topic/{topic}/": {"feed.xml": RSS},
    "/company/{company}/": {"feed.xml": RSS},
    "/briefing/": {"feed.xml": RSS, "feed.json": JSON_FEED},
}
WHAT = {"/briefing/": "issues", "/corrections/": "corrections"}
SCHEMA_TYPE = "application/schema+json; charset=utf-8"
OPENAPI_TYPE = "application/vnd.oai.openapi+json; charset=utf-8"
PATTERNS = {
    "slug": "^[a-z0-9-]{1,80}$",
    "country": "^[a-z]{2}$|^world$",
    "desk": "^[a-z0-9-]+$",
    "sector": "^[a-z0-9-]+$",
    "topic": "^[a-z0-9-]+$",
    "company": "^[a-z0-9-]+$",
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "schema": "^[a-z-]+-[0-9.]+$",
    "year": "^[0-9]{4}$",
    "month": "^(0[1-9]|1[0-2])$",
    "day": "^(0[1-9]|[12][0-9]|3[01])$",
}
TOKEN = {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,400}$"}
CONFIRM = {"type": "object", "properties": {"token": TOKEN}, "required": ["token"]}
REFUSED = {400: "Not what the form offers", 403: "Sent past the site", 413: "More than 16 KB", 503: "Busy: try again"}


@cache
def schema_files(house: House) -> tuple[SiteFile, ...]:
    """`/schemas/story-1.json` …: one for each kind of document."""
    kinds: tuple[type[Document], ...] = (*DOCUMENTS.values(), JsonFeed)
    return tuple(SiteFile(kind.schema_path(), as_json(kind.json_schema(house.address)), SCHEMA_TYPE) for kind in kinds)


@cache
def openapi_file(house: House) -> SiteFile:
    return SiteFile(addresses.OPENAPI, as_json(openapi(house)), OPENAPI_TYPE)


def openapi(house: House) -> dict[str, Any]:
    """OpenAPI 3.1."""
    forms: list[type[BaseModel]] = [Vote, GivenReport, GivenAddress, GivenSignUp, GivenPreferences]
    _, described = models_json_schema(
        [(form, "validation") for form in forms], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": house.name,
            "version": "1",
            "summary": TAGLINE,
            "description": f"Static documents beside every page, and the forms of the pages. No key, no cookie, no "
            f"account. {DISCLAIMER}",
            "contact": {"url": house.address + addresses.ABOUT},
            "license": {"name": f"{LICENCE}; quotations belong to their publishers", "url": LICENCE_URL},
        },
        "servers": [{"url": house.address or "/"}],
        "paths": {**_documents(house), **_feeds(house), **_descriptions(), **_forms()},
        "components": {"schemas": described.get("$defs", {})},
    }


def _documents(house: House) -> dict[str, Any]:
    return {
        path: _get(
            (kind.__doc__ or "").splitlines()[0],
            path,
            {JSON: {"schema": {"$ref": house.address + kind.schema_path()}}},
        )
        for path, kind in DOCUMENTS.items()
    }


def _feeds(house: House) -> dict[str, Any]:
    return {
        f"{folder}{name}": _get(
            f"The newest {WHAT.get(folder, 'stories')} as {kind.split(';')[0]}.",
            folder + name,
            {kind: {"schema": {"$ref": house.address + JsonFeed.schema_path()}} if kind == JSON_FEED else {}},
        )
        for folder, feeds in FEED_FOLDERS.items()
        for name, kind in feeds.items()
    }


def _descriptions() -> dict[str, Any]:
    one = "/schemas/{schema}.json"
    return {
        one: _get("The JSON Schema of a kind of document.", one, {SCHEMA_TYPE: {}}),
        addresses.OPENAPI: _get("This description.", addresses.OPENAPI, {OPENAPI_TYPE: {}}),
    }


def _get(summary: str, path: str, content: dict[str, Any]) -> dict[str, Any]:
    named = re.findall(r"\{(\w+)\}", path)
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": PATTERNS[name]}}
        for name in named
    ]
    answers = {
        "200": {"description": "As published", "content": content},
        "404": {"description": "There is none"},
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _forms() -> dict[str, Any]:
    by_link = {"name": "token", "in": "query", "required": True, "schema": TOKEN}
    report = {"name": "id", "in": "query", "required": True, "schema": {"type": "string", "pattern": "^RPT-[A-Z2-7]+$"}}
    return {
        "/api/vote": {"post": _asked("Say whether a page was useful.", _reference(Vote))},
        "/api/report": {
            "post": _asked("Report an error; the answer has the report's number.", _reference(GivenReport)),
            "get": _asked("The state of a report.", parameters=[report]),
        },
        "/api/subscribe": {"post": _asked("Ask for the briefing; a link follows by mail.", _reference(GivenSignUp))},
        "/api/confirm": {
            "get": _asked("The page with the button, as the letter links it.", parameters=[by_link]),
            "post": _asked("Confirm the subscription.", CONFIRM),
        },
        "/api/unsubscribe": {
            "get": _asked("The page with the button, as every issue links it.", parameters=[by_link]),
            "post": _asked("Leave at once (RFC 8058).", parameters=[by_link]),
        },
        "/api/preferences": {
            "get": _asked("What a subscriber chose, by the link in any issue.", parameters=[by_link]),
            "post": _asked("Choose days, regions and time zone.", _reference(GivenPreferences)),
        },
        "/api/my-data": {
            "get": _asked("What is kept of a subscriber, by the link in a letter.", parameters=[by_link]),
            "post": _asked("Ask for that letter.", _reference(GivenAddress)),
        },
        "/api/my-data/export": {"post": _asked("Take it along, as JSON.", CONFIRM)},
        "/api/my-data/delete": {"post": _asked("Have it forgotten.", CONFIRM)},
    }


def _reference(form: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{form.__name__}"}


def _asked(summary: str, form: Any = None, parameters: Any = ()) -> dict[str, Any]:
    """One thing that can be asked; every answer is a page."""
    page = {"content": {"text/html": {"schema": {"type": "string"}}}}
    answers = {"200": {"description": "Done", **page}, "429": {"description": "Too many within the hour", **page}}
    answers |= {str(status): {"description": why, **page} for status, why in REFUSED.items()}
    return {
        "summary": summary,
        **({"parameters": list(parameters)} if parameters else {}),
        **({"requestBody": {"required": True, "content": {FORM: {"schema": form}}}} if form else {}),
        "responses": dict(sorted(answers.items())),
    }
