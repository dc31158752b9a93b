"""What a page says of its coverage adds up, and says why where it does not."""

from typing import Any

import pytest
from newsroom.site.coverage import tone_panel
from newsroom.site.disclosure import made_how
from newsroom.site.machine_faces import story_document
from newsroom.site.rendering import render
from newsroom.site.story_page import story_page
from newsroom.stories.version import Source, Version

from tests.fakes.newsroom_values import a_draft, a_version
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading


def a_version_with(**last: Any) -> Version:
    """The Ostholm story, its third source another one."""
    version = a_version()
    *first, third = version.sources
    return version.model_copy(
        update={"sources": (*first, third.model_copy(update={"reserved": "", "thin": "", **last}))}
    )


def reprints(version: Version, number: int) -> tuple[Source, ...]:
    wire = version.sources[0]
    return tuple(wire.model_copy(update={"article_id": f"reprint-{n}", "publisher": f"R{n}"}) for n in range(number))


@pytest.mark.parametrize(
    ("third", "why"),
    [
        ({"reserved": "robots.txt"}, "1 reserved by its publisher"),
        ({"thin": "paywall"}, "1 without its text"),
        ({"language": "es"}, "1 in Spanish"),
        ({"language": "sw-KE"}, "1 in another language"),
        ({"kind": "press-release"}, "1 a press release"),
        ({}, "1 not used"),
    ],
)
def test_the_tone_panel_says_of_how_many_origins_it_speaks_and_why_not_of_all(third: dict[str, str], why: str) -> None:
    version = a_version_with(**third)
    panel = tone_panel(version.draft, version.sources)
    assert panel
    assert panel.note == f"2 of 3 origins could be read for tone ({why}): too few to name a mood."


def test_every_origin_that_was_read_shows_its_tone_and_the_reason() -> None:
    version = a_version()
    text = reading.main_text(render(story_page(version, HOUSE, PLACES)))
    sources = text[text.index("Source registry") :]
    for stance in version.draft.stances:
        assert f"Tone: {stance.label}. {stance.reason}" in sources
    assert sources.count("Tone: ") == len(version.draft.stances)


def test_the_page_says_how_many_of_its_source_articles_it_stands_on() -> None:
    version = a_version()
    cited = {span.article_id for claim in version.draft.claims() for span in claim.spans}
    many = version.model_copy(update={"sources": (*version.sources, *reprints(version, 10))})
    assert len(cited) == 2
    assert "from 2 of 13 source articles (2 independent origins)" in made_how(many)
    assert made_how(many) in reading.main_text(render(story_page(many, HOUSE, PLACES)))
    assert made_how(many) in story_document(many, HOUSE).made


def test_a_page_that_cites_all_of_its_sources_needs_one_number_only() -> None:
    version = a_version()
    every = version.model_copy(update={"sources": version.sources[:2]})
    assert "from 2 source articles (2 independent origins)" in made_how(every)


def test_a_page_of_links_alone_does_not_pretend_to_stand_on_their_words() -> None:
    headline = a_draft(writer="excerpt").headline.model_copy(update={"spans": ()})
    bare = {"standfirst": None, "tldr": (), "quick_take": (), "body": (), "watch": (), "disputes": (), "gaps": ()}
    version = a_version(draft=a_draft(writer="excerpt", headline=headline, **bare))
    assert "Quotations chosen by code from none of 3 source articles;" in made_how(version)
