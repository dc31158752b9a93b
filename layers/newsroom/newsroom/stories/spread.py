"""How a story spread: who reported it when, in windows of time. The data of the timeline."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from newsroom.publishers.publisher import Publisher
from newsroom.stories.story import Membership, Story

WIDTHS = tuple(timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 180, 360, 720, 1440))
MOST_WINDOWS = 8
"""What fits on a story page; the narrowest width that stays within it is chosen."""


@dataclass(frozen=True)
class Window:
    """One stretch of time, `start` included and `end` not; `end` is None for the last one, which is still open."""

    start: datetime
    end: datetime | None
    publishers: tuple[str, ...]
    """Ids of those who joined in it, in the order in which they did."""
    new_origins: int
    total: int
    """Publishers up to its end: never falls, and the last one is the story's number of publishers."""
    total_origins: int
    new_articles: int
    total_articles: int

    @property
    def new(self) -> int:
        return len(self.publishers)


@dataclass(frozen=True)
class Arrival:
    """When a publisher first reported, and how long after the first of all."""

    publisher: str
    at: datetime
    lag: timedelta
    origin: str
    """Of its first article: who is fast with another's report is fast at carrying, not at reporting."""


@dataclass(frozen=True)
class Spread:
    """Publishers count, each once, at its first article."""

    windows: tuple[Window, ...]
    """Oldest first; without those in which nobody and nothing is new."""
    first: tuple[str, ...]
    """Ids of the publishers that were first: all that carry the date of the oldest article."""
    by_tier: dict[int, int]
    """Tier → publishers; unknown ones count as tier 3."""
    by_country: dict[str, int]
    """ISO 3166-1 alpha-2 → publishers, most first; unknown ones are left out."""
    arrivals: tuple[Arrival, ...] = ()
    """Every publisher, fastest first."""
    first_origins: tuple[Arrival, ...] = ()
    """Of every origin the publisher that brought it first, in that order: who reported, not who carried."""

    @property
    def publishers(self) -> int:
        return self.windows[-1].total if self.windows else 0


def spread(story: Story, publishers: Mapping[str, Publisher]) -> Spread:
    """The spread of a story, from the clamped dates of its articles; empty for a story without members."""
    members = sorted(story.members, key=lambda one: (one.at, one.article_id))
    arrivals: dict[str, datetime] = {}
    for member in members:
        arrivals.setdefault(_who(member), member.at)
    if not arrivals:
        return Spread((), (), {}, {})
    opened = members[0].at
    known = [publishers[one] for one in arrivals if one in publishers]
    tiers = {tier: sum(one.tier == tier for one in known) for tier in (1, 2, 3)}
    tiers[3] += len(arrivals) - len(known)
    countries: dict[str, int] = {}
    for one in known:
        countries[one.country] = countries.get(one.country, 0) + 1
    return Spread(
        windows=_windows(members, arrivals),
        first=tuple(one for one, at in arrivals.items() if at == opened),
        by_tier={tier: count for tier, count in tiers.items() if count},
        by_country=dict(sorted(countries.items(), key=lambda one: (-one[1], one[0]))),
        arrivals=_firsts(members, _who),
        first_origins=_firsts(members, lambda member: member.origin_id),
    )


def _windows(members: Sequence[Membership], arrivals: Mapping[str, datetime]) -> tuple[Window, ...]:
    opened = members[0].at
    width = _width(members[-1].at - opened)
    origins: dict[str, int] = {}
    for member in members:
        origins.setdefault(member.origin_id, (member.at - opened) // width)
    joined: dict[int, list[str]] = {}
    for publisher, at in arrivals.items():
        joined.setdefault((at - opened) // width, []).append(publisher)
    articles = Counter((member.at - opened) // width for member in members)
    windows: list[Window] = []
    total = total_origins = total_articles = 0
    for number in sorted(articles):
        who, start = joined.get(number, []), opened + number * width
        new_origins = sum(place == number for place in origins.values())
        total, total_origins = total + len(who), total_origins + new_origins
        total_articles += articles[number]
        windows.append(
            Window(
                start=start,
                end=start + width,
                publishers=tuple(who),
                new_origins=new_origins,
                total=total,
                total_origins=total_origins,
                new_articles=articles[number],
                total_articles=total_articles,
            )
        )
    return (*windows[:-1], replace(windows[-1], end=None))


def _firsts(members: Sequence[Membership], key: Callable[[Membership], str]) -> tuple[Arrival, ...]:
    """The first member of each key, in the order of their dates."""
    first: dict[str, Membership] = {}
    for member in members:
        first.setdefault(key(member), member)
    return tuple(Arrival(_who(one), one.at, one.at - members[0].at, one.origin_id) for one in first.values())


def _width(length: timedelta) -> timedelta:
    for width in WIDTHS:
        if length // width < MOST_WINDOWS:
            return width
    return WIDTHS[-1] * ceil((length // WIDTHS[-1] + 1) / MOST_WINDOWS)


def _who(member: Membership) -> str:
    """An article without a publisher stands for itself."""
    return member.publisher_id or member.article_id
