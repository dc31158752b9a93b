"""HTTP/2 over TLS on loopback, with a certificate of the test's own authority."""

import gzip
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from newsroom.errors import AddressRefused, PublisherUnreachable, ResponseRefused

from tests.fakes.http2 import Stream, frame, offering_http2, speaking_http2
from tests.fakes.open_web import PUBLIC, HostileServer, answer

pytestmark = pytest.mark.enable_socket

DATA, HEADERS, CONTINUATION, PING, RESET, GO_AWAY = 0, 1, 9, 6, 3, 7


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For feeds.example, signed by an authority that is in the same file."""
    now = datetime.now(UTC)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])

    def built(name: str, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        dates = x509.CertificateBuilder().not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(1))
        named = dates.subject_name(subject).issuer_name(authority_name).public_key(public)
        return named.serial_number(x509.random_serial_number())

    authority = (
        built("Test authority", authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    host = (
        built("feeds.example", key.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("feeds.example")]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    file = tmp_path_factory.mktemp("tls") / "chain.pem"
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + host.public_bytes(pem) + authority.public_bytes(pem))
    return file


@pytest.fixture
def tls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side; the fetcher trusts the test's authority."""
    client = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr("newsroom.wire.transport.trusting", lambda: client)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    return server


def serving(tls: ssl.SSLContext, respond: Callable[[Stream], None]) -> HostileServer:
    return HostileServer(speaking_http2(respond), tls=offering_http2(tls))


def test_http2_is_spoken_where_it_is_offered_with_the_name_and_to_the_judged_address(tls: ssl.SSLContext) -> None:
    names: list[str | None] = []
    asked: list[dict[str, str]] = []
    tls.sni_callback = lambda _socket, name, _context: names.append(name)

    def respond(stream: Stream) -> None:
        asked.append(stream.headers)
        stream.head(200, {"content-type": "text/xml", "etag": '"7"'})
        stream.body(b"<rss/>")

    with serving(tls, respond) as server:
        fetcher, dialled = server.fetcher()
        first = fetcher.get("https://feeds.example/rss?a=1")
        second = fetcher.get("https://feeds.example/atom")
        assert server.connections == 1
    assert (first.status, first.body, first.headers["etag"], second.body) == (200, b"<rss/>", '"7"', b"<rss/>")
    assert (dialled, names) == ([PUBLIC], ["feeds.example"])
    assert [(one[":authority"], one[":path"]) for one in asked] == [
        ("feeds.example", "/rss?a=1"),
        ("feeds.example", "/atom"),
    ]
    assert asked[0]["user-agent"].startswith("Newsroom/1.0 (+https://")


def test_where_it_is_not_offered_http1_is_spoken(tls: ssl.SSLContext) -> None:
    with HostileServer(lambda connection, _: connection.sendall(answer(b"<rss/>")), tls=tls) as server:
        fetcher, _ = server.fetcher()
        assert fetcher.get("https://feeds.example/rss").body == b"<rss/>"
        assert server.requests[0].startswith(b"GET /rss HTTP/1.1\r\n")


def test_the_address_is_judged_before_and_after_the_dial_here_too(tls: ssl.SSLContext) -> None:
    with serving(tls, lambda stream: stream.head(200, ends=True)) as server:
        rebound, dialled = server.fetcher(lambda _host: ["10.0.0.1"])
        with pytest.raises(AddressRefused):
            rebound.get("https://feeds.example/")
        assert (dialled, server.connections) == ([], 0)
        claimed, _ = server.fetcher(peer="192.168.1.1")
        with pytest.raises(AddressRefused, match="private"):
            claimed.get("https://feeds.example/")
        assert server.requests == []


def test_no_redirect_leads_from_https_to_http(tls: ssl.SSLContext) -> None:
    with serving(tls, lambda stream: stream.head(301, {"location": "http://feeds.example/rss"}, ends=True)) as server:
        fetcher, dialled = server.fetcher()
        with pytest.raises(ResponseRefused, match="redirects from https to http"):
            fetcher.get("https://feeds.example/rss")
        assert dialled == [PUBLIC]


def endless_body(stream: Stream) -> None:
    stream.head(200)
    while True:
        stream.body(b"x" * 65_536, ends=False)


def bomb(stream: Stream) -> None:
    stream.head(200, {"content-encoding": "gzip"})
    stream.body(gzip.compress(bytes(20_000_000)))


def giant_headers(stream: Stream) -> None:
    stream.head(200, {f"x-{number}": "y" * 1000 for number in range(80)}, ends=True)


def endless_headers(stream: Stream) -> None:
    stream.raw(frame(HEADERS, stream.number, b"\x88"))
    while True:
        stream.raw(frame(CONTINUATION, stream.number, b"\x00\x01a\x01b" * 1000))


def pings_alone(stream: Stream) -> None:
    while True:
        stream.raw(frame(PING, 0, bytes(8)) * 100)


def reset(stream: Stream) -> None:
    stream.raw(frame(RESET, stream.number, (2).to_bytes(4, "big")))


def go_away(stream: Stream) -> None:
    stream.raw(frame(GO_AWAY, 0, bytes(8)))


def no_frames(stream: Stream) -> None:
    """Its first bytes announce a frame of 4.7 MB."""
    stream.raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def broken_in_the_middle(stream: Stream) -> None:
    stream.head(200)
    stream.body(b"<rss>", ends=False)
    stream.raw(frame(DATA, stream.number + 100, b"x"))
    stream.raw(frame(HEADERS, stream.number, b"\xff" * 50, flags=4))
    stream.peer.recv(65_536)


def silence(stream: Stream) -> None:
    stream.peer.recv(65_536)
    stream.peer.recv(65_536)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (endless_body, "body larger than 5 MB"),
        (bomb, "larger|unfolds"),
        (giant_headers, "headers of|not a proper HTTP answer"),
        (endless_headers, "not a proper HTTP answer"),
        (pings_alone, "took too long|no answer in time"),
        (reset, "not a proper HTTP answer"),
        (broken_in_the_middle, "not a proper HTTP answer"),
        (go_away, "not a proper HTTP answer"),
        (no_frames, "no answer in time"),
        (silence, "no answer in time"),
    ],
)
def test_a_fault_in_http2_ends_like_any_other(
    fault: Callable[[Stream], None], reason: str, tls: ssl.SSLContext
) -> None:
    def respond(stream: Stream) -> None:
        with suppress(OSError):
            fault(stream)

    with serving(tls, respond) as server:
        fetcher, _ = server.fetcher(seconds_in_all=1.0)
        with pytest.raises((ResponseRefused, PublisherUnreachable), match=reason):
            fetcher.get("https://feeds.example/rss")
