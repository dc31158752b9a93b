"""Whole editions in one process: the sample wire on loopback, the real machine and handlers, fakes behind them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli
import pytest

from infra.local.wire.sample import SampleSource
from infra.local.wire.server import Wire
from tests.fakes.house import House

pytestmark = pytest.mark.enable_socket

ANCHOR = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
FAULTS = ("refuse", "500", "endless", "bomb", "garbage")


def a_wire(**options: Any) -> Wire:
    return Wire(SampleSource(), ANCHOR, lambda: ANCHOR, **options)


def a_house(wire: Wire) -> House:
    return House(wire.address, wire.catalogue_toml(), ANCHOR)


@pytest.fixture(scope="module")
def first() -> Iterator[tuple[Wire, House, Any]]:
    """One edition over the whole sample wire, nothing broken."""
    with a_wire() as wire:
        house = a_house(wire)
        walk = house.edition()
        yield wire, house, walk


def test_an_edition_publishes_most_stories_and_holds_those_that_lack_evidence(first: Any) -> None:
    _, house, walk = first

    assert walk.result["stories_published"] >= 15
    assert walk.result["stories_held"] >= 3
    assert all(held.reason for held in house.archive.held())
    assert walk.result["articles_total"] == len(house.archive.all_articles) >= 80
    assert walk.largest <= 64 * 1024


def test_every_published_fact_dereferences_to_its_source(first: Any) -> None:
    from newsroom.writing.draft import digest

    _, house, _ = first
    facts = 0
    for versions in house.archive.published.values():
        for claim in versions[-1].draft.claims():
            assert claim.kind != "fact" or claim.spans
            for span in claim.spans:
                evidence = house.archive.article(span.article_id).evidence
                assert digest(evidence[span.start : span.end]) == span.sha256
                facts += 1
    assert facts > 100


def test_no_text_of_a_reserving_publisher_reaches_a_draft_or_a_page(first: Any) -> None:
    wire, house, _ = first
    reserving = {o.publisher.id for o in wire.outlets.values() if o.publisher.reserved}
    reserved = [a for a in house.archive.all_articles.values() if a.publisher_id in reserving]

    assert reserved
    assert all(article.reserved and not article.text for article in reserved)
    ids = {article.id for article in reserved}
    for versions in house.archive.published.values():
        assert not any(span.article_id in ids for claim in versions[-1].draft.claims() for span in claim.spans)


def test_one_agency_on_twelve_sites_and_one_report_of_its_own_are_two_origins(first: Any) -> None:
    _, house, _ = first
    counts = {(head.articles, head.unique, head.origins) for head in house.archive.heads()}

    assert (13, 2, 2) in counts


def test_a_single_origin_is_capped_at_seventy_and_says_so(first: Any) -> None:
    _, house, _ = first
    single = [v[-1] for v in house.archive.published.values() if v[-1].head.origins == 1]

    assert single
    for version in single:
        assert version.head.score <= 70
        assert any(cap.limit == 70 and "origin" in cap.reason for cap in version.verdict.score.caps)


def test_the_heaviest_story_fits_the_first_round_trip_and_home_is_light(first: Any) -> None:
    _, house, _ = first
    sizes = {key: len(brotli.compress(file.body)) for key, file in house.files.files.items() if key.endswith(".html")}
    stories = {key: size for key, size in sizes.items() if re.fullmatch(r"story/[^/]+/index\.html", key)}

    assert len(stories) > 20
    assert max(stories.values()) <= 14_600
    assert sizes["index.html"] <= 20_480


def test_a_second_edition_with_nothing_new_changes_no_byte_and_adds_no_row(first: Any) -> None:
    wire, house, _ = first
    rows, files = _rows(house), _but_the_status(house)

    house.now = ANCHOR + timedelta(minutes=15)
    again = house.edition()
    wire.shuffle_seed = 7
    house.now = ANCHOR + timedelta(minutes=30)
    shuffled = house.edition()
    wire.shuffle_seed = None

    assert again.result["objects_written"] == shuffled.result["objects_written"] == 0
    assert _but_the_status(house) == files
    assert _rows(house) == rows


def test_a_shuffled_wire_gives_the_same_site_from_the_start(first: Any) -> None:
    _, house, _ = first
    with a_wire(shuffle_seed=11) as wire:
        other = a_house(wire)
        other.edition()

    assert _but_the_status(other) == _but_the_status(house)


def test_a_tenth_of_broken_publishers_stops_nobody_and_each_has_its_reason() -> None:
    with a_wire() as whole:
        ids = sorted(outlet.publisher.id for outlet in whole.outlets.values())
    broken = dict(zip(ids[:: len(ids) // len(FAULTS)], FAULTS, strict=False))
    assert len(broken) == len(FAULTS)

    with a_wire(faults=broken) as wire:
        house = a_house(wire)
        walk = house.edition()

    collected = {article.publisher_id for article in house.archive.all_articles.values()}
    with_news = {o.publisher.id for o in wire.outlets.values() if o.visible(ANCHOR)}
    assert with_news - set(broken) <= collected
    assert not collected & set(broken)
    assert sum(one["failed"] for one in walk.handed["PublishEdition"]["collected"]) == len(broken)
    for publisher_id in broken:
        health = house.archive.publisher_state(publisher_id).health
        assert health.status == "failing", publisher_id
        page = next(
            file.body for path, file in house.files.files.items() if publisher_id in path and path.endswith(".html")
        )
        assert health.reason
        assert health.reason.split()[0].encode() in page


def test_an_agency_piece_on_twelve_sites_and_one_original_report_are_two_origins(first: Any) -> None:
    _, house, _ = first
    (wide,) = [v[-1] for v in house.archive.published.values() if v[-1].head.articles == 13]
    assert (wide.head.articles, wide.head.unique, wide.head.origins) == (13, 2, 2)
    carried = [source for source in wide.sources if source.origin_id.startswith("agency:")]
    assert len(carried) == 12
    assert all(source.origin_reason for source in carried)


def test_the_one_figure_on_which_sources_differ_is_shown_with_every_value(first: Any) -> None:
    _, house, _ = first
    disputed = [v[-1] for v in house.archive.published.values() if v[-1].draft.disputes]
    (version,) = disputed
    (dispute,) = version.draft.disputes
    assert {position.value.replace(" per cent", "%") for position in dispute.positions} == {"3.1%", "3.4%"}
    assert all(position.claim.spans for position in dispute.positions)
    assert not [found for found in version.verdict.findings if found.check == "disputes_shown"]


def test_an_anniversary_of_one_origin_is_held_and_says_why(first: Any) -> None:
    _, house, _ = first
    heads = [versions[-1].head for versions in house.archive.published.values()]
    assert {head.occasion for head in heads} == {"news"}
    assert "Solamar" not in " ".join(head.headline for head in heads)
    (held,) = [one for one in house.archive.held() if "Solamar" in one.headline]
    assert held.reason == "The only source looks back at what happened long ago: there is no news in it."
    assert held.reason in house.files.get("/held/").decode()


def test_the_story_about_a_charge_against_a_named_person_waits_for_an_editor_and_then_goes_out() -> None:
    from newsroom.review.clearing import clear, read_clearance
    from newsroom.review.editor import WAITS

    with a_wire() as wire:
        house = a_house(wire)
        house.edition()
        (held,) = [one for one in house.archive.held() if one.reason == WAITS]
        (shown,) = clear(read_clearance({}), house.archive, ANCHOR).waiting
        assert WAITS in house.files.get("/held/").decode()
        assert not any("Nordmann" in file.body.decode(errors="ignore") for file in house.files.files.values())
        event = {"draft_id": held.draft_id, "draft_sha256": shown.draft_sha256, "role": "legal-editor"}
        clear(read_clearance(event), house.archive, ANCHOR)
        house.now = ANCHOR + timedelta(minutes=15)
        house.edition()

    (version,) = house.archive.published[held.story_id]
    assert version.verdict.cleared
    assert version.verdict.cleared.role == "legal-editor"
    assert any("Nordmann" in claim.text for claim in version.draft.claims())


def test_news_that_comes_later_joins_its_stories_as_a_new_version() -> None:
    moment = [ANCHOR]
    with Wire(SampleSource(), ANCHOR, lambda: moment[0]) as wire:
        house = a_house(wire)
        house.edition()
        before = {story_id: len(versions) for story_id, versions in house.archive.published.items()}
        house.now = moment[0] = ANCHOR + timedelta(minutes=60)
        house.edition()

    grown = [v for story_id, v in house.archive.published.items() if len(v) > before.get(story_id, 0) >= 1]
    assert grown
    for versions in grown:
        assert [version.number for version in versions] == list(range(1, len(versions) + 1))
        edited = house.archive.story(versions[-1].story_id).revisions
        assert versions[-1].reason in (
            ("new-article", "new-origin", "update") if edited else ("new-article", "new-origin")
        )
        assert versions[-1].slug == versions[0].slug


def _rows(house: House) -> dict[str, int]:
    archive = house.archive
    return {
        "articles": len(archive.all_articles),
        "stories": len(archive.all_stories),
        "drafts": len(archive.drafts),
        "verdicts": len(archive.verdicts),
        "versions": sum(map(len, archive.published.values())),
        "slugs": len(archive.slugs),
        "states": len(archive.states),
    }


def test_editions_in_batches_from_a_manifest_end_in_the_same_site(first: Any) -> None:
    wire, house, _ = first
    other = House(wire.address, wire.catalogue_toml(), ANCHOR, INLINE_PUBLISHERS="3")
    walk = other.edition()

    assert walk.path.count("CollectBatch") >= 2
    assert "CollectPublisher" not in walk.path
    assert walk.result["publishers"] == len(other.archive.states) >= 24
    assert walk.result["articles"] == len(other.archive.all_articles) == len(house.archive.all_articles)
    assert {key: body for key, body in other.files.files.items() if "story/" in key} == {
        key: body for key, body in house.files.files.items() if "story/" in key
    }


def _but_the_status(house: Any) -> dict[str, Any]:
    """Every file but the page that tells when the last edition ended."""
    return {key: file for key, file in house.files.files.items() if not key.startswith("status")}
