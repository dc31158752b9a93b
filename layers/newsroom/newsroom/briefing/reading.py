"""The frozen issue as one reader gets it: theirs first and marked, their region's angle, times by their clock. What it
tells is the same for everybody."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from newsroom.readers.preferences import NEW_YORK, REGIONS, Preferences, in_order_of, local, region_of

if TYPE_CHECKING:
    from newsroom.briefing.issue import Issue, Item, Line

BELL = time(9, 30)
"""Of the New York Stock Exchange, each day that it trades."""


@dataclass(frozen=True)
class ToldItem:
    """One item as a reader is told it."""

    item: "Item"
    theirs: str = ""
    """The region of theirs that the story is of, in words; empty for others, and for who chose none."""
    lens: "Line | None" = None
    """How it looks from the first of their regions that it has an angle for."""
    seen_from: str = ""
    """That region, in words."""


def as_told(issue: "Issue", reader: Preferences) -> tuple[ToldItem, ...]:
    """The issue's items, all of them, in the order in which somebody with these regions reads them."""
    items = {item.story_id: item for item in issue.items}
    order = in_order_of(reader.regions, {story_id: item.desk for story_id, item in items.items()})
    return tuple(_told(items[story_id], reader) for story_id in order)


def by_clock(at: datetime, zone: str) -> str:
    """`23 Nov 2026, 16:00 EST`; where a zone's time has no name, how far it is from UTC: `20:00 UTC+04`."""
    there = local(at, zone)
    return f"{there.day} {there:%b %Y, %H:%M} {_zone_name(there)}"


def opening(issue: "Issue", zone: str) -> str:
    """`That is 15:30 CET.`: when New York opens, for who lives by another clock; empty where nobody trades."""
    from zoneinfo import ZoneInfo

    bell = datetime.combine(date.fromisoformat(issue.issue_id), BELL, ZoneInfo(NEW_YORK))
    there = local(bell, zone)
    if issue.edition != "weekday" or there.utcoffset() == bell.utcoffset():
        return ""
    day = "" if there.date() == bell.date() else f"{there.day} {there:%b}, "
    return f"That is {day}{there:%H:%M} {_zone_name(there)}."


def _zone_name(there: datetime) -> str:
    name = there.tzname() or ""
    return name if name.isalpha() else f"UTC{name}"


def _told(item: "Item", reader: Preferences) -> ToldItem:
    home = region_of(item.desk)
    seen_from = next((region for region in reader.regions if region in item.lenses), None)
    return ToldItem(
        item,
        theirs=REGIONS[home] if home in reader.regions and home else "",
        lens=item.lenses[seen_from] if seen_from else None,
        seen_from=REGIONS[seen_from] if seen_from else "",
    )
