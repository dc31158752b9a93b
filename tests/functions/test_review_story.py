"""ReviewStory on a desk of fakes."""

from typing import Any

import pytest
from newsroom.desk import Desk, seat
from newsroom.errors import ModelOverloaded, NotFound
from newsroom.review.critic import Opinion
from newsroom.review.submission import Submission
from newsroom.writing.draft import Claim, Draft
from newsroom.writing.line import Errand

from functions.review.review_story import handler
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.press import PUBLISHERS, a_draft, a_story, ledger, wire, with_sentence

INVENTED = Claim(id="body-4-1", kind="fact", text="The plant stands by a fjord.")
STORY = a_story(wire(), ledger())


class ACatalogue:
    publishers = tuple(PUBLISHERS.values())


class BusyCritic:
    def judge(self, submission: Submission, errand: Errand | None = None) -> Opinion:
        raise ModelOverloaded("busy", about=submission.draft.id)


def a_desk(draft: Draft, critic: Any = None) -> FakeArchive:
    archive = FakeArchive()
    for article in (wire(), ledger()):
        archive.store_article(article)
    archive.store_story(STORY)
    archive.store_draft(draft)
    seat(Desk({}, archive=archive, critic=critic, catalogue=ACatalogue()))
    return archive


def an_event(draft: Draft, **changes: Any) -> dict[str, Any]:
    return {"edition_id": "e", "story_id": STORY.id, "draft_id": draft.id, "attempt": draft.attempt} | changes


def test_a_clean_draft_is_accepted_and_its_verdict_recorded() -> None:
    draft = a_draft()
    archive = a_desk(draft)
    answer = handler(an_event(draft), a_context())
    assert answer == {"story_id": STORY.id, "draft_id": draft.id, "attempt": 0, "outcome": "accept"}
    assert archive.verdict(draft.id).outcome == "accept"
    assert (STORY.id, draft.id) in archive.accepted()


def test_a_faulty_draft_is_revised_once_and_then_held_with_its_reason() -> None:
    first, second = with_sentence(INVENTED), with_sentence(INVENTED, attempt=1, id="second")
    a_desk(first)
    assert handler(an_event(first), a_context())["outcome"] == "revise"
    archive = a_desk(second)
    assert handler(an_event(second), a_context())["outcome"] == "hold"
    assert [held.story_id for held in archive.held()] == [STORY.id]


def test_a_repeated_state_answers_the_same_without_judging_again() -> None:
    draft = a_draft()
    archive = a_desk(draft)
    answer = handler(an_event(draft), a_context())
    archive.all_articles.clear()
    assert handler(an_event(draft), a_context()) == answer


def test_an_overloaded_critic_is_waited_for_and_then_never_lets_a_draft_through() -> None:
    draft = a_draft()
    a_desk(draft, BusyCritic())
    with pytest.raises(ModelOverloaded):
        handler(an_event(draft, retries=0), a_context())
    assert handler(an_event(draft, retries=2), a_context())["outcome"] == "revise"


def test_an_unknown_draft_is_not_found() -> None:
    a_desk(a_draft())
    with pytest.raises(NotFound):
        handler(an_event(a_draft(), draft_id="nothing"), a_context())
