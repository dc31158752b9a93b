"""How tests ask the wire: its port dialled, the publisher's host in the Host header, nothing followed."""

import gzip
import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from infra.local.wire.server import Wire

ANCHOR = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test turns."""

    moment: datetime = ANCHOR

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **span: float) -> None:
        self.moment = ANCHOR + timedelta(**span)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(self.headers.get_content_charset("utf-8"))


def ask(wire: Wire, url: str, headers: Mapping[str, str] | None = None, *, method: str = "GET") -> Answer:
    parts = urlsplit(url)
    host, port = wire.address.split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, headers={"Host": parts.netloc, **(headers or {})})
        reply = connection.getresponse()
        body = reply.read()
    finally:
        connection.close()
    if reply.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(reply.status, reply.headers, body)
