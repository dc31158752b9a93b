"""What programs are told of the site holds: documents meet their schemas, forms are those that are answered."""

import inspect
import json
import re
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from newsroom.briefing.issue import Issue
from newsroom.briefing.rendering import issue_files, list_files
from newsroom.editions.edition_run import EditionRun
from newsroom.editions.status import status_of
from newsroom.editions.status import tell as tell_status
from newsroom.readers import answering
from newsroom.readers.clocks import clocks
from newsroom.readers.feedback_page import tell as tell_feedback
from newsroom.readers.reckoning import reckon_days
from newsroom.settings import ReadersSettings
from newsroom.site.openapi import DOCUMENTS, openapi, schema_files

from tests.fakes.newsroom_values import NOON
from tests.fakes.sample_house import HOUSE, SampleHouse

ROUTE = re.compile(r'"(/api/[a-z/-]+)": \{(.+?)\}')
OURS = ("application/json", "application/feed+json")
SCHEMAS = {file.path: json.loads(file.body) for file in schema_files(HOUSE)}
PATHS = openapi(HOUSE)["paths"]
LINE = {"text": "Prices rose.", "claim_ids": ["headline"]}
ISSUE = Issue.model_validate(
    {
        "issue_id": "2026-11-24", "composed_at": NOON, "edition": "weekday", "subject": "Prices rose",
        "market_note": "New York’s stock exchanges are closed today.",
        "items": [
            {"story_id": "s1", "version": 1, "slug": "prices-rose-1", "headline": LINE, "fact": LINE, "score": 70,
             "band": "Solid", "writer": "excerpt", "articles": 3, "origins": 2, "families": ["harbour"],
             "sources": [{"publisher": "Harbour Wire", "url": "https://h.example/a", "tier": 1}], "importance": 50}
        ],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def documents() -> dict[str, tuple[str, Any]]:
    """Path → (content type, document) of every JSON on a small site after an edition, a night and a briefing."""
    house = SampleHouse()
    house.accept_several(3)
    published = house.publish()
    run = EditionRun(edition_id=published.edition_id, execution="run-1")
    tell_status(status_of(run, published, house.archive.heads(), clocks([], NOON), NOON), house.files, HOUSE)
    reckonings = reckon_days(house.archive, NOON + timedelta(days=1))
    tell_feedback(
        house.archive,
        house.files,
        HOUSE,
        ReadersSettings(readers_table="readers", readers_secret="secret"),
        reckonings,
        NOON,
    )  # type: ignore[arg-type]
    for file in (*issue_files(ISSUE, HOUSE), *list_files([ISSUE], HOUSE)):
        house.files.put(file.path, file.body, file.content_type)
    kinds = {file.path: file for file in house.files.files.values() if file.path.endswith(".json")}
    return {path: (file.content_type, json.loads(file.body)) for path, file in kinds.items()}


def described_path(path: str) -> str:
    """The one path of the description that this one is an instance of."""
    found = []
    for told, asked in PATHS.items():
        patterns = {one["name"]: one["schema"]["pattern"] for one in asked.get("get", {}).get("parameters", ())}
        parts = [re.sub("[$^]", "", patterns[part[1:-1]]) if part in map("{{{}}}".format, patterns) else re.escape(part)
                 for part in re.split(r"(\{\w+\})", told)]  # fmt: skip
        if re.fullmatch("".join(f"(?:{part})" for part in parts), path):
            found.append(told)
    assert len(found) == 1, (path, found)
    return found[0]


def test_every_schema_is_one() -> None:
    assert len(SCHEMAS) == len(DOCUMENTS) + 1
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_json_on_the_site_is_described_and_meets_its_schema(documents: dict[str, tuple[str, Any]]) -> None:
    met = set()
    for path, (content_type, document) in documents.items():
        content = PATHS[described_path(path)]["get"]["responses"]["200"]["content"]
        assert list(content) == [content_type], path
        if content_type.startswith(OURS):
            schema = content[content_type]["schema"]["$ref"].removeprefix(HOUSE.address)
            jsonschema.Draft202012Validator(SCHEMAS[schema]).validate(document)
            assert document.get("schema", "json-feed/1.1").replace("/", "-") in schema
            met.add(schema)
            for field in SCHEMAS[schema]["required"]:
                lacking = {name: value for name, value in document.items() if name != field}
                assert not jsonschema.Draft202012Validator(SCHEMAS[schema]).is_valid(lacking), (path, field)
    assert met == set(SCHEMAS)


def test_every_path_that_is_described_is_there(documents: dict[str, tuple[str, Any]]) -> None:
    there = {described_path(path) for path in documents}
    assert {path for path in PATHS if path.endswith(".json")} == there


def test_an_issue_in_a_feed_keeps_what_is_null(documents: dict[str, tuple[str, Any]]) -> None:
    _, feed = documents["/briefing/feed.json"]
    _, issue = documents["/briefing/2026-11-24/issue.json"]
    assert feed["items"][0]["_issue"] == issue
    assert issue["since"] is None


def test_every_form_that_is_answered_is_described_and_no_other() -> None:
    answered = {
        path: {method.lower() for method in re.findall(r'"(GET|POST)"', methods)}
        for path, methods in ROUTE.findall(inspect.getsource(answering))
    }
    described = {path: set(asked) for path, asked in openapi(HOUSE)["paths"].items() if path.startswith("/api/")}
    assert described == answered
    assert len(answered) >= 9
