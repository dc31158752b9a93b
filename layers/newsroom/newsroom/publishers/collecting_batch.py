"""Collecting a batch: one worker, many publishers, waiting for several hosts at a time."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary
from newsroom.errors import NewsroomError, NotFound
from newsroom.publishers.batching import Batch
from newsroom.publishers.collecting import Collected, collect
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.round import Shelf

if TYPE_CHECKING:
    from newsroom.wire.fetch import Fetcher

AT_A_TIME = 8
"""Groups of publishers waited for side by side: nearly all of a poll is waiting for one small answer."""
SECONDS_FOR_A_PUBLISHER = 75.0
"""None is begun with less time left: its feed may take 20 seconds, a page 45, recording the rest."""


class BatchOrder(Boundary):
    """The payload of CollectBatch: an item of the edition's manifest."""

    edition_id: str
    groups: Batch


@dataclass(frozen=True)
class CollectedBatch:
    """What an edition got from one batch."""

    publishers: int
    failed: int
    """Their reasons are in their health."""
    left: int
    """Not begun, for want of time: they are due still, and first in the next edition."""
    articles_new: int
    articles_revised: int
    errors: tuple[str, ...] = ()
    """For the log: who failed, of what."""

    def as_log(self) -> dict[str, object]:
        """The fields of the one line that is logged."""
        return {
            "publishers": self.publishers,
            "failed": self.failed,
            "left": self.left,
            "articles": self.articles_new,
            "revised": self.articles_revised,
            "errors": list(self.errors),
        }


@dataclass(frozen=True)
class Collector:
    """What every publisher of a batch is collected with; `collect` says what the parts are."""

    publishers: Mapping[str, Publisher]
    archive: Shelf
    fetcher: "Fetcher"
    limit: int
    edition_id: str
    now: datetime
    seconds_left: Callable[[], float] = lambda: float("inf")

    def collect(self, publisher_id: str) -> Collected:
        if publisher_id not in self.publishers:
            raise NotFound("no such publisher in the catalogue", about=publisher_id)
        return collect(
            self.publishers[publisher_id],
            archive=self.archive,
            fetcher=self.fetcher,
            limit=self.limit,
            edition_id=self.edition_id,
            now=self.now,
            seconds_left=self.seconds_left,
        )


def collect_batch(groups: Batch, collector: Collector) -> CollectedBatch:
    """Collect every publisher of a batch; those of one group one after the other.

    Raises nothing: one that fails, whatever the error, must not cost the others their turn. What kills the worker
    itself costs them this edition; repeating a batch is harmless.
    """

    def group_collected(group: Iterable[str]) -> list[Collected | Exception | None]:
        return [_collected(publisher_id, collector) for publisher_id in group]

    with ThreadPoolExecutor(AT_A_TIME) as workers:
        outcomes = [one for group in workers.map(group_collected, groups) for one in group]
    collected = [one for one in outcomes if isinstance(one, Collected)]
    errors = [one for one in outcomes if isinstance(one, Exception)]
    return CollectedBatch(
        publishers=len(collected) + len(errors),
        failed=len(errors),
        left=outcomes.count(None),
        articles_new=sum(one.articles_new for one in collected),
        articles_revised=sum(one.articles_revised for one in collected),
        errors=tuple(f"{type(error).__name__} {error}" for error in errors),
    )


def _collected(publisher_id: str, collector: Collector) -> Collected | Exception | None:
    """What came of one publisher; None when there was no time to begin."""
    if collector.seconds_left() < SECONDS_FOR_A_PUBLISHER:
        return None
    try:
        return collector.collect(publisher_id)
    except NewsroomError as exc:
        return exc
    except Exception as exc:  # a fault of ours that one publisher brings out is that publisher's alone
        return NewsroomError(f"{type(exc).__name__}: {exc}", about=publisher_id)
