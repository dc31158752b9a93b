"""Politeness to hosts: a pause between requests, one exchange at a time, silence where it was asked for.

One `Manners` is one process's memory. What holds between processes is told in ARCHITECTURE.md: a publisher is
collected by one function at a time, page after page, and publishers of one host go `together`.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

from newsroom.errors import PublisherUnreachable

SECONDS_BETWEEN = 0.5
"""From the start of one request to a host to the start of the next."""
LONGEST_DELAY = 10.0
"""Of a Crawl-delay that is waited for: a host that asks for more is given this, and its other pages wait for later
editions when the function's time is up."""
AT_A_TIME = 1
"""Exchanges with one host. More would also share an HTTP/2 connection between threads, whose server may change the
number of streams it allows in a way that leaves them waiting for each other.
"""
SECONDS_ALONE = 60.0
"""After a 429 that does not say for how long."""
HOSTS_REMEMBERED = 10_000


@dataclass
class _Host:
    delay: float
    places: BoundedSemaphore
    next_at: float = 0.0
    """When the next request may start, by the clock of `Manners`."""
    alone_until: float = 0.0
    lock: Lock = field(default_factory=Lock)


class Manners:
    """Who was asked when. `clock` (seconds, monotonic) and `sleep` are the test's where there is one."""

    def __init__(
        self,
        *,
        seconds_between: float = SECONDS_BETWEEN,
        longest_delay: float = LONGEST_DELAY,
        at_a_time: int = AT_A_TIME,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds_between = seconds_between
        self._longest_delay = longest_delay
        self._at_a_time = at_a_time
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @classmethod
    def hurried(cls) -> "Manners":
        """Without pauses: for a wire on this machine, which is ours."""
        return cls(seconds_between=0.0, longest_delay=0.0, at_a_time=1000)

    def wait(self, host: str, patience: float = float("inf")) -> None:
        """Until the host's turn has come. PublisherUnreachable, at once, while it wants to be left alone, or where its
        turn is more than `patience` seconds away.
        """
        known = self._host(host)
        with known.lock:
            now = self._clock()
            if now < known.alone_until:
                left = known.alone_until - now
                raise PublisherUnreachable(f"{host} asked to be left alone for {left:.0f} seconds", retry_after=left)
            begins = max(now, known.next_at)
            if begins - now > patience:
                raise PublisherUnreachable(f"{host} is being asked by others of us")
            known.next_at = begins + known.delay
        if begins > now:
            self._sleep(begins - now)

    @contextmanager
    def exchange(self, host: str, patience: float) -> Iterator[None]:
        """With a host, while nobody else of this process has one; PublisherUnreachable after `patience` seconds."""
        places = self._host(host).places
        if not places.acquire(timeout=max(patience, 0.0)):
            raise PublisherUnreachable(f"{host} is being asked by others of us")
        try:
            yield
        finally:
            places.release()

    def slow_down(self, host: str, delay: float) -> None:
        """The host's Crawl-delay in seconds, kept within ours and `LONGEST_DELAY`."""
        known = self._host(host)
        with known.lock:
            wanted = max(self._seconds_between, min(delay, self._longest_delay))
            known.next_at += max(wanted - known.delay, 0.0) if known.next_at else 0.0
            known.delay = wanted

    def leave_alone(self, host: str, seconds: float) -> None:
        """The host answered 429, or 503 with a time: nothing is asked of it for so long; a minute for 0."""
        known = self._host(host)
        with known.lock:
            known.alone_until = max(known.alone_until, self._clock() + (seconds or SECONDS_ALONE))

    def _host(self, host: str) -> _Host:
        with self._lock:
            if host not in self._hosts and len(self._hosts) >= HOSTS_REMEMBERED:
                self._forget()
            return self._hosts.setdefault(host, _Host(self._seconds_between, BoundedSemaphore(self._at_a_time)))

    def _forget(self) -> None:
        """Hosts that owe nothing to anybody any more; those that do stay, however many they are."""
        now = self._clock()
        self._hosts = {
            host: known for host, known in self._hosts.items() if max(known.next_at, known.alone_until) > now
        }


def together(hosts: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Ids that share a host, directly or through others, as one group: to be collected one after another.

    `hosts` is id → its hosts. Groups in the order of their first id, ids in the given order.
    """
    leader: dict[str, str] = {}
    owner: dict[str, str] = {}

    def leading(one: str) -> str:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, its in hosts.items():
        leader[one] = one
        for host in its:
            leader[leading(one)] = leading(owner.setdefault(host, one))
    groups: dict[str, list[str]] = {}
    for one in hosts:
        groups.setdefault(leading(one), []).append(one)
    return [tuple(group) for group in groups.values()]
