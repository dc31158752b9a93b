"""Any number of publishers on one loopback port, told apart by their host names; some of them misbehave.

Everything is made from a publisher's number: the same numbers give the same bytes. `python -m
tests.fakes.many_publishers PORT_FILE …` serves in a process of its own, so that its processor time is its own too.
"""

import hashlib
import json
import random
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import ClassVar, Self
from urllib.parse import urlsplit

from newsroom.publishers.publisher import Publisher

from infra.local.wire.faults import misbehave

VOCABULARY = """
bank rate inflation market output quarter profit export import harbour freight copper wheat bond yield share
index ministry budget deficit surplus wage strike factory order retail housing credit lender merger tariff
pipeline refinery crude gas power grid chip foundry airline insurer pension fund regulator auction tender
currency reserve growth forecast survey sentiment capacity backlog margin guidance dividend buyback rating
default swap
"""
WORDS = VOCABULARY.split()
SLOW = ("slow", "endless")
QUICK = ("500", "403", "404", "garbage", "refuse", "html", "empty", "redirect-private", "bomb")
OWN = {"403": 403, "404": 404}
SIDE = "".join(
    f'<li><a href="/section/{word}">{word.title()}</a> <span class="count">{len(word)}</span></li>' for word in WORDS
)
"""What stands around an article on most pages: more bytes than the article."""


@dataclass(frozen=True)
class ManyPublishers:
    """`faulty` publishers in a hundred misbehave, each kind of `faults` in turn; `unchanged` in a hundred say 304."""

    publishers: int
    entries: int
    faulty: int = 0
    unchanged: int = 0
    faults: tuple[str, ...] = QUICK
    now: datetime = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)

    def host(self, number: int) -> str:
        return f"p{number:06}.example"

    def publisher(self, number: int) -> Publisher:
        home = f"https://{self.host(number)}/"
        return Publisher(
            id=f"p{number:06}", name=f"Paper {number}", home=home, country="SG", tier=3, reason="A paper of tests",
            feeds=(f"{home}feed.xml",),
        )  # fmt: skip

    def fault(self, number: int) -> str:
        """Empty for those that behave. Spread evenly."""
        place, step = divmod(number * self.faulty, 100)
        return self.faults[place % len(self.faults)] if step < self.faulty else ""

    def is_unchanged(self, number: int) -> bool:
        return not self.fault(number) and number * 37 % 100 < self.unchanged

    def etag(self, number: int) -> str:
        return f'"{hashlib.sha256(f"{self.entries} {number}".encode()).hexdigest()[:16]}"'

    def feed(self, number: int) -> bytes:
        items = "".join(
            f"<item><title>{self.title(number, entry)}</title><link>https://{self.host(number)}/news/{entry}</link>"
            f"<guid>{number}-{entry}</guid><description>&lt;p&gt;{sentence(number, entry, 0)}&lt;/p&gt;</description>"
            f"<pubDate>{format_datetime(self.now - timedelta(minutes=7 * entry + number % 60))}</pubDate></item>"
            for entry in range(self.entries)
        )
        head = f"<title>Paper {number}</title><link>https://{self.host(number)}/</link><language>en</language>"
        return (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
        )

    def title(self, number: int, entry: int) -> str:
        return sentence(number, entry, 99).rstrip(".")[:70]

    def page(self, number: int, entry: int) -> bytes:
        text = "".join(
            f"<p>{' '.join(sentence(number, entry, place * 4 + part) for part in range(4))}</p>" for place in range(8)
        )
        title = self.title(number, entry)
        return (
            f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title></head><body>"
            f"<nav><ul>{SIDE}</ul></nav><main><article><h1>{title}</h1>{text}</article></main>"
            f"<aside><h2>Most read</h2><ul>{SIDE}</ul></aside><footer><ul>{SIDE}</ul></footer></body></html>"
        ).encode()


@cache
def sentence(number: int, entry: int, place: int) -> str:
    drawn = random.Random(f"{number}/{entry}/{place}")
    words = drawn.choices(WORDS, k=drawn.randint(11, 19))
    return f"{' '.join(words).capitalize()} {drawn.randint(2, 98)} per cent."


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm: ClassVar[bool] = True
    server: "_Server"

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        path = urlsplit(self.path).path
        many = self.server.many
        if not (host.startswith("p") and host.endswith(".example") and host[1:7].isdigit()):
            self._answer(404)
            return
        number = int(host[1:7])
        fault = many.fault(number)
        if fault == "refuse" or (fault and path == "/feed.xml"):
            self._misbehave(fault)
        elif path == "/feed.xml":
            known = self.headers.get("If-None-Match") == many.etag(number)
            if known and many.is_unchanged(number):
                self._answer(304)
            else:
                self._answer(200, many.feed(number), "application/rss+xml", ETag=many.etag(number))
        elif path.startswith("/news/"):
            self._answer(200, many.page(number, int(path.removeprefix("/news/"))), "text/html; charset=utf-8")
        else:
            self._answer(404)

    def _misbehave(self, fault: str) -> None:
        if fault in OWN:
            self._answer(OWN[fault])
        elif fault == "html":
            self._answer(200, b"<!doctype html><html><body>Welcome</body></html>", "text/html")
        elif fault == "empty":
            self._answer(200, b"", "application/rss+xml")
        else:
            misbehave(self, fault, self.server.closing)  # type: ignore[arg-type]

    def _answer(self, status: int, body: bytes = b"", kind: str = "text/plain", **headers: str) -> None:
        self.send_response_only(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, many: ManyPublishers) -> None:
        self.many = many
        self.closing = Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_given: object) -> None:
        return


class Serving:
    """A context manager: the publishers on loopback, in a thread; `address` is `127.0.0.1:PORT`."""

    def __init__(self, many: ManyPublishers) -> None:
        self._server = _Server(many)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_given: object) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


def described(many: ManyPublishers) -> str:
    """For the command line of the process that serves them."""
    return json.dumps({**asdict(many), "now": many.now.isoformat()})


if __name__ == "__main__":
    given = json.loads(sys.argv[2])
    server = _Server(
        ManyPublishers(**{**given, "faults": tuple(given["faults"]), "now": datetime.fromisoformat(given["now"])})
    )
    Path(sys.argv[1]).write_text(f"127.0.0.1:{server.server_address[1]}")
    server.serve_forever()
