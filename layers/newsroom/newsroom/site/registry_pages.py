"""The source registry: who we read, how far we trust them and why, and who does not answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from newsroom.publishers.health import Health
from newsroom.publishers.publisher import TIERS, Publisher
from newsroom.site import addresses, wording
from newsroom.site.places import Place, Places
from newsroom.site.rendering import Frame, House

STATUSES = {
    "new": "not read yet", "ok": "read", "empty": "answers, but lists nothing", "failing": "not reachable",
    "retired": "closed its feeds",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One publisher. `reason` of its status changes only when the status does: no time of the last try is shown."""

    publisher: Publisher
    path: str
    country: Place
    owner: str
    home: str
    status: str
    failing: bool
    failing_since: datetime | None
    fault: str


@dataclass(frozen=True)
class TierEntries:
    tier: int
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class SourcesPage:
    """The registry; its legend is the same table from which tiers are checked."""

    template: ClassVar[str] = "sources.html.j2"

    frame: Frame
    summary: str
    tiers: tuple[TierEntries, ...]
    failing: tuple[Entry, ...]


@dataclass(frozen=True)
class PublisherPage:
    template: ClassVar[str] = "publisher.html.j2"

    frame: Frame
    entry: Entry
    tier_name: str
    siblings: tuple[Entry, ...]
    feeds: tuple[str, ...]
    contact: str


def entries(
    publishers: Sequence[Publisher], healths: Mapping[str, Health], places: Places, families: Mapping[str, str]
) -> list[Entry]:
    """By name; a publisher of which nothing is known yet is new. `families`: common owner's id → name."""
    found = (_entry(publisher, healths.get(publisher.id), places, families) for publisher in publishers)
    return sorted(found, key=lambda entry: (entry.publisher.name.casefold(), entry.publisher.id))


def sources_page(listed: Sequence[Entry], house: House) -> SourcesPage:
    tiers = tuple(
        TierEntries(tier, name, tuple(entry for entry in listed if entry.publisher.tier == tier))
        for tier, name in TIERS.items()
    )
    countries = len({entry.publisher.country for entry in listed})
    families = len({entry.publisher.owner for entry in listed})
    summary = (
        f"{wording.count(len(listed), 'publisher')} in {wording.count(countries, 'country', 'countries')}, "
        f"{wording.count(families, 'independent owner')}."
    )
    frame = Frame(house, addresses.SOURCES, "Source registry", f"Whom {house.name} reads, and how far it trusts them.")
    return SourcesPage(frame, summary, tiers, tuple(entry for entry in listed if entry.failing))


def publisher_page(entry: Entry, listed: Sequence[Entry], house: House) -> PublisherPage:
    one = entry.publisher
    siblings = tuple(e for e in listed if one.family and e.publisher.family == one.family and e.publisher.id != one.id)
    frame = Frame(house, entry.path, f"{one.name}: source", f"{one.name}: tier {one.tier}. {one.reason}")
    feeds = tuple(filter(None, map(wording.out_link, one.feeds)))
    return PublisherPage(frame, entry, TIERS[one.tier], siblings, feeds, house.contact)


def _entry(publisher: Publisher, health: Health | None, places: Places, families: Mapping[str, str]) -> Entry:
    status = health.status if health else "new"
    return Entry(
        publisher=publisher,
        path=addresses.publisher(publisher.id),
        country=places.country(publisher.country),
        owner=families.get(publisher.family, publisher.family.replace("-", " ").title()),
        home=wording.out_link(publisher.home),
        status=STATUSES[status],
        failing=status in ("failing", "retired"),
        failing_since=health.failing_since if health and status == "failing" else None,
        fault=(health.reason or health.error) if health and status in ("failing", "retired") else "",
    )
