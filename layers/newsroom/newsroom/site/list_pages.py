"""Pages that list stories: home, the sections, and their directories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import ClassVar

from newsroom.editions.correction import Correction
from newsroom.editions.ranking import front_page, why
from newsroom.site import addresses, wording
from newsroom.site.places import Place, Places
from newsroom.site.rendering import TAGLINE, Frame, House
from newsroom.site.sections import KINDS, Kind, Section
from newsroom.site.structured import house_data
from newsroom.site.teaser import Teaser, teaser
from newsroom.stories.version import Head

LEADING = 6
"""Stories that lead the home page: one screen."""
BESIDE = 3
"""The first of them leads, the next up to here stand beside it, the rest in a row below."""
BY_DESK = 4
"""Stories a desk shows on the home page."""
LISTED = 60
"""Stories on a country's or a desk's page."""


@dataclass(frozen=True)
class DeskBlock:
    desk: Place
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True)
class HomePage:
    """What leads and why, then what else each desk has, the most prominent first."""

    template: ClassVar[str] = "home.html.j2"

    frame: Frame
    as_of: datetime | None
    summary: str
    lead: Teaser | None
    beside: tuple[Teaser, ...]
    below: tuple[Teaser, ...]
    blocks: tuple[DeskBlock, ...]
    corrections: tuple[Correction, ...]
    held: int
    notices: tuple[str, ...]
    """What is out of order, in sentences; empty when all is well."""


@dataclass(frozen=True)
class DayBlock:
    day: str
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True)
class ListPage:
    """Stories of one section, by day, newest first."""

    template: ClassVar[str] = "list.html.j2"

    frame: Frame
    section: Section
    days: tuple[DayBlock, ...]
    total: int
    more: bool
    """Whether there are older ones than those shown."""


@dataclass(frozen=True)
class DirectoryPage:
    """Every section of one kind that has a story. Names alone: figures would make it another page with each story."""

    template: ClassVar[str] = "directory.html.j2"

    frame: Frame
    heading: str
    entries: tuple[Place, ...]
    empty: str
    """Said where there is none."""
    others: tuple[Place, ...]
    """The directories of the other kinds."""


def home_page(
    heads: Sequence[Head],
    house: House,
    places: Places,
    corrections: Sequence[Correction],
    held: int,
    notices: Sequence[str] = (),
) -> HomePage:
    """`heads` newest first. A retracted story leaves the list; its own page stays."""
    standing = [head for head in heads if not head.retracted]
    every = front_page(standing)
    ranked, others = every[:LEADING], every[LEADING:]
    newest = max((head.newest_source_at for head in standing), default=None)
    leading = [teaser(head, places, newest, why(head, newest)) for head in ranked if newest]
    by_desk: dict[Place, list[Head]] = {}
    for head in others:
        by_desk.setdefault(places.desk(head.desk), []).append(head)
    order = {places.desk(desk): place for place, desk in enumerate(places.desks)}
    blocks = [
        DeskBlock(desk, tuple(teaser(head, places, newest) for head in found[:BY_DESK]))
        for desk, found in sorted(by_desk.items(), key=lambda item: (order.get(item[0], len(order)), item[0].name))
        if newest
    ]
    origins = sum(head.origins for head in ranked)
    return HomePage(
        frame=Frame(house, addresses.HOME, f"{house.name}: {TAGLINE.lower()}", DESCRIPTION, data=house_data(house)),
        as_of=max((head.published_at for head in standing), default=None),
        summary=f"{wording.count(len(leading), 'story', 'stories')} lead, from {wording.count(origins, 'origin')}"
        if leading
        else "",
        lead=leading[0] if leading else None,
        beside=tuple(leading[1:BESIDE]),
        below=tuple(leading[BESIDE:]),
        blocks=tuple(blocks),
        corrections=tuple(corrections[:3]),
        held=held,
        notices=tuple(notices),
    )


DESCRIPTION = (
    "Market news in which every sentence shows the words of the source that it stands on, with the score of its own "
    "review and everything needed to check it."
)


def list_page(section: Section, house: House, places: Places) -> ListPage:
    """Says nothing of how much a story moves: that wears off while the page stays as it is."""
    standing = [head for head in section.heads if not head.retracted]
    shown = standing[:LISTED]
    days = tuple(
        DayBlock(day, tuple(teaser(head, places) for head in found))
        for day, found in groupby(shown, key=lambda head: wording.day(head.published_at))
    )
    place = section.place
    described = f"Market news on {place.name}, every sentence with its source."
    frame = Frame(
        house, place.path, place.name, described,
        section=place.name, feed=section.feed, formats=section.kind.formats,
    )  # fmt: skip
    return ListPage(frame, section, days, len(shown), more=len(standing) > LISTED)


def directory_page(kind: Kind, own: Iterable[Place], house: House) -> DirectoryPage:
    """By name. `own`: the sections of that kind that have a standing story."""
    frame = Frame(house, kind.path, kind.heading, f"{kind.heading} with market news on {house.name}.")
    others = tuple(Place(one.heading, one.path) for one in KINDS if one is not kind)
    entries = tuple(sorted(own, key=lambda place: (place.name, place.path)))
    return DirectoryPage(frame, kind.heading, entries, kind.empty, others)
