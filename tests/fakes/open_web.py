"""The open web in a dictionary, and one hostile server on loopback."""

import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Any, Self

import httpcore
from newsroom.settings import WireSettings
from newsroom.wire.fetch import Fetched, Fetcher
from newsroom.wire.manners import Manners

PUBLIC = "93.184.216.34"
SETTINGS = WireSettings(site_address="https://footnote.example")


class FakeWeb:
    """Stands where a Fetcher does: answers by URL, an exception is raised, what is missing is a 404."""

    def __init__(self, answers: Mapping[str, Fetched | bytes | str | Exception] | None = None) -> None:
        self.answers: dict[str, Any] = dict(answers or {})
        self.asked: list[str] = []
        self.followed: list[str] = []
        """Targets of redirects that were asked for."""
        self.manners = Manners.hurried()
        self.conditions: dict[str, tuple[str, str]] = {}

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        cap_bytes: int = 5_000_000,
        cut: bool = False,
        before_redirect: Callable[[str], object] | None = None,
    ) -> Fetched:
        """An answer with another address than was asked for is one after a redirect."""
        self.asked.append(url)
        self.conditions[url] = (etag, last_modified)
        answer = self.answers.get(url, Fetched(url, 404))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            answer = answer.encode()
        if isinstance(answer, bytes):
            kind = "text/html; charset=utf-8" if answer.lstrip().startswith((b"<!doctype", b"<html")) else "text/xml"
            answer = Fetched(url, 200, {"content-type": kind}, answer)
        if answer.url != url and answer.url.startswith("http"):
            if before_redirect:
                before_redirect(answer.url)
            self.followed.append(answer.url)
        return answer

    def close(self) -> None:
        """Nothing is kept."""


class HostileServer:
    """A server on loopback whose `script(connection, request)` may do anything with the bytes.

    `connections` counts what was accepted. `fetcher` dials it for every public address, as if it were there.
    """

    def __init__(self, script: Callable[[socket.socket, bytes], None], tls: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self.requests: list[bytes] = []
        self.closing = Event()
        self._fetchers: list[Fetcher] = []
        self._thread = Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self._listener.getsockname()[:2]
        return host, port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exit: object) -> None:
        self.closing.set()
        for fetcher in self._fetchers:
            fetcher.close()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if self._tls is None:
                self._converse(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as secured:
                self._converse(secured)

    def _converse(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            if not (piece := connection.recv(65_536)):
                return
            request += piece
        self.requests.append(request)
        self._script(connection, request)

    def fetcher(
        self,
        resolver: Callable[[str], Sequence[str]] = lambda _host: [PUBLIC],
        *,
        peer: str = "",
        seconds_in_all: float = 5.0,
    ) -> tuple[Fetcher, list[str]]:
        """The fetcher, and the list to which every dialled address is added. `peer` is what the socket claims."""
        dialled: list[str] = []

        def dial(address: str, _port: int, seconds: float) -> httpcore.NetworkStream:
            dialled.append(address)
            real = httpcore.SyncBackend().connect_tcp(*self.address, timeout=seconds)
            return ClaimedPeer(real, peer or address)

        fetcher = Fetcher(
            SETTINGS, resolver=resolver, dialler=dial, manners=Manners.hurried(), seconds_in_all=seconds_in_all
        )
        self._fetchers.append(fetcher)
        return fetcher, dialled


class ClaimedPeer(httpcore.NetworkStream):
    """A connection that names another peer than it has."""

    def __init__(self, stream: httpcore.NetworkStream, peer: str) -> None:
        self._stream, self._peer = stream, peer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return ClaimedPeer(self._stream.start_tls(ssl_context, server_hostname, timeout), self._peer)

    def get_extra_info(self, info: str) -> Any:
        return (self._peer, 80) if info == "server_addr" else self._stream.get_extra_info(info)


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP/1.1 answer; header names with `_` for `-`."""
    given = {"Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
