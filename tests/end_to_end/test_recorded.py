"""An edition over real pages of many publishers finds the stories that people say they tell."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom.articles.address import canonical_url
from newsroom.articles.article import article_id

from infra.local.wire.recorded import RecordedSource
from infra.local.wire.server import Wire
from tests.fakes.house import House

pytestmark = pytest.mark.enable_socket

ANCHOR = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def test_the_stories_of_the_recorded_pages_are_found_whole_and_apart(shared_data: Path) -> None:
    groups = json.loads((shared_data / "pages" / "story_groups.json").read_text())
    with Wire(RecordedSource(shared_data / "pages"), ANCHOR, lambda: ANCHOR) as wire:
        house = House(wire.address, wire.catalogue_toml(), ANCHOR)
        house.edition()

    story_of = {m.article_id: story.id for story in house.archive.all_stories.values() for m in story.members}
    by_address = {article_id(canonical_url(a.url)): a.id for a in house.archive.all_articles.values()}
    found = {
        name: {story_of[by_address[article_id(canonical_url(page["url"]))]] for page in pages}
        for name, pages in groups.items()
    }

    assert all(len(stories) == 1 for stories in found.values()), found
    assert len(set.union(*found.values())) == len(groups)
