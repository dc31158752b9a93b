"""The source registry: who we read, how far we trust them and why, and who does not answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from newsroom.publishers.health import FeedHealth, Health
from newsroom.publishers.publisher import TIERS, Publisher
from newsroom.publishers.registry_figures import share
from newsroom.site import addresses, wording
from newsroom.site.places import Place, Places
from newsroom.site.rendering import Frame, House

STATUSES = {
    "new": "not read yet", "ok": "read", "empty": "answers, but lists nothing", "failing": "not reachable",
    "retired": "closed its feeds",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One publisher. What is shown of it changes when something happened, or a day is over: no time of the last try.

    Otherwise every poll would make its page, and the registry's, another one.
    """

    publisher: Publisher
    path: str
    country: Place
    owner: str
    home: str
    status: str
    failing: bool
    failing_since: datetime | None
    failures: int
    """In a row; 0 when it answers."""
    asked_again: datetime | None
    """Of one that fails."""
    error: str
    """The error's class, as logs and alarms name it."""
    fault: str
    answered_on: str
    """The day of its last answer: `23 November 2026`; empty when it never answered."""
    week: "Week | None"
    """Its days that are over, a week at most; None on its first."""
    feeds: Mapping[str, str]
    """What there is to tell of its feeds, by URL as in the catalogue."""


@dataclass(frozen=True)
class Week:
    """What a publisher brought on its last days that are over. Figures in words."""

    days: str
    articles_a_day: str
    polls_a_day: str
    thin: str
    undated: str
    revised: int


@dataclass(frozen=True)
class FeedLine:
    """One feed and what there is to tell of it; `told` is empty when it is simply read."""

    url: str
    told: str


@dataclass(frozen=True)
class Sibling:
    name: str
    path: str


@dataclass(frozen=True)
class TierLine:
    """One tier of the legend and how many publishers it has."""

    tier: int
    name: str
    publishers: int


@dataclass(frozen=True)
class CountryLine:
    """One country's part of the registry. `best`: publishers of tier 1 among its own."""

    place: Place
    publishers: int
    best: int


@dataclass(frozen=True)
class SourcesPage:
    """The registry's first page: the legend, who does not answer, and where the others are listed.

    All of them on one page would be a quarter of a megabyte, and another page with every poll of anybody.
    """

    template: ClassVar[str] = "sources.html.j2"

    frame: Frame
    summary: str
    tiers: tuple[TierLine, ...]
    countries: tuple[CountryLine, ...]
    failing: tuple[Entry, ...]


@dataclass(frozen=True)
class SourcesOfCountryPage:
    """Every publisher of one country, the best tier first."""

    template: ClassVar[str] = "sources_of_country.html.j2"

    frame: Frame
    country: Place
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class PublisherPage:
    template: ClassVar[str] = "publisher.html.j2"

    frame: Frame
    entry: Entry
    tier_name: str
    country: Place
    """With the address of its part of the registry."""
    siblings: tuple[Sibling, ...]
    """Publishers of the same owner."""
    feeds: tuple[FeedLine, ...]
    contact: str


def entries(
    publishers: Sequence[Publisher], healths: Mapping[str, Health], places: Places, families: Mapping[str, str]
) -> list[Entry]:
    """By name; a publisher of which nothing is known yet is new. `families`: common owner's id → name."""
    found = (_entry(publisher, healths.get(publisher.id), places, families) for publisher in publishers)
    return sorted(found, key=lambda entry: (entry.publisher.name.casefold(), entry.publisher.id))


def sources_page(listed: Sequence[Entry], house: House) -> SourcesPage:
    tiers = tuple(
        TierLine(tier, name, sum(entry.publisher.tier == tier for entry in listed)) for tier, name in TIERS.items()
    )
    countries = tuple(
        CountryLine(_listing(own[0]), len(own), sum(entry.publisher.tier == 1 for entry in own))
        for own in _by_country(listed)
    )
    families = len({entry.publisher.owner for entry in listed})
    summary = (
        f"{wording.count(len(listed), 'publisher')} in {wording.count(len(countries), 'country', 'countries')}, "
        f"{wording.count(families, 'independent owner')}."
    )
    frame = Frame(house, addresses.SOURCES, "Source registry", f"Whom {house.name} reads, and how far it trusts them.")
    return SourcesPage(frame, summary, tiers, countries, tuple(entry for entry in listed if entry.failing))


def country_pages(listed: Sequence[Entry], house: House) -> list[SourcesOfCountryPage]:
    """One for each country that has a publisher, by the country's name."""
    return [_country_page(own, house) for own in _by_country(listed)]


def _country_page(own: Sequence[Entry], house: House) -> SourcesOfCountryPage:
    place = _listing(own[0])
    described = f"The publishers of {place.name} that {house.name} reads, each with its tier and the reason."
    frame = Frame(house, place.path, f"{place.name}: source registry", described)
    return SourcesOfCountryPage(frame, place, tuple(sorted(own, key=lambda entry: entry.publisher.tier)))


def _by_country(listed: Sequence[Entry]) -> list[list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in listed:
        found.setdefault(entry.publisher.country, []).append(entry)
    return sorted(found.values(), key=lambda own: own[0].country.name)


def _listing(entry: Entry) -> Place:
    """The country with the address of its part of the registry."""
    return replace(entry.country, path=addresses.publishers_of(entry.publisher.country))


def publisher_pages(listed: Sequence[Entry], house: House) -> list[PublisherPage]:
    """One for each publisher, in the order given."""
    families: dict[str, list[Sibling]] = {}
    for entry in listed:
        if entry.publisher.family:
            families.setdefault(entry.publisher.family, []).append(Sibling(entry.publisher.name, entry.path))
    return [_publisher_page(entry, families.get(entry.publisher.family, ()), house) for entry in listed]


def _publisher_page(entry: Entry, family: Sequence[Sibling], house: House) -> PublisherPage:
    one = entry.publisher
    siblings = tuple(own for own in family if own.path != entry.path)
    frame = Frame(house, entry.path, f"{one.name}: source", f"{one.name}: tier {one.tier}. {one.reason}")
    feeds = tuple(FeedLine(url, entry.feeds.get(feed, "")) for feed in one.feeds if (url := wording.out_link(feed)))
    return PublisherPage(frame, entry, TIERS[one.tier], _listing(entry), siblings, feeds, house.contact)


def _entry(publisher: Publisher, health: Health | None, places: Places, families: Mapping[str, str]) -> Entry:
    health = health or Health(publisher_id=publisher.id)
    failing = health.status == "failing"
    return Entry(
        publisher=publisher,
        path=addresses.publisher(publisher.id),
        country=places.country(publisher.country),
        owner=families.get(publisher.family, publisher.family.replace("-", " ").title()),
        home=wording.out_link(publisher.home),
        status=STATUSES[health.status],
        failing=health.status in ("failing", "retired"),
        failing_since=health.failing_since if failing else None,
        failures=health.failures if failing else 0,
        asked_again=health.next_poll_at if failing else None,
        error=health.error if failing else "",
        fault=(health.reason or health.error) if health.status in ("failing", "retired") else "",
        answered_on=wording.day(health.last_success_at) if health.last_success_at else "",
        week=_week(health),
        feeds={feed: _told(one) for feed, one in health.feeds.items()},
    )


def _week(health: Health) -> Week | None:
    days = health.days[:-1]
    if not days:
        return None
    return Week(
        days=wording.count(len(days), "day"),
        articles_a_day=wording.number(sum(day.articles for day in days) / len(days)),
        polls_a_day=wording.number(sum(day.polls for day in days) / len(days)),
        thin=wording.percent(share(days, "thin") / 100),
        undated=wording.percent(share(days, "undated") / 100),
        revised=sum(day.revised for day in days),
    )


def _told(feed: FeedHealth) -> str:
    moved = f"moved to {feed.moved_to}" if feed.moved_to else ""
    closed = "closed for good" if feed.status == "retired" else ""
    failing = f"not readable: {feed.reason}" if feed.status == "failing" else ""
    return "; ".join(filter(None, (closed, moved, failing)))
