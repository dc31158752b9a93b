"""The line to the model: pauses it asks for, the account's limit, and how many tries an edition has."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from newsroom.errors import BudgetSpent, DraftInvalid, ModelOverloaded, NewsroomError
from newsroom.writing.line import EARNED, FIRST, LONGEST_REST, LONGEST_WAIT, REPEATED, TRIES, Errand, Line

from tests.fakes.scripted_claude import FakePurse

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ERRAND = Errand("s1", NOW, "20261123T1200Z")
AGAIN = replace(ERRAND, repeats=1)


class Heard:
    """A line over a ledger, and how long it waited."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.ledger = FakePurse()
        self.line = Line(self.ledger, self.waited.append)

    def fails(self, failure: NewsroomError, errand: Errand = ERRAND) -> None:
        self.line.dial(errand)
        self.line.tell(errand, failure)


def test_a_pause_that_the_provider_asks_for_is_kept_by_everybody() -> None:
    heard = Heard()
    heard.fails(ModelOverloaded("x", retry_after=20))
    with pytest.raises(ModelOverloaded, match="left alone"):
        heard.line.dial(replace(ERRAND, about="s2"))
    heard.line.dial(replace(ERRAND, at=NOW + timedelta(seconds=21)))
    assert heard.waited == []


def test_a_repeated_call_waits_for_the_rest_of_the_pause() -> None:
    heard = Heard()
    heard.fails(ModelOverloaded("x", retry_after=20))
    heard.line.dial(replace(AGAIN, at=NOW + timedelta(seconds=8)))
    assert heard.waited == [12.0]


def test_a_pause_longer_than_our_patience_is_not_waited_for_and_ends_some_time() -> None:
    heard = Heard()
    heard.fails(ModelOverloaded("x", retry_after=10**9))
    with pytest.raises(ModelOverloaded):
        heard.line.dial(replace(AGAIN, at=NOW + timedelta(seconds=LONGEST_REST - LONGEST_WAIT - 1)))
    heard.line.dial(replace(ERRAND, at=NOW + timedelta(seconds=LONGEST_REST)))
    assert heard.waited == []


def test_a_spend_limit_is_met_once_in_an_edition_and_asked_of_again_in_the_next() -> None:
    heard = Heard()
    heard.fails(BudgetSpent("x"))
    with pytest.raises(BudgetSpent):
        heard.line.dial(replace(ERRAND, about="s2"))
    heard.line.dial(replace(ERRAND, run="20261123T1215Z"))


def test_the_limit_is_remembered_beside_a_pause() -> None:
    heard = Heard()
    heard.line.tell(ERRAND, BudgetSpent("x"))
    heard.line.tell(ERRAND, ModelOverloaded("x", retry_after=5))
    with pytest.raises(BudgetSpent):
        heard.line.dial(ERRAND)


def test_when_nothing_is_answered_an_edition_runs_out_of_tries() -> None:
    heard = Heard()
    for _ in range(TRIES // FIRST):
        heard.fails(ModelOverloaded("x"))
    with pytest.raises(ModelOverloaded, match="too many calls"):
        heard.line.dial(ERRAND)
    heard.line.dial(replace(ERRAND, run="another"))


def test_repeats_are_dear_and_answers_pay_for_them() -> None:
    heard = Heard()
    for _ in range(TRIES // REPEATED):
        heard.fails(ModelOverloaded("x"), AGAIN)
    with pytest.raises(ModelOverloaded):
        heard.line.dial(AGAIN)
    for _ in range(-(-REPEATED // EARNED)):
        heard.line.tell(ERRAND, DraftInvalid("an answer, if a bad one"))
    heard.line.dial(AGAIN)


def test_a_call_that_is_not_made_costs_no_try() -> None:
    heard = Heard()
    for _ in range(2 * TRIES):
        heard.line.dial(ERRAND)
        heard.line.hang_up(ERRAND)
    heard.line.dial(ERRAND)


def test_at_a_console_nothing_is_counted() -> None:
    heard = Heard()
    alone = replace(ERRAND, run="")
    for _ in range(3 * TRIES):
        heard.fails(ModelOverloaded("x", retry_after=9), alone)
    assert heard.ledger.accounts == {}
