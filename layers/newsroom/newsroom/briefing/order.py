"""What starts a briefing: the schedule, for its slot, or an operator, for a date."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from pydantic import ValidationError, field_validator

from newsroom.boundary import Boundary, Moment, first_fault
from newsroom.briefing.issue import issue_id_at
from newsroom.errors import BadInput


class IssueOrder(Boundary):
    """Which execution asks, and for which issue."""

    execution: str
    date: str = ""
    """`YYYY-MM-DD` in New York, as an operator gives it; empty for the day of the slot, or today's."""
    slot: Moment | None = None
    """When the schedule was due: an event that arrives late still means its own day."""

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, text: str) -> str:
        return date.fromisoformat(text).isoformat() if text else ""

    @classmethod
    def read(cls, event: Mapping[str, Any]) -> Self:
        """From `{execution, date?, slot?}` or `{execution, input: {date?, slot?}}`; what else it holds is ignored.

        BadInput for what is no date and no time.
        """
        given = {**(event.get("input") or {}), **event}
        order = {name: given[name] for name in ("execution", "date", "slot") if _filled_in(given.get(name))}
        try:
            return cls.model_validate(order)
        except ValidationError as exc:
            raise BadInput(first_fault(exc), about=str(order.get("date", ""))[:40]) from exc

    @property
    def again(self) -> bool:
        """Whoever names the date means it: an issue that was closed is then gone on with."""
        return bool(self.date)

    @property
    def scheduled(self) -> bool:
        """Whoever starts it by hand wants it sent now, wherever readers live."""
        return self.slot is not None and not self.date

    def issue_id(self, now: datetime) -> str:
        return self.date or issue_id_at(self.slot or now)


def _filled_in(value: object) -> bool:
    """Not every scheduler puts the time where the schedule's input says `<aws.scheduler.scheduled-time>`."""
    return bool(value) and not str(value).startswith("<aws.scheduler.")
