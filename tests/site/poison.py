"""Hostile strings where words of a source or of a model go: every field of every page."""

import gzip
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from newsroom.editions.correction import Correction
from newsroom.publishers.health import Health
from newsroom.review.verdict import Held, Remark
from newsroom.site import addresses, day_pages, list_pages, log_pages, registry_pages
from newsroom.site.day_shelf import DayShelf, shelved
from newsroom.site.places import Place
from newsroom.site.rendering import render
from newsroom.site.sections import COUNTRY, Section
from newsroom.site.story_page import story_page
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim, Dispute, Position, Ripple, Watch

from tests.fakes.newsroom_values import NOON, PUBLISHERS, a_draft, a_verdict, a_version
from tests.fakes.sample_house import HOUSE, PLACES

ON_A_PAGE = 60
"""Payloads put into one page at a time."""


def all_payloads(shared_data: Path) -> list[str]:
    """4,181 of them: scripts in every disguise, and strings that break things."""
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


def a_poisoned_story_page(words: Iterator[str]) -> bytes:
    return render(story_page(a_poisoned_version(words), HOUSE, PLACES, [a_correction(words)]))


def poisoned_pages(words: Iterator[str]) -> list[bytes]:
    """Every other page that shows what sources say."""
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
    return [
        render(page)
        for page in (
            list_pages.home_page(heads, HOUSE, PLACES, corrections, 1),
            list_pages.list_page(section, HOUSE, PLACES),
            list_pages.directory_page(COUNTRY, [section.place], HOUSE),
            day_pages.day_page(shelf, HOUSE),
            registry_pages.sources_page(listed, HOUSE),
            *registry_pages.country_pages(listed, HOUSE),
            registry_pages.publisher_pages(listed, HOUSE)[0],
            log_pages.corrections_page(corrections, HOUSE),
            log_pages.held_page(held, HOUSE),
        )
    ]
