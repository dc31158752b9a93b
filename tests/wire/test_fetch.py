import gzip
import itertools
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import h2.exceptions
import httpcore
import httpx
import pytest
from newsroom.errors import AddressRefused, BadInput, PublisherUnreachable, ResponseRefused
from newsroom.settings import WireSettings
from newsroom.wire.fetch import Fetcher
from newsroom.wire.manners import Manners

from tests.fakes.open_web import PUBLIC, SETTINGS, HostileServer, answer

pytestmark = pytest.mark.enable_socket

Script = Callable[[socket.socket, bytes], None]


def saying(*answers: bytes) -> Script:
    """Each connection gets the next answer, the last one for ever."""
    queue = itertools.chain(answers, itertools.repeat(answers[-1]))
    return lambda connection, _request: connection.sendall(next(queue))


def redirecting(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=location)


def test_an_answer_comes_back_with_its_address_and_headers() -> None:
    with HostileServer(saying(answer(b"<rss/>", content_type="text/xml", etag='"1"'))) as server:
        fetcher, dialled = server.fetcher()
        fetched = fetcher.get("http://Feeds.Example/rss#top")
    assert (fetched.url, fetched.status, fetched.body) == ("http://feeds.example/rss", 200, b"<rss/>")
    assert fetched.headers["etag"] == '"1"'
    assert dialled == [PUBLIC]


def test_the_request_names_the_host_and_who_asks_and_nothing_secret() -> None:
    with HostileServer(saying(answer(b"x", set_cookie="id=1; Path=/"), answer(b"y"))) as server:
        fetcher, _ = server.fetcher()
        fetcher.get("http://feeds.example/a", etag='"1"', last_modified="Mon, 23 Nov 2026 19:15:00 GMT")
        fetcher.get("http://feeds.example/b", etag="bad\r\nX-Injected: 1")
    first, second = (request.decode().lower() for request in server.requests)
    assert "host: feeds.example\r\n" in first
    assert "user-agent: newsroom/1.0 (+https://footnote.example/about)" in first
    assert 'if-none-match: "1"' in first
    assert "if-modified-since: mon, 23 nov 2026 19:15:00 gmt" in first
    assert "cookie" not in second
    assert "injected" not in second


def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with HostileServer(saying(answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        assert fetcher.get("http://feeds.example/").body == b"x"


def test_a_name_that_resolves_to_a_private_address_opens_no_connection() -> None:
    with HostileServer(saying(answer(b"secret"))) as server:
        fetcher, dialled = server.fetcher(lambda _host: ["169.254.169.254", "::1", "10.0.0.1"])
        with pytest.raises(AddressRefused):
            fetcher.get("http://rebound.example/")
        assert (server.connections, dialled) == (0, [])


def test_a_name_is_resolved_once_and_the_judged_address_is_dialled() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    with HostileServer(saying(answer(b"x"))) as server:
        fetcher, dialled = server.fetcher(lambda _host: next(answers))
        fetcher.get("http://rebinding.example/")
        assert dialled == [PUBLIC]
        with pytest.raises(AddressRefused):
            fetcher.get("http://rebinding.example/")
        assert dialled == [PUBLIC]


def test_the_peer_is_judged_again_when_it_answers() -> None:
    with HostileServer(saying(answer(b"x"))) as server:
        fetcher, _ = server.fetcher(peer="127.0.0.1")
        with pytest.raises(AddressRefused, match="loopback"):
            fetcher.get("http://feeds.example/")
        assert server.requests == []


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "gopher://feeds.example/",
        "//user:secret@feeds.example/",
        "http://feeds.example:22/",
        "http://private.example/",
    ],
)
@pytest.mark.parametrize("hops", [1, 2, 5])
def test_a_redirect_to_where_we_do_not_go_is_refused_at_every_hop(location: str, hops: int) -> None:
    chain = [redirecting(f"/{hop}") for hop in range(1, hops)]
    with HostileServer(saying(*chain, redirecting(location))) as server:
        fetcher, dialled = server.fetcher(lambda host: ["10.0.0.1"] if host == "private.example" else [PUBLIC])
        with pytest.raises(AddressRefused):
            fetcher.get("http://feeds.example/")
    assert set(dialled) == {PUBLIC}
    assert server.connections == hops


def test_more_than_five_redirects_are_refused() -> None:
    with HostileServer(saying(redirecting("/again"))) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(ResponseRefused, match="more than 5 redirects"):
            fetcher.get("http://feeds.example/")
        assert server.connections == 6


def test_conditions_stay_with_the_host_they_were_meant_for() -> None:
    with HostileServer(saying(redirecting("http://other.example/"), answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        fetcher.get("http://feeds.example/", etag='"private"')
    assert b'"private"' in server.requests[0]
    assert b'"private"' not in server.requests[1]


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        (["301 Moved Permanently"], "http://feeds.example/1"),
        (["308 Permanent Redirect", "301 Moved Permanently"], "http://feeds.example/2"),
        (["301 Moved Permanently", "302 Found"], ""),
        (["302 Found"], ""),
    ],
)
def test_a_move_is_remembered_only_if_every_step_is_for_good(statuses: list[str], moved: str) -> None:
    steps = [redirecting(f"/{number}", status) for number, status in enumerate(statuses, 1)]
    with HostileServer(saying(*steps, answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        assert fetcher.get("http://feeds.example/").moved_to == moved


def test_not_modified_and_gone_are_answers() -> None:
    with HostileServer(
        saying(answer(b"", "304 Not Modified"), answer(b"", "410 Gone"), answer(b"", "404 No"))
    ) as server:
        fetcher, _ = server.fetcher()
        assert fetcher.get("http://feeds.example/").not_modified
        assert fetcher.get("http://feeds.example/").gone
        assert not fetcher.get("http://feeds.example/").well


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [("120", 120), ("999999999", 86_400), ("-5", 0), ("soon", 0), ("", 0)]
)
def test_an_overloaded_publisher_is_unreachable_for_as_long_as_it_asks(retry_after: str, seconds: float) -> None:
    with HostileServer(saying(answer(b"", "429 Too Many Requests", retry_after=retry_after))) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(PublisherUnreachable, match=r"^HTTP 429 from feeds.example$") as caught:
            fetcher.get("http://feeds.example/")
    assert caught.value.retry_after == seconds


def test_retry_after_may_be_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(days=3), usegmt=True)
    for given, least, most in ((at, 290, 301), (past, 0, 0)):
        with HostileServer(saying(answer(b"", "503 Service Unavailable", retry_after=given))) as server:
            fetcher, _ = server.fetcher()
            with pytest.raises(PublisherUnreachable) as caught:
                fetcher.get("http://feeds.example/")
        assert least <= caught.value.retry_after <= most


def test_a_host_that_has_had_enough_is_not_asked_again_and_others_are() -> None:
    with HostileServer(saying(answer(b"", "429 Too Many Requests", retry_after="120"), answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        for reason in ("HTTP 429", "asked to be left alone", "asked to be left alone"):
            with pytest.raises(PublisherUnreachable, match=reason) as caught:
                fetcher.get("http://feeds.example/")
            assert 100 < caught.value.retry_after <= 120
        assert server.connections == 1
        assert fetcher.get("http://other.example/").body == b"x"


def test_an_ordinary_breakdown_does_not_silence_the_host() -> None:
    with HostileServer(saying(answer(b"", "503 Service Unavailable"), answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(PublisherUnreachable):
            fetcher.get("http://feeds.example/")
        assert fetcher.get("http://feeds.example/").body == b"x"


CHALLENGE = b"<!doctype html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b'></script>"


@pytest.mark.parametrize(
    "challenge",
    [
        answer(b"", "403 Forbidden", cf_mitigated="challenge"),
        answer(b"", "503 Service Unavailable", cf_mitigated="challenge", retry_after="5"),
        answer(CHALLENGE, "403 Forbidden"),
        answer(CHALLENGE, "503 Service Unavailable"),
        answer(CHALLENGE, "429 Too Many Requests"),
        answer(gzip.compress(CHALLENGE), "503 Service Unavailable", content_encoding="gzip"),
        answer(b"", "202 Accepted", x_amzn_waf_action="challenge"),
        answer(b"", "405 Method Not Allowed", x_amzn_waf_action="captcha"),
        answer(b"<iframe src='//geo.captcha-delivery.com/captcha/'>", "403 Forbidden"),
        answer(b"<iframe src='/_Incapsula_Resource?x'>", "403 Forbidden"),
    ],
)
def test_a_challenge_is_refused_for_good_and_never_answered(challenge: bytes) -> None:
    with HostileServer(saying(challenge)) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(ResponseRefused, match=r"asks for a browser, .* \(feeds\.example\)"):
            fetcher.get("http://feeds.example/")
        assert server.connections == 1


@pytest.mark.parametrize(("status", "body"), [("200 OK", CHALLENGE), ("403 Forbidden", b"<h1>Subscribers only</h1>")])
def test_what_only_mentions_a_challenge_or_only_refuses_is_an_answer(status: str, body: bytes) -> None:
    with HostileServer(saying(answer(body, status))) as server:
        fetcher, _ = server.fetcher()
        assert fetcher.get("http://feeds.example/").body == body


def test_the_reason_of_a_breakdown_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def dribbling(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100000\r\n\r\n")
        while not server.closing.wait(0.05):
            connection.sendall(b"<")

    monkeypatch.setattr("newsroom.wire.responses.SECONDS_FOR_A_REASON", 0.2)
    with HostileServer(dribbling) as server:
        fetcher, _ = server.fetcher(seconds_in_all=8.0)
        begun = time.monotonic()
        with pytest.raises(PublisherUnreachable, match="HTTP 503"):
            fetcher.get("http://feeds.example/")
        assert time.monotonic() - begun < 4


def test_an_empty_answer_is_an_answer() -> None:
    with HostileServer(saying(answer(b""), answer(b"", "204 No Content"), answer(b"", "301 Moved"))) as server:
        fetcher, _ = server.fetcher()
        assert [fetcher.get("http://feeds.example/").status for _ in range(3)] == [200, 204, 301]


def test_a_body_announced_as_too_large_is_not_begun() -> None:
    def boasting(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n")
        server.closing.wait(5)

    with HostileServer(boasting) as server:
        fetcher, _ = server.fetcher()
        begun = time.monotonic()
        with pytest.raises(ResponseRefused, match="body larger than 5 MB"):
            fetcher.get("http://feeds.example/")
        assert time.monotonic() - begun < 3


def test_who_asks_is_told_of_every_redirect_before_it_is_followed() -> None:
    told: list[str] = []

    def keep_out(url: str) -> None:
        told.append(url)
        if url.endswith("/private"):
            raise KeyError(url)

    chain = saying(redirecting("/a"), redirecting("http://other.example/b"), redirecting("/private"), answer(b"x"))
    with HostileServer(chain) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(KeyError):
            fetcher.get("http://feeds.example/", before_redirect=keep_out)
        assert server.connections == 3
    assert told == ["http://feeds.example/a", "http://other.example/b", "http://other.example/private"]


def test_a_fetch_within_a_fetch_ends_with_the_one_around_it() -> None:
    def slow(connection: socket.socket, request: bytes) -> None:
        if b"GET /first" in request:
            server.closing.wait(0.8)
            connection.sendall(redirecting("/second"))
        server.closing.wait(5)

    with HostileServer(slow) as server:
        fetcher, _ = server.fetcher(seconds_in_all=1.0)
        begun = time.monotonic()
        with pytest.raises(PublisherUnreachable, match="no answer in time"):
            fetcher.get("http://feeds.example/first", before_redirect=lambda _: fetcher.get("http://feeds.example/x"))
        assert time.monotonic() - begun < 1.7


def test_requests_to_one_host_keep_their_distance() -> None:
    slept: list[float] = []
    with HostileServer(saying(answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        fetcher.manners = Manners(clock=lambda: 0.0, sleep=slept.append)
        for _ in range(3):
            fetcher.get("http://feeds.example/")
    assert slept == [0.5, 1.0]


def test_a_host_that_redirects_lead_to_has_its_turn_too() -> None:
    slept: list[float] = []
    hop = redirecting("http://pages.example/")
    with HostileServer(saying(hop, answer(b"x"), hop, answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        fetcher.manners = Manners(clock=lambda: 0.0, sleep=slept.append)
        fetcher.get("http://feeds.example/")
        fetcher.get("http://links.example/")
    assert slept == [0.5]


def test_a_redirect_to_a_host_that_has_had_enough_is_not_followed() -> None:
    with HostileServer(saying(redirecting("http://pages.example/"), answer(b"x"))) as server:
        fetcher, _ = server.fetcher()
        fetcher.manners.leave_alone("pages.example", 600)
        with pytest.raises(PublisherUnreachable, match=r"pages\.example asked to be left alone"):
            fetcher.get("http://feeds.example/")
        assert server.connections == 1


def test_a_broken_publisher_is_unreachable_with_its_reason() -> None:
    with HostileServer(saying(answer(b"", "503 Service Unavailable"))) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(PublisherUnreachable, match=r"HTTP 503 from feeds.example"):
            fetcher.get("http://feeds.example/")


def test_a_name_that_does_not_resolve_makes_its_publisher_unreachable() -> None:
    def nowhere(_host: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with HostileServer(saying(answer(b"x"))) as server:
        fetcher, _ = server.fetcher(nowhere)
        with pytest.raises(PublisherUnreachable, match=r"the name feeds.example does not resolve"):
            fetcher.get("http://feeds.example/")


def test_an_endless_body_ends_at_the_cap() -> None:
    def endless(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    with HostileServer(endless) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(ResponseRefused, match=r"body larger than 1 MB \(feeds.example\)"):
            fetcher.get("http://feeds.example/", cap_bytes=1_000_000)


def test_a_longer_body_can_be_cut_instead() -> None:
    with HostileServer(saying(answer(b"User-agent: *\n" * 100))) as server:
        fetcher, _ = server.fetcher()
        assert len(fetcher.get("http://feeds.example/robots.txt", cap_bytes=100, cut=True).body) == 100


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("br", brotli.compress(bytes(50_000_000))),
    ],
)
def test_a_bomb_is_left_before_it_unfolds(encoding: str, packed: bytes) -> None:
    with HostileServer(saying(answer(packed, content_encoding=encoding))) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(ResponseRefused, match=r"unfolds|larger"):
            fetcher.get("http://feeds.example/")


def test_one_byte_at_a_time_ends_with_the_whole_exchanges_time() -> None:
    def slow(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not server.closing.wait(0.05):
            connection.sendall(b"<")

    with HostileServer(slow) as server:
        fetcher, _ = server.fetcher(seconds_in_all=0.5)
        begun = time.monotonic()
        with pytest.raises((ResponseRefused, PublisherUnreachable), match=r"took too long|no answer in time"):
            fetcher.get("http://feeds.example/")
        assert time.monotonic() - begun < 2


def test_headers_that_never_end_do_too() -> None:
    def dribbling(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not server.closing.wait(0.05):
            connection.sendall(b"X-A: b\r\n")

    with HostileServer(dribbling) as server:
        fetcher, _ = server.fetcher(seconds_in_all=0.5)
        with pytest.raises((ResponseRefused, PublisherUnreachable), match=r"took too long|no answer in time"):
            fetcher.get("http://feeds.example/")


def test_a_resolver_that_never_answers_does_not_hold_us() -> None:
    def silent(_host: str) -> list[str]:
        server.closing.wait(5)
        return [PUBLIC]

    with HostileServer(saying(answer(b"x"))) as server:
        fetcher, _ = server.fetcher(silent, seconds_in_all=0.3)
        with pytest.raises(PublisherUnreachable, match=r"no answer to where feeds.example is"):
            fetcher.get("http://feeds.example/")


def test_giant_headers_are_refused() -> None:
    with HostileServer(saying(answer(b"x", x_big="y" * 90_000))) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(ResponseRefused, match="headers of"):
            fetcher.get("http://feeds.example/")


@pytest.mark.parametrize(
    "garbage", [b"SSH-2.0-OpenSSH_9.9\r\n", b"\x16\x03\x01\x02\x00\x01", b"HTTP/1.1 banana\r\n\r\n"]
)
def test_what_is_not_http_is_refused(garbage: bytes) -> None:
    with HostileServer(saying(garbage)) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises((ResponseRefused, PublisherUnreachable), match=r"feeds.example"):
            fetcher.get("http://feeds.example/")


def test_a_connection_closed_without_an_answer_makes_its_publisher_unreachable() -> None:
    with HostileServer(lambda _connection, _request: None) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises((PublisherUnreachable, ResponseRefused), match=r"without an answer|feeds.example"):
            fetcher.get("http://feeds.example/")


def test_the_local_wire_is_dialled_for_every_host_in_plain_http() -> None:
    with HostileServer(saying(answer(b"x"))) as server:
        host, port = server._listener.getsockname()[:2]
        settings = WireSettings(site_address="https://s.example", local_wire=f"{host}:{port}", stage="local")
        assert Fetcher(settings).get("https://any.example/feed").body == b"x"
        with pytest.raises(AddressRefused):
            Fetcher(settings).get("http://169.254.169.254/")
    assert b"host: any.example\r\n" in server.requests[0].lower()


@pytest.mark.parametrize(("wire", "stage"), [("127.0.0.1:80", "production"), ("10.0.0.1:80", "local"), ("x", "local")])
def test_a_local_wire_is_for_the_local_stage_and_loopback(wire: str, stage: str) -> None:
    with pytest.raises(BadInput, match="LOCAL_WIRE"):
        Fetcher(WireSettings(site_address="https://s.example", local_wire=wire, stage=stage))  # type: ignore[arg-type]


def foreign_errors() -> list[type[Exception]]:
    """Everything that the libraries underneath say can go wrong with an exchange, in a fixed order."""
    found = {
        error
        for library in (httpcore, httpx, h2.exceptions)
        for error in vars(library).values()
        if isinstance(error, type) and issubclass(error, Exception) and not issubclass(error, Warning)
    }
    never_raised_to_us = {
        httpcore.ConnectionNotAvailable,  # the pool's own, which takes another connection then
        httpcore.ProxyError,  # there are no proxies
        *(httpx.CookieConflict, httpx.StreamError, *httpx.StreamError.__subclasses__()),  # mistakes of programmers
    }
    return sorted(found - never_raised_to_us, key=lambda error: (error.__module__, error.__name__))


def raised(error: type[Exception]) -> Exception:
    """Some want two numbers to be made, some a request."""
    for given in (("x",), (1, 2)):
        with suppress(TypeError):
            return error(*given)
    return error.__new__(error)


@pytest.mark.parametrize("error", [*foreign_errors(), OSError, ssl.SSLError, ConnectionResetError, socket.gaierror])
def test_every_error_of_the_libraries_underneath_is_translated(error: type[Exception]) -> None:
    class Client:
        @contextmanager
        def stream(self, *_asked: object, **_options: object) -> Iterator[None]:
            raise raised(error)
            yield

    fetcher = Fetcher(SETTINGS, manners=Manners.hurried())
    fetcher.__dict__["_client"] = Client()
    with pytest.raises((PublisherUnreachable, ResponseRefused), match=r"feeds\.example"):
        fetcher.get("http://feeds.example/")


def test_threads_that_share_a_fetcher_have_one_exchange_with_a_host_at_a_time() -> None:
    open_now, most = [0], [0]

    def slow(connection: socket.socket, _request: bytes) -> None:
        open_now[0] += 1
        most[0] = max(most[0], open_now[0])
        server.closing.wait(0.05)
        open_now[0] -= 1
        connection.sendall(answer(b"x"))

    with HostileServer(slow) as server:
        fetcher, _ = server.fetcher()
        fetcher.manners = Manners(seconds_between=0.0)
        with ThreadPoolExecutor(6) as threads:
            bodies = list(threads.map(lambda number: fetcher.get(f"http://feeds.example/{number}").body, range(6)))
    assert (bodies, most) == ([b"x"] * 6, [1])
