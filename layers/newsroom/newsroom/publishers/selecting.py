"""Which publishers an edition polls. Rules only; when each is polled next is decided in `polling`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from pydantic import ValidationError

from newsroom.boundary import Boundary, Moment, first_fault
from newsroom.errors import BadInput
from newsroom.publishers.batching import Batch, batches
from newsroom.publishers.health import Health
from newsroom.publishers.publisher import Publisher
from newsroom.settings import EditionSettings

SLOT = timedelta(minutes=15)
"""An edition's; the schedule in template.yaml has the same rate."""


class EditionOrder(Boundary):
    """What starts an edition: which execution, when, and for which slot; by hand for none."""

    execution: str
    started: Moment | None = None
    """When the execution began; the same when its first state is repeated."""
    slot: Moment | None = None
    scheduled: bool = False
    """Whether a slot was asked for, be it the present one."""

    @classmethod
    def read(cls, event: Mapping[str, Any]) -> Self:
        """From `{execution, started?, slot?}` or `{execution, started?, input: {slot?}}`; what else a hand-made input
        holds is ignored. BadInput for what is no time."""
        given = {**(event.get("input") or {}), **event}
        order = {name: given[name] for name in ("execution", "started", "slot") if _filled_in(given.get(name))}
        try:
            return cls.model_validate({**order, "scheduled": bool(given.get("slot"))})
        except ValidationError as exc:
            raise BadInput(first_fault(exc), about="edition") from exc

    def opens(self, now: datetime) -> datetime:
        """The edition's time, UTC: its slot, or the second in which somebody started it by hand."""
        at = self.slot or self.started or now
        return slot_of(at) if self.scheduled else at.astimezone(UTC).replace(microsecond=0)


def _filled_in(value: object) -> bool:
    """Not every scheduler puts the time where the schedule's input says `<aws.scheduler.scheduled-time>`."""
    return bool(value) and not str(value).startswith("<aws.scheduler.")


def slot_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour that `at` is in, UTC."""
    at = at.astimezone(UTC)
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def edition_id(opens: datetime) -> str:
    """`20261123T191500Z`: sorts by time, holds no colon (execution names may not)."""
    return opens.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def due(
    publishers: Iterable[Publisher],
    healths: Mapping[str, Health],
    at: datetime,
    limit: int,
    *,
    everybody: bool = False,
) -> list[str]:
    """Ids of the publishers to poll in the edition of `at`, those waiting longest first, at most `limit`.

    Never polled counts as waiting longest; retired ones are left out. With `everybody` (an edition by hand) only
    those that fail wait for their time.
    """
    waiting: list[tuple[datetime, str]] = []
    for publisher in publishers:
        health = healths.get(publisher.id)
        if health is not None and health.status == "retired":
            continue
        asked = (health.next_poll_at if health else None) or datetime.min.replace(tzinfo=UTC)
        if asked <= at or (everybody and health is not None and not health.failures):
            waiting.append((asked, publisher.id))
    return [publisher_id for _, publisher_id in sorted(waiting)[:limit]]


class Plan(Boundary):
    """What the edition's state machine is told: whom to collect, inline or from a manifest, how many at a time."""

    edition_id: str
    claimed: bool
    distributed: bool = False
    publishers: tuple[str, ...] = ()
    """Ids, for the inline map; empty where there is a manifest."""
    manifest: str = ""
    """Key of the manifest in the archive bucket."""
    concurrency: int
    workers: int
    tolerated_failure_percentage: float
    collected: tuple[str, ...] = ()
    """Stays empty where batches leave no results in the payload."""


def plan(edition: str, chosen: Sequence[Publisher] | None, settings: EditionSettings) -> tuple[Plan, list[Batch]]:
    """The plan, and the batches of its manifest: none where the publishers fit into the payload.

    `chosen` is None where somebody else has the edition. Few publishers are collected inline: one state each, with
    its own retries. That is limited by the history of an execution (25,000 events: a publisher leaves 7, at worst
    27, beside 5,000 of 80 stories), by its payload (94 bytes each) and by the 40 that an inline map runs at a time;
    and two transitions each cost more than a batch of 25 long before. Hence the default of `inline_publishers`.
    """
    many = chosen is not None and len(chosen) > settings.inline_publishers
    found = batches(chosen or (), edition) if many else []
    told = Plan(
        edition_id=edition,
        claimed=chosen is not None,
        distributed=many,
        publishers=() if many else tuple(publisher.id for publisher in chosen or ()),
        manifest=f"ingestion/{edition}.json" if many else "",
        concurrency=settings.concurrency,
        workers=settings.workers,
        tolerated_failure_percentage=settings.tolerated_failure_percentage,
    )
    return told, found
