"""What programs are told of the site holds: documents meet their schemas, forms are those that are answered."""

import inspect
import json
import re
from typing import Any

import jsonschema
import pytest
from newsroom.editions.edition_run import EditionRun
from newsroom.editions.status import status_of, tell
from newsroom.readers import answering
from newsroom.readers.clocks import clocks
from newsroom.site.openapi import DOCUMENTS, openapi, schema_files

from tests.fakes.newsroom_values import NOON
from tests.fakes.sample_house import HOUSE, SampleHouse

ROUTE = re.compile(r'"(/api/[a-z/-]+)": \{(.+?)\}')
WITHOUT_SCHEMA = ("feedback/1",)
"""Documents that have none yet."""
SCHEMAS = {file.path: json.loads(file.body) for file in schema_files(HOUSE)}


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    """Key → what stands there, of every document of ours on a small site."""
    house = SampleHouse()
    house.accept_several(3)
    published = house.publish()
    run = EditionRun(edition_id=published.edition_id, execution="run-1")
    tell(status_of(run, published, house.archive.heads(), clocks([], NOON), NOON), house.files, HOUSE)
    found = {key: json.loads(body) for key, body in house.pages().items() if key.endswith(".json")}
    return {key: body for key, body in found.items() if body.get("schema") not in (None, *WITHOUT_SCHEMA)}


def test_every_schema_is_one() -> None:
    assert len(SCHEMAS) == len(DOCUMENTS)
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_document_on_the_site_meets_the_schema_that_it_names(documents: dict[str, dict[str, Any]]) -> None:
    met = set()
    for key, document in documents.items():
        path = f"/schemas/{document['schema'].replace('/', '-')}.json"
        jsonschema.Draft202012Validator(SCHEMAS[path]).validate(document)
        met.add(path)
        for field in SCHEMAS[path]["required"]:
            lacking = {name: value for name, value in document.items() if name != field}
            assert not jsonschema.Draft202012Validator(SCHEMAS[path]).is_valid(lacking), (key, field)
    assert met == set(SCHEMAS)


def test_every_form_that_is_answered_is_described_and_no_other() -> None:
    answered = {
        path: {method.lower() for method in re.findall(r'"(GET|POST)"', methods)}
        for path, methods in ROUTE.findall(inspect.getsource(answering))
    }
    described = {path: set(asked) for path, asked in openapi(HOUSE)["paths"].items() if path.startswith("/api/")}
    assert described == answered
    assert len(answered) >= 9
