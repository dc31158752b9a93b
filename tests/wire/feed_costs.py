"""What reading a document costs, measured in a small process of its own that forks for each document.

A process that is started from a large one counts the large one's memory as its own until it has begun; hence not
within pytest. Linux only.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import FeedDocument, read_feed

from tests.wire.hostile_feeds import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
URL = "https://port.example/rss"


@dataclass(frozen=True)
class Cost:
    seconds: float
    """Of processor, of all processes; waiting is bounded by `feed_repair.SECONDS` and one more."""
    memory: int
    """Bytes resident on top of those before."""
    further: int
    """Bytes resident in a process that was started."""
    outcome: str


class Meter:
    """Asks the process that measures."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def cost(self, document: str) -> Cost:
        """`document` is a name of HOSTILE, or a path."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None and told is not None  # noqa: PT018  (both are pipes)
        asked.write(document + "\n")
        asked.flush()
        seconds, memory, further, outcome = told.readline().rstrip("\n").split("|", 3)
        return Cost(float(seconds), int(memory), int(further), outcome)


@contextmanager
def meter() -> Iterator[Meter]:
    program = [sys.executable, "-c", "from tests.wire.feed_costs import measure; measure()"]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Meter(process)


def measure() -> None:
    """The process: a document a line on stdin, its cost a line on stdout."""
    import charset_normalizer  # noqa: F401  (what is loaded before is not counted)
    import newsroom.wire.feed_json
    import newsroom.wire.feed_repair  # noqa: F401

    read_feed(b"<rss><channel><item><title>Oil</title></item></channel></rss>", URL)
    for line in sys.stdin:
        name = line.rstrip("\n")
        body = HOSTILE[name]() if name in HOSTILE else Path(name).read_bytes()
        child = os.fork()
        if not child:
            print(_measured(body), flush=True)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if status:
            print(f"0|0|0|died with status {status}", flush=True)


def _measured(body: bytes) -> str:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _peak()
    try:
        outcome = "read" if isinstance(read_feed(body, URL), FeedDocument) else "nothing"
    except FeedUnreadable:
        outcome = "refused"
    except BaseException as exc:  # the report of what must never be
        outcome = repr(exc)
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    return f"{seconds:.3f}|{_peak() - before}|{others.ru_maxrss << 10}|{outcome}"


def _peak() -> int:
    """Bytes resident at most since the mark was last cleared."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) << 10
