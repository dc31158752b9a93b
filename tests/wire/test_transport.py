"""HTTPS over the guarded network: the name in the URL is what is asked for and what the certificate must say."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from newsroom.errors import PublisherUnreachable
from newsroom.wire.transport import trusting

from tests.fakes.open_web import PUBLIC, HostileServer, answer

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own authority, for feeds.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "feeds.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("feeds.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "feeds.pem"
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, pkcs8, plain) + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


def a_server(certificate: Path, names: list[str | None]) -> HostileServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    return HostileServer(lambda connection, _request: connection.sendall(answer(b"<rss/>")), tls=context)


def trust(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr("newsroom.wire.transport.trusting", lambda: context)


def test_the_judged_address_is_dialled_and_the_name_is_asked_for(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(certificate, monkeypatch)
    names: list[str | None] = []
    with a_server(certificate, names) as server:
        fetcher, dialled = server.fetcher()
        assert fetcher.get("https://feeds.example/rss").body == b"<rss/>"
    assert (dialled, names) == ([PUBLIC], ["feeds.example"])
    assert b"host: feeds.example\r\n" in server.requests[0].lower()


def test_another_names_certificate_is_not_accepted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(certificate, monkeypatch)
    with a_server(certificate, []) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(PublisherUnreachable, match=r"certificate not accepted by other\.example"):
            fetcher.get("https://other.example/rss")
    assert server.requests == []


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(certificate: Path) -> None:
    with a_server(certificate, []) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(PublisherUnreachable, match="certificate not accepted"):
            fetcher.get("https://feeds.example/rss")


def test_an_authority_that_the_environment_names_is_not_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    trusting.cache_clear()
    with a_server(certificate, []) as server:
        fetcher, _ = server.fetcher()
        with pytest.raises(PublisherUnreachable, match="certificate not accepted"):
            fetcher.get("https://feeds.example/rss")
    trusting.cache_clear()


def test_a_handshake_that_never_ends_ends_with_the_exchanges_time() -> None:
    with HostileServer(lambda _connection, _request: None) as server:
        fetcher, _ = server.fetcher(seconds_in_all=0.4)
        with pytest.raises(PublisherUnreachable, match=r"no answer in time from feeds\.example"):
            fetcher.get("https://feeds.example/rss")
