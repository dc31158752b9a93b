"""The sample site on loopback as the CDN shows it: headers, compression, folders, 404 page, and the readers' API."""

import threading
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

import brotli
from newsroom.readers.request import read_request
from newsroom.site import addresses

from tests.fakes.house import House
from tests.fakes.mail import FakeMail
from tests.fakes.readers_archive import FakeReadersArchive
from tests.fakes.receptions import a_reception
from tests.templates import template

QUALITY = 5
"""Brotli's, as a CDN compresses on the fly; a page is smaller at 11, where no reader gets it from."""
COMPRESSED = ("text/", "application/json", "application/xml", "application/rss", "application/atom",
              "application/feed", "image/svg")  # fmt: skip


def security_headers() -> dict[str, str]:
    """Those of template.yaml's response headers policy that a page on plain HTTP can have."""
    policy = template()["Resources"]["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = policy["SecurityHeadersConfig"]
    own = {item["Header"]: item["Value"] for item in policy["CustomHeadersConfig"]["Items"]}
    return own | {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    }


class Stage:
    """A house's files and readers' desk at `address` (`http://127.0.0.1:PORT`) until closed.

    `extra`: path → page beside the house's own, for what a test makes up.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        self.extra: dict[str, bytes] = {}
        self.mail = FakeMail()
        self.readers = FakeReadersArchive()
        self.reception = a_reception(house.archive, self.readers, self.mail)
        self.headers = security_headers()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Shown", (_Viewer,), {"stage": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, name="stage", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @cached_property
    def pages(self) -> list[str]:
        """Paths of all HTML pages, sorted."""
        kept = [file.path for file in self.house.files.files.values() if file.content_type.startswith("text/html")]
        return sorted(kept)

    @cached_property
    def page_types(self) -> dict[str, str]:
        """One page of each kind, by the words of its address; of stories also the longest."""
        found: dict[str, str] = {}
        for path in self.pages:
            found.setdefault(kind_of(path), path)
        found["story-longest"] = max(self.stories, key=lambda path: len(self.body(path)))
        return found

    @cached_property
    def stories(self) -> list[str]:
        """Paths of the stories' own pages, none of them a redirect."""
        return [path for path in self.pages if kind_of(path) == "story" and b'class="story"' in self.body(path)]

    def body(self, path: str) -> bytes:
        return self.extra.get(path) or self.house.files.files[addresses.key(path)].body

    def served(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of a GET."""
        if path in self.extra:
            return 200, {"Content-Type": "text/html; charset=utf-8"}, self.extra[path]
        last = path.rpartition("/")[2]
        if last and "." not in last:
            return 301, {"Location": f"{path}/"}, b""
        file = self.house.files.files.get(addresses.key(path))
        status = 200 if file else 404
        file = file or self.house.files.files["404.html"]
        return status, {"Content-Type": file.content_type, "Cache-Control": file.cache_control}, file.body


def kind_of(path: str) -> str:
    """`/story/x/v/1/` → `story-v`, `/archive/2026/11/` → `archive-2`: what distinguishes kinds of pages."""
    parts = [part for part in path.strip("/").split("/") if part]
    if not parts:
        return "home"
    if parts[0] == "story" and len(parts) > 2:
        return f"story-{parts[2]}"
    return parts[0].removesuffix(".html") + (
        f"-{len(parts) - 1}" if parts[0] in ("archive", "briefing", "sources") else ""
    )


class _Viewer(BaseHTTPRequestHandler):
    stage: Stage
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            return self._ask("GET", b"")
        status, headers, body = self.stage.served(path)
        return self._send(status, headers | self.stage.headers, body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def do_POST(self) -> None:
        self._ask("POST", self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _ask(self, method: str, body: bytes) -> None:
        parts = urlsplit(self.path)
        event: dict[str, Any] = {
            "version": "2.0",
            "rawPath": parts.path,
            "rawQueryString": parts.query,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "requestContext": {"http": {"method": method, "path": parts.path, "sourceIp": "198.51.100.7"}},
            "body": body.decode("ascii"),
            "isBase64Encoded": False,
        }
        answer = self.stage.reception.answer(read_request(event, ""), self.stage.house.now).to_event(method)
        self._send(answer["statusCode"], answer["headers"] | self.stage.headers, answer["body"].encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
        if "br" in self.headers.get("Accept-Encoding", "") and kind.startswith(COMPRESSED):
            body = brotli.compress(body, quality=QUALITY)
            headers = headers | {"Content-Encoding": "br"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
