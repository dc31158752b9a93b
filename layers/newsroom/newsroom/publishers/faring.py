"""How a publisher's health changes with an edition. Rules only."""

from dataclasses import dataclass
from datetime import datetime

from newsroom.errors import NewsroomError, PublisherUnreachable
from newsroom.publishers.health import Health
from newsroom.publishers.selecting import next_poll

MAX_REASON = 200


@dataclass(frozen=True)
class Tally:
    """What one edition found new at a publisher."""

    articles: int = 0
    thin: int = 0
    undated: int = 0


def after_answers(
    health: Health, tally: Tally, *, edition_id: str, now: datetime, empty: bool, faults: list[NewsroomError]
) -> Health:
    """At least one feed answered. `faults` are the other feeds', told as the reason without making it failing."""
    first = faults[0] if faults else None
    return health.model_copy(
        update={
            "status": "empty" if empty else "ok",
            "failures": 0,
            "failing_since": None,
            "error": type(first).__name__ if first else "",
            "reason": reason_of(faults),
            "last_success_at": now,
            "last_new_at": now if tally.articles else health.last_new_at,
            "next_poll_at": next_poll(now),
            "articles": health.articles + tally.articles,
            "thin": health.thin + tally.thin,
            "undated": health.undated + tally.undated,
            "last_edition": edition_id,
        }
    )


def after_failure(health: Health, faults: list[NewsroomError], *, edition_id: str, now: datetime) -> Health:
    """No feed answered. Counted once per edition: a state that is repeated makes no second failure."""
    failures = health.failures + (health.last_edition != edition_id)
    asked_for = max((fault.retry_after for fault in faults if isinstance(fault, PublisherUnreachable)), default=0.0)
    return health.model_copy(
        update={
            "status": "failing",
            "failures": failures,
            "failing_since": health.failing_since or now,
            "error": type(decisive(faults)).__name__,
            "reason": reason_of(faults),
            "next_poll_at": next_poll(now, failures, asked_for),
            "last_edition": edition_id,
        }
    )


def after_retirement(health: Health, *, edition_id: str) -> Health:
    """Every feed said that it is gone for good."""
    return health.model_copy(
        update={
            "status": "retired",
            "error": "",
            "reason": "every feed answers 410 Gone",
            "next_poll_at": None,
            "last_edition": edition_id,
        }
    )


def decisive(faults: list[NewsroomError]) -> NewsroomError:
    """The one that is raised: one that may pass, if there is one, for then a retry may help."""
    return next((fault for fault in faults if isinstance(fault, PublisherUnreachable)), faults[0])


def reason_of(faults: list[NewsroomError]) -> str:
    """For people: each different fault once."""
    told = "; ".join(dict.fromkeys(fault.args[0] for fault in faults))
    return told if len(told) <= MAX_REASON else told[: MAX_REASON - 1] + "…"
