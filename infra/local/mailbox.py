"""A mailbox on loopback: an SMTP server that keeps every message byte for byte as it was sent.

MiniStack's SES relays what it sends to an SMTP host; this is that host.  A message lies in `NNNN.eml`, its envelope
in `index.jsonl`, so that a second run finds the mail of the first.  `mailbox_web` is the page to read it.
"""

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path
from types import TracebackType
from typing import Any, Self

LOOPBACK = "127.0.0.1"
INDEX = "index.jsonl"


@dataclass(frozen=True)
class Letter:
    """The envelope of one kept message: what the SMTP conversation said, whatever its headers claim."""

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]


class Mailbox:
    """Keeps mail in a folder and, as a context manager, receives it by SMTP on loopback.

    Reading (`letters`, `raw`, `message`, `messages`) needs no running server.
    """

    def __init__(self, folder: Path, *, port: int = 0, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.folder = folder
        self._port = port
        self._now = now
        self._keeping = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def letters(self) -> list[Letter]:
        """Every envelope, oldest first."""
        index = self.folder / INDEX
        if not index.exists():
            return []
        return [_letter(json.loads(line)) for line in index.read_text("utf-8").splitlines()]

    def letters_to(self, address: str) -> list[Letter]:
        """The envelopes that name this recipient, oldest first."""
        return [letter for letter in self.letters() if address.lower() in map(str.lower, letter.recipients)]

    def raw(self, number: int) -> bytes:
        """The message as it was sent; FileNotFoundError when there is none of that number."""
        return (self.folder / f"{number:04d}.eml").read_bytes()

    def message(self, number: int) -> EmailMessage:
        """The message parsed; FileNotFoundError when there is none of that number."""
        return BytesParser(policy=policy.default).parsebytes(self.raw(number))

    def messages(self) -> list[EmailMessage]:
        """Every message parsed, oldest first."""
        return [self.message(letter.number) for letter in self.letters()]

    def keep(self, content: bytes, sender: str, recipients: list[str]) -> Letter:
        """Write the message, then its line in the index: a crash between the two leaves no half-known letter."""
        with self._keeping:
            self.folder.mkdir(parents=True, exist_ok=True)
            number = max((letter.number for letter in self.letters()), default=0) + 1
            letter = Letter(number, self._now(), sender, tuple(recipients))
            (self.folder / f"{number:04d}.eml").write_bytes(content)
            line = {**asdict(letter), "received_at": letter.received_at.isoformat()}
            with (self.folder / INDEX).open("a", encoding="utf-8") as index:
                index.write(json.dumps(line, ensure_ascii=False) + "\n")
            return letter

    @property
    def smtp_address(self) -> str:
        """`127.0.0.1:PORT` while the server runs."""
        return f"{LOOPBACK}:{self._port}"

    def __enter__(self) -> Self:
        started: threading.Event = threading.Event()
        failure: list[BaseException] = []
        self._thread = threading.Thread(target=self._serve, args=(started, failure), name="mailbox", daemon=True)
        self._thread.start()
        started.wait(timeout=10)
        if failure:
            raise failure[0]
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=5)

    def _serve(self, started: threading.Event, failure: list[BaseException]) -> None:
        from aiosmtpd.smtp import SMTP

        loop = self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            server = loop.run_until_complete(
                loop.create_server(
                    lambda: SMTP(_Keeper(self), hostname="mailbox.localhost", enable_SMTPUTF8=True, loop=loop),
                    LOOPBACK,
                    self._port,
                )
            )
        except OSError as taken:
            failure.append(taken)
            loop.close()
            started.set()
            return
        self._port = server.sockets[0].getsockname()[1]
        started.set()
        try:
            loop.run_forever()
        finally:
            server.close()
            _drain(loop)
            loop.close()


class _Keeper:
    """aiosmtpd's handler: what arrives after DATA is kept, nothing is refused."""

    def __init__(self, mailbox: Mailbox):
        self._mailbox = mailbox

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        letter = self._mailbox.keep(envelope.original_content, envelope.mail_from or "", list(envelope.rcpt_tos))
        return f"250 kept as {letter.number:04d}"


def addresses(header: str | None) -> list[str]:
    """The bare addresses of a From, To or Cc header."""
    return [address for _name, address in getaddresses([header or ""]) if address]


def _drain(loop: asyncio.AbstractEventLoop) -> None:
    """End the conversations still open, so that the loop closes without a pending task."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))


def _letter(line: dict[str, Any]) -> Letter:
    return Letter(
        line["number"], datetime.fromisoformat(line["received_at"]), line["sender"], tuple(line["recipients"])
    )
