"""Hostile strings in every field of every page: nothing in them runs, loads or leaves."""

import json
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest
from newsroom.site.feeds import feed_document
from newsroom.site.machine_faces import machine_files
from newsroom.site.places import Place
from newsroom.site.rendering import render
from newsroom.site.story_page import story_page
from newsroom.site.wording import out_link

from tests.fakes.newsroom_values import a_version
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading
from tests.site.poison import ON_A_PAGE, a_poisoned_story_page, a_poisoned_version, all_payloads, poisoned_pages


@pytest.fixture(scope="session")
def payloads(shared_data: Path) -> list[str]:
    return all_payloads(shared_data)


def test_no_payload_in_any_field_of_a_story_is_active(payloads: list[str]) -> None:
    words = cycle(payloads)
    for _ in range(len(payloads) // ON_A_PAGE):
        body = a_poisoned_story_page(words)
        assert reading.active_content(body) == []
        assert [one.get("action") for one in reading.parsed(body).iter("form")] == [
            "/api/vote",
            "/api/report",
            "/api/subscribe",
        ]
        reading.linked_data(body)


def test_no_payload_in_lists_logs_and_the_registry_is_active(payloads: list[str]) -> None:
    words = cycle(payloads)
    for _ in range(len(payloads) // ON_A_PAGE):
        for body in poisoned_pages(words):
            assert reading.active_content(body) == []


def test_feeds_stay_xml_and_documents_stay_json(payloads: list[str]) -> None:
    words = cycle(payloads)
    for _ in range(len(payloads) // ON_A_PAGE):
        version = a_poisoned_version(words)
        heads = [
            version.head.model_copy(update={"headline": next(words), "standfirst": next(words)}) for _ in range(20)
        ]
        document = feed_document(heads, HOUSE, PLACES, Place(next(words), "/desk/x/"))
        root = ElementTree.fromstring(render(document))
        assert len(root.findall("./channel/item")) == 20
        assert {one.tag for one in root.iter() if "}" not in str(one.tag)} <= {
            "rss",
            "channel",
            "title",
            "link",
            "description",
            "language",
            "copyright",
            "lastBuildDate",
            "item",
            "guid",
            "pubDate",
            "category",
        }
        for file in machine_files(version, HOUSE):
            json.loads(file.body)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "https://a b.example/",
        "https://user@host.example/",
        'https://host.example/"onmouseover=x',
        "ftp://host.example/",
        "https:///x",
        "",
        "https://[::1",
        "https://h.example/\n",
    ],
)
def test_a_link_that_readers_should_not_follow_is_no_link(url: str) -> None:
    assert out_link(url) == ""


def test_a_plain_link_stays_as_it_is() -> None:
    assert out_link("https://host.example/a?b=c&d=é") == "https://host.example/a?b=c&d=é"


def test_text_cannot_reverse_the_line_it_stands_in() -> None:
    version = a_version()
    claim = version.draft.headline.model_copy(update={"text": "profit \u202eno\u202c \u2066loss\u2069 \x00\x07now"})
    head = version.head.model_copy(update={"headline": claim.text})
    draft = version.draft.model_copy(update={"headline": claim})
    body = render(story_page(version.model_copy(update={"draft": draft, "head": head}), HOUSE, PLACES)).decode()
    assert "profit no loss now" in body
    assert not any(mark in body for mark in "\u202e\u202c\u2066\u2069\x00\x07")
