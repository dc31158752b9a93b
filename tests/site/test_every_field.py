"""Hostile strings in every field that a model or a source can fill, found by type: no page, feed or document is active.

What `test_attacks.py` fills by hand is filled here by introspection, so that a field cannot be forgotten.
"""

import gzip
import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from newsroom.briefing.issue import CorrectionLine, Issue
from newsroom.briefing.rendering import issue_files, issue_mail, list_files
from newsroom.editions.correction import Correction
from newsroom.publishers.health import Health
from newsroom.review.verdict import Held
from newsroom.site import day_pages, list_pages, log_pages, registry_pages
from newsroom.site.day_shelf import DayShelf, shelved
from newsroom.site.feeds import corrections_feed, feed_document, feed_files, news_sitemap_file
from newsroom.site.machine_faces import machine_files
from newsroom.site.places import Place
from newsroom.site.rendering import render
from newsroom.site.sections import COUNTRY, Section
from newsroom.site.site_file import SiteFile
from newsroom.site.story_page import story_page
from newsroom.stories.version import Version

from tests.fakes.newsroom_values import PUBLISHERS
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading
from tests.site.every_field import OURS, Filling

OWN = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "</title><script>alert(1)</script>",
    "</style><style>*{background:url(//evil.example)}</style>",
    "</textarea><iframe srcdoc='<script>alert(1)</script>'>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<base href=//evil.example><form action=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "\u2028alert(1)\u2029\u202e</p\u0000>",
    '"},"@type":"Person","name":"x',
)
PLAIN_TAGS = {"rss", "channel", "title", "link", "description", "language", "lastBuildDate", "item", "guid", "pubDate"}
PLAIN_TAGS |= {"category", "feed", "id", "subtitle", "updated", "author", "name", "entry", "published", "summary"}
PLAIN_TAGS |= {"copyright", "rights"}
PLAIN_TAGS |= {"creator", "urlset", "url", "loc", "news", "publication", "publication_date", "lastmod"}

ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "input", "img", "svg", "math", "link", "video"}


def payloads() -> list[str]:
    """Ours, and where they are on the machine 3,671 that others collected."""
    shared = Path(__file__).resolve().parents[3] / "shared" / "data" / "attacks" / "xss_payloads.json.gz"
    found = json.loads(gzip.decompress(shared.read_bytes())) if shared.exists() else []
    return [*OWN, *(text.encode("utf-8", "replace").decode() for text in found)]


def pages(version: Version, filling: Filling) -> list[bytes]:
    """Every page that shows words of a source or a model."""
    correction = filling.make(Correction, spans=(), edits=())
    heads, held = filling.heads(3), [filling.make(Held)]
    section = Section(COUNTRY, Place(heads[0].headline, "/country/de/"), tuple(heads), heads[1].headline)
    publisher = next(iter(PUBLISHERS.values()))
    healths = {publisher.id: filling.make(Health, publisher_id=publisher.id)}
    listed = registry_pages.entries([publisher], healths, PLACES, {})
    shelf = DayShelf(day="2026-11-23").with_stories(shelved(head, PLACES) for head in heads)
    second = version.model_copy(update={"number": 2})
    made: list[Any] = [
        story_page(version, HOUSE, PLACES, [correction]),
        story_page(version, HOUSE, PLACES, [correction], permanent=True),
        log_pages.history_page([version, second], HOUSE),
        list_pages.home_page(heads, HOUSE, PLACES, [correction], 1),
        list_pages.list_page(section, HOUSE, PLACES),
        day_pages.day_page(shelf, HOUSE),
        registry_pages.sources_page(listed, HOUSE),
        registry_pages.publisher_pages(listed, HOUSE)[0],
        log_pages.corrections_page([correction], HOUSE),
        log_pages.held_page(held, HOUSE),
    ]
    return [render(page) for page in made]


def feeds(filling: Filling) -> list[SiteFile]:
    heads = filling.heads(5)
    named = Place(heads[0].headline, "/desk/x/")
    logged = [filling.make(Correction, spans=(), edits=())]
    return [
        *feed_files(feed_document(heads, HOUSE, PLACES, named)),
        *feed_files(corrections_feed(logged, HOUSE)),
        news_sitemap_file(heads, HOUSE),
    ]


def fillings(words: list[str]) -> Iterator[Filling]:
    """As many as it takes for each of the words to have been used in one."""
    source, used = cycle(words), 0
    while used < len(words):
        filling = Filling(source)
        yield filling
        used += filling.used


@pytest.mark.parametrize("part", range(4))
def test_nothing_in_any_field_is_active_on_any_page(part: int) -> None:
    for filling in fillings(payloads()[part::4]):
        version = filling.version()
        for body in pages(version, filling):
            assert reading.active_content(body) == []
        reading.linked_data(render(story_page(version, HOUSE, PLACES)))


def test_feeds_and_sitemaps_stay_what_they_are_whoever_reads_their_text_as_markup() -> None:
    for filling in fillings(payloads()):
        for file in feeds(filling):
            if file.path.endswith(".json"):
                json.loads(file.body)
                continue
            root = ElementTree.fromstring(file.body)
            assert {str(one.tag).rpartition("}")[2] for one in root.iter()} <= PLAIN_TAGS
            for told in root.iter("description"):  # RSS's is HTML, by its specification
                assert reading.active_content((told.text or "").encode()) == []


def test_documents_stay_json_and_say_what_they_were_given() -> None:
    for filling in fillings(payloads()):
        version = filling.version()
        for file in machine_files(version, HOUSE):
            assert json.loads(file.body)
            assert file.content_type.startswith("application/json")


def mail_faults(html: str) -> list[str]:
    """What is active in a mail, whose own styles stand in it."""
    every = [one for one in reading.parsed(html.encode()).iter() if isinstance(one.tag, str)]
    active = [one.tag for one in every if one.tag in ACTIVE]
    active += [name for one in every for name in one.attrib if str(name).startswith("on")]
    links = [value for one in every for name, value in one.attrib.items() if name in reading.LINKS]
    return active + [link for link in links if urlsplit(link.strip()).scheme not in reading.HARMLESS_SCHEMES]


@pytest.mark.parametrize("part", range(2))
def test_a_briefing_is_active_in_none_of_its_forms(part: int) -> None:
    for filling in fillings(payloads()[part::2]):
        issue = filling.make(Issue)
        lines = tuple(filling.make(CorrectionLine) for _ in range(2))
        mail = issue_mail(issue, HOUSE, corrections=lines, leave_url="https://h.example/leave", postal_address=OWN[0])
        assert mail_faults(mail.html) == []
        for file in (*issue_files(issue, HOUSE), *list_files([issue], HOUSE)):
            if file.path.endswith(".json"):
                assert json.loads(file.body)
            elif file.path.endswith(".xml"):
                for told in ElementTree.fromstring(file.body).iter("description"):
                    assert mail_faults(told.text or "") == []
            else:
                assert reading.active_content(file.body) == []


def test_nothing_that_can_be_filled_is_left_out() -> None:
    """The fields of today, so that the generator itself cannot go blind."""
    filling = Filling(cycle(OWN))
    filling.version()
    assert {
        "Claim.text", "Claim.mechanism", "Ripple.entity", "Watch.entity", "Watch.trigger", "Watch.by", "Stance.reason",
        "Dispute.subject", "Position.value", "Draft.absent", "Draft.language", "Usage.model", "Verdict.critic",
        "Finding.reason", "Remark.text", "Source.title", "Source.url", "Source.publisher", "Source.language",
        "Source.origin_reason", "Head.headline", "Head.standfirst", "Facet.words", "Change.before", "Change.after",
        "EventDate.words", "Quote.name", "Quote.source", "Version.quotes",
    } <= filling.filled  # fmt: skip
    assert not {name.rpartition(".")[2] for name in filling.filled} & OURS.keys()
