"""Which publishers an edition polls, and when each is polled next. Rules only."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from pydantic import ValidationError

from newsroom.boundary import Boundary, Moment
from newsroom.errors import BadInput
from newsroom.publishers.health import Health
from newsroom.publishers.publisher import Publisher

SLOT = timedelta(minutes=15)
"""An edition's; the schedule in template.yaml has the same rate."""
AT_MOST = timedelta(days=1)
"""A publisher that fails for long is still asked once a day."""


class EditionOrder(Boundary):
    """What starts an edition: which execution, and for which slot when it is not the present one."""

    execution: str
    slot: Moment | None = None

    @classmethod
    def read(cls, event: Mapping[str, Any]) -> Self:
        """From `{execution, slot?}` or `{execution, input: {slot?}}`; what else a hand-made input holds is ignored."""
        given = {**(event.get("input") or {}), **event}
        try:
            return cls.model_validate({name: given[name] for name in cls.model_fields if _filled_in(given.get(name))})
        except ValidationError as exc:
            fault = exc.errors()[0]
            raise BadInput(f"{fault['loc'][0]}: {fault['msg']}", about="edition") from exc


def _filled_in(value: object) -> bool:
    """Not every scheduler puts the time where the schedule's input says `<aws.scheduler.scheduled-time>`."""
    return bool(value) and not str(value).startswith("<aws.scheduler.")


def slot_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour that `at` is in, UTC."""
    at = at.astimezone(UTC)
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def edition_id(slot: datetime) -> str:
    """`20261123T1915Z`: sorts by time, holds no colon (execution names may not)."""
    return slot_of(slot).strftime("%Y%m%dT%H%MZ")


def next_poll(now: datetime, failures: int = 0, retry_after: float = 0.0) -> datetime:
    """The slot to ask again in: the next one, or after `failures` editions in a row twice as late each time, to a day.

    `retry_after` (seconds) is a publisher's own wish, kept within the same day. Slots, not intervals from now: an
    edition that starts two seconds early must not find everybody due three seconds later.
    """
    wait = min(SLOT * (1 << min(max(failures - 1, 0), 10)), AT_MOST)
    asked = timedelta(seconds=min(max(retry_after, 0.0), AT_MOST.total_seconds()))
    if asked > wait:
        return slot_of(now + asked) + SLOT
    return slot_of(now) + wait


def due(publishers: Iterable[Publisher], healths: Mapping[str, Health], slot: datetime, limit: int) -> list[str]:
    """Ids of the publishers to poll in this slot, those waiting longest first, at most `limit`.

    Never polled counts as waiting longest; retired ones are left out.
    """
    waiting: list[tuple[datetime, str]] = []
    for publisher in publishers:
        health = healths.get(publisher.id)
        if health is not None and health.status == "retired":
            continue
        at = (health.next_poll_at if health else None) or datetime.min.replace(tzinfo=UTC)
        if at <= slot:
            waiting.append((at, publisher.id))
    return [publisher_id for _, publisher_id in sorted(waiting)[:limit]]
