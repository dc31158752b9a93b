"""No socket is opened to whom we refuse: directly, by redirect at every hop, and by rebinding.

Counted, not inferred from exceptions: at listeners that accept, and at the calls that Python makes to the network.
"""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import httpcore
import pytest
from newsroom.errors import AddressRefused, PublisherUnreachable, ResponseRefused
from newsroom.wire import dialling
from newsroom.wire.fetch import MAX_REDIRECTS, Fetcher
from newsroom.wire.manners import Manners

from tests.fakes.hostile_urls import REFUSED_URLS
from tests.fakes.open_web import PUBLIC, SETTINGS, HostileServer, answer
from tests.fakes.sockets import watched

pytestmark = pytest.mark.enable_socket

HEADER_URLS = [url for url in REFUSED_URLS if "://" in url and url.isprintable() and url != "http:///path"]
"""Those that a Location header can carry, and that are not relative there."""


@pytest.fixture(scope="module")
def corpus(shared_data: Path) -> tuple[list[str], list[str]]:
    """Addresses to refuse and to allow."""
    found = json.loads((shared_data / "attacks" / "ssrf_addresses.json").read_text(encoding="utf-8"))
    return list(found["must_block"]), list(found["must_allow"])


def spelled(address: str) -> str:
    return f"http://[{address}]/" if ":" in address else f"http://{address}/"


def a_fetcher(resolver: Callable[[str], list[str]] | None = None) -> Fetcher:
    """With the real dialler, and the real resolver unless one is given."""
    return Fetcher(SETTINGS, resolver=resolver, manners=Manners.hurried(), seconds_in_all=5.0)


def refused(fetcher: Fetcher, url: str) -> bool:
    """For good: httpx itself takes some Location headers for no HTTP."""
    try:
        fetcher.get(url)
    except (AddressRefused, ResponseRefused):
        return True
    return False


def test_no_refused_address_or_url_is_connected_to_or_looked_up(corpus: tuple[list[str], list[str]]) -> None:
    urls = [*map(spelled, corpus[0]), *REFUSED_URLS]
    assert len(corpus[0]) == 618
    assert len(REFUSED_URLS) >= 60
    fetcher = a_fetcher()
    with watched() as asked:
        passed = [url for url in urls if not refused(fetcher, url)]
    assert passed == []
    assert (asked.connected, asked.resolved) == ([], [])


def test_no_name_that_resolves_to_a_refused_address_is_connected_to(corpus: tuple[list[str], list[str]]) -> None:
    told: list[str] = []
    fetcher = a_fetcher(lambda _host: [told[-1]])
    with watched() as asked:
        for address in corpus[0]:
            told.append(address)
            assert refused(fetcher, "http://rebound.example/"), address
    assert asked.connected == []


def test_every_public_address_of_the_corpus_is_dialled(corpus: tuple[list[str], list[str]]) -> None:
    assert len(corpus[1]) == 21
    with HostileServer(lambda connection, _: connection.sendall(answer(b"x"))) as server:
        for address in corpus[1]:
            fetcher, dialled = server.fetcher()
            assert fetcher.get(spelled(address)).body == b"x" if ":" not in address else True
            named, dialled = server.fetcher(lambda _host, address=address: [address])
            assert named.get("http://feeds.example/").body == b"x"
            assert dialled == [address]


def test_the_second_answer_of_a_rebinding_name_is_never_asked_for(corpus: tuple[list[str], list[str]]) -> None:
    refusing = iter(corpus[0])
    with HostileServer(lambda connection, _: connection.sendall(answer(b"x"))) as server:
        for _ in range(50):
            answers = iter([[PUBLIC], [next(refusing)]])
            fetcher, dialled = server.fetcher(lambda _host, answers=answers: next(answers))
            assert fetcher.get("http://rebinding.example/").body == b"x"
            with pytest.raises(AddressRefused):
                fetcher.get("http://rebinding.example/")
            assert dialled == [PUBLIC]


@pytest.mark.parametrize("hop", range(1, MAX_REDIRECTS + 1))
@pytest.mark.parametrize("share", [13, pytest.param(1, marks=pytest.mark.soak)], ids=["some", "all"])
def test_no_redirect_leads_to_a_refused_address_or_url(
    hop: int, share: int, corpus: tuple[list[str], list[str]]
) -> None:
    """Hop 1 with all of them; the later hops with every thirteenth, and with all in the long sweep."""
    targets = [*map(spelled, corpus[0]), *HEADER_URLS][:: 1 if hop == 1 else share]
    assert len(HEADER_URLS) >= 60
    with redirecting() as (server, chain):
        fetcher, dialled = server.fetcher()
        with watched() as asked:
            for target in targets:
                chain[:] = [*(f"/{number}" for number in range(1, hop)), target]
                before = server.connections
                assert refused(fetcher, "http://feeds.example/"), target
                assert server.connections - before == hop
        assert set(dialled) == {PUBLIC}
        assert set(asked.connected) == {server.address}
        assert asked.resolved == ["127.0.0.1"] * len(asked.resolved)


@pytest.mark.parametrize("hop", range(1, MAX_REDIRECTS + 1))
def test_no_redirect_leads_to_a_name_with_a_refused_address(hop: int, corpus: tuple[list[str], list[str]]) -> None:
    told: list[str] = []
    with redirecting() as (server, chain):
        fetcher, dialled = server.fetcher(lambda host: [told[-1] if host == "inside.example" else PUBLIC])
        for address in corpus[0][::13]:
            told.append(address)
            chain[:] = [*(f"/{number}" for number in range(1, hop)), "http://inside.example/"]
            assert refused(fetcher, "http://feeds.example/"), address
        assert set(dialled) == {PUBLIC}


@contextmanager
def redirecting() -> Iterator[tuple[HostileServer, list[str]]]:
    """A server that answers with the chain's redirects, one after the other, from the beginning for path `/`."""
    chain: list[str] = []

    def script(connection: socket.socket, request: bytes) -> None:
        path = request.split(b" ")[1].decode()
        step = 0 if path == "/" else int(path[1:])
        connection.sendall(answer(b"", "302 Found", Location=chain[step]))

    with HostileServer(script) as server:
        yield server, chain


class Listener:
    """Counts who connects on one address of loopback."""

    def __init__(self, address: str) -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.create_server((address, 0), family=family)
        self.port = self._listener.getsockname()[1]
        self.accepted = 0
        self.reached = Event()
        self._thread = Thread(target=self._count, daemon=True)
        self._thread.start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            self.reached.set()
            connection.close()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=5)


LOOPBACK = (
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "::ffff:0.0.0.0",
)  # fmt: skip


@pytest.mark.parametrize("at", ["127.0.0.1", "::1"])
def test_a_listener_on_loopback_is_reached_by_nobody(at: str) -> None:
    listener = Listener(at)

    def dial(address: str, _port: int, seconds: float) -> httpcore.NetworkStream:
        """As the real one, to the port that the test may listen on."""
        return dialling.dial(address, listener.port, seconds)

    try:
        for address in LOOPBACK:
            fetcher = Fetcher(SETTINGS, resolver=lambda _, a=address: [a], dialler=dial, manners=Manners.hurried())
            with pytest.raises(AddressRefused):
                fetcher.get("http://rebound.example/")
            with pytest.raises(AddressRefused):
                fetcher.get(spelled(address))
        assert listener.accepted == 0
        stream = dial(at, 80, 5.0)
        assert listener.reached.wait(5)
        stream.close()
    finally:
        listener.close()


def test_of_a_name_with_several_addresses_only_the_public_ones_are_dialled() -> None:
    """A forgotten private record does not silence a publisher, and a private one that was slipped in gains nothing."""
    with HostileServer(lambda connection, _: connection.sendall(answer(b"x"))) as server:
        mixed = ["10.0.0.1", "::1", PUBLIC, "169.254.169.254", "2606:4700:4700::1111"]
        fetcher, dialled = server.fetcher(lambda _host: mixed)
        assert fetcher.get("http://feeds.example/").body == b"x"
        assert dialled == [PUBLIC]


def test_when_the_public_one_does_not_answer_the_private_ones_are_still_not_dialled() -> None:
    dialled: list[str] = []

    def dead(address: str, _port: int, _seconds: float) -> httpcore.NetworkStream:
        dialled.append(address)
        raise httpcore.ConnectError("refused")

    mixed = [PUBLIC, "10.0.0.1", "8.8.8.8"]
    fetcher = Fetcher(SETTINGS, resolver=lambda _host: mixed, dialler=dead, manners=Manners.hurried())
    with pytest.raises(PublisherUnreachable):
        fetcher.get("http://feeds.example/")
    assert dialled == [PUBLIC, "8.8.8.8"]
