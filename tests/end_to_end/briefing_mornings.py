"""Whole mornings in one process: the real state machine and handlers over fakes, with workers that can die."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from newsroom.briefing.pace import Pace
from newsroom.errors import NewsroomError

from tests.fakes.briefing_desk import FUNCTIONS, BriefingDesk
from tests.fakes.context import a_context
from tests.fakes.mornings import SIX, Time, a_told_story, subscribed
from tests.state_machines.walking import Failure, Walk, definition

STATES = {
    "ComposeBriefing": "compose_briefing",
    "SendBriefing": "send_briefing",
    "CloseBriefing": "close_briefing",
}


class Killed(BaseException):
    """The worker is gone: nothing of its own runs after this."""


class Reaper:
    """Stands before the parts of a desk, counts the calls made to them, and kills the worker around one."""

    def __init__(self, call: int = -1, when: str = "before", *, for_good: bool = False) -> None:
        self.calls = 0
        self._call, self._when = call, when
        self._for_good = for_good
        self._dead = False

    def before(self, part: Any) -> Any:
        return _Watched(part, self)

    def revive(self) -> None:
        """A new worker begins; `for_good`: the execution's others die as well."""
        self._dead = self._dead and self._for_good

    def bury(self) -> None:
        """Another execution begins, with workers that live."""
        self._for_good = False

    def around(self, call: Callable[[], Any]) -> Any:
        if self._dead:
            # What a dying worker's `finally` tries is not done either.
            raise Killed
        dies = self.calls == self._call
        self.calls += 1
        if dies and self._when == "before":
            self._dead = True
            raise Killed
        try:
            return call()
        finally:
            if dies:
                self._dead = True
                raise Killed


class _Watched:
    def __init__(self, part: Any, reaper: Reaper) -> None:
        self._part, self._reaper = part, reaper

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if not callable(found):
            return found
        return lambda *given, **named: self._reaper.around(lambda: found(*given, **named))


class Morning:
    """A desk with stories and subscribers, on which the briefing's state machine is run."""

    def __init__(self, subscribers: int, *, seconds: float = 900, **environment: str) -> None:
        self.desk = BriefingDesk(**environment)
        self.ids = subscribed(self.desk.readers, subscribers)  # type: ignore[arg-type]
        self.archive: Any = self.desk.archive
        self.readers: Any = self.desk.readers
        self.mail: Any = self.desk.mail
        for number in range(1, 4):
            self.archive.publish_version(a_told_story(number, at=SIX - timedelta(hours=number)))
        self.seconds = seconds
        self.workers = [Time()]
        self.invocations = 0

    def watched_by(self, reaper: Reaper) -> None:
        for name in ("archive", "readers", "mail", "published_files"):
            self.desk.__dict__[name] = reaper.before(getattr(self.desk, name))
        self._reaper = reaper

    def run(self, execution: str = "e1", **given: Any) -> Walk:
        """One execution; it raises Failure when the machine ends in one."""
        answers = {state: self._answer(name) for state, name in STATES.items()}
        machine = definition("briefing")
        walk = self.walk = Walk(machine, answers, execution=execution, read=self.archive.document)
        try:
            walk.run(given)
        finally:
            self.desk.executions.ended.add(execution)  # type: ignore[attr-defined]
        return walk

    def run_through(self, reaper: Reaper) -> None:
        """One execution: a death now and then is the machine's own affair."""
        self.watched_by(reaper)
        self.run()

    def run_and_follow(self, reaper: Reaper) -> None:
        """An execution that is dead from some call on, and at once another, as an operator starts it."""
        self.watched_by(reaper)
        with pytest.raises(Failure, match=r"Lambda\.Unknown"):
            self.run("e1", slot="2026-11-24T11:00:00Z")
        reaper.bury()
        assert "NotClaimed" not in self.run("e2", date="2026-11-24").path

    @property
    def addresses(self) -> list[str]:
        return [posted.to for posted in self.mail.outbox]

    def _answer(self, name: str) -> Callable[[dict[str, Any]], Any]:
        def answer(given: dict[str, Any]) -> Any:
            self.invocations += 1
            worker = min(self.workers, key=lambda one: one.seconds)
            began = worker.seconds
            self.time = worker
            self.desk.__dict__["pace"] = lambda per_second: Pace(per_second, worker.now, worker.sleep)
            context = a_context()
            context.get_remaining_time_in_millis = lambda: (self.seconds - (worker.seconds - began)) * 1000
            if hasattr(self, "_reaper"):
                self._reaper.revive()
            try:
                return FUNCTIONS[name](given, context)
            except NewsroomError as exc:
                raise Failure(type(exc).__name__) from exc
            except Killed as exc:
                raise Failure("Lambda.Unknown") from exc

        return answer
