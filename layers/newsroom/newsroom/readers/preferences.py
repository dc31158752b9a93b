"""What a subscriber chose: on which days an issue comes, when, and which regions come first in it.

An issue is one for everybody, frozen at 6 a.m. in New York: no choice adds, drops or rewords a story. Regions put
stories of theirs first and mark them, and say which regional angle is shown; the zone says when a reader is not to be
woken, and in whose time the mail tells times.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Literal

from newsroom.boundary import Boundary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Days = Literal["daily", "weekdays"]
Region = Literal["asia", "europe", "americas", "mea"]
"""Those whose angle a story may have (`writing.draft.Region`)."""

DAYS: dict[Days, str] = {"daily": "Every day", "weekdays": "Monday to Friday"}
REGIONS: dict[Region, str] = {
    "asia": "India, Asia and the Pacific",
    "europe": "Europe",
    "americas": "The Americas",
    "mea": "Middle East and Africa",
}
DESKS: dict[Region, tuple[str, ...]] = {
    "asia": ("china", "japan-korea", "india", "asia-pacific"),
    "europe": ("united-kingdom", "europe"),
    "americas": ("united-states", "canada", "latin-america"),
    "mea": ("middle-east", "africa"),
}
"""Whose stories are a region's; the world desk's are nobody's in particular."""
NEW_YORK = "America/New_York"
MORNING = 6
"""The hour before which nobody is sent an issue, by the reader's own clock."""


class Preferences(Boundary):
    """As somebody gets them who chooses nothing: every issue, at 6 a.m. in New York, in its own order."""

    days: Days = "daily"
    """On which days an issue is sent; `weekdays` are Monday to Friday by the issue's date, which is New York's."""
    regions: tuple[Region, ...] = ()
    """In the order of `REGIONS`; none: the issue's own order."""
    zone: str = NEW_YORK
    """Where the reader's clock stands: one of `zones()`, or what was one when it was chosen."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen, and what is: for the fields of a form."""

    days: Mapping[Days, str]
    regions: Mapping[Region, str]
    zones: Mapping[str, Mapping[str, str]]
    chosen: Preferences


def choices(chosen: Preferences) -> Choices:
    return Choices(DAYS, REGIONS, zones(), chosen)


def in_words(chosen: Preferences) -> str:
    """`Monday to Friday, by the clock of Europe/Zurich; first the stories of Europe.`"""
    told = f"{DAYS[chosen.days]}, by the clock of {chosen.zone}"
    first = " and ".join(REGIONS[region] for region in chosen.regions)
    return f"{told}; first the stories of {first}." if first else f"{told}."


def due_at(zone: str, ready_at: datetime) -> datetime:
    """When a reader is sent an issue that is ready at `ready_at`: at once, but not between midnight and 6 a.m. of the
    clock in `zone`; then at 6 a.m. there, the same day.

    So New York, Europe and most of Asia get it at once (at 11:00 in London, 19:00 in Hong Kong in winter), California
    at its own 6 a.m. Nobody waits for more than seven hours, and an issue is over before the next one begins. A zone
    that is none (any more) counts as New York's.
    """
    there = local(ready_at, zone)
    morning = there.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return ready_at if there.hour >= MORNING else morning.astimezone(ready_at.tzinfo)


def local(at: datetime, zone: str) -> datetime:
    """An instant by the clock of a zone, as a mail to somebody there tells it."""
    return at.astimezone(_clock(zone))


def region_of(desk: str) -> Region | None:
    """Whose a desk's stories are; None for the world's."""
    return next((region for region, desks in DESKS.items() if desk in desks), None)


def in_order_of(regions: Collection[Region], desks: Mapping[str, str]) -> list[str]:
    """Story ids in the order in which somebody with these regions reads them: theirs first, then the others, both in
    the order given. `desks`: story id → desk, in the issue's order."""
    return sorted(desks, key=lambda story_id: region_of(desks[story_id]) not in regions if regions else False)


@cache
def zones() -> dict[str, dict[str, str]]:
    """What can be chosen: part of the world → zone → place, both in alphabetical order, by the IANA database's list
    of zones for people to choose from (`zone.tab`); and UTC."""
    from importlib.resources import files

    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    names = sorted(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))
    found: dict[str, dict[str, str]] = {}
    for name in names:
        part, _, place = name.partition("/")
        found.setdefault(part, {})[name] = ", ".join(reversed(place.replace("_", " ").split("/")))
    return found | {"Everywhere": {"Etc/UTC": "UTC"}}


def is_zone(name: str) -> bool:
    """Whether it can be chosen."""
    return any(name in named for named in zones().values())


def _clock(zone: str) -> "ZoneInfo":
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError):
        return ZoneInfo(NEW_YORK)
