"""How a story spread, drawn: the timeline's windows as a table and the running total as a line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from newsroom.site import wording
from newsroom.site.places import Places
from newsroom.stories.spread import Spread, Window, spread
from newsroom.stories.story import Membership, Story
from newsroom.stories.version import Source

WIDTH, HEIGHT, EDGE = 640, 96, 6
NAMED = 4
"""Countries, and publishers with reporting of their own, that are named."""


@dataclass(frozen=True)
class Row:
    """One window of time in which somebody reported: new publishers, and totals of publishers, origins, articles."""

    day: str
    """Where another day begins than that of the row before; else empty."""
    hours: str
    """`13:50 – 14:20`, both UTC; `from 16:20` for the last one, which is open."""
    new: int
    total: int
    publishers: tuple[str, ...]
    origins: int
    articles: int


@dataclass(frozen=True)
class SpreadChart:
    """Rows oldest first; `line` is an SVG path of the running total of publishers, `dots` its steps."""

    rows: tuple[Row, ...]
    publishers: int
    who: str
    """The publishers by tier and by country, in words."""
    fastest: str
    """Who brought each origin, in the order in which they did, in words; empty where there is one."""
    line: str
    dots: tuple[tuple[float, float], ...]


def spread_of(sources: Sequence[Source]) -> Spread:
    """The spread of one version's sources, so that it never changes; there must be at least one."""
    found = spread(_as_story(sources), {})
    best = {source.publisher_id or source.article_id: source for source in sources}
    tiers = Counter(source.tier for source in best.values())
    countries = Counter(source.country for source in best.values() if source.country)
    return replace(
        found,
        by_tier=dict(sorted(tiers.items())),
        by_country=dict(sorted(countries.items(), key=lambda one: (-one[1], one[0]))),
    )


def spread_chart(sources: Sequence[Source], places: Places) -> SpreadChart:
    """Of the sources of one version, so that it never changes; there must be at least one."""
    names = {source.publisher_id or source.article_id: source.publisher for source in sources}
    story = _as_story(sources)
    found = spread_of(sources)
    rows = tuple(
        Row(
            "" if before and _on(before.start) == _on(window.start) else wording.day(window.start),
            _hours(window),
            window.new,
            window.total,
            tuple(names[one] for one in window.publishers),
            window.total_origins,
            window.total_articles,
        )
        for before, window in zip((None, *found.windows), found.windows, strict=False)
    )
    line, dots = _drawn(story)
    return SpreadChart(rows, rows[-1].total, _who(found, places), _fastest(found, names), line, dots)


def _on(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _hours(window: Window) -> str:
    if not window.end:
        return f"from {wording.hour(window.start)}"
    same = _on(window.start) == _on(window.end)
    until = wording.hour(window.end) if same else wording.short(window.end).removesuffix(" UTC")
    return f"{wording.hour(window.start)} – {until}"


def _who(found: Spread, places: Places) -> str:
    """`Tier 1: 2 · Tier 2: 1 · Germany 2, United Kingdom 1 and 3 in other countries`."""
    tiers = [f"Tier {tier}: {number}" for tier, number in found.by_tier.items()]
    countries = list(found.by_country.items())
    named = [f"{places.country(code).name} {number}" for code, number in countries[:NAMED]]
    if others := sum(number for _, number in countries[NAMED:]):
        named.append(f"{others} in other countries")
    return " · ".join([*tiers, *([wording.listed(named)] if named else [])])


def _fastest(found: Spread, names: Mapping[str, str]) -> str:
    """`Harbour Wire first, Meridian Ledger 2 hours later`: who reported, not who carried another's report."""
    first, *later = found.first_origins
    if not later:
        return ""
    told = [f"{names[one.publisher]} {wording.lapse(one.lag)} later" for one in later[: NAMED - 1]]
    return ", ".join([f"{names[first.publisher]} first", *told])


def _as_story(sources: Sequence[Source]) -> Story:
    dates = [source.published_at for source in sources]
    members = tuple(
        Membership(
            article_id=source.article_id,
            origin_id=source.origin_id,
            unique_id=source.unique_id,
            similarity=1.0,
            publisher_id=source.publisher_id,
            at=source.published_at,
        )
        for source in sources
    )
    return Story(id="spread", opened_at=min(dates), updated_at=max(dates), members=members)


def _drawn(story: Story) -> tuple[str, tuple[tuple[float, float], ...]]:
    arrivals: dict[str, datetime] = {}
    for member in sorted(story.members, key=lambda one: (one.at, one.article_id)):
        arrivals.setdefault(member.publisher_id or member.article_id, member.at)
    times = list(arrivals.values())
    span = max((times[-1] - times[0]).total_seconds(), 1.0)
    dots: dict[float, float] = {}
    for place, at in enumerate(times, 1):
        x = EDGE + (WIDTH - 2 * EDGE) * (at - times[0]).total_seconds() / span
        dots[round(x, 1)] = round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * place / len(times), 1)
    line = f"M{EDGE} {HEIGHT - EDGE}" + "".join(f"H{x:g}V{y:g}" for x, y in dots.items()) + f"H{WIDTH - EDGE}"
    return line, tuple(dots.items())
