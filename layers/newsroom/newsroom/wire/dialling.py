"""The network under the fetcher: a name is resolved once, the judged address is dialled, the clock runs for all of it.

Nothing here knows HTTP. Of a name's several addresses those that are not public are left out and the others dialled:
a forgotten private record beside a public one is common, and mixing one in gains an attacker nothing, since it is
never dialled.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from threading import Thread
from typing import Any

import httpcore

from newsroom.errors import AddressRefused, PublisherUnreachable
from newsroom.wire.deadline import seconds_left
from newsroom.wire.guard import judge_address, judge_addresses

Resolver = Callable[[str], Sequence[str]]
"""A host's name → its addresses; OSError when it has none."""
Dialler = Callable[[str, int, float], httpcore.NetworkStream]
"""(address, port, seconds) → an open connection; httpcore.ConnectError or ConnectTimeout when there is none."""

SECONDS_TO_CONNECT = 10.0
"""For one address; the next one is tried after it, within the deadline."""


def resolve(host: str) -> list[str]:
    """The system's answer, each address once, in its order of preference."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


class GuardedNetwork(httpcore.NetworkBackend):
    """Dials the address that was judged, and judges the peer again once it answers.

    With `local_wire` (address, port) everything is dialled there instead: a developer's sample of the web.
    """

    def __init__(self, resolver: Resolver, dialler: Dialler, local_wire: tuple[str, int] | None = None) -> None:
        self._resolver = resolver
        self._dialler = dialler
        self._local_wire = local_wire

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if self._local_wire:
            return TimedStream(self._dialler(*self._local_wire, seconds_left()))
        failure: Exception | None = None
        for address in judge_addresses(self._resolved(host)):
            try:
                stream = self._dialler(address, port, min(SECONDS_TO_CONNECT, seconds_left()))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
                continue
            try:
                judge_address(str(stream.get_extra_info("server_addr")[0]))
            except AddressRefused:
                stream.close()
                raise
            return TimedStream(stream)
        raise failure or httpcore.ConnectError("no address answered")

    def _resolved(self, host: str) -> Sequence[str]:
        """The resolver's answer within the deadline: the C library has its own idea of patience, so a thread waits."""
        found: list[Sequence[str]] = []
        failed: list[OSError | UnicodeError] = []

        def ask() -> None:
            try:
                found.append(self._resolver(host))
            except (OSError, UnicodeError) as exc:
                failed.append(exc)

        asking = Thread(target=ask, name=f"resolve {host}", daemon=True)
        asking.start()
        asking.join(min(SECONDS_TO_CONNECT, seconds_left()))
        if failed:
            raise PublisherUnreachable(f"the name {host} does not resolve") from failed[0]
        if not found:
            raise PublisherUnreachable(f"no answer to where {host} is")
        return found[0]

    def sleep(self, seconds: float) -> None:
        raise NotImplementedError("nothing is retried down here")


class TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends with the exchange's deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, seconds_left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, seconds_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds_left()))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
