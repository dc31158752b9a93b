"""Answers made to harm who reads them: each ends within its time, with little memory more, and with a typed reason.

A process of its own fetches, so that its memory is its own; the servers of this test are on loopback.
"""

import gzip
import json
import re
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import pytest
from newsroom.wire.fetch import SECONDS_IN_ALL

from tests.fakes.open_web import HostileServer, answer

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is measured on Linux alone"),
]

MORE_BYTES = 64 << 20
SECONDS = 30.0
SHORT, PATIENT = 0.7, 15.0
"""The exchange's time in these tests: for those that wait until it is over, and for those that end by themselves."""

Send = Callable[[bytes], None]
Wait = Callable[[float], bool]
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def endless(send: Send, _wait: Wait) -> None:
    send(HEAD + b"Connection: close\r\n\r\n")
    while True:
        send(b"x" * 65_536)


def ten_gigabytes(send: Send, _wait: Wait) -> None:
    send(HEAD + b"Content-Length: 10737418240\r\n\r\n")
    while True:
        send(b"x" * 65_536)


def endless_chunks(send: Send, _wait: Wait) -> None:
    send(CHUNKED)
    while True:
        send(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def one_endless_chunk(send: Send, _wait: Wait) -> None:
    send(CHUNKED + b"FFFFFFFFFFFF\r\n")
    while True:
        send(b"x" * 65_536)


def endless_chunk_extension(send: Send, _wait: Wait) -> None:
    send(CHUNKED + b"5;")
    while True:
        send(b"x" * 65_536)


def endless_trailers(send: Send, _wait: Wait) -> None:
    send(CHUNKED + b"1\r\nx\r\n0\r\n")
    while True:
        send(b"X-Trailer: y\r\n" * 1000)


def promised_more(send: Send, _wait: Wait) -> None:
    send(HEAD + b"Content-Length: 1000\r\nConnection: close\r\n\r\n<rss/>")


def promised_more_and_stays(send: Send, wait: Wait) -> None:
    send(HEAD + b"Content-Length: 1000\r\n\r\n<rss/>")
    wait(60)


def promised_less(send: Send, _wait: Wait) -> None:
    send(HEAD + b"Content-Length: 6\r\n\r\n<rss/>" + b"x" * 100_000)


def contradictory_lengths(send: Send, _wait: Wait) -> None:
    send(HEAD + b"Content-Length: 6\r\nContent-Length: 600000\r\n\r\n<rss/>")


def negative_length(send: Send, _wait: Wait) -> None:
    send(HEAD + b"Content-Length: -6\r\n\r\n<rss/>")


def dribble(send: Send, wait: Wait) -> None:
    send(HEAD + b"Content-Length: 100000\r\n\r\n")
    while not wait(0.05):
        send(b"<")


def dribbled_headers(send: Send, wait: Wait) -> None:
    send(HEAD)
    while not wait(0.05):
        send(b"X-A: b\r\n")


def dribbled_gzip(send: Send, wait: Wait) -> None:
    send(HEAD + b"Content-Encoding: gzip\r\n\r\n")
    packed = gzip.compress(b"<rss/>" * 1000)
    while not wait(0.05):
        send(packed[:1])
        packed = packed[1:] or b"\0"


def dribbled_error(send: Send, wait: Wait) -> None:
    send(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100000\r\n\r\n")
    while not wait(0.05):
        send(b"<")


def stalled_headers(send: Send, wait: Wait) -> None:
    send(HEAD + b"Content-Ty")
    wait(60)


def silence(_send: Send, wait: Wait) -> None:
    wait(60)


def endless_headers(send: Send, _wait: Wait) -> None:
    send(HEAD)
    while True:
        send(b"X-A: b\r\n" * 1000)


def one_endless_header(send: Send, _wait: Wait) -> None:
    send(HEAD + b"X-A: ")
    while True:
        send(b"b" * 65_536)


def endless_informational(send: Send, _wait: Wait) -> None:
    while True:
        send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)


def packed(encoding: str, body: bytes) -> Callable[[Send, Wait], None]:
    return lambda send, _wait: send(answer(body, content_encoding=encoding))


def raw_deflate(body: bytes) -> bytes:
    engine = zlib.compressobj(9, wbits=-15)
    return engine.compress(body) + engine.flush()


ZEROS = bytes(40_000_000)
BOMB = gzip.compress(ZEROS)
"""A thousand to one."""

FAULTS: dict[str, tuple[Callable[[Send, Wait], None], str]] = {
    "endless": (endless, "ResponseRefused: body larger than 5 MB"),
    "ten-gigabytes": (ten_gigabytes, "ResponseRefused: body larger than 5 MB"),
    "endless-chunks": (endless_chunks, "ResponseRefused: body larger than 5 MB"),
    "one-endless-chunk": (one_endless_chunk, "ResponseRefused: body larger than 5 MB"),
    "endless-chunk-extension": (endless_chunk_extension, "ResponseRefused: not a proper HTTP answer"),
    "endless-trailers": (endless_trailers, "ResponseRefused: not a proper HTTP answer"),
    "promised-more": (promised_more, "ResponseRefused: not a proper HTTP answer"),
    "promised-more-and-stays": (promised_more_and_stays, "PublisherUnreachable: no answer in time"),
    "promised-less": (promised_less, "200: 6 bytes"),
    "contradictory-lengths": (contradictory_lengths, "ResponseRefused: not a proper HTTP answer"),
    "negative-length": (negative_length, "ResponseRefused: not a proper HTTP answer"),
    "dribble": (dribble, "no answer in time|took too long"),
    "dribbled-headers": (dribbled_headers, "no answer in time|took too long"),
    "dribbled-gzip": (dribbled_gzip, "no answer in time|took too long"),
    "dribbled-error": (dribbled_error, "PublisherUnreachable: HTTP 503"),
    "stalled-headers": (stalled_headers, "PublisherUnreachable: no answer in time"),
    "silence": (silence, "PublisherUnreachable: no answer in time"),
    "endless-headers": (endless_headers, "ResponseRefused: not a proper HTTP answer"),
    "one-endless-header": (one_endless_header, "ResponseRefused: not a proper HTTP answer"),
    "endless-informational": (endless_informational, "no answer in time|took too long"),
    "gzip-bomb": (packed("gzip", BOMB), "ResponseRefused: body (larger|unfolds)"),
    "deflate-bomb": (packed("deflate", zlib.compress(ZEROS, 9)), "ResponseRefused: body (larger|unfolds)"),
    "raw-deflate-bomb": (packed("deflate", raw_deflate(ZEROS)), "ResponseRefused: body (larger|unfolds)"),
    "br-bomb": (packed("br", brotli.compress(ZEROS, quality=5)), "ResponseRefused: body (larger|unfolds)"),
    "bomb-in-a-bomb": (packed("gzip, gzip", gzip.compress(BOMB)), "ResponseRefused: packed 2 times"),
    "gzip-in-br": (packed("gzip, br", brotli.compress(BOMB, quality=1)), "ResponseRefused: packed 2"),
    "ten-encodings": (packed(", ".join(["gzip"] * 10), b"x"), "ResponseRefused: packed 10 times"),
    "gzip-that-is-br": (packed("gzip", brotli.compress(ZEROS[:9_999], quality=5)), "ResponseRefused: body is not the"),
    "br-that-is-gzip": (packed("br", gzip.compress(ZEROS[:100_000])), "ResponseRefused: body is not the br"),
    "br-that-is-text": (packed("br", b"<rss version='2.0'/>"), "ResponseRefused: body is not the br"),
    "unasked-encoding": (packed("zstd", b"\x28\xb5\x2f\xfd"), "ResponseRefused: packed in 'zstd'"),
    "twenty-redirects": (
        lambda send, _wait: send(answer(b"", "302 Found", Location="/twenty-redirects")),
        "ResponseRefused: .*more than 5 redirects",
    ),
    "redirect-with-a-bomb": (
        lambda send, _wait: send(answer(BOMB, "302 Found", Location="/promised-less", Content_Encoding="gzip")),
        "200: 6 bytes",
    ),
}  # fmt: skip


class FaultyServer(HostileServer):
    """`/NAME` answers with that fault. A client that asks in TLS is left to wait."""

    def __init__(self) -> None:
        super().__init__(self._fail)

    def _fail(self, connection: socket.socket, request: bytes) -> None:
        name = request.split(b" ")[1].decode().strip("/")
        FAULTS[name][0](connection.sendall, self.closing.wait)


@dataclass
class Child:
    process: "subprocess.Popen[str]"

    def fetch(self, url: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{url}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def a_child(seconds_in_all: float) -> Iterator[Child]:
    """A process for many faults, over a server that is gone with it."""
    with FaultyServer() as server:
        command = [sys.executable, "-m", "tests.fakes.fetching_child", str(server.address[1]), str(seconds_in_all)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process: subprocess.Popen[str] = subprocess.Popen(command, **pipes)  # type: ignore[call-overload]
        with process:
            one = Child(process)
            one.fetch("http://feeds.example/promised-less")  # whatever is imported and kept from now on
            yield one
            assert process.stdin
            process.stdin.close()


@pytest.fixture(scope="module")
def patient() -> Iterator[Child]:
    with a_child(PATIENT) as one:
        yield one


@pytest.fixture(scope="module", params=[SHORT, pytest.param(SECONDS_IN_ALL, marks=pytest.mark.soak)])
def waiting(request: pytest.FixtureRequest) -> Iterator[tuple[Child, float]]:
    """A child and its time: in the long sweep the real one."""
    with a_child(request.param) as one:
        yield one, request.param


WAITING = [name for name, (_, reason) in FAULTS.items() if "time" in reason] + ["dribbled-error"]


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in WAITING])
def test_a_fault_ends_by_itself_with_little_memory_and_a_reason(fault: str, patient: Child) -> None:
    cost = patient.fetch(f"http://feeds.example/{fault}")
    assert re.search(FAULTS[fault][1], cost["outcome"]), cost
    assert cost["more_bytes"] < MORE_BYTES, cost
    assert cost["seconds"] < PATIENT < SECONDS


@pytest.mark.parametrize("fault", WAITING)
def test_a_fault_is_over_when_the_exchanges_time_is(fault: str, waiting: tuple[Child, float]) -> None:
    child, given = waiting
    assert given <= SECONDS_IN_ALL < SECONDS
    cost = child.fetch(f"http://feeds.example/{fault}")
    assert re.search(FAULTS[fault][1], cost["outcome"]), cost
    assert cost["more_bytes"] < MORE_BYTES, cost
    assert cost["seconds"] < given + 5


def test_a_handshake_that_is_never_answered_ends_in_time(waiting: tuple[Child, float]) -> None:
    child, given = waiting
    cost = child.fetch("https://feeds.example/silence")
    assert "no answer in time" in cost["outcome"]
    assert cost["seconds"] < given + 5
