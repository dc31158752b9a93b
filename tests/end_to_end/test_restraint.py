"""What may not be published now waits, readers are told, and the first edition that may publish it does (B31)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from infra.local.claude import behaviours
from infra.local.claude.behaviours import Asked, good
from tests.evaluation.sample_stories import SampleStory, events
from tests.fakes.model_house import ModelHouse
from tests.site import reading

pytestmark = pytest.mark.enable_socket

SLOT = timedelta(minutes=15)
GUARDED = "New text by our model is held back"
PAUSED = "Publishing is paused by the desk"


def wide(number: int) -> list[SampleStory]:
    """Events with several origins, so that nothing but the model decides."""
    return [one for one in events().values() if len({m.origin_id for m in one.story.members}) > 1][:number]


def an_edition(house: ModelHouse, stories: list[SampleStory], **settings: str) -> list[str]:
    """What it wrote: paths, in their order."""
    for story in stories:
        house.arrives(story)
    house._environment = house._environment | settings
    house.files.written.clear()
    house.edition()
    house.now += SLOT
    return list(house.files.written)


def told(house: ModelHouse) -> tuple[str, Any]:
    """The home page's text, and what the status document says to be out of order."""
    home = reading.main_text(house.files.get("/"))
    return home, json.loads(house.files.get("/status.json"))["degraded"]


def test_the_guard_is_on_for_one_bad_edition_and_readers_see_it_come_and_go() -> None:
    stories = wide(12)
    house = ModelHouse([])

    an_edition(house, stories[:4], QUALITY_GUARD_STORIES="4")
    home, degraded = told(house)
    assert len(house.published) == 4
    assert GUARDED not in home
    assert not any(GUARDED in one for one in degraded)

    bad = {one.story.id for one in stories[4:7]}
    house.stand_in.script = lambda number, asked: behaviours.invents if _about(asked, stories[4:7]) else good
    an_edition(house, stories[4:8], QUALITY_GUARD_STORIES="4")
    home, degraded = told(house)
    assert len(house.published) == 4, "the one that passed its checks waits too"
    assert house.archive.accepted() == [(stories[7].story.id, house.archive.accepted()[0][1])]
    assert {held.story_id for held in house.archive.held()} == bad
    assert GUARDED in home
    assert any(GUARDED in one for one in degraded)
    assert "A model wrote it in a time in which too many" in reading.main_text(house.files.get("/held/"))

    assert an_edition(house, []) == [], "an edition without news says nothing anew"

    house.stand_in.script = lambda number, asked: good
    an_edition(house, stories[8:10])
    home, degraded = told(house)
    assert {version.story_id for version in house.published} == {one.story.id for one in [*stories[:4], *stories[7:10]]}
    assert GUARDED not in home
    assert not any(GUARDED in one for one in degraded)
    assert an_edition(house, []) == []


def _about(asked: Asked, stories: list[SampleStory]) -> bool:
    """Whether a question is about one of these."""
    return any(one.articles[0].title in "\n".join(asked.parts) for one in stories)


def test_while_publishing_is_paused_all_else_goes_on_and_the_backlog_goes_out_in_portions() -> None:
    stories = wide(5)
    house = ModelHouse([])
    an_edition(house, stories[:1])

    written = an_edition(house, stories[1:4], PUBLISHING_PAUSED="true")
    home, degraded = told(house)
    assert PAUSED in home
    assert any(PAUSED in one for one in degraded)
    assert [version.story_id for version in house.published] == [stories[0].story.id]
    assert len(house.archive.accepted()) == 3, "written and judged"
    assert not [path for path in written if path.startswith(("story/", "country/", "feed"))]
    assert an_edition(house, [stories[4]]) == [], "it is said once"

    an_edition(house, [], PUBLISHING_PAUSED="false", PUBLICATIONS_PER_EDITION="3")
    home, degraded = told(house)
    assert PAUSED not in home
    assert len(house.published) == 1 + 3
    assert "1 accepted story waits for a later edition." in degraded
    (left,) = house.archive.accepted()
    waiting = house.archive.draft(left[1])
    an_edition(house, [])
    by_id = {version.story_id: version.head.importance for version in house.published}
    assert len(by_id) == 5
    assert by_id[waiting.story_id] == min(by_id[one.story.id] for one in stories[1:]), "the least important one"
    assert house.archive.accepted() == []


def test_a_model_that_cannot_be_had_is_said_at_home_until_it_writes_again() -> None:
    stories = wide(4)
    house = ModelHouse([], lambda number, asked: behaviours.spend_limit)

    an_edition(house, stories[:2])
    assert "The day’s budget for our model is spent" in told(house)[0]
    assert an_edition(house, []) == []

    house.stand_in.script = lambda number, asked: good
    an_edition(house, stories[2:3])
    assert "budget" not in told(house)[0]
