"""What machines read of the whole sample site is well formed, and says what readers see."""

import io
import json
from typing import Any

import pytest
from newsroom.site import addresses
from newsroom.site.disclosure import LABELS
from newsroom.site.openapi import DOCUMENTS, schema_files
from newsroom.site.structured import source_type
from PIL import Image

from tests.browser.stage import Stage
from tests.site import reading
from tests.site.feed_rules import atom_faults, json_feed_faults, rss_faults, sitemap_faults

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
HOST = "news.example"
HOME = f"https://{HOST}"


def bodies(stage: Stage, kind: str) -> dict[str, bytes]:
    """Key → body of every file that is served as `kind`."""
    return {key: one.body for key, one in stage.house.files.files.items() if one.content_type.startswith(kind)}


def article(stage: Stage, path: str) -> dict[str, Any]:
    graph = reading.linked_data(stage.body(path))["@graph"]
    return next(one for one in graph if one["@type"] == "NewsArticle")


def test_every_feed_is_valid(stage: Stage) -> None:
    for kind, faults in (
        ("application/rss+xml", rss_faults),
        ("application/atom+xml", atom_faults),
        ("application/feed+json", json_feed_faults),
    ):
        found = bodies(stage, kind)
        assert len(found) >= 10 if "rss" not in kind else found.keys() >= {"feed.xml", "briefing/feed.xml"}
        for key, body in found.items():
            assert faults(body) == [], key


def test_every_feed_that_a_page_names_is_there_and_is_what_it_is_called(stage: Stage) -> None:
    for path in stage.page_types.values():
        for link in reading.parsed(stage.body(path)).iter("link"):
            if link.get("rel") == "alternate":
                status, headers, _ = stage.served(link.get("href"))
                assert status == 200, f"{path} names {link.get('href')}"
                assert headers["Content-Type"].startswith(link.get("type"))


def test_every_map_is_valid_and_leads_to_pages_that_want_to_be_found(stage: Stage) -> None:
    maps = {key: body for key, body in bodies(stage, "application/xml").items() if "sitemap" in key}
    assert {"sitemap.xml", "news-sitemap.xml"} < maps.keys()
    for key, body in maps.items():
        assert sitemap_faults(body, HOST) == [], key
    for key, body in maps.items():
        for place in places(body):
            path = place.removeprefix(HOME)
            assert stage.served(path)[0] == 200, f"{key}: {path}"
            if path.endswith("/"):
                assert robots(stage, path) != "noindex", path
                assert canonical(stage, path) == place


def test_every_story_that_wants_to_be_found_is_on_a_map(stage: Stage) -> None:
    listed = {place for key, body in bodies(stage, "application/xml").items() if "sitemap" in key
              for place in places(body)}  # fmt: skip
    wanted = {HOME + path for path in stage.stories if robots(stage, path) != "noindex"}
    assert wanted
    assert wanted <= listed


def test_linked_data_says_what_the_story_shows(stage: Stage) -> None:
    for path in stage.stories:
        page, data = reading.parsed(stage.body(path)), article(stage, path)
        text = reading.main_text(stage.body(path))
        times = {one.get("datetime") for one in page.iter("time")}
        sources = page.find(".//section[@id='sources']")

        assert reading.text_of(page.find(".//h1")).startswith(data["headline"]), path
        assert data["description"] in text
        assert data["articleSection"] in text
        assert data["author"] == [data["author"][0] | {"@type": "Organization", "name": data["articleSection"]}]
        assert {data["datePublished"], data["dateModified"]} <= times
        shown = {one.get("href") for one in sources.iter("a") if one.get("rel") == "noopener"}
        assert set(data["isBasedOn"]) == shown
        writer = next(one for one, (label, _) in LABELS.items() if label in text)
        assert data["digitalSourceType"] == source_type(writer)
        assert data["mainEntityOfPage"] == canonical(stage, path) == HOME + path


def test_the_breadcrumb_in_linked_data_is_the_one_that_is_shown(stage: Stage) -> None:
    for path in stage.stories:
        graph = reading.linked_data(stage.body(path))["@graph"]
        told = next(one for one in graph if one["@type"] == "BreadcrumbList")["itemListElement"]
        shown = reading.parsed(stage.body(path)).find(".//nav[@aria-label='Breadcrumb']").findall(".//li")
        assert len(told) == len(shown) == 3
        for one, crumb in zip(told, shown, strict=True):
            assert reading.text_of(crumb).endswith(one["name"])


def test_every_story_has_a_picture_with_its_words(stage: Stage) -> None:
    for path in stage.stories:
        told = {one.get("property"): one.get("content") for one in reading.parsed(stage.body(path)).iter("meta")}
        place = told["og:image"]
        assert article(stage, path)["image"][0] == place
        file = stage.house.files.files[addresses.key(place.removeprefix(HOME))]
        picture = Image.open(io.BytesIO(file.body))
        assert (file.content_type, picture.format, picture.size) == ("image/png", "PNG", (1200, 675))
        assert told["og:title"] in told["og:image:alt"]
        assert len(file.body) < 60_000


def test_the_json_of_a_story_has_the_sentences_of_its_page(stage: Stage) -> None:
    for path in stage.stories:
        text = reading.main_text(stage.body(path))
        story = json.loads(stage.body(f"{path}story.json"))
        claims = {one["id"]: one["text"] for one in story["claims"]}
        assert claims["headline"] in text
        for paragraph in story["modules"]["body"]:
            assert all(claims[one] in text for one in paragraph), path


def test_every_document_names_a_schema_that_is_published(stage: Stage) -> None:
    """That each meets its schema is shown in `tests/site/test_openapi.py`."""
    published = {file.path for file in schema_files(stage.reception.house)}
    named = {json.loads(body).get("schema") for key, body in bodies(stage, "application/json").items()} - {None}
    assert named == {kind.schema_name for kind in DOCUMENTS.values()} - {"issue/1"}  # no briefing was sent yet
    for name in named:
        path = f"/schemas/{name.replace('/', '-')}.json"
        assert path in published
        assert stage.served(path)[0] == 200


def places(body: bytes) -> list[str]:
    return [part.partition(b"</loc>")[0].decode() for part in body.split(b"<loc>")[1:]]


def robots(stage: Stage, path: str) -> str:
    found = [one for one in reading.parsed(stage.body(path)).iter("meta") if one.get("name") == "robots"]
    return str(found[0].get("content"))


def canonical(stage: Stage, path: str) -> str:
    found = [one for one in reading.parsed(stage.body(path)).iter("link") if one.get("rel") == "canonical"]
    assert len(found) == 1, path
    return str(found[0].get("href"))
