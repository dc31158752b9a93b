"""An issue as operators see it: before it is sent, while it is, and after."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, ValidationError, field_validator

from newsroom.boundary import Boundary, Moment, first_fault
from newsroom.briefing.closing import Outcome, progress
from newsroom.briefing.issue import Issue, issue_id_at
from newsroom.briefing.manifest import Wave, read_manifest
from newsroom.briefing.production import composed
from newsroom.briefing.rendering import issue_mail
from newsroom.briefing.warming import Warmth, warmth_of
from newsroom.errors import BadInput, NotFound
from newsroom.markets.prices import NO_PRICES, Prices
from newsroom.readers.preferences import NEW_YORK, Preferences, Region
from newsroom.settings import MailSettings
from newsroom.site.rendering import House

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.readers_archive import ReadersArchive

LEAVE_PATH = "/api/unsubscribe"
"""Without a token: a preview's links lead nobody out."""

Stage = Literal["preview", "composed", "sending", "closed"]


class ShowOrder(Boundary):
    """Which issue, and in whose order and time."""

    date: str = ""
    """`YYYY-MM-DD` in New York; empty for today's."""
    regions: tuple[Region, ...] = ()
    zone: str = Field(default=NEW_YORK, max_length=64)

    @classmethod
    def read(cls, event: Mapping[str, Any]) -> Self:
        """BadInput for what is no such order."""
        try:
            return cls.model_validate(event)
        except ValidationError as exc:
            raise BadInput(first_fault(exc)) from exc

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, text: str) -> str:
        return date.fromisoformat(text).isoformat() if text else ""


class ShownIssue(Boundary):
    """The issue, its mail, and what became of it so far."""

    issue_id: str
    stage: Stage
    """`preview`: what would be composed now, and is kept nowhere."""
    held_by: str = ""
    """The execution that has it."""
    held_at: Moment | None = None
    """When it composed, or last began a batch."""
    may_not_send: str = ""
    """Why nothing is sent now; empty when it may be."""
    waves: tuple[Wave, ...] = ()
    outcome: Outcome | None = None
    """None until there is a list of who gets it."""
    warm_up: Warmth
    """Where the list stands on its sending plan."""
    corrections: int
    """Told in it; each reader is told those of issues they received."""
    subject: str
    text: str
    html: str


def show(
    order: ShowOrder,
    *,
    archive: "Archive",
    readers: "ReadersArchive",
    house: House,
    settings: MailSettings,
    owner_of: Callable[[str], str],
    now: datetime,
    prices: Prices = NO_PRICES,
) -> ShownIssue:
    """Reads, and writes nothing. NotFound for a date of which there is no issue, unless it is today's."""
    issue_id = order.date or issue_id_at(now)
    try:
        issue, frozen = archive.issue(issue_id), True
    except NotFound:
        if issue_id != issue_id_at(now):
            raise
        issue, frozen = composed(archive, issue_id, owner_of=owner_of, now=now, prices=prices), False
    mail = issue_mail(
        issue,
        house,
        corrections=issue.corrections,
        leave_url=house.address + LEAVE_PATH,
        postal_address=settings.postal_address,
        reader=Preferences(regions=order.regions, zone=order.zone),
    )
    outcome, waves = _sent(issue, archive, readers)
    held = archive.issue_claim(issue_id)
    return ShownIssue(
        issue_id=issue_id,
        stage=_stage(frozen, addressed=bool(waves), closed=bool(held and held.closed)),
        held_by=held.holder if held else "",
        held_at=held.held_at if held else None,
        may_not_send=_reason_not_to_send(settings, readers),
        waves=waves,
        outcome=outcome,
        warm_up=warmth_of(issue_id, settings, archive, readers, now),
        corrections=len(issue.corrections),
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
    )


def _sent(issue: Issue, archive: "Archive", readers: "ReadersArchive") -> tuple[Outcome | None, tuple[Wave, ...]]:
    try:
        waves = read_manifest(archive, issue.issue_id).waves
    except NotFound:
        return None, ()
    return progress(archive, readers, issue.issue_id), waves


def _stage(frozen: bool, *, addressed: bool, closed: bool) -> Stage:
    if closed:
        return "closed"
    if addressed:
        return "sending"
    return "composed" if frozen else "preview"


def _reason_not_to_send(settings: MailSettings, readers: "ReadersArchive") -> str:
    if settings.sending_paused:
        return "paused by the operator"
    pause = readers.pause()
    return f"paused since {pause.at:%Y-%m-%d %H:%M}: {pause.reason}" if pause and pause.stands else ""
