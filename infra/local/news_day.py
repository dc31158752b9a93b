"""Which wire the local newsroom reads, and the moment its news is dated from."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from infra.local.wire.recorded import RecordedSource
from infra.local.wire.sample import SampleSource
from infra.local.wire.server import Wire

WIRES = ("sample", "recorded", "live")
# An edition of older news than this publishes little that is new: stories go stale.
OLD_NEWS = timedelta(hours=30)


@dataclass(frozen=True)
class NewsDay:
    """A wire ready to be opened; `wire` is None where the real internet is read."""

    wire: Wire | None
    anchor: datetime
    old: bool

    def opened(self) -> AbstractContextManager[Wire | None]:
        return self.wire if self.wire is not None else nullcontext(None)


def news_day(kind: str, home: Path, pages: Path, now: Callable[[], datetime], port: int) -> NewsDay:
    """The wire of this kind (`sample`, `recorded`, `live`), dated from the anchor kept in `home/wire-anchor`.

    The anchor stays from run to run, because addresses of articles carry their dates: with another one every article
    would be a new one. Raises RecordedPagesMissing when `pages` does not hold the recorded ones.
    """
    anchor = kept_anchor(home / "wire-anchor", now())
    old = now() - anchor > OLD_NEWS
    if kind == "live":
        return NewsDay(None, anchor, old=False)
    source = RecordedSource(pages) if kind == "recorded" else SampleSource()
    return NewsDay(Wire(source, anchor, now, port), anchor, old)


def kept_anchor(file: Path, now: datetime) -> datetime:
    """The moment in the file; `now`, to the minute and written there, when there is no file."""
    if file.exists():
        return datetime.fromisoformat(file.read_text("utf-8").strip())
    anchor = now.replace(second=0, microsecond=0)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(anchor.isoformat() + "\n", "utf-8")
    return anchor
