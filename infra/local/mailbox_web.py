"""The page to read the local mailbox: a list, and each message as HTML, as text, as headers, and as sent.

The HTML of a message is shown in a sandboxed frame under its own strict policy: it may show pictures and open links
in a new tab, and run nothing.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from infra.local.mailbox import LOOPBACK, Letter, Mailbox

VIEWS = ("html", "text", "headers")
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'none'"
MESSAGE_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; "
    "style-src 'unsafe-inline'"
)


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    number: int
    subject: str
    sender: str
    recipients: str
    received_at: datetime


@dataclass(frozen=True)
class ListPage:
    entries: list[Entry]


@dataclass(frozen=True)
class MessagePage:
    entry: Entry
    view: str
    views: tuple[str, ...]
    text: str
    headers: list[tuple[str, str]]


class MailboxPage:
    """Serves the mailbox's pages on loopback while the context lasts."""

    def __init__(self, mailbox: Mailbox, *, port: int = 0):
        self._pages = _Pages(mailbox)
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self._port}/"

    def __enter__(self) -> Self:
        pages = self._pages

        class Reader(_Reader):
            answers = pages

        self._server = ThreadingHTTPServer((LOOPBACK, self._port), Reader)
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name="mailbox-page", daemon=True
        ).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()


@dataclass(frozen=True)
class Answer:
    """What one address of the mailbox answers."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    policy: str = PAGE_POLICY
    status: HTTPStatus = HTTPStatus.OK
    download_as: str | None = None


class _Pages:
    """Addresses → answers; knows nothing of sockets."""

    def __init__(self, mailbox: Mailbox):
        self._mailbox = mailbox

    @cached_property
    def _templates(self) -> Any:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        folder = Path(__file__).with_name("mailbox_pages")
        return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)

    def answer(self, target: str) -> Answer:
        url = urlsplit(target)
        parts = [part for part in url.path.split("/") if part]
        if not parts:
            return self._render(
                "list.html.j2", ListPage([self._entry(one) for one in reversed(self._mailbox.letters())])
            )
        letter = next((one for one in self._mailbox.letters() if str(one.number) == parts[-1].split(".")[0]), None)
        if len(parts) != 2 or parts[0] not in ("messages", "html") or letter is None:
            return Answer(b"There is no such page in this mailbox.", "text/plain", status=HTTPStatus.NOT_FOUND)
        if parts[1].endswith(".eml"):
            name = f"{letter.number:04d}.eml"
            return Answer(self._mailbox.raw(letter.number), "message/rfc822", download_as=name)
        message = self._mailbox.message(letter.number)
        if parts[0] == "html":
            return Answer(_framed(part_of(message, "html")), policy=MESSAGE_POLICY)
        return self._message(letter, message, parse_qs(url.query).get("view", [""])[0])

    def _message(self, letter: Letter, message: EmailMessage, asked: str) -> Answer:
        views = tuple(view for view in VIEWS if view == "headers" or part_of(message, view))
        page = MessagePage(
            entry=self._entry(letter),
            view=asked if asked in views else views[0],
            views=views,
            text=part_of(message, "text"),
            headers=[(name, str(value)) for name, value in message.items()],
        )
        return self._render("message.html.j2", page)

    def _entry(self, letter: Letter) -> Entry:
        message = self._mailbox.message(letter.number)
        return Entry(
            number=letter.number,
            subject=str(message["Subject"] or "(no subject)"),
            sender=str(message["From"] or letter.sender),
            recipients=", ".join(letter.recipients),
            received_at=letter.received_at,
        )

    def _render(self, template: str, page: ListPage | MessagePage) -> Answer:
        return Answer(self._templates.get_template(template).render(page=page).encode())


class _Reader(BaseHTTPRequestHandler):
    answers: _Pages

    def do_GET(self) -> None:
        # A page of another site must not read this mail through a name that it points at loopback.
        if (self.headers.get("Host") or "").rsplit(":", 1)[0] not in (LOOPBACK, "localhost"):
            return self._send(Answer(b"Ask for 127.0.0.1.", "text/plain", status=HTTPStatus.MISDIRECTED_REQUEST))
        return self._send(self.answers.answer(self.path))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Content-Security-Policy", answer.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        if answer.download_as:
            self.send_header("Content-Disposition", f'attachment; filename="{answer.download_as}"')
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Reading mail is not news: nothing is logged."""


def part_of(message: EmailMessage, kind: str) -> str:
    """The decoded `html` or `text` part of a message, "" when it has none."""
    part = message.get_body(preferencelist=("html" if kind == "html" else "plain",))
    return str(part.get_content()) if part is not None else ""


def _framed(html: str) -> bytes:
    """A link pressed in the frame opens a tab of its own, as in any mail program."""
    return ('<!doctype html><base target="_blank">' + html).encode()
