"""How the newsroom is doing: as of the last edition that had news or trouble."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from newsroom.boundary import Moment
from newsroom.readers.clocks import LOOKS_BACK, Clocks
from newsroom.site import addresses
from newsroom.site.document import Document
from newsroom.site.rendering import Frame, House

EVERY = timedelta(minutes=15)
"""From one edition's slot to the next (template.yaml, the schedule of the edition)."""


@dataclass(frozen=True)
class Status:
    """One edition as it ended. `degraded`: what does not work as it should, in sentences; empty when all is well."""

    edition_id: str
    ended_at: datetime
    publishers: int
    """Asked in this edition."""
    failed_publishers: int
    articles: int
    stories_published: int
    stories_held: int
    """All that are held now."""
    reports: Clocks
    """Of readers' reports in `LOOKS_BACK`."""
    degraded: tuple[str, ...] = ()

    @property
    def next_at(self) -> datetime:
        """The next slot of the schedule."""
        ended = self.ended_at.astimezone(UTC)
        midnight = ended.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + ((ended - midnight) // EVERY + 1) * EVERY


class StatusDocument(Document):
    """`/status.json`: the last edition with news or trouble."""

    schema_name: ClassVar[str] = "status/1"

    edition: str
    ended_at: Moment
    next_at: Moment
    """When the next one was due."""
    publishers: int
    """Asked in this edition."""
    failed_publishers: int
    articles: int
    stories_published: int
    stories_held: int
    """All that are held now."""
    reports_open: int
    """Of errors, by readers: without a decision, or without the correction that it promises."""
    oldest_report_hours: float | None
    decided_in_time: float | None
    """0–1: of the reports of 90 days that had to be decided by now, those that were within 24 hours."""
    corrected_in_time: float | None
    """0–1: the same of corrections, within 48 hours."""
    degraded: tuple[str, ...] = ()
    """What does not work as it should, in sentences; empty when all is well."""


def status_document(status: Status) -> StatusDocument:
    return StatusDocument(
        edition=status.edition_id,
        ended_at=status.ended_at,
        next_at=status.next_at,
        publishers=status.publishers,
        failed_publishers=status.failed_publishers,
        articles=status.articles,
        stories_published=status.stories_published,
        stories_held=status.stories_held,
        reports_open=status.reports.open,
        oldest_report_hours=status.reports.oldest,
        decided_in_time=status.reports.decided.share,
        corrected_in_time=status.reports.fixed.share,
        degraded=status.degraded,
    )


@dataclass(frozen=True)
class StatusPage:
    template: ClassVar[str] = "status.html.j2"

    frame: Frame
    status: Status | None
    minutes: int
    """Between editions."""
    days: int
    """That reports are looked back on."""


def status_page(status: Status | None, house: House) -> StatusPage:
    """None: no edition has ended yet."""
    frame = Frame(
        house, addresses.STATUS, "Status", f"How {house.name} is doing, as of its last edition.", indexed=False
    )
    return StatusPage(frame, status, EVERY // timedelta(minutes=1), LOOKS_BACK.days)
