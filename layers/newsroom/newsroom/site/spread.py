"""How a story spread: when its articles appeared, as a table and as a line to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsroom.stories.version import Source

STEPS = tuple(timedelta(minutes=m) for m in (15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080))
MOST_WINDOWS = 8
WIDTH, HEIGHT, EDGE = 640, 96, 6


@dataclass(frozen=True)
class Window:
    """A stretch of time in which something new appeared."""

    start: datetime
    end: datetime
    new: int
    total: int
    publishers: tuple[str, ...]


@dataclass(frozen=True)
class Spread:
    """Windows, oldest first, empty ones left out; `line` is an SVG path of the running total, `dots` its steps."""

    windows: tuple[Window, ...]
    publishers: int
    step: timedelta
    line: str
    dots: tuple[tuple[float, float], ...]


def spread(sources: Sequence[Source]) -> Spread:
    """Windows of the smallest step that needs at most eight of them; sources must not be empty."""
    ordered = sorted(sources, key=lambda source: (source.published_at, source.article_id))
    first, last = ordered[0].published_at, ordered[-1].published_at
    step = next((step for step in STEPS if (last - first) < step * MOST_WINDOWS), STEPS[-1])
    base = _floor(first, step)
    grouped: dict[int, list[Source]] = {}
    for source in ordered:
        grouped.setdefault((source.published_at - base) // step, []).append(source)
    windows, total = [], 0
    for place, arrived in sorted(grouped.items()):
        total += len(arrived)
        names = tuple(dict.fromkeys(source.publisher for source in arrived))
        windows.append(Window(base + place * step, base + (place + 1) * step, len(arrived), total, names))
    line, dots = _drawn(ordered)
    return Spread(tuple(windows), len({source.publisher_id for source in ordered}), step, line, dots)


def _drawn(ordered: Sequence[Source]) -> tuple[str, tuple[tuple[float, float], ...]]:
    first, last = ordered[0].published_at, ordered[-1].published_at
    span = max((last - first).total_seconds(), 1.0)
    high = len(ordered)
    dots: dict[float, float] = {}
    for place, source in enumerate(ordered, 1):
        x = EDGE + (WIDTH - 2 * EDGE) * (source.published_at - first).total_seconds() / span
        dots[round(x, 1)] = round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * place / high, 1)
    line = f"M{EDGE} {HEIGHT - EDGE}" + "".join(f"H{x:g}V{y:g}" for x, y in dots.items()) + f"H{WIDTH - EDGE}"
    return line, tuple(dots.items())


def _floor(at: datetime, step: timedelta) -> datetime:
    """To a whole step of the UTC day (of the day itself for steps of a day and more)."""
    at = at.astimezone(UTC)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if step >= timedelta(days=1) else midnight + (at - midnight) // step * step
