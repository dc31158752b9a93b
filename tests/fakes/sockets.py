"""What this process asks of the network, counted where Python itself asks: by its audit events."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    """Addresses of `connect` and names of `getaddrinfo`, in order."""

    connected: list[Any] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)


_watching: list[Asked] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or not event.startswith("socket."):
        return
    for asked in _watching:
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            asked.connected.append(arguments[1])
        elif event == "socket.getaddrinfo":
            asked.resolved.append(str(arguments[0]))


@contextmanager
def watched() -> Iterator[Asked]:
    """Whatever any thread of this process asks of the network meanwhile. An audit hook cannot be taken out again."""
    global _hook
    if not _hook:
        sys.addaudithook(_hear)
        _hook = True
    asked = Asked()
    _watching.append(asked)
    try:
        yield asked
    finally:
        _watching.remove(asked)


_hook = False
