"""A process that fetches what it is told and tells what that cost: outcome, seconds, memory on top of what it had.

`python -m tests.fakes.fetching_child PORT SECONDS` reads URLs from stdin, one a line, and answers each with a line of
JSON. Every public host is dialled at PORT on loopback. Linux only: the peak is read from /proc and reset before each.
"""

import json
import sys
import time
from pathlib import Path

import httpcore
from newsroom.errors import NewsroomError
from newsroom.wire.fetch import Fetcher
from newsroom.wire.manners import Manners

from tests.fakes.open_web import PUBLIC, SETTINGS, ClaimedPeer


def peak() -> int:
    """Bytes of memory resident at most since the last reset."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


def main(port: int, seconds_in_all: float) -> None:
    def dial(address: str, _port: int, seconds: float) -> httpcore.NetworkStream:
        return ClaimedPeer(httpcore.SyncBackend().connect_tcp("127.0.0.1", port, timeout=seconds), address)

    fetcher = Fetcher(
        SETTINGS,
        resolver=lambda _host: [PUBLIC],
        dialler=dial,
        manners=Manners.hurried(),
        seconds_in_all=seconds_in_all,
    )
    for line in sys.stdin:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, begun = peak(), time.monotonic()
        try:
            answer = fetcher.get(line.strip())
            outcome = f"{answer.status}: {len(answer.body)} bytes"
        except NewsroomError as exc:
            outcome = f"{type(exc).__name__}: {exc}"
        cost = {"outcome": outcome, "seconds": time.monotonic() - begun, "more_bytes": peak() - before}
        print(json.dumps(cost), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
