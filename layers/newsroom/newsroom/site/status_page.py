"""How the newsroom is doing: as of the last edition that had news or trouble."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from newsroom.site import addresses
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
    degraded: tuple[str, ...] = ()

    @property
    def next_at(self) -> datetime:
        """The next slot of the schedule."""
        ended = self.ended_at.astimezone(UTC)
        midnight = ended.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + ((ended - midnight) // EVERY + 1) * EVERY


@dataclass(frozen=True)
class StatusPage:
    template: ClassVar[str] = "status.html.j2"

    frame: Frame
    status: Status | None
    minutes: int
    """Between editions."""


def status_page(status: Status | None, house: House) -> StatusPage:
    """None: no edition has ended yet."""
    frame = Frame(
        house, addresses.STATUS, "Status", f"How {house.name} is doing, as of its last edition.", indexed=False
    )
    return StatusPage(frame, status, EVERY // timedelta(minutes=1))
