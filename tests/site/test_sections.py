"""Sections: which pages list a story, and what each of them says of itself."""

from newsroom.editions.whole_site import section_files
from newsroom.site import sections
from newsroom.site.list_pages import LISTED, directory_page, home_page, list_page
from newsroom.site.places import packaged_places
from newsroom.site.rendering import render
from newsroom.stories.facets import desks, facets_of
from newsroom.stories.mentions import companies
from newsroom.stories.mentions import sectors as sector_table
from newsroom.stories.version import Head

from tests.fakes.newsroom_values import a_version, an_article
from tests.fakes.sample_house import HOUSE
from tests.site import reading

PLACES = packaged_places()


def a_head(number: int = 0, **changes: object) -> Head:
    given = {
        "story_id": f"s{number}", "slug": f"story-{number}", "headline": f"Headline {number}", "country": "DE",
        "desk": "europe", "topics": ("energy", "rates"), "companies": ("rwe",), "sectors": ("utilities",),
    }  # fmt: skip
    return a_version().head.model_copy(update=given | changes)


def test_a_story_stands_under_all_that_it_is_about() -> None:
    assert sections.paths_of(a_head(), PLACES) == (
        "/country/de/", "/desk/europe/", "/sector/utilities/", "/topic/energy/", "/topic/rates/", "/company/rwe/",
    )  # fmt: skip


def test_every_section_is_found_again_by_its_path() -> None:
    for path in sections.paths_of(a_head(), PLACES):
        assert sections.section_at(path, (), PLACES, ()).place.path == path


def test_sections_have_names_that_readers_understand() -> None:
    names = {path: sections.section_at(path, (), PLACES, ()).place.name for path in sections.paths_of(a_head(), PLACES)}
    assert names["/topic/rates/"] == "Interest rates"
    assert names["/sector/utilities/"] == "Power and water"
    assert names["/company/rwe/"] == "RWE"
    assert names["/country/de/"] == "Germany"
    assert len({one.name for one in sector_table().values()}) == len(sector_table())
    assert {"energy"} <= set(facets_of(an_article(title="Oil and crude in barrels")).topics)


def test_a_company_says_where_it_is_listed_and_links_its_trade() -> None:
    section = sections.section_at("/company/rwe/", [a_head()], PLACES, {"/sector/utilities/"})
    text = reading.main_text(render(list_page(section, HOUSE, PLACES)))
    _, _, ticker = companies()["rwe"].listing.partition(":")
    assert f"Germany, listed as {ticker}" in text
    assert section.related[0].path == "/sector/utilities/"
    assert sections.section_at("/company/rwe/", [a_head()], PLACES, ()).related == ()


def test_a_long_section_shows_the_newest_and_leads_to_the_archive() -> None:
    heads = [a_head(number) for number in range(LISTED + 5)]
    body = render(list_page(sections.section_at("/topic/energy/", heads, PLACES, ()), HOUSE, PLACES))
    assert {"/archive/", "/search/"} <= reading.internal_links(body)
    assert sum(link.startswith("/story/") for link in reading.internal_links(body)) == LISTED
    short = render(list_page(sections.section_at("/topic/energy/", heads[:5], PLACES, ()), HOUSE, PLACES))
    assert b"Older stories are in" not in short


def test_the_story_page_links_its_subjects() -> None:
    from newsroom.site.story_page import story_page

    version = a_version()
    body = render(story_page(version.model_copy(update={"head": a_head()}), HOUSE, PLACES))
    assert {"/company/rwe/", "/sector/utilities/", "/topic/energy/", "/country/de/"} <= reading.internal_links(body)


def test_home_leads_by_importance_and_shows_desks_in_their_own_order() -> None:
    grave = a_head(1, importance=90.0, headline="Default shakes lenders")
    heads = [a_head(n, importance=30.0, desk=desk.id) for n, desk in enumerate(reversed(desks()), 10) for _ in range(1)]
    page = home_page([*heads, grave, *(a_head(n, importance=20.0) for n in range(40, 60))], HOUSE, PLACES, (), 0)
    assert page.lead
    assert page.lead.headline == "Default shakes lenders"
    order = [PLACES.desk(desk.id).name for desk in desks()]
    shown = [block.desk.name for block in page.blocks]
    assert shown == sorted(shown, key=order.index)
    assert len(shown) > 4
    for block in page.blocks:
        assert len(block.teasers) <= 4


def test_a_subject_is_named_once_even_where_a_sector_and_a_topic_share_the_name() -> None:
    head = a_head(sectors=("banks", "energy"), topics=("banks", "rates"), companies=())
    assert [place.path for place in sections.subjects(head)] == ["/sector/banks/", "/sector/energy/", "/topic/rates/"]


def test_a_directory_without_entries_says_why() -> None:
    texts = {kind: reading.main_text(render(directory_page(kind, (), HOUSE))) for kind in sections.KINDS}
    assert "No story that stands is about a company that we follow." in texts[sections.COMPANY]
    assert "No story stands yet." in texts[sections.TOPIC]


def test_every_section_has_a_feed_and_its_page_names_the_files_that_are_there() -> None:
    for path in sections.paths_of(a_head(), PLACES):
        feeds, page = section_files(sections.section_at(path, [a_head()], PLACES, ()), HOUSE, PLACES)
        named = {link for link in reading.internal_links(page.body) if link.startswith(path) and link != path}
        assert named == {feed.path for feed in feeds}, path
        assert f"{path}feed.xml" in named
        assert len(named) == (3 if path.startswith(("/country/", "/desk/")) else 1)


def test_every_other_page_names_the_feeds_of_the_site_in_three_formats() -> None:
    body = render(directory_page(sections.TOPIC, (), HOUSE))
    assert {"/feed.xml", "/atom.xml", "/feed.json"} <= reading.internal_links(body)
