"""Feeds and maps list what stands, with ids for life, and never by the clock."""

import json
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from newsroom.site.feeds import (
    day_sitemap_file,
    feed_document,
    feed_files,
    guide_files,
    news_sitemap_file,
    sitemap_index_file,
)
from newsroom.site.rendering import DISCLAIMER, render
from newsroom.stories.version import Head

from tests.fakes.newsroom_values import NOON, a_version
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site.feed_rules import ATOM, atom_faults, json_feed_faults, rss_faults, sitemap_faults

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def a_head(place: int, **changes: object) -> Head:
    given = {
        "story_id": f"s{place}",
        "slug": f"story-{place}",
        "published_at": NOON - timedelta(hours=place),
        "first_published_at": NOON - timedelta(hours=place),
    }
    return a_version().head.model_copy(update=given | changes)


def maps(heads: list[Head]) -> tuple[list[str], list[str]]:
    made = (day_sitemap_file("2026-11-23", heads, HOUSE), news_sitemap_file(heads, HOUSE))
    sitemap, news = (ElementTree.fromstring(file.body) for file in made)
    return [str(one.text) for one in sitemap.iter(f"{MAP}loc")], [str(one.text) for one in news.iter(f"{MAP}loc")]


def test_every_item_carries_label_counts_and_disclaimer() -> None:
    root = ElementTree.fromstring(render(feed_document([a_head(0)], HOUSE, PLACES)))
    item = root.find("./channel/item")
    assert item is not None
    described = item.findtext("description") or ""
    assert "AI-synthesised" in described
    assert "3 articles · 3 unique · 3 origins" in described
    assert described.endswith(DISCLAIMER)
    assert item.findtext("link") == "https://footnote.example/story/story-0/"


def test_an_update_keeps_the_id_of_its_item() -> None:
    guids = [
        ElementTree.fromstring(render(feed_document([a_head(0, version=version)], HOUSE, PLACES))).findtext(".//guid")
        for version in (1, 2)
    ]
    assert guids[0] == guids[1]


def test_a_retracted_story_leaves_feeds_and_maps() -> None:
    heads = [a_head(0, retracted=True), a_head(1)]
    assert b"story-0" not in render(feed_document(heads, HOUSE, PLACES))
    assert not any("story-0" in link for links in maps(heads) for link in links)


def test_the_news_sitemap_holds_two_days_before_its_newest_story() -> None:
    everything, news = maps([a_head(place) for place in (0, 10, 47, 49, 90)])
    assert [link.rsplit("-", 1)[1] for link in news] == ["0/", "10/", "47/"]
    assert len(everything) == 5


def test_thin_pages_are_on_no_map() -> None:
    everything, _ = maps([a_head(0, origins=1), a_head(1, score=49), a_head(2)])
    assert everything == ["https://footnote.example/story/story-2/"]


def test_robots_name_both_maps() -> None:
    robots = guide_files(HOUSE)[0].body.decode()
    assert "Sitemap: https://footnote.example/sitemap.xml" in robots
    assert "Sitemap: https://footnote.example/news-sitemap.xml" in robots


def test_the_index_of_maps_names_the_pages_and_every_day() -> None:
    root = ElementTree.fromstring(sitemap_index_file(["2026-11-22", "2026-11-23"], HOUSE).body)
    parts = [str(one.text).rsplit("/", 1)[1] for one in root.iter(f"{MAP}loc")]
    assert parts == ["pages.xml", "2026-11-22.xml", "2026-11-23.xml"]


def test_three_formats_tell_the_same_stories_under_the_same_ids() -> None:
    heads = [a_head(place, version=2, published_at=NOON) for place in (1, 5)]
    rss, atom, feed = (file.body for file in feed_files(feed_document(heads, HOUSE, PLACES)))
    ids = [f"urn:newsroom:story:{head.story_id}" for head in heads]

    assert [one.text for one in ElementTree.fromstring(rss).iter("guid")] == ids
    assert [one.findtext(f"{ATOM}id") for one in ElementTree.fromstring(atom).iter(f"{ATOM}entry")] == ids
    assert [one["id"] for one in json.loads(feed)["items"]] == ids
    assert (rss_faults(rss), atom_faults(atom), json_feed_faults(feed)) == ([], [], [])


def test_an_update_changes_the_date_of_change_and_not_that_of_publication() -> None:
    head = a_head(5, version=2, published_at=NOON)
    rss, atom, feed = (file.body for file in feed_files(feed_document([head], HOUSE, PLACES)))
    item = json.loads(feed)["items"][0]

    assert (item["date_published"], item["date_modified"]) == ("2026-11-23T07:00:00Z", "2026-11-23T12:00:00Z")
    assert ElementTree.fromstring(rss).findtext(".//pubDate") == "Mon, 23 Nov 2026 07:00:00 +0000"
    assert ElementTree.fromstring(atom).findtext(f"{ATOM}entry/{ATOM}updated") == item["date_modified"]


def test_a_site_without_stories_has_valid_feeds_all_the_same() -> None:
    rss, atom, feed = (file.body for file in feed_files(feed_document([], HOUSE, PLACES)))
    assert (rss_faults(rss), atom_faults(atom), json_feed_faults(feed)) == ([], [], [])


@pytest.mark.parametrize(
    ("number", "faults", "old", "new"),
    [
        (0, rss_faults, "Mon, 23 Nov", "Tue, 23 Nov"),
        (0, rss_faults, 'isPermaLink="false"', ""),
        (0, rss_faults, 'rel="self"', 'rel="other"'),
        (0, rss_faults, "<language>en</language>", "<language>en</language><language>de</language>"),
        (0, rss_faults, "s2<", "s1<"),
        (1, atom_faults, "urn:newsroom:story:s2", "s2"),
        (1, atom_faults, "<updated>2026-11-23T11", "<updated>2026-11-23 11"),
        (1, atom_faults, "<author><name>Europe desk</name></author>", "<author/>"),
        (2, json_feed_faults, "1.1", "1"),
        (2, json_feed_faults, "content_text", "content"),
        (2, json_feed_faults, ":s2", ":s1"),
    ],
)
def test_the_rules_find_what_is_wrong(number: int, faults: Callable[[bytes], list[str]], old: str, new: str) -> None:
    body = feed_files(feed_document([a_head(1), a_head(2)], HOUSE, PLACES))[number].body
    assert faults(body) == []
    assert old.encode() in body
    assert faults(body.replace(old.encode(), new.encode()))


def test_maps_are_as_their_protocol_says() -> None:
    heads = [a_head(place) for place in range(3)]
    made = (
        day_sitemap_file("2026-11-23", heads, HOUSE),
        news_sitemap_file(heads, HOUSE),
        sitemap_index_file(["2026-11-23"], HOUSE),
    )
    for file in made:
        assert sitemap_faults(file.body, "footnote.example") == []
        assert sitemap_faults(file.body, "another.example")
        assert sitemap_faults(file.body.replace(b"<loc>", b"<location>").replace(b"</loc>", b"</location>"), "x")
