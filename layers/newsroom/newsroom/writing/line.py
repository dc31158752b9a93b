"""The line to the model, as all functions of an edition know it: may it be asked now, and how did the last call end?

Nobody repeats a call but the state machine, so what bounds repeats is one account of tries for a whole edition:

    an edition begins with 40 tries; a first call takes one, a repeated one five; an answer gives back what its call
    took, and two more

With faults here and there everything is asked that has to be; when the model is down, an edition stops asking after
some ten calls one after another, or 40 side by side. Repeats are at most a fifth of 40, and two fifths of the answers.
Two things are remembered by name: how long the provider asked to be left alone, and in which edition the account's
spend limit was met, for that is asked once and no more.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from newsroom.boundary import Boundary, Moment
from newsroom.errors import BudgetSpent, ModelOverloaded, NewsroomError, NotFound

TRIES = 40
FIRST, REPEATED, EARNED = 1, 5, 2
LONGEST_WAIT = 30.0
"""Seconds that a repeated call waits for the provider's own pause; the state machine has waited as long before it."""
LONGEST_REST = 300.0
"""Seconds for which the provider's wish is believed: beyond, it is asked once more."""
KEY = "models/line.json"


@dataclass(frozen=True)
class Errand:
    """On whose behalf the model is asked."""

    about: str
    """Id of the story or draft."""
    at: datetime
    run: str = ""
    """The edition; empty at a console, where nothing is counted."""
    repeats: int = 0
    """How often this very call was made before."""
    may_wait: bool = True
    """Whether somebody will call again."""


class Ledger(Protocol):
    """Where money and tries are counted and answers kept; `archive.Archive` is one."""

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        """BudgetSpent when it would pass the limit."""

    def settle(self, day: str, reserved: int, spent: int) -> None: ...

    def document(self, key: str) -> bytes:
        """NotFound."""

    def put_document(self, key: str, body: bytes) -> None: ...


class _State(Boundary):
    rest_until: Moment | None = None
    spent_in: str = ""
    """Edition in which the account's spend limit was met."""


class Line:
    def __init__(self, ledger: Ledger, wait: Callable[[float], None] = time.sleep) -> None:
        self._ledger = ledger
        self._wait = wait

    def dial(self, errand: Errand) -> None:
        """Before a call: raises BudgetSpent and ModelOverloaded without asking the model; may wait `LONGEST_WAIT`."""
        if not errand.run:
            return
        state = self._state()
        if state.spent_in == errand.run:
            raise BudgetSpent("the account's spend limit was reached earlier in this edition", about=errand.about)
        rest = (state.rest_until - errand.at).total_seconds() if state.rest_until else 0.0
        if rest > (LONGEST_WAIT if errand.repeats else 0):
            raise ModelOverloaded("the model asked to be left alone", about=errand.about, retry_after=rest)
        if rest > 0:
            self._wait(rest)
        try:
            self._ledger.reserve(_account(errand), _cost(errand), TRIES)
        except BudgetSpent as exc:
            raise ModelOverloaded("too many calls of this edition failed", about=errand.about) from exc

    def hang_up(self, errand: Errand) -> None:
        """The call was not made after all."""
        if errand.run:
            self._ledger.settle(_account(errand), _cost(errand), 0)

    def tell(self, errand: Errand, failure: NewsroomError | None = None) -> None:
        """How a call ended. Whatever is not an overload or a spend limit is an answer, if not a usable one."""
        if isinstance(failure, BudgetSpent):
            self._keep(_State(spent_in=errand.run))
        elif not isinstance(failure, ModelOverloaded):
            if errand.run:
                self._ledger.settle(_account(errand), _cost(errand), -EARNED)
        elif failure.retry_after > 0:
            rest = min(failure.retry_after, LONGEST_REST)
            self._keep(_State(rest_until=errand.at + timedelta(seconds=rest)))

    def _state(self) -> _State:
        try:
            return _State.model_validate_json(self._ledger.document(KEY))
        except NotFound:
            return _State()

    def _keep(self, state: _State) -> None:
        known = self._state()
        kept = state.model_copy(update={"spent_in": state.spent_in or known.spent_in})
        self._ledger.put_document(KEY, json.dumps(kept.model_dump(mode="json")).encode())


def _account(errand: Errand) -> str:
    return f"tries {errand.run}"


def _cost(errand: Errand) -> int:
    return REPEATED if errand.repeats else FIRST
