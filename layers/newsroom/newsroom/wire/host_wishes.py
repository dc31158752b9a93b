"""What each host wishes of machines: asked once a day, kept in a publisher's state, answered for any address of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.boundary import Boundary, Moment
from newsroom.errors import AddressRefused, PublisherUnreachable, ResponseRefused
from newsroom.wire import licences, robots
from newsroom.wire.deadline import limited_to
from newsroom.wire.guard import judge_url
from newsroom.wire.wishes import reserved_by_headers, reserved_by_tdmrep

if TYPE_CHECKING:
    from newsroom.wire.fetch import Fetched, Fetcher

KEPT_FOR = timedelta(days=1)
"""RFC 9309 §2.4: not longer."""
KEPT_BYTES = 40_000
"""Of all documents of a host; what is longer is asked for again in each edition."""
KEPT_HOSTS = 12
"""Of one publisher; nearly all have one or two."""
MAX_TDMREP = 100_000
MAX_LICENCES = 3
SECONDS_FOR_A_HOST = 10.0
"""For everything that it is asked about its wishes."""
SECONDS_FOR_A_PAGE = 5.0
"""For the licences that a page names."""
UNREADABLE = "RSL licence that cannot be read"


class HostWishes(Boundary):
    """One host's documents as they were served at `asked_at`; empty where there is none."""

    asked_at: Moment
    robots: str = ""
    tdmrep: str = ""
    licences: dict[str, str] = {}
    """Address → RSL document, for those that robots.txt names."""

    @property
    def fits(self) -> bool:
        """Whether it is short enough to be kept in a publisher's state."""
        return len(self.robots) + len(self.tdmrep) + sum(map(len, self.licences.values())) <= KEPT_BYTES


class Said:
    """The same, understood."""

    def __init__(self, wishes: HostWishes) -> None:
        self._wishes = wishes
        self.rules = robots.Rules(wishes.robots)

    def allow(self, url: str) -> bool:
        """Whether robots.txt lets us ask for it."""
        return self.rules.allow(url)

    def reserved(self, url: str) -> str:
        """How the host reserves this page's text from AI use, in words; empty when it does not."""
        if reserved := self.rules.reserved or reserved_by_tdmrep(self._wishes.tdmrep, url):
            return reserved
        if any(not terms for terms in self._terms):
            return UNREADABLE
        return next(filter(None, (licences.reserved_by_terms(terms, url) for terms in self._terms)), "")

    @cached_property
    def _terms(self) -> list[list[licences.Terms]]:
        return [licences.read_terms(document.encode()) for document in self._wishes.licences.values()]


class WishesOfHosts:
    """Those of every host met while one publisher is collected. `kept` is what was asked for in earlier editions.

    A host whose robots.txt, tdmrep.json or licence cannot be had for now keeps us out for now (RFC 9309 §2.3.1.4);
    an answer of 4xx means that there is none (§2.3.1.3).
    """

    def __init__(self, fetcher: "Fetcher", kept: Mapping[str, HostWishes], now: datetime) -> None:
        self._fetcher = fetcher
        self._now = now
        self._known = {host: one for host, one in kept.items() if now - KEPT_FOR < one.asked_at <= now}
        self._said: dict[str, Said | PublisherUnreachable] = {}
        self._terms: dict[str, list[licences.Terms]] = {}

    def of(self, url: str) -> Said:
        """Those of the URL's host. PublisherUnreachable when they cannot be had, at once for a host that was tried
        before; AddressRefused for an address that we do not talk to.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}".lower()
        if host not in self._said:
            self._said[host] = self._understood(host)
        said = self._said[host]
        if isinstance(said, PublisherUnreachable):
            raise PublisherUnreachable(str(said), retry_after=said.retry_after)
        return said

    def reserved_by_answer(self, answer: "Fetched") -> str:
        """How an answer reserves itself: by its headers, by terms inside it or by those that it names.

        PublisherUnreachable when terms that it names cannot be had for now. Its meta elements are read with the page.
        """
        if reserved := reserved_by_headers(answer.headers):
            return reserved
        if reserved := licences.reserved_by_terms(licences.inside_page(answer.body), answer.url):
            return reserved
        named = licences.named_in_headers(answer.headers, answer.url)
        with limited_to(SECONDS_FOR_A_PAGE):
            for licence in [*named, *licences.named_in_page(answer.body, answer.url)][:MAX_LICENCES]:
                if reserved := self._reserved_by_licence(licence, answer.url):
                    return reserved
        return ""

    def _reserved_by_licence(self, licence: str, url: str) -> str:
        if licence not in self._terms:
            self._terms[licence] = licences.read_terms(self._document(licence, licences.MAX_BYTES).encode())
        terms = self._terms[licence]
        return licences.reserved_by_terms(terms, url) if terms else UNREADABLE

    def to_keep(self) -> dict[str, HostWishes]:
        """For the next editions: hosts by address, those asked last first where there are too many."""
        kept = sorted(self._known.items(), key=lambda item: (-item[1].asked_at.timestamp(), item[0]))
        return dict(sorted([item for item in kept if item[1].fits][:KEPT_HOSTS]))

    def _understood(self, host: str) -> "Said | PublisherUnreachable":
        judge_url(f"{host}/")
        try:
            if host not in self._known:
                with limited_to(SECONDS_FOR_A_HOST):
                    self._known[host] = self._ask(host)
        except PublisherUnreachable as exc:
            return exc
        said = Said(self._known[host])
        self._fetcher.manners.slow_down(urlsplit(host).hostname or "", said.rules.crawl_delay)
        return said

    def _ask(self, host: str) -> HostWishes:
        text = self._document(f"{host}/robots.txt", robots.MAX_BYTES)
        named = robots.Rules(text).licences(f"{host}/")[:MAX_LICENCES]
        return HostWishes(
            asked_at=self._now,
            robots=text,
            tdmrep=self._document(f"{host}/.well-known/tdmrep.json", MAX_TDMREP),
            licences={licence: self._document(licence, licences.MAX_BYTES) for licence in named},
        )

    def _document(self, url: str, cap_bytes: int) -> str:
        """One document's text; empty for an answer without one, and where it leads to an address we do not talk to."""
        name = urlsplit(url).path.rpartition("/")[2]
        try:
            answer = self._fetcher.get(url, cap_bytes=cap_bytes, cut=True)
        except (PublisherUnreachable, ResponseRefused) as exc:
            raise PublisherUnreachable(f"{name}: {exc}", retry_after=getattr(exc, "retry_after", 0.0)) from exc
        except AddressRefused:
            return ""
        return answer.body.decode("utf-8-sig", "replace") if answer.well else ""
