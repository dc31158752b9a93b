"""A process of its own for documents that can keep a parser busy: limited time and memory, no environment.

C libraries cannot be interrupted from within, and some are quadratic in what a stranger chooses; a process can be
killed. Only the document goes in and only text comes out.
"""

import subprocess
import sys
from collections.abc import Sequence


class Overtaxed(Exception):
    """The process was killed, or broke: the document asked too much of it."""


def confined(program: str, arguments: Sequence[str], document: bytes, *, seconds: float) -> bytes:
    """What `program` (Python, fixed by us) prints, given the document on stdin; Overtaxed when it does not end well."""
    try:
        done = subprocess.run(  # noqa: S603  (the program is ours, the arguments are not a shell's)
            [sys.executable, "-c", program, *(one[:2000].encode("ascii", "replace").decode() for one in arguments)],
            input=document,
            capture_output=True,
            timeout=seconds + 1,
            check=False,
            env={"PYTHONPATH": ":".join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except (subprocess.TimeoutExpired, ValueError) as exc:
        raise Overtaxed("keeps its parser busy for too long") from exc
    if done.returncode < 0:
        raise Overtaxed("keeps its parser busy for too long")
    if done.returncode or not done.stdout:
        raise Overtaxed("breaks its parser")
    return done.stdout


def limit(*, seconds: int, more_bytes: int) -> None:
    """For the confined process, once its libraries are loaded: processor time, and memory on top of what it has."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if loaded := _bytes_loaded():
        resource.setrlimit(resource.RLIMIT_AS, (loaded + more_bytes,) * 2)


def _bytes_loaded() -> int:
    """Address space in use; 0 where the system does not say (only Linux does), and memory is then not limited."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
