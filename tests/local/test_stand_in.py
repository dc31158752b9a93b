"""The stand-in over the wire: the real SDK talks to it on loopback, through the settings that a function reads."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from newsroom.errors import AnswerPending, BudgetSpent, ModelOverloaded, NewsroomError
from newsroom.settings import ModelSettings
from newsroom.writing.claude import hire_claude
from newsroom.writing.claude_writer import ClaudeWriter
from newsroom.writing.line import Errand

from infra.local.claude import behaviours
from infra.local.claude.stand_in import StandIn
from tests.fakes.press import an_assignment
from tests.fakes.scripted_claude import FakePurse
from tests.writing.test_claude import GOOD, PROMPT, Greeting

pytestmark = pytest.mark.enable_socket
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn() as one:
        yield one


def settings(stand_in: StandIn) -> ModelSettings:
    return ModelSettings(
        model_provider="anthropic",
        stage="local",
        writer_model="scripted-writer",
        critic_model="scripted-critic",
        model_address=stand_in.address,
    )


def writer(stand_in: StandIn, purse: FakePurse, **more: Any) -> ClaudeWriter:
    purse.limit = 10**9
    return ClaudeWriter(hire_claude(settings(stand_in), "scripted-writer", purse, lambda arn: ""), **more)


def test_a_story_written_over_the_wire_stands_on_its_sources_and_is_called_scripted(stand_in: StandIn) -> None:
    purse = FakePurse()
    draft = writer(stand_in, purse).write(an_assignment())
    assert draft.writer == "scripted"
    assert (draft.fallen, draft.usage.model) == (0, "scripted-writer")
    assert all(claim.spans for claim in draft.claims() if claim.kind == "fact")
    assert draft.usage.micro_dollars == purse.spent > 0
    (asked,) = stand_in.questions
    assert asked.body["stream"] is True


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (behaviours.cuts, ModelOverloaded),
        (behaviours.overloads, ModelOverloaded),
        (behaviours.spend_limit, BudgetSpent),
    ],
    ids=["cuts", "overloads", "spend limit"],
)
def test_what_breaks_on_the_wire_is_one_of_our_errors(
    stand_in: StandIn, behaviour: behaviours.Behaviour, error: type[NewsroomError]
) -> None:
    stand_in.script = lambda number, asked: behaviour
    with pytest.raises(error):
        writer(stand_in, FakePurse()).write(an_assignment())
    assert len(stand_in.questions) == 1, "the SDK repeats nothing by itself"


def test_nobody_listens_is_an_overload() -> None:
    with StandIn() as gone:
        pass
    with pytest.raises(ModelOverloaded):
        writer(gone, FakePurse()).write(an_assignment())


def test_old_news_is_asked_for_in_a_batch_and_fetched_by_a_later_edition_at_half_the_price(stand_in: StandIn) -> None:
    purse = FakePurse()
    patient = writer(stand_in, purse, batch_after=timedelta(minutes=1))
    live = writer(stand_in, FakePurse()).write(an_assignment())
    with pytest.raises(AnswerPending):
        patient.write(an_assignment())
    assert purse.spent > 0, "the price is set aside meanwhile"
    with pytest.raises(AnswerPending):
        patient.write(an_assignment())
    draft = patient.write(an_assignment())
    assert draft.model_copy(update={"usage": live.usage}) == live
    assert draft.usage.micro_dollars == purse.spent == -(-live.usage.micro_dollars // 2)
    assert len(stand_in.batches) == 1


def test_a_batch_that_ends_without_an_answer_is_refused_and_costs_nothing(stand_in: StandIn) -> None:
    purse = FakePurse()
    patient = writer(stand_in, purse, batch_after=timedelta(minutes=1))
    stand_in.script = lambda number, asked: behaviours.breaks_down
    for _ in range(2):
        with pytest.raises(AnswerPending):
            patient.write(an_assignment())
    with pytest.raises(NewsroomError):
        patient.write(an_assignment())
    assert purse.spent == 0


def test_a_revision_does_not_wait_for_a_batch(stand_in: StandIn) -> None:
    patient = writer(stand_in, FakePurse(), batch_after=timedelta(minutes=1))
    assert patient.write(an_assignment(attempt=1)).writer == "scripted"


def test_a_greeting_is_no_story_and_any_answer_can_be_scripted(stand_in: StandIn) -> None:
    stand_in.script = lambda number, asked: lambda one: behaviours.says(json.dumps(GOOD), one)
    claude = hire_claude(settings(stand_in), "scripted-writer", FakePurse(10**9), lambda arn: "")
    answer, _ = claude.ask(PROMPT, {"who": "x"}, Greeting, Errand("s1", NOW))
    assert answer.mark == 90
