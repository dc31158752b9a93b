"""What `make run` shows: live lines and bars on a terminal, plain lines elsewhere, and all of it in a log."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

PLAIN_SECONDS = 5.0
TITLE_WIDTH = 12


class Step:
    """One step under way; `say` replaces what is known about it, `bar` shows how far it is."""

    def __init__(self, title: str, progress: Any | None):
        self.title = title
        self.detail = ""
        self._progress = progress
        self._task = progress.add_task(title, total=None, detail="") if progress else None
        self._spoken = time.monotonic()

    def say(self, detail: str) -> None:
        self._show(detail, None)

    def bar(self, done: int, total: int, detail: str) -> None:
        self._show(detail, (done, total))

    def _show(self, detail: str, share: tuple[int, int] | None) -> None:
        if self._progress:
            done, total = share or (0, None)
            self._progress.update(self._task, completed=done, total=total, detail=detail)
        elif detail != self.detail and time.monotonic() - self._spoken > PLAIN_SECONDS:
            print(f"  {self.title}: {detail}", flush=True)
            self._spoken = time.monotonic()
        self.detail = detail


class Display:
    """Prints steps as they end and, on a terminal, the one under way as it moves."""

    def __init__(self, log: Path, *, live: bool | None = None):
        self.live = sys.stdout.isatty() if live is None else live
        self._log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("", "utf-8")

    def line(self, text: str = "") -> None:
        print(text, flush=True)
        self.record(text)

    def record(self, text: str) -> None:
        """For the log alone."""
        with self._log.open("a", encoding="utf-8") as log:
            log.write(text + "\n")

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """A step: when the block ends, one line with what was last said of it and the seconds it took."""
        began = time.monotonic()
        with self._progress() as progress:
            step = Step(title, progress)
            try:
                yield step
            except BaseException:
                mark = "failed"
                raise
            else:
                mark = "done"
            finally:
                if progress:
                    progress.stop()
                seconds = time.monotonic() - began
                sign = {"done": "✓", "failed": "✗"}[mark]
                self.line(f"{sign} {title:<{TITLE_WIDTH}} {step.detail}  ({seconds:.1f} s)")

    def _progress(self) -> Any:
        if not self.live:
            return nullcontext(None)
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.table import Column

        # On eighty columns it is the detail that is cut, not the bar.
        detail = Column(ratio=1, no_wrap=True, overflow="ellipsis")
        return Progress(
            SpinnerColumn(),
            TextColumn(f"{{task.description:<{TITLE_WIDTH}}}"),
            BarColumn(bar_width=16, table_column=Column(min_width=16)),
            TextColumn("{task.fields[detail]}", table_column=detail),
            TimeElapsedColumn(table_column=Column(min_width=7)),
            transient=True,
            expand=True,
        )
