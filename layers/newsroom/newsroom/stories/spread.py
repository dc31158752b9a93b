"""How a story spread: who reported it when, in windows of time. The data of the timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

    @property
    def new(self) -> int:
        return len(self.publishers)


@dataclass(frozen=True)
class Spread:
    """Publishers count, each once, at its first article."""

    windows: tuple[Window, ...]
    """Oldest first; without those in which neither a publisher nor an origin is new."""
    first: tuple[str, ...]
    """Ids of the publishers that were first: all that carry the date of the oldest article."""
    by_tier: dict[int, int]
    """Tier → publishers; unknown ones count as tier 3."""
    by_country: dict[str, int]
    """ISO 3166-1 alpha-2 → publishers, most first; unknown ones are left out."""

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
    )


def _windows(members: Sequence[Membership], arrivals: Mapping[str, datetime]) -> tuple[Window, ...]:
    opened = members[0].at
    width = _width(max(arrivals.values()) - opened)
    origins: dict[str, int] = {}
    for member in members:
        origins.setdefault(member.origin_id, (member.at - opened) // width)
    joined: dict[int, list[str]] = {}
    for publisher, at in arrivals.items():
        joined.setdefault((at - opened) // width, []).append(publisher)
    windows: list[Window] = []
    for number in sorted(joined.keys() | set(origins.values())):
        who = joined.get(number, [])
        start = opened + number * width
        total = len(who) + (windows[-1].total if windows else 0)
        new_origins = sum(place == number for place in origins.values())
        windows.append(Window(start, start + width, tuple(who), new_origins, total))
    last = windows[-1]
    windows[-1] = Window(last.start, None, last.publishers, last.new_origins, last.total)
    return tuple(windows)


def _width(length: timedelta) -> timedelta:
    for width in WIDTHS:
        if length // width < MOST_WINDOWS:
            return width
    return WIDTHS[-1] * ceil((length // WIDTHS[-1] + 1) / MOST_WINDOWS)


def _who(member: Membership) -> str:
    """An article without a publisher stands for itself."""
    return member.publisher_id or member.article_id
