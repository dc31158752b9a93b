"""A post office that keeps what it is given, and fails as it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from newsroom.briefing.allowance import Allowance
from newsroom.briefing.letters import Stream
from newsroom.briefing.mail import AS_WRITTEN


@dataclass(frozen=True)
class Posted:
    """One message as it would travel."""

    to: str
    stream: Stream
    tags: dict[str, str]
    letter: EmailMessage

    @property
    def raw(self) -> bytes:
        return self.letter.as_bytes(policy=AS_WRITTEN)

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def part(self, kind: str) -> str:
        """`plain` or `html`, decoded."""
        body = self.message.get_body(preferencelist=(kind,))
        assert body
        return str(body.get_content())


class FakeMail:
    """`before` and `after` run around the acceptance of each message: what they raise, the sender sees."""

    def __init__(
        self, before: Callable[[str], None] = lambda _to: None, after: Callable[[str], None] = lambda _to: None
    ) -> None:
        self.outbox: list[Posted] = []
        self.account: Allowance | None = None
        self._before = before
        self._after = after

    def send(self, letter: EmailMessage, stream: Stream, tags: Mapping[str, str]) -> str:
        to = str(letter["To"])
        self._before(to)
        self.outbox.append(Posted(to, stream, dict(tags), letter))
        self._after(to)
        return f"ses-{len(self.outbox):06}"

    def allowance(self) -> Allowance | None:
        return self.account

    def to(self, address: str) -> list[Posted]:
        return [posted for posted in self.outbox if posted.to == address]
