"""How much a sender may mail while mailbox providers come to know it, day by day (FEATURES.md E20).

`1:5000 3:10000/20 5:all`: from the plan's first day on 5,000 mails a day; from the third 10,000, 20 a second at most;
from the fifth on as many as there are. `none` is no plan.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from newsroom.boundary import Boundary
from newsroom.briefing.reputation import Reputation, counted_since, reason_to_slow
from newsroom.errors import BadInput

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.settings import MailSettings

NO_PLAN, EVERYBODY = "none", "all"
STEP = re.compile(r"([1-9]\d{0,3}):(?:(all)|([1-9]\d{0,8}))(?:/([1-9]\d{0,4}))?")


@dataclass(frozen=True)
class Step:
    """What is sent at most from one day of a plan on; None is without limit."""

    from_day: int
    a_day: int | None
    a_second: int | None


@dataclass(frozen=True)
class SendingPlan:
    """Steps in the order of their days, which begin with 1 and only go up; no step: no plan."""

    steps: tuple[Step, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """BadInput for what is no plan: a plan that is misread would send everything on its first day."""
        words = text.split()
        if words == [NO_PLAN]:
            return cls()
        found = [STEP.fullmatch(word) for word in words]
        steps = tuple(_step(one) for one in found if one)
        if not steps or len(steps) != len(words):
            raise BadInput(f"is no sending plan, which looks like 1:5000 3:10000/20 5:{EVERYBODY}", about=text[:60])
        days = [step.from_day for step in steps]
        most = [step.a_day or float("inf") for step in steps]
        if days[0] != 1 or sorted(set(days)) != days or sorted(most) != most:
            raise BadInput("a sending plan begins with day 1 and only goes up", about=text[:60])
        return cls(steps)

    def on(self, day: int) -> Step:
        """The step of a day, counted from 1."""
        return next((step for step in reversed(self.steps) if step.from_day <= day), Step(1, None, None))


class Warmth(Boundary):
    """Where the list stands on its plan on the morning of an issue."""

    issue_id: str
    since: str
    """`YYYY-MM-DD`: what the days were counted from when they were first counted."""
    day: int
    """Of the plan, from 1: a day on which the last issue was not taken well counts no further."""
    a_day: int | None = None
    """Mails of this issue at most; None is without limit, and the plan is over, or there is none."""
    a_second: int | None = None
    held_because: str = ""
    """Why it is still the day that it was with the last issue."""
    stopped_because: str = ""
    """Why the rest of this issue was left for the next morning."""

    @property
    def stopped(self) -> bool:
        return self.a_day is not None and bool(self.stopped_because)

    def per_second(self, most: float) -> float:
        """The lower of the plan's rate and `most`."""
        return min(most, self.a_second) if self.a_second else most

    def by(self, plan: SendingPlan) -> "Warmth":
        """The same day as this plan has it: the operator may have changed the plan since."""
        step = plan.on(self.day)
        return self.model_copy(update={"a_day": step.a_day, "a_second": step.a_second})


def next_warmth(issue_id: str, plan: SendingPlan, since: str, last: Warmth | None, seen: Reputation) -> Warmth:
    """A day further than the last issue, unless what became of the list's mail warns.

    Each issue counts as a day, since a morning without mail makes nobody known; only where no issue was counted yet, or
    from another date on, do the calendar's days since then.
    """
    if last is None or last.since != since:
        day = max(1, 1 + (date.fromisoformat(issue_id) - date.fromisoformat(since)).days)
        return Warmth(issue_id=issue_id, since=since, day=day).by(plan)
    reason = last.stopped_because if last.stopped else reason_to_slow(seen)
    day = last.day if reason else last.day + 1
    return Warmth(issue_id=issue_id, since=since, day=day, held_because=reason).by(plan)


def warmth_of(
    issue_id: str, settings: "MailSettings", archive: "Archive", readers: "ReadersArchive", now: datetime
) -> Warmth:
    """As it was counted when the issue was composed, or would be counted now; nothing is stored.

    BadInput for settings that are no plan and no date.
    """
    plan = SendingPlan.read(settings.sending_plan)
    kept = readers.warmth(issue_id)
    if kept:
        return kept.by(plan)
    seen = readers.reputation(counted_since(readers.pause(), now))
    since = _since(settings.warm_up_since, issue_id, archive.issue_ids(limit=10_000))
    return next_warmth(issue_id, plan, since, readers.warmth_before(issue_id), seen)


def warm_up(
    issue_id: str, settings: "MailSettings", archive: "Archive", readers: "ReadersArchive", now: datetime
) -> Warmth:
    """As `warmth_of`, and kept for the issue: repeating it counts no day twice."""
    warmth = warmth_of(issue_id, settings, archive, readers, now)
    readers.store_warmth(warmth)
    return warmth


def cools(issue_id: str, composed_at: datetime, readers: "ReadersArchive") -> bool:
    """Whether the rest of an issue stays unsent because of how its first mails were taken; asked once a batch.

    Only while a plan limits the day: after it, it is the list's pause that stops (`reputation.reason_to_pause`).
    """
    warmth = readers.warmth(issue_id)
    if warmth is None or warmth.a_day is None:
        return False
    if not warmth.stopped_because:
        reason = reason_to_slow(readers.reputation(composed_at))
        if not reason:
            return False
        readers.store_warmth(warmth.model_copy(update={"stopped_because": reason}))
    return True


def _since(given: str, issue_id: str, known: Iterable[str]) -> str:
    if not given:
        return min((issue_id, *known))
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as exc:
        raise BadInput("is no date from which a plan could begin", about=given[:20]) from exc


def _step(found: "re.Match[str]") -> Step:
    day, _, mails, rate = found.groups()
    return Step(int(day), int(mails) if mails else None, int(rate) if rate else None)
