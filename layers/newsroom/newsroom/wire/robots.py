"""robots.txt by RFC 9309, with the signals that publishers add to it; asked once per host and run."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.errors import AddressRefused, PublisherUnreachable, ResponseRefused
from newsroom.wire.wishes import reserved_by_signal

if TYPE_CHECKING:
    from newsroom.wire.fetch import Fetcher

AGENT = "newsroom"
"""The product token that a publisher writes to mean us."""
MAX_BYTES = 500 * 1024
"""RFC 9309 §2.5: parsers take at least 500 KiB; what comes after is not read."""


class Rules:
    """What one host's robots.txt says to us."""

    def __init__(self, text: str) -> None:
        from protego import Protego

        self._rules = Protego.parse(text)
        self.reserved = signal_for(AGENT, text)
        """How the host reserves its text from AI use; empty when it does not."""

    def allow(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, AGENT))


class Robots:
    """The rules of every host met in one run. Not for longer: RFC 9309 §2.4 allows a day, a run takes minutes."""

    def __init__(self, fetcher: "Fetcher") -> None:
        self._fetcher = fetcher
        self._known: dict[str, Rules | PublisherUnreachable] = {}

    def rules(self, url: str) -> Rules:
        """Those of the URL's host. An answer of 4xx allows everything (§2.3.1.3), as does a file that is refused.

        Raises PublisherUnreachable when they could not be had (§2.3.1.4: then nothing may be fetched), at once for
        a host that was tried before; AddressRefused for an address that we do not talk to.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._known:
            self._known[host] = self._ask(host)
        known = self._known[host]
        if isinstance(known, PublisherUnreachable):
            raise PublisherUnreachable(str(known))
        return known

    def _ask(self, host: str) -> "Rules | PublisherUnreachable":
        try:
            answer = self._fetcher.get(f"{host}/robots.txt", cap_bytes=MAX_BYTES, cut=True)
        except PublisherUnreachable as exc:
            return PublisherUnreachable(f"robots.txt: {exc}")
        except ResponseRefused as exc:
            return PublisherUnreachable(f"robots.txt: {exc}")
        except AddressRefused:
            if host_is_refused(host):
                raise
            return Rules("")
        return Rules(answer.body.decode("utf-8-sig", "replace") if answer.well else "")


def host_is_refused(host: str) -> bool:
    """Whether the host itself is refused, rather than a place its robots.txt redirects to."""
    from newsroom.wire.guard import judge_url

    try:
        judge_url(f"{host}/")
    except AddressRefused:
        return True
    return False


def signal_for(agent: str, text: str) -> str:
    """The reservation of the group that is for this agent (or for all), from its Content-Signal lines."""
    for_us = for_all = ""
    agents: list[str] = []
    in_rules = False
    for line in text.splitlines()[:20_000]:
        name, _, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            agents = [value.lower()] if in_rules else [*agents, value.lower()]
            in_rules = False
        elif name in ("content-signal", "content-usage"):
            in_rules = True
            if found := reserved_by_signal(value):
                for_us = for_us or (found if agent in agents else "")
                for_all = for_all or (found if "*" in agents or not agents else "")
        elif name:
            in_rules = in_rules or name in ("allow", "disallow")
    return for_us or for_all
