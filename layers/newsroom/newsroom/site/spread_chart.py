"""How a story spread, drawn: the timeline's windows as a table and the running total as a line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.stories.spread import Spread, spread
from newsroom.stories.story import Membership, Story
from newsroom.stories.version import Source

WIDTH, HEIGHT, EDGE = 640, 96, 6


@dataclass(frozen=True)
class Row:
    """One window of time in which somebody reported: new publishers, and totals of publishers, origins, articles."""

    start: datetime
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


def spread_chart(sources: Sequence[Source]) -> SpreadChart:
    """Of the sources of one version, so that it never changes; there must be at least one."""
    names = {source.publisher_id or source.article_id: source.publisher for source in sources}
    story = _as_story(sources)
    rows = tuple(
        Row(
            window.start,
            window.new,
            window.total,
            tuple(names[one] for one in window.publishers),
            window.total_origins,
            window.total_articles,
        )
        for window in spread(story, {}).windows
    )
    line, dots = _drawn(story)
    return SpreadChart(rows, rows[-1].total, line, dots)


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
