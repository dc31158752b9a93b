"""The archive by day as pages, and the page that searches it. They work without a script, search aside."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from newsroom.site import addresses, wording
from newsroom.site.day_shelf import DayShelf, Months, MonthShelf, Shelved
from newsroom.site.rendering import Frame, House
from newsroom.site.scripts import script_path


@dataclass(frozen=True)
class DayPage:
    """Every story first published on one day, newest first."""

    template: ClassVar[str] = "day.html.j2"

    frame: Frame
    heading: str
    month: str
    month_path: str
    stories: tuple[Shelved, ...]


@dataclass(frozen=True)
class Line:
    """A day of a month, or a month, with the number of its stories."""

    name: str
    path: str
    stories: int


@dataclass(frozen=True)
class DaysPage:
    """The days of a month, or all months."""

    template: ClassVar[str] = "days.html.j2"

    frame: Frame
    heading: str
    lines: tuple[Line, ...]
    whole: bool
    """Whether it is the page of all months."""


@dataclass(frozen=True)
class SearchPage:
    template: ClassVar[str] = "search.html.j2"

    frame: Frame


def day_page(shelf: DayShelf, house: House) -> DayPage:
    heading, month = wording.day(_date(shelf.day)), shelf.day[:7]
    frame = Frame(house, addresses.day(shelf.day), heading, f"Every story first published on {heading}.")
    return DayPage(frame, heading, _month(month), addresses.day(month), shelf.stories)


def month_page(shelf: MonthShelf, house: House) -> DaysPage:
    lines = tuple(
        Line(wording.day(_date(f"{shelf.month}-{day}")), addresses.day(f"{shelf.month}-{day}"), stories)
        for day, stories in sorted(shelf.days.items(), reverse=True)
    )
    heading = _month(shelf.month)
    frame = Frame(house, addresses.day(shelf.month), heading, f"The days of {heading} with the stories of each.")
    return DaysPage(frame, heading, lines, whole=False)


def archive_page(months: Months, house: House) -> DaysPage:
    newest_first = sorted(months.months.items(), reverse=True)
    lines = tuple(Line(_month(month), addresses.day(month), stories) for month, stories in newest_first)
    frame = Frame(house, addresses.DAYS, "Archive by day", "Every story, by the day of its first publication.")
    return DaysPage(frame, "Archive by day", lines, whole=True)


def search_page(house: House) -> SearchPage:
    frame = Frame(
        house, addresses.SEARCH, "Search", "Search every story by its words.", script=script_path("search"),
        indexed=False,
    )  # fmt: skip
    return SearchPage(frame)


def _date(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _month(month: str) -> str:
    return f"{_date(f'{month}-01'):%B %Y}"
