"""robots.txt by RFC 9309, with what publishers add to it: Crawl-delay, Content-Signal, Content-Usage, License."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from newsroom.wire.wishes import reserved_by_signal

if TYPE_CHECKING:
    from protego import Protego

AGENT = "newsroom"
"""The product token that a publisher writes to mean us."""
MAX_BYTES = 500 * 1024
"""RFC 9309 §2.5: parsers take at least 500 KiB; what comes after is not read."""
MAX_LINES = 20_000

FIELD = re.compile(r"([a-z-]+(?: agent)?)\s*:(.*)", re.IGNORECASE)
NAMES_AGENTS = ("user-agent", "useragent", "user agent")
TOKEN = re.compile(r"[a-z_-]+|\*", re.IGNORECASE)
"""A product token as RFC 9309 §2.2.1 spells it; what follows it in the line is not part of it."""
OF_A_GROUP = ("allow", "disallow", "crawl-delay", "content-signal", "content-usage")
SIGNALS = ("content-signal", "content-usage")


@dataclass(frozen=True)
class Line:
    """One line that says something; `agents` are those of its group, none before the first group."""

    agents: frozenset[str]
    name: str
    value: str


class Rules:
    """What one robots.txt says to us. Protego matches paths; which group is ours is decided here.

    The group that names us is ours alone, else the one for all (§2.2.1). Protego would take `User-agent: news` for
    us as well, because our token begins with it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = _lines(text)
        self._named = any(AGENT in line.agents for line in self._lines)

    def allow(self, url: str) -> bool:
        return bool(self._protego.can_fetch(url, self._asked_as))

    @property
    def crawl_delay(self) -> float:
        """Seconds; 0 when none is asked for. Not a part of the RFC, and honoured by many."""
        return float(self._protego.crawl_delay(self._asked_as) or 0.0)

    @property
    def reserved(self) -> str:
        """How signals reserve the whole host's text from AI use; empty when they do not."""
        found = (reserved_by_signal(line.value) for line in self._said_to_us() if line.name in SIGNALS)
        return next(filter(None, found), "")

    def licences(self, base: str) -> list[str]:
        """Absolute addresses of RSL documents, each once, in order."""
        said = (urljoin(base, line.value) for line in self._said_to_us() if line.name == "license" and line.value)
        return list(dict.fromkeys(said))

    def _said_to_us(self) -> list[Line]:
        """Lines of our group, and those outside of every group, which are for all."""
        ours = AGENT if self._named else "*"
        return [line for line in self._lines if not line.agents or ours in line.agents]

    @property
    def _asked_as(self) -> str:
        """With a version, so that Protego finds `newsroom` and `newsroom/1.0`; as nobody in particular else."""
        return f"{AGENT}/1.0" if self._named else "*"

    @cached_property
    def _protego(self) -> "Protego":
        from protego import Protego

        return Protego.parse(self._text)


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    agents: frozenset[str] = frozenset()
    in_rules = True
    for line in text.splitlines()[:MAX_LINES]:
        field = FIELD.match(line.partition("#")[0].strip())
        if field is None:
            continue
        name, value = field[1].lower(), field[2].strip()
        if name in NAMES_AGENTS:
            token = TOKEN.match(value)
            agents = (frozenset() if in_rules else agents) | {token[0].lower() if token else ""}
            in_rules = False
            found.append(Line(agents, name, value))
        else:
            in_rules = in_rules or name in OF_A_GROUP
            found.append(Line(agents, name, value))
    return found
