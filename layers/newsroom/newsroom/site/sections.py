"""The sections of the site: which pages list a story, and what each of them is about."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

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
    named: Callable[[str, Places], Place]
    """The section's place by the last part of its path."""
    formats: tuple[str, ...] = ("feed.xml",)
    """Of a section's feed. A story has one country and one desk, and maybe many sections of the other kinds, whose
    feeds are RSS alone: each is a file more to write with the story."""
    empty: str = "No story stands yet."
    """What is said where none of them has a story."""


EVERY_FORMAT = tuple(addresses.FEED_TYPES)
COUNTRY = Kind(
    "Country", addresses.COUNTRIES, "Countries",
    of=lambda head, by: (by.country(head.country),),
    named=lambda name, by: by.country("" if name == places.WORLD else name.upper()), formats=EVERY_FORMAT,
)  # fmt: skip
DESK = Kind(
    "Desk", addresses.DESKS, "Desks",
    of=lambda head, by: (by.desk(head.desk),), named=lambda name, by: by.desk(name), formats=EVERY_FORMAT,
)  # fmt: skip
SECTOR = Kind(
    "Sector", addresses.SECTORS, "Sectors",
    of=lambda head, _: tuple(map(places.sector, head.sectors)), named=lambda name, _: places.sector(name),
)  # fmt: skip
TOPIC = Kind(
    "Topic", addresses.TOPICS, "Topics",
    of=lambda head, _: tuple(map(places.topic, head.topics)), named=lambda name, _: places.topic(name),
)  # fmt: skip
COMPANY = Kind(
    "Company", addresses.COMPANIES, "Companies",
    of=lambda head, _: tuple(map(places.company, head.companies)), named=lambda name, _: places.company(name),
    empty="No story that stands is about a company that we follow.",
)  # fmt: skip

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
        """Path of its RSS."""
        return f"{self.place.path}feed.xml"

    def emptied(self) -> "Section":
        """Before its first story is there: it links nothing."""
        return replace(self, heads=(), related=())


def paths_of(head: Head, by: Places) -> tuple[str, ...]:
    """Paths of the sections that a story belongs to."""
    return tuple(dict.fromkeys(place.path for kind in KINDS for place in kind.of(head, by)))


def section_at(path: str, heads: Sequence[Head], by: Places, there: Collection[str]) -> Section:
    """The section at a path (`/company/apple/`) with `heads`. `there`: paths of all sections that have a page."""
    _, kind_of_path, name, _ = path.split("/")
    kind = next(one for one in KINDS if one.name.lower() == kind_of_path)
    note, trade = _of_company(name, by) if kind is COMPANY else ("", None)
    related = (trade,) if trade and trade.path in there else ()
    return Section(kind, kind.named(name, by), tuple(heads), note, related)


def subjects(head: Head) -> tuple[Place, ...]:
    """What a story is about, whom it concerns most first: companies, sectors, topics; of two of one name the first."""
    found = (*map(places.company, head.companies), *map(places.sector, head.sectors), *map(places.topic, head.topics))
    by_name: dict[str, Place] = {}
    for place in found:
        by_name.setdefault(place.name, place)
    return tuple(by_name.values())


def _of_company(company_id: str, by: Places) -> tuple[str, Place | None]:
    """Its country and where it is listed, in words; its sector."""
    known = companies().get(company_id)
    if known is None:
        return "", None
    venue, _, ticker = known.listing.partition(":")
    listed = f"listed as {ticker} ({venue})" if ticker else "not listed"
    return f"{by.country(known.country).name}, {listed}", places.sector(known.sector)
