"""The wire's server: one loopback port answering for every publisher's host name, in plain HTTP.

The newsroom's fetcher is told to dial this port whatever a URL's host and scheme, keeping the Host header;
so `https://` addresses are answered in plain HTTP here.
"""

import gzip
import hashlib
import html
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import ClassVar, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from infra.local.wire.faults import misbehave
from infra.local.wire.feed_formats import CONTENT_TYPES, feed_document, last_change
from infra.local.wire.outlets import FAULTS, Fault, Outlet, Source

FEED_LENGTH = 40
LOOPBACK = "127.0.0.1"


class Wire:
    """A context manager that serves a source's outlets on loopback while it is open.

    `anchor` is the moment the content's offsets count from, `now` the clock that decides what has appeared yet.
    `faults` (publisher id → fault) override those of the source; `shuffle_seed` shuffles the feeds' items.
    ValueError for a fault of an unknown kind or publisher.
    """

    def __init__(
        self,
        source: Source,
        anchor: datetime,
        now: Callable[[], datetime],
        port: int = 0,
        *,
        faults: Mapping[str, Fault] | None = None,
        shuffle_seed: int | None = None,
    ) -> None:
        self.source = source
        self.now = now
        self.outlets = {outlet.host: outlet for outlet in source.outlets(anchor)}
        self.faults: dict[str, Fault] = {
            outlet.publisher.id: outlet.presentation.fault
            for outlet in self.outlets.values()
            if outlet.presentation.fault
        }
        self.faults.update(faults or {})
        self._refuse_unknown_faults()
        self.shuffle_seed = shuffle_seed
        self.closing = Event()
        self._port = port
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def _refuse_unknown_faults(self) -> None:
        known = {outlet.publisher.id for outlet in self.outlets.values()}
        for publisher, fault in self.faults.items():
            if publisher not in known or fault not in FAULTS:
                raise ValueError(f"no such publisher or fault: {publisher}={fault}")

    @property
    def address(self) -> str:
        """`127.0.0.1:PORT`; RuntimeError while the wire is not open."""
        if self._server is None:
            raise RuntimeError("the wire is not open")
        return f"{LOOPBACK}:{self._server.server_address[1]}"

    def catalogue_toml(self) -> str:
        return self.source.catalogue_toml()

    def __enter__(self) -> Self:
        self._server = _Server(self, self._port)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="wire", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        if self._server and self._thread:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(timeout=5)
        self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, wire: Wire, port: int) -> None:
        self.wire = wire
        super().__init__((LOOPBACK, port), _Desk)


class _Desk(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float] = 30
    # Head and body leave in two writes; without this each answer on a kept connection waits 40 ms for an ACK.
    disable_nagle_algorithm: ClassVar[bool] = True

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        wire = self.server.wire
        outlet = wire.outlets.get(self.headers.get("Host", "").partition(":")[0].lower())
        target = _untracked(self.path)
        if outlet is None:
            self._front_page() if target == "/" else self.missing()
            return
        fault = wire.faults.get(outlet.publisher.id)
        if fault == "refuse" or (fault and target != "/robots.txt"):
            misbehave(self, fault, wire.closing)
            return
        self._serve(outlet, target, wire)

    def _serve(self, outlet: Outlet, target: str, wire: Wire) -> None:
        now = wire.now()
        visible = outlet.visible(now)
        if target == "/robots.txt":
            self._answer(robots_txt(outlet).encode(), "text/plain; charset=utf-8")
        elif target in {_untracked(urlsplit(feed).path) for feed in outlet.publisher.feeds}:
            newest = list(visible[:FEED_LENGTH])
            if wire.shuffle_seed is not None:
                random.Random(f"{wire.shuffle_seed}/{outlet.publisher.id}").shuffle(newest)  # noqa: S311
            kind = f"{CONTENT_TYPES[outlet.presentation.feed]}; charset={outlet.presentation.charset}"
            self._answer(feed_document(outlet, newest, now), kind, last_change(newest, now))
        elif target == "/":
            self._answer(home_page(outlet, now).encode(), "text/html; charset=utf-8")
        else:
            item = next((item for item in visible if item.target == target), None)
            if item is None:
                self.missing()
                return
            changed = item.updated if item.updated and item.updated <= now else item.appears
            self._answer(item.page(now), item.content_type, changed)

    def _front_page(self) -> None:
        rows = "".join(
            f'<li><a href="{outlet.publisher.home}">{html.escape(outlet.publisher.name)}</a></li>'
            for outlet in self.server.wire.outlets.values()
        )
        self._answer(f"<!doctype html><title>The wire</title><ul>{rows}</ul>".encode(), "text/html; charset=utf-8")

    def missing(self) -> None:
        self._answer(b"<!doctype html><title>Not found</title><h1>Not found</h1>", "text/html", status=404)

    def _answer(self, body: bytes, kind: str, changed: datetime | None = None, *, status: int = 200) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        validators = {"ETag": etag}
        if changed:
            validators["Last-Modified"] = format_datetime(changed.astimezone(UTC).replace(microsecond=0), usegmt=True)
        if status == 200 and self._unchanged(etag, changed):
            self._head(304, validators)
            return
        headers = {**validators, "Content-Type": kind, "Vary": "Accept-Encoding"}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        self._head(status, {**headers, "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _unchanged(self, etag: str, changed: datetime | None) -> bool:
        """RFC 9110 §13.1.3: If-Modified-Since counts only where If-None-Match is absent."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return etag in known or known.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        try:
            return bool(since and changed and changed.replace(microsecond=0) <= parsedate_to_datetime(since))
        except (TypeError, ValueError):
            return False

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the newsroom's own log says what was fetched."""


def _untracked(path: str) -> str:
    """Path and query without tracking parameters."""
    parts = urlsplit(path)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    return parts.path + (f"?{urlencode(kept)}" if kept else "")


def robots_txt(outlet: Outlet) -> str:
    """A reserving publisher says so in the way of contentsignals.org; all keep robots off search and accounts."""
    signal = "Content-Signal: search=yes, ai-input=no, ai-train=no\n" if outlet.publisher.reserved else ""
    sitemap = f"{outlet.publisher.home}sitemap.xml"
    return f"User-agent: *\n{signal}Disallow: /search\nDisallow: /account/\n\nSitemap: {sitemap}\n"


def home_page(outlet: Outlet, now: datetime) -> str:
    """A plain front page that names its feeds the way readers discover them."""
    publisher = outlet.publisher
    kind = CONTENT_TYPES[outlet.presentation.feed]
    feeds = "".join(f'<link rel="alternate" type="{kind}" href="{feed}">' for feed in publisher.feeds)
    rows = "".join(
        f'<li><a href="{html.escape(item.target)}">{html.escape(item.title)}</a></li>' for item in outlet.visible(now)
    )
    name = html.escape(publisher.name)
    return (
        f'<!doctype html><html lang="{publisher.language}">'
        f'<head><meta charset="utf-8"><title>{name}</title>{feeds}</head>'
        f"<body><h1>{name}</h1><p>{html.escape(outlet.presentation.strapline)}</p><ul>{rows}</ul></body></html>"
    )
