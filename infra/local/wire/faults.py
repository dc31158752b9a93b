"""Publishers that misbehave: each fault as the open web shows it, ended when the wire closes or the client leaves."""

import socket
import struct
import zlib
from functools import cache
from http.server import BaseHTTPRequestHandler
from threading import Event

from infra.local.wire.outlets import Fault

BOMB_BYTES = 64 << 20
METADATA_ADDRESS = "http://169.254.169.254/latest/meta-data/"
GARBAGE = b'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><chan\x00nel><<title>\xff\xfe\x9f</titl &;'


def misbehave(handler: BaseHTTPRequestHandler, fault: Fault, closing: Event) -> None:
    """Answer with the fault; the connection is closed afterwards."""
    handler.close_connection = True
    try:
        {
            "refuse": _reset,
            "500": _server_error,
            "endless": _endless,
            "bomb": _bomb,
            "garbage": _garbage,
            "slow": _slow,
            "redirect-private": _redirect_private,
        }[fault](handler, closing)
    except OSError:
        return  # the client has left, as it should


def _reset(handler: BaseHTTPRequestHandler, _closing: Event) -> None:
    """Close at once with a TCP reset: lingering is on, for zero seconds."""
    connection: socket.socket = handler.connection
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.wfile.flush()
    handler.rfile.close()
    connection.close()


def _server_error(handler: BaseHTTPRequestHandler, _closing: Event) -> None:
    _head(handler, 500, {"Content-Type": "text/html", "Content-Length": "21"})
    handler.wfile.write(b"<h1>Server Error</h1>")


def _endless(handler: BaseHTTPRequestHandler, closing: Event) -> None:
    """A chunked body without end, at about 6 MB/s so that a patient client does not eat the machine."""
    _head(handler, 200, {"Content-Type": "application/rss+xml", "Transfer-Encoding": "chunked"})
    handler.wfile.write(_chunk(b'<?xml version="1.0"?><rss version="2.0"><channel><title>'))
    piece = _chunk(b"and so on " * 6554)
    while not closing.wait(0.01):
        handler.wfile.write(piece)


def _bomb(handler: BaseHTTPRequestHandler, _closing: Event) -> None:
    body = bomb()
    headers = {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip", "Content-Length": str(len(body))}
    _head(handler, 200, headers)
    handler.wfile.write(body)


def _garbage(handler: BaseHTTPRequestHandler, _closing: Event) -> None:
    _head(handler, 200, {"Content-Type": "application/rss+xml", "Content-Length": str(len(GARBAGE))})
    handler.wfile.write(GARBAGE)


def _slow(handler: BaseHTTPRequestHandler, closing: Event) -> None:
    """One byte every half second, for ever: each read succeeds, the whole never ends."""
    _head(handler, 200, {"Content-Type": "application/rss+xml", "Content-Length": "1000000"})
    while not closing.wait(0.5):
        handler.wfile.write(b"<")


def _redirect_private(handler: BaseHTTPRequestHandler, _closing: Event) -> None:
    _head(handler, 302, {"Location": METADATA_ADDRESS, "Content-Length": "0"})


@cache
def bomb() -> bytes:
    """64 MiB of zeros as about 64 KiB of gzip: 1000 to 1."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(BOMB_BYTES >> 20)), packer.flush()])


def _head(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in {**headers, "Connection": "close"}.items():
        handler.send_header(name, value)
    handler.end_headers()


def _chunk(piece: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(piece), piece)
