from types import SimpleNamespace

from newsroom.desk import Desk, seat

from functions.synthesis import group_articles
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.stories.story_values import a_publisher, an_article


def test_it_answers_with_the_stories_that_are_due_and_how_many_articles_it_grouped():
    archive = FakeArchive()
    for number, title in enumerate(
        ["Copper rises at Cerro Palido", "Naira hits five-month high", "Tram strike in Oslo"]
    ):
        archive.store_article(an_article(title, minutes=number))
    catalogue = SimpleNamespace(publishers=(a_publisher("the-ledger"),))
    seat(Desk({"STORIES_PER_EDITION": "2"}, archive=archive, catalogue=catalogue))
    answer = group_articles.handler({"edition_id": "2026-11-20T12:00"}, a_context())
    assert answer["articles"] == 3
    assert len(answer["stories"]) == 2
    assert set(answer["stories"]) <= set(archive.all_stories)
