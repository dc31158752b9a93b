"""Fetching from the open web: every address judged, every answer bounded, no secret carried anywhere."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsroom.errors import AddressRefused, BadInput, PublisherUnreachable, ResponseRefused
from newsroom.settings import WireSettings
from newsroom.wire.guard import Target, judge_url

if TYPE_CHECKING:
    import httpx

    from newsroom.wire.dialling import Dialler, Resolver

MAX_REDIRECTS = 5
MAX_BODY = 5_000_000
"""Bytes after unpacking. The largest real feed measured has 0.5 MB, the largest article page 2.9 MB."""
MAX_HEADERS = 65_536
"""Bytes of names and values together; the parser underneath stops at 100 KiB by itself."""
SECONDS_IN_ALL = 20.0
"""For one `get`, redirects included."""
RETRY_AFTER_AT_MOST = 86_400.0

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True)
class Fetched:
    """An answer. `body` is unpacked; empty when not modified, and possibly for statuses that are not 2xx."""

    url: str
    """Where it was found, after redirects, in its normal spelling."""
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case; repeated ones joined by a comma."""
    body: bytes = b""
    moved_to: str = ""
    """Where it lives now, when every redirect on the way said for good."""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def gone(self) -> bool:
        return self.status == 410

    @property
    def well(self) -> bool:
        return 200 <= self.status < 300


class Fetcher:
    """One client for a function's life. It keeps connections and nothing else: no cookies, no credentials.

    `resolver` and `dialler` take the place of the system's in tests. Several threads may use one fetcher.
    """

    def __init__(
        self,
        settings: WireSettings,
        *,
        resolver: "Resolver | None" = None,
        dialler: "Dialler | None" = None,
        seconds_in_all: float = SECONDS_IN_ALL,
    ) -> None:
        """Raises BadInput for a local wire outside of the stage local, or one that is not on loopback."""
        self._agent = f"Newsroom/1.0 (+{settings.site_address}/about)"
        self._local_wire = _local_wire(settings)
        self._resolver = resolver
        self._dialler = dialler
        self._seconds_in_all = seconds_in_all

    def get(
        self, url: str, *, etag: str = "", last_modified: str = "", cap_bytes: int = MAX_BODY, cut: bool = False
    ) -> Fetched:
        """One resource by GET, with up to five redirects, each judged like the first address.

        `etag` and `last_modified` make it conditional; they go to the first host only. With `cut` a longer body
        is cut at `cap_bytes` instead of refused. Any status under 500 but 429 is an answer, for the caller to judge.

        Raises AddressRefused (the URL, a redirect or a peer), ResponseRefused (a cap: bytes, ratio, time, headers,
        redirects, or not HTTP at all), PublisherUnreachable (refused, reset, timed out, TLS, 5xx, 429).
        """
        from newsroom.wire.dialling import start_clock

        target = judge_url(url)
        first = target
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in conditions.items() if _sendable(value)}
        start_clock(self._seconds_in_all)
        for_good = True
        for _hop in range(MAX_REDIRECTS + 1):
            same_host = target.host == first.host
            answer = self._ask(target, conditions if same_host else {}, cap_bytes, cut)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                moved = target.url if for_good and target != first else ""
                return Fetched(target.url, answer.status, answer.headers, answer.body, moved)
            for_good = for_good and answer.status in PERMANENT
            target = judge_url(urljoin(target.url, location.strip()))
        raise ResponseRefused(f"more than {MAX_REDIRECTS} redirects", about=first.host)

    def _ask(self, target: Target, conditions: Mapping[str, str], cap_bytes: int, cut: bool) -> Fetched:
        """One exchange; errors name the host, as the registry shows them."""
        import httpcore
        import httpx

        from newsroom.wire.unpacking import unpacked

        try:
            with self._client.stream("GET", target.url, headers=dict(conditions)) as response:
                headers = _headers(response)
                if response.status_code == 429 or response.status_code >= 500:
                    raise PublisherUnreachable(
                        f"HTTP {response.status_code} from {target.host}",
                        retry_after=_retry_after(headers.get("retry-after", "")),
                    )
                if response.status_code in REDIRECTS or response.status_code in (204, 304):
                    return Fetched(target.url, response.status_code, headers)
                body = unpacked(_pieces(response), headers.get("content-encoding", ""), cap_bytes, cut=cut)
                return Fetched(target.url, response.status_code, headers, body)
        except (AddressRefused, ResponseRefused) as exc:
            raise type(exc)(f"{exc} ({target.host})") from exc
        except (httpcore.TimeoutException, httpx.TimeoutException) as exc:
            raise PublisherUnreachable(f"no answer in time from {target.host}") from exc
        except (httpcore.NetworkError, httpx.NetworkError, ssl.SSLError, OSError) as exc:
            raise PublisherUnreachable(f"{_reason(exc)} by {target.host}") from exc
        except (httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL, httpcore.UnsupportedProtocol) as exc:
            raise ResponseRefused(f"not a proper HTTP answer from {target.host} ({_reason(exc)})") from exc

    def close(self) -> None:
        """Let go of the connections that are kept; the fetcher may be used again."""
        if client := self.__dict__.pop("_client", None):
            client.close()

    @cached_property
    def _client(self) -> "httpx.Client":
        import httpx

        from newsroom.wire.dialling import GuardedNetwork, dial, resolve
        from newsroom.wire.transport import GuardedTransport

        network = GuardedNetwork(self._resolver or resolve, self._dialler or dial, self._local_wire)
        return httpx.Client(
            transport=GuardedTransport(network, plain=self._local_wire is not None),
            headers={"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, br"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
            timeout=None,  # noqa: S113  (the stream underneath ends with the exchange's deadline)
        )


def _local_wire(settings: WireSettings) -> tuple[str, int] | None:
    if not settings.local_wire:
        return None
    host, _, port = settings.local_wire.rpartition(":")
    if settings.stage != "local":
        raise BadInput(f"LOCAL_WIRE is for the stage local, not {settings.stage}")
    if host != "127.0.0.1" or not port.isdigit():
        raise BadInput(f"LOCAL_WIRE is 127.0.0.1:PORT, not {settings.local_wire!r}")
    return host, int(port)


def _headers(response: "httpx.Response") -> dict[str, str]:
    size = sum(len(name) + len(value) for name, value in response.headers.raw)
    if size > MAX_HEADERS:
        raise ResponseRefused(f"headers of {size:,} bytes")
    return {name.lower(): value for name, value in response.headers.items()}


def _pieces(response: "httpx.Response") -> Iterator[bytes]:
    from newsroom.wire.dialling import seconds_left

    for piece in response.iter_raw(1 << 16):
        seconds_left()
        yield piece


def _sendable(value: str) -> bool:
    """A validator that a publisher gave us goes back only if it fits a header: they are strangers' bytes."""
    return 0 < len(value) <= 500 and value.isascii() and value.isprintable()


def _retry_after(value: str) -> float:
    """Seconds, from seconds or an HTTP date; clamped to a day, 0 for anything else."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), RETRY_AFTER_AT_MOST)
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    seconds = (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), RETRY_AFTER_AT_MOST)


def _reason(error: BaseException) -> str:
    """What happened in a reader's words."""
    text = str(error).lower()
    for sign, words in (
        ("refused", "connection refused"),
        ("certificate", "certificate not accepted"),
        ("ssl", "TLS failed"),
        ("reset", "connection reset"),
        ("unreachable", "network unreachable"),
        ("disconnected", "connection closed without an answer"),
    ):
        if sign in text:
            return words
    return " ".join(text.split())[:100] or "connection failed"


def host_of(url: str) -> str:
    """For messages about a URL that may be anything."""
    try:
        return urlsplit(url).hostname or url[:80]
    except ValueError:
        return url[:80]
