"""The two promises to somebody who reports an error, measured: decided in 24 hours, corrected in 48."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from newsroom.readers.reports import Report

DECIDED_WITHIN = timedelta(hours=24)
FIXED_WITHIN = timedelta(hours=48)
LOOKS_BACK = timedelta(days=90)
"""Over reports received since then promises are measured."""


@dataclass(frozen=True)
class Clock:
    """One promise: times in hours of those that are done, and how many kept it."""

    promised: float
    done: int
    kept: int
    median: float | None
    slowest: float | None
    late: int
    """Not done, and the time is up."""

    @property
    def share(self) -> float | None:
        """0–1: who kept the promise of those who had to by now; None when nobody had."""
        due = self.done + self.late
        return self.kept / due if due else None


@dataclass(frozen=True)
class Clocks:
    received: int
    rejected: int
    waiting: int
    """For a decision."""
    open: int
    """For a decision, or for the correction that was promised."""
    oldest: float | None
    """Hours that the oldest open one has waited."""
    decided: Clock
    fixed: Clock


def clocks(reports: Sequence[Report], now: datetime) -> Clocks:
    """Of the reports given; a correction counts from the report, a report that was rejected needs none."""
    confirmed = [one for one in reports if one.state in ("confirmed", "fixed")]
    undecided = [one for one in reports if one.decided_at is None]
    unfixed = [one for one in confirmed if not one.fixed_at]
    waits = [now - one.received_at for one in (*undecided, *unfixed)]
    return Clocks(
        received=len(reports),
        rejected=sum(one.state == "rejected" for one in reports),
        waiting=len(undecided),
        open=len(waits),
        oldest=_hours(max(waits)) if waits else None,
        decided=_clock(
            DECIDED_WITHIN,
            [one.decided_at - one.received_at for one in reports if one.decided_at],
            [now - one.received_at for one in undecided],
        ),
        fixed=_clock(
            FIXED_WITHIN,
            [one.fixed_at - one.received_at for one in confirmed if one.fixed_at],
            [now - one.received_at for one in unfixed],
        ),
    )


def _clock(promised: timedelta, took: Sequence[timedelta], open_since: Sequence[timedelta]) -> Clock:
    hours = sorted(_hours(one) for one in took)
    return Clock(
        promised=_hours(promised),
        done=len(hours),
        kept=sum(one <= promised for one in took),
        median=round(median(hours), 1) if hours else None,
        slowest=hours[-1] if hours else None,
        late=sum(one > promised for one in open_since),
    )


def _hours(time: timedelta) -> float:
    return round(time.total_seconds() / 3600, 1)
