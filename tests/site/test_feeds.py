"""Feeds and maps list what stands, with ids for life, and never by the clock."""

from datetime import timedelta
from xml.etree import ElementTree

from newsroom.site.feeds import day_sitemap_file, feed_document, guide_files, news_sitemap_file, sitemap_index_file
from newsroom.site.rendering import DISCLAIMER, render
from newsroom.stories.version import Head

from tests.fakes.newsroom_values import NOON, a_version
from tests.fakes.sample_house import HOUSE, PLACES

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
