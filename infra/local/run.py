"""`make run`: the whole newsroom on this machine, from an empty folder to published stories and delivered mail."""

import argparse
import fcntl
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from infra.local.cloud import ROOT
from infra.local.display import Display
from infra.local.local_newsroom import PORT, WRITERS, Newsroom, Options
from infra.local.news_day import WIRES


class AlreadyRunningError(Exception):
    """Another process holds this folder's local cloud."""


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """0 when all was done (or, serving, when told to stop), 1 when something failed, 130 when interrupted before."""
    options = _options(arguments, environment)
    # `kill` ends a run the way Ctrl-C does: everything is stopped in order and the state is saved.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    display = Display(options.home / "logs" / "run.log")
    served = False
    try:
        with _alone(options.home), ExitStack() as stack:
            newsroom = Newsroom(options, display, stack)
            # Pushed last, so it comes first: whoever presses Ctrl-C twice still gets an orderly end.
            stack.callback(_ignore_further_signals)
            newsroom.first_news()
            if options.once:
                return 0
            served = True
            newsroom.serve()
    except KeyboardInterrupt:
        display.line("stopped" if served else "interrupted")
        return 0 if served else 130
    except Exception as failed:
        display.record(traceback.format_exc())
        display.line(f"\nmake run failed: {type(failed).__name__}: {failed}\nlogs: {options.home / 'logs'}")
        return 1
    return 0


def _ignore_further_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the folder: two clouds on one state would each save over the other's."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            lock.seek(0)
            owner = lock.read().strip()
            raise AlreadyRunningError(f"process {owner} runs the local cloud of {home} already") from held
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _options(arguments: Sequence[str] | None, environment: Mapping[str, str]) -> Options:
    parser = argparse.ArgumentParser(
        prog="python -m infra.local.run",
        description="The newsroom on this machine: a local AWS, a wire to read, a mailbox to be read.",
        epilog="Each flag may also be given as a variable: ONCE=1 WIRE=recorded PORT=4800 AUTH=1 make run",
    )
    told = environment.get
    parser.add_argument(
        "--once", action="store_true", default=_yes(told("ONCE")), help="one edition, one briefing, then stop all"
    )
    parser.add_argument(
        "--wire", choices=WIRES, default=told("WIRE") or "sample", help="what the newsroom reads (sample)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=told("PORT") or PORT,
        help=f"the cloud's port ({PORT}); the others are counted from it",
    )
    parser.add_argument(
        "--auth", action="store_true", default=_yes(told("AUTH")), help="enforce the functions' permissions"
    )
    parser.add_argument(
        "--claude",
        choices=WRITERS,
        default=told("CLAUDE") or "",
        help="`scripted`: a stand-in writes and judges, for demonstration, and every page and mail says so",
    )
    parser.add_argument("--home", type=Path, default=ROOT / ".local", help="where everything is kept (.local)")
    parser.add_argument(
        "--pages", type=Path, default=ROOT.parent / "shared" / "data" / "pages", help="the pages of the recorded wire"
    )
    given = parser.parse_args(arguments)
    if given.wire not in WIRES:
        parser.error(f"WIRE must be one of {', '.join(WIRES)}, not {given.wire!r}")
    if given.claude not in WRITERS:
        parser.error(f"CLAUDE is {' or '.join(filter(None, WRITERS))}, or nothing, not {given.claude!r}")
    base = given.home.resolve()
    # Each wire has a newsroom of its own: invented news must never stand beside real news on one site.
    home = base if given.wire == "sample" else base / given.wire
    home = home / given.claude  # nor what a stand-in wrote beside what was quoted
    return Options(given.once, given.wire, given.port, given.auth, home, base / "run.json", given.pages, given.claude)


def _yes(value: str | None) -> bool:
    return (value or "").lower() in ("1", "true", "yes", "on")


if __name__ == "__main__":
    sys.exit(main())
