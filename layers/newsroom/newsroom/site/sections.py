"""The sections of the site: which pages list a story, and what each of them is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsroom.site import addresses, places
from newsroom.site.places import Place, Places
from newsroom.stories.mentions import companies
from newsroom.stories.version import Head


@dataclass(frozen=True)
class Kind:
    """One way to sort the news. `path` and `heading` are those of the page that lists its sections."""

    name: str
    path: str
    heading: str
    of: Callable[[Head, Places], tuple[Place, ...]]
    has_feed: bool = False


COUNTRY = Kind("Country", addresses.COUNTRIES, "Countries", lambda head, by: (by.country(head.country),), has_feed=True)
DESK = Kind("Desk", addresses.DESKS, "Desks", lambda head, by: (by.desk(head.desk),), has_feed=True)
SECTOR = Kind("Sector", addresses.SECTORS, "Sectors", lambda head, _: tuple(map(places.sector, head.sectors)))
TOPIC = Kind("Topic", addresses.TOPICS, "Topics", lambda head, _: tuple(map(places.topic, head.topics)))
COMPANY = Kind("Company", addresses.COMPANIES, "Companies", lambda head, _: tuple(map(places.company, head.companies)))

KINDS = (COUNTRY, DESK, SECTOR, TOPIC, COMPANY)


@dataclass(frozen=True)
class Section:
    """One page that lists stories. `related`: pages on what it belongs to."""

    kind: Kind
    place: Place
    heads: tuple[Head, ...]
    note: str = ""
    related: tuple[Place, ...] = ()

    @property
    def feed(self) -> str:
        """Path of its own feed; empty where it has none."""
        return f"{self.place.path}feed.xml" if self.kind.has_feed else ""


def sections(heads: Sequence[Head], by: Places) -> list[Section]:
    """Every section that has a story, each with its stories in the order given."""
    grouped: dict[tuple[int, Place], list[Head]] = {}
    for head in heads:
        for number, kind in enumerate(KINDS):
            for place in kind.of(head, by):
                grouped.setdefault((number, place), []).append(head)
    there = {place for _, place in grouped}
    found = []
    for (number, place), own in sorted(grouped.items(), key=lambda item: (item[0][0], item[0][1].path)):
        note, trade = _of_company(place, by) if KINDS[number] is COMPANY else ("", None)
        related = (trade,) if trade in there and trade else ()
        found.append(Section(KINDS[number], place, tuple(own), note, related))
    return found


def subjects(head: Head) -> tuple[Place, ...]:
    """What a story is about, whom it concerns most first: companies, sectors, topics."""
    return (*map(places.company, head.companies), *map(places.sector, head.sectors), *map(places.topic, head.topics))


def _of_company(place: Place, by: Places) -> tuple[str, Place | None]:
    """Its country and where it is listed, in words; its sector."""
    known = companies().get(place.path.split("/")[2])
    if known is None:
        return "", None
    venue, _, ticker = known.listing.partition(":")
    listed = f"listed as {ticker} ({venue})" if ticker else "not listed"
    return f"{by.country(known.country).name}, {listed}", places.sector(known.sector)
