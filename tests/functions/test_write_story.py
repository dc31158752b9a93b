"""WriteStory on a desk of fakes."""

from typing import Any

import pytest
from newsroom.desk import Desk, seat
from newsroom.errors import ModelOverloaded, NotFound
from newsroom.review.reviewing import review
from newsroom.writing.assignment import Assignment
from newsroom.writing.draft import Draft
from newsroom.writing.excerpt_writer import ExcerptWriter
from newsroom.writing.writer import Substituted

from functions.synthesis.write_story import handler
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.press import NOON, PUBLISHERS, a_story, ledger, wire


class ACatalogue:
    publishers = tuple(PUBLISHERS.values())


class CountingWriter:
    """The excerpt writer, and what it was asked."""

    name = "excerpt"
    recipe = ExcerptWriter.recipe

    def __init__(self) -> None:
        self.asked: list[Assignment] = []

    def write(self, assignment: Assignment) -> Draft:
        self.asked.append(assignment)
        return ExcerptWriter().write(assignment)


class Overloaded:
    name = "claude"
    recipe = "r"

    def write(self, assignment: Assignment) -> Draft:
        raise ModelOverloaded("busy", about=assignment.story.id)


STORY = a_story(wire(), ledger())


def a_desk(writer: Any) -> FakeArchive:
    archive = FakeArchive()
    for article in (wire(), ledger()):
        archive.store_article(article)
    archive.store_story(STORY)
    seat(Desk({}, archive=archive, writer=writer, catalogue=ACatalogue()))
    return archive


def an_event(**changes: Any) -> dict[str, Any]:
    return {"edition_id": "20261123T1200Z", "story_id": STORY.id, "attempt": 0, "revise": ""} | changes


def test_a_story_is_written_and_stored_and_the_answer_carries_ids_only() -> None:
    archive = a_desk(ExcerptWriter())
    answer = handler(an_event(), a_context())
    assert archive.draft(answer["draft_id"]).body
    assert answer == {"story_id": STORY.id, "draft_id": answer["draft_id"], "attempt": 0, "writer": "excerpt"}


def test_a_repeated_state_finds_the_draft_that_it_had_made() -> None:
    writer = CountingWriter()
    a_desk(writer)
    assert handler(an_event(), a_context()) == handler(an_event(), a_context())
    assert len(writer.asked) == 1


def test_a_revision_is_told_what_the_review_found() -> None:
    writer = CountingWriter()
    archive = a_desk(writer)
    first = archive.draft(handler(an_event(), a_context())["draft_id"])
    verdict = review(first, (wire(), ledger()), STORY, PUBLISHERS, None, NOON)
    archive.record_verdict(verdict, first.inputs)
    second = handler(an_event(attempt=1, revise=first.id), a_context())
    assert second["draft_id"] != first.id
    assert writer.asked[1].previous == first
    assert writer.asked[1].findings == verdict.findings


@pytest.mark.parametrize(("retries", "raised"), [(0, True), (1, True), (2, False), (None, False)])
def test_an_overloaded_model_is_waited_for_only_while_the_state_machine_calls_again(
    retries: int | None, raised: bool
) -> None:
    a_desk(Substituted(Overloaded(), ExcerptWriter()))
    if raised:
        with pytest.raises(ModelOverloaded):
            handler(an_event(retries=retries), a_context())
    else:
        assert handler(an_event(retries=retries), a_context())["writer"] == "excerpt"


def test_an_unknown_story_is_not_found() -> None:
    a_desk(ExcerptWriter())
    with pytest.raises(NotFound):
        handler(an_event(story_id="s0"), a_context())
