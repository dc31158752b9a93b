"""How a publisher's health changes with an edition. Rules only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from newsroom.errors import NewsroomError, PublisherUnreachable
from newsroom.publishers.health import Day, FeedHealth, FeedState, Health
from newsroom.publishers.polling import after_failures, next_slot, pause
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.selecting import SLOT

MAX_REASON = 200
DAYS_KEPT = 8
"""A week that is over, and today."""


@dataclass(frozen=True)
class Tally:
    """What one edition found new at a publisher."""

    articles: int = 0
    fresh: int = 0
    """Of them those that are not a day old."""
    thin: int = 0
    undated: int = 0
    revised: int = 0


def after_answers(
    health: Health,
    tally: Tally,
    *,
    publisher: Publisher,
    edition_id: str,
    now: datetime,
    empty: bool = False,
    waiting: bool = False,
    faults: list[NewsroomError] | None = None,
    feeds: Mapping[str, FeedHealth] | None = None,
) -> Health:
    """At least one feed answered. `faults` are the other feeds', told as the reason without making it failing.

    With `waiting` (something is left to fetch) it is asked again in the next slot, whatever its rhythm.
    """
    faults = faults or []
    again = health.last_edition == edition_id
    days = _days(health, now, polls=not again, tally=tally)
    chosen: dict[str, Any] = {}
    if not again or tally.articles or health.next_poll_at is None:
        chosen = _rhythm(health, days, tally, publisher=publisher, now=now)
    if waiting:
        chosen["next_poll_at"] = next_slot(now, SLOT, publisher.id)
    return health.model_copy(
        update={
            "status": "empty" if empty else "ok",
            "failures": 0,
            "failing_since": None,
            "error": type(faults[0]).__name__ if faults else "",
            "reason": reason_of(faults),
            "first_success_at": health.first_success_at or now,
            "last_success_at": now,
            "last_new_at": now if tally.articles else health.last_new_at,
            **chosen,
            "articles": health.articles + tally.articles,
            "thin": health.thin + tally.thin,
            "undated": health.undated + tally.undated,
            "days": days,
            "feeds": dict(feeds or {}),
            "last_articles": (health.last_articles if again else 0) + tally.articles,
            "last_edition": edition_id,
        }
    )


def after_failure(
    health: Health,
    faults: list[NewsroomError],
    *,
    edition_id: str,
    now: datetime,
    feeds: Mapping[str, FeedHealth] | None = None,
) -> Health:
    """No feed answered. Counted once per edition: a state that is repeated makes no second failure."""
    again = health.last_edition == edition_id
    failures = health.failures + (not again)
    asked_for = max((fault.retry_after for fault in faults if isinstance(fault, PublisherUnreachable)), default=0.0)
    return health.model_copy(
        update={
            "status": "failing",
            "failures": failures,
            "failing_since": health.failing_since or now,
            "error": type(decisive(faults)).__name__,
            "reason": reason_of(faults),
            "next_poll_at": after_failures(now, failures, asked_for),
            "days": _days(health, now, polls=not again, failed=not again),
            "last_articles": health.last_articles if again else 0,
            "feeds": dict(feeds or {}),
            "last_edition": edition_id,
        }
    )


def after_retirement(health: Health, *, edition_id: str, feeds: Mapping[str, FeedHealth] | None = None) -> Health:
    """Every feed said that it is gone for good."""
    return health.model_copy(
        update={
            "status": "retired",
            "error": "",
            "reason": "every feed answers 410 Gone",
            "next_poll_at": None,
            "feeds": dict(feeds or {}),
            "last_edition": edition_id,
        }
    )


def feeds_to_tell_of(states: Mapping[str, FeedState], faults: Mapping[str, NewsroomError]) -> dict[str, FeedHealth]:
    """Feeds that are retired, moved or failing; of the others there is nothing to tell."""
    told = {}
    for feed, state in states.items():
        fault = faults.get(feed)
        if state.retired:
            told[feed] = FeedHealth(status="retired", reason="answers 410 Gone")
        elif fault or state.moved_to:
            reason = reason_of([fault]) if fault else ""
            told[feed] = FeedHealth(status="failing" if fault else "ok", moved_to=state.moved_to, reason=reason)
    return told


def decisive(faults: list[NewsroomError]) -> NewsroomError:
    """The one that is raised: one that may pass, if there is one, for then a retry may help."""
    return next((fault for fault in faults if isinstance(fault, PublisherUnreachable)), faults[0])


def reason_of(faults: list[NewsroomError]) -> str:
    """For people: each different fault once."""
    told = "; ".join(dict.fromkeys(fault.args[0] for fault in faults))
    return told if len(told) <= MAX_REASON else told[: MAX_REASON - 1] + "…"


def _rhythm(
    health: Health, days: tuple[Day, ...], tally: Tally, *, publisher: Publisher, now: datetime
) -> dict[str, Any]:
    """How often a publisher that answered is asked from now on, and when next; `days` with this poll in them."""
    slots_since = max((now - (health.last_success_at or now)) / SLOT, 1.0)
    wait = pause(
        days,
        tier=publisher.tier,
        now=now,
        first=health.first_success_at or now,
        last_new=now if tally.articles else health.last_new_at,
        found=tally.fresh / slots_since,
    )
    return {
        "interval_minutes": wait // timedelta(minutes=1),
        "next_poll_at": next_slot(now, wait, publisher.id),
    }


def _days(
    health: Health, now: datetime, *, polls: bool, failed: bool = False, tally: Tally | None = None
) -> tuple[Day, ...]:
    """The health's days with this poll in today's."""
    tally = tally or Tally()
    date = f"{now.astimezone(UTC):%Y-%m-%d}"
    today = next((day for day in health.days if day.date == date), Day(date=date))
    counted = Day(
        date=date,
        polls=today.polls + polls,
        failed=today.failed + failed,
        articles=today.articles + tally.articles,
        fresh=today.fresh + tally.fresh,
        thin=today.thin + tally.thin,
        undated=today.undated + tally.undated,
        revised=today.revised + tally.revised,
    )
    return (*(day for day in health.days if day.date != date), counted)[-DAYS_KEPT:]
