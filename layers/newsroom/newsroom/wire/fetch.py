"""Fetching from the open web: every address judged, every answer bounded, no secret carried anywhere."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsroom.errors import AddressRefused, BadInput, PublisherUnreachable, ResponseRefused
from newsroom.settings import WireSettings
from newsroom.wire.challenge import STATUSES, is_challenge
from newsroom.wire.deadline import limited_to, seconds_left
from newsroom.wire.guard import Target, judge_url
from newsroom.wire.manners import Manners
from newsroom.wire.responses import PIECE, beginning_of, headers_of, in_words, seconds_asked_for

if TYPE_CHECKING:
    import httpx

    from newsroom.wire.dialling import Dialler, Resolver

MAX_REDIRECTS = 5
MAX_BODY = 5_000_000
"""Bytes after unpacking. The largest real feed measured has 0.5 MB, the largest article page 2.9 MB."""
SECONDS_IN_ALL = 20.0
"""For one `get`, redirects and the turns of hosts that they lead to included; waiting for the first host's turn is not.
"""

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)

CHALLENGED = "asks for a browser, with a challenge that is not answered"

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
    """One client for a function's life. It keeps connections and manners: no cookies, no credentials.

    `resolver`, `dialler` and `manners` take the place of the real ones in tests. Several threads may use one fetcher.
    """

    def __init__(
        self,
        settings: WireSettings,
        *,
        resolver: "Resolver | None" = None,
        dialler: "Dialler | None" = None,
        manners: Manners | None = None,
        seconds_in_all: float = SECONDS_IN_ALL,
    ) -> None:
        """Raises BadInput for a local wire outside of the stage local, or one that is not on loopback."""
        self._agent = f"Newsroom/1.0 (+{settings.site_address}/about)"
        self._local_wire = _local_wire(settings)
        self._resolver = resolver
        self._dialler = dialler
        self._seconds_in_all = seconds_in_all
        self.manners = manners or (Manners.hurried() if self._local_wire else Manners())

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        cap_bytes: int = MAX_BODY,
        cut: bool = False,
        before_redirect: Callable[[str], object] | None = None,
    ) -> Fetched:
        """One resource by GET, with up to five redirects, each judged like the first address.

        `etag` and `last_modified` make it conditional; they go to the first host only. With `cut` a longer body
        is cut at `cap_bytes` instead of refused. `before_redirect` is told each redirect's target before that is
        asked for; what it raises ends the fetch. Any status under 500 but 429 is an answer, for the caller to judge.

        Raises AddressRefused (the URL, a redirect or a peer), ResponseRefused (a cap: bytes, ratio, time, headers,
        redirects; from https to http; a challenge; not HTTP at all), PublisherUnreachable (refused, reset, timed
        out, TLS, 5xx, 429, or still to be left alone after one).
        """
        target = judge_url(url)
        self.manners.wait(target.host)
        with limited_to(self._seconds_in_all):
            return self._follow(
                target, {"If-None-Match": etag, "If-Modified-Since": last_modified}, cap_bytes, cut, before_redirect
            )

    def _follow(
        self,
        first: Target,
        conditions: Mapping[str, str],
        cap_bytes: int,
        cut: bool,
        before_redirect: Callable[[str], object] | None,
    ) -> Fetched:
        conditions = {name: value for name, value in conditions.items() if _sendable(value)}
        target, for_good = first, True
        for _hop in range(MAX_REDIRECTS + 1):
            same_host = target.host == first.host
            answer = self._ask(target, conditions if same_host else {}, cap_bytes, cut)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                moved = target.url if for_good and target != first else ""
                return Fetched(target.url, answer.status, answer.headers, answer.body, moved)
            for_good = for_good and answer.status in PERMANENT
            here, target = target, _redirected(target, location.strip())
            if before_redirect:
                before_redirect(target.url)
            if target.host != here.host:
                self.manners.wait(target.host, seconds_left())
        raise ResponseRefused(f"more than {MAX_REDIRECTS} redirects", about=first.host)

    def _ask(self, target: Target, conditions: Mapping[str, str], cap_bytes: int, cut: bool) -> Fetched:
        """One exchange; errors name the host, as the registry shows them."""
        import httpcore
        import httpx
        from h2.exceptions import H2Error

        try:
            with (
                self.manners.exchange(target.host, seconds_left()),
                self._client.stream("GET", target.url, headers=dict(conditions)) as response,
            ):
                return self._answer(target, response, cap_bytes, cut)
        except (AddressRefused, ResponseRefused) as exc:
            raise type(exc)(f"{exc} ({target.host})") from exc
        except (httpcore.TimeoutException, httpx.TimeoutException) as exc:
            raise PublisherUnreachable(f"no answer in time from {target.host}") from exc
        except (httpcore.NetworkError, httpx.NetworkError, ssl.SSLError, OSError) as exc:
            raise PublisherUnreachable(f"{in_words(exc)} by {target.host}") from exc
        except (
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            httpx.HTTPError,
            httpx.InvalidURL,
            H2Error,
        ) as exc:
            raise ResponseRefused(f"not a proper HTTP answer from {target.host} ({in_words(exc)})") from exc

    def _answer(self, target: Target, response: "httpx.Response", cap_bytes: int, cut: bool) -> Fetched:
        from newsroom.wire.unpacking import size_in_words, unpacked

        status, headers = response.status_code, headers_of(response)
        if status in REDIRECTS or status in (204, 304):
            return Fetched(target.url, status, headers)
        if status == 429 or status >= 500:
            raise self._failing(target, response, headers)
        announced = headers.get("content-length", "")
        if not cut and announced.isascii() and announced.isdigit() and int(announced[:15]) > cap_bytes:
            raise ResponseRefused(f"body larger than {size_in_words(cap_bytes)}")
        body = unpacked(response.iter_raw(PIECE), headers.get("content-encoding", ""), cap_bytes, cut=cut)
        if is_challenge(status, headers, body):
            raise ResponseRefused(CHALLENGED)
        return Fetched(target.url, status, headers, body)

    def _failing(self, target: Target, response: "httpx.Response", headers: Mapping[str, str]) -> Exception:
        """Why there is no answer: the host fails or has had enough of us, or its gatekeeper wants a browser."""
        status = response.status_code
        if status in STATUSES and is_challenge(status, headers, beginning_of(response, headers)):
            return ResponseRefused(CHALLENGED)
        retry_after = seconds_asked_for(headers.get("retry-after", ""))
        if status == 429 or (status == 503 and retry_after):
            self.manners.leave_alone(target.host, retry_after)
        return PublisherUnreachable(f"HTTP {status} from {target.host}", retry_after=retry_after)

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


def _redirected(target: Target, location: str) -> Target:
    """Where a redirect leads, judged. Never from https to http: what comes from there, anybody may have written."""
    try:
        following = judge_url(urljoin(target.url, location))
    except ValueError as exc:
        raise AddressRefused(f"is not a URL ({exc})", about=location[:80]) from exc
    if (target.scheme, following.scheme) == ("https", "http"):
        raise ResponseRefused("redirects from https to http", about=target.host)
    return following


def _sendable(value: str) -> bool:
    """A validator that a publisher gave us goes back only if it fits a header: they are strangers' bytes."""
    return 0 < len(value) <= 500 and value.isascii() and value.isprintable()


def host_of(url: str) -> str:
    """For messages about a URL that may be anything."""
    try:
        return urlsplit(url).hostname or url[:80]
    except ValueError:
        return url[:80]
