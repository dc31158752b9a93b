"""One moment by which an exchange ends, whatever it consists of: resolving, dialling, redirects, every single read.

A server that sends one byte a second passes every limit on a read and still ends here.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from newsroom.errors import ResponseRefused

_ends: ContextVar[float] = ContextVar("ends")


@contextmanager
def limited_to(seconds: float) -> Iterator[None]:
    """What this thread does inside has so many seconds in all; fewer where something around it has fewer."""
    ends = time.monotonic() + seconds
    before = _ends.set(min(ends, _ends.get(ends)))
    try:
        yield
    finally:
        _ends.reset(before)


def seconds_left() -> float:
    """Of the exchange; ResponseRefused when there are none. LookupError outside of any: then nothing ends a wait."""
    left = _ends.get() - time.monotonic()
    if left <= 0:
        raise ResponseRefused("took too long as a whole")
    return left
