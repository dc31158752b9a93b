"""HTTP/1.1 and HTTP/2 over the guarded network: httpx's words above, httpcore's connections below."""

import ssl
from collections.abc import Iterator
from functools import cache

import httpcore
import httpx

from newsroom.wire.dialling import GuardedNetwork

MAX_CONNECTIONS = 20
SECONDS_KEPT = 15.0


class GuardedTransport(httpx.BaseTransport):
    """httpx's own transport cannot be given a network, so this one hands requests to httpcore itself.

    Host header and TLS server name stay the URL's, whatever address the network dials. With `plain`, https URLs
    are asked in plain HTTP: the local wire has no certificates for other people's names.
    Raises httpcore's errors; the fetcher translates them.
    """

    def __init__(self, network: GuardedNetwork, *, plain: bool = False) -> None:
        self._plain = plain
        self._pool = httpcore.ConnectionPool(
            ssl_context=None if plain else trusting(),
            max_connections=MAX_CONNECTIONS,
            keepalive_expiry=SECONDS_KEPT,
            http1=True,
            http2=not plain,
            network_backend=network,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=b"http" if self._plain else request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx.Response(
            status_code=answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


@cache
def trusting() -> ssl.SSLContext:
    """The certificates that browsers trust, from a package: a system's own store may be missing or tampered with.

    Read once (60 ms), whoever asks.
    """
    return httpx.create_ssl_context(trust_env=False)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
