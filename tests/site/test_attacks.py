"""Hostile strings in every field of every page: nothing in them runs, loads or leaves."""

import gzip
import json
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from newsroom.editions.correction import Correction
from newsroom.publishers.health import Health
from newsroom.review.verdict import Held, Remark
from newsroom.site import addresses, day_pages, list_pages, log_pages, registry_pages
from newsroom.site.day_shelf import DayShelf, shelved
from newsroom.site.feeds import feed_document
from newsroom.site.machine_faces import machine_files
from newsroom.site.places import Place
from newsroom.site.rendering import render
from newsroom.site.sections import COUNTRY, Section
from newsroom.site.story_page import story_page
from newsroom.site.wording import out_link
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim, Dispute, Position, Ripple, Watch

from tests.fakes.newsroom_values import NOON, PUBLISHERS, a_draft, a_verdict, a_version
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading

ON_A_PAGE = 60
"""Payloads put into one page at a time."""


@pytest.fixture(scope="session")
def payloads(shared_data: Path) -> list[str]:
    xss = json.loads(gzip.decompress((shared_data / "attacks" / "xss_payloads.json.gz").read_bytes()))
    naughty = json.loads((shared_data / "attacks" / "naughty_strings.json").read_text(encoding="utf-8"))
    return [text.encode("utf-8", "replace").decode() for text in (*xss, *naughty)]


def a_poisoned_version(words: Iterator[str]) -> Version:
    """Every text that comes from outside, a model included, taken from `words`."""
    numbers = count()

    def claim(kind: Any = "context") -> Claim:
        return Claim(id=f"c-{next(numbers)}", kind=kind, text=next(words), mechanism=next(words))

    draft = a_draft()
    wire, ledger = draft.disputes[0].positions
    draft = draft.model_copy(
        update={
            "headline": claim(),
            "standfirst": claim(),
            "tldr": (claim(), claim("inference"), claim()),
            "quick_take": (claim(), claim()),
            "body": tuple(tuple(claim() for _ in range(4)) for _ in range(3)),
            "why_it_matters": (claim("inference"),),
            "lenses": {"asia": (claim(),)},
            "gaps": (claim(),),
            "ripples": (Ripple(entity=next(words), claim=claim("inference"), direction="up", confidence="low"),),
            "watch": (Watch(entity=next(words), trigger=next(words), by=next(words), claim=claim()),),
            "disputes": (
                Dispute(
                    subject=next(words),
                    positions=tuple(
                        Position(article_id=one.article_id, value=next(words), claim=claim()) for one in (wire, ledger)
                    ),
                ),
            ),
            "absent": {next(words): next(words)},
        }
    )
    verdict = a_verdict(draft).model_copy(
        update={
            "limitations": (Remark(text=next(words)),),
            "strengths": (Remark(text=next(words)),),
            "critic": next(words),
        }
    )
    version = a_version(draft=a_draft(), verdict=verdict)
    sources = tuple(
        source.model_copy(
            update={
                "url": next(words),
                "title": next(words),
                "publisher": next(words),
                "thin": next(words),
                "language": next(words),
                "country": next(words),
                "publisher_id": addresses.slug(next(words), "s1"),
            }
        )
        for source in version.sources
    )
    head = version.head.model_copy(
        update={
            "headline": draft.headline.text,
            "standfirst": next(words),
            "country": next(words),
            "desk": next(words),
            "slug": addresses.slug(draft.headline.text, version.story_id),
        }
    )
    quotes = {digest: next(words) for digest in version.quotes}
    return version.model_copy(
        update={"draft": draft, "verdict": verdict, "sources": sources, "head": head, "quotes": quotes}
    )


def test_no_payload_in_any_field_of_a_story_is_active(payloads: list[str]) -> None:
    words = cycle(payloads)
    for _ in range(len(payloads) // ON_A_PAGE):
        version = a_poisoned_version(words)
        body = render(story_page(version, HOUSE, PLACES, [a_correction(words)]))
        assert reading.active_content(body) == []
        assert [one.get("action") for one in reading.parsed(body).iter("form")] == [
            "/api/vote",
            "/api/report",
            "/api/subscribe",
        ]
        reading.linked_data(body)


def a_correction(words: Iterator[str]) -> Correction:
    return Correction(
        id="COR-1",
        story_id="s1",
        slug="x-1",
        headline=next(words),
        version=1,
        kind="correction",
        was=next(words),
        now_reads=next(words),
        made_at=NOON,
    )


def test_no_payload_in_lists_logs_and_the_registry_is_active(payloads: list[str]) -> None:
    words = cycle(payloads)
    for _ in range(len(payloads) // ON_A_PAGE):
        heads = [
            a_version().head.model_copy(
                update={
                    "headline": next(words),
                    "standfirst": next(words),
                    "desk": next(words),
                    "story_id": f"s{place}",
                }
            )
            for place in range(8)
        ]
        publisher = next(iter(PUBLISHERS.values())).model_copy(
            update={
                "name": next(words),
                "reason": next(words),
                "home": next(words),
                "feeds": (next(words),),
                "reserved": next(words),
                "licence": next(words),
                "language": next(words),
                "family": next(words),
            }
        )
        health = Health(publisher_id=publisher.id, status="failing", failing_since=NOON, reason=next(words))
        listed = registry_pages.entries([publisher], {publisher.id: health}, PLACES, {})
        held = [Held(story_id="s1", draft_id="d", headline=next(words), reason=next(words), at=NOON)]
        corrections = [a_correction(words)]
        section = Section(COUNTRY, Place(next(words), "/country/de/"), tuple(heads), next(words))
        shelf = DayShelf(day="2026-11-23").with_stories(shelved(head, PLACES) for head in heads)
        for page in (
            list_pages.home_page(heads, HOUSE, PLACES, corrections, 1),
            list_pages.list_page(section, HOUSE, PLACES),
            list_pages.directory_page(COUNTRY, [section.place], HOUSE),
            day_pages.day_page(shelf, HOUSE),
            registry_pages.sources_page(listed, HOUSE),
            *registry_pages.country_pages(listed, HOUSE),
            registry_pages.publisher_page(listed[0], listed, HOUSE),
            log_pages.corrections_page(corrections, HOUSE),
            log_pages.held_page(held, HOUSE),
        ):
            assert reading.active_content(render(page)) == []


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
