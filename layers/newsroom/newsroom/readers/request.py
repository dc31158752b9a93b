"""One HTTP request as the function's URL hands it over, checked; and the answer in the form it wants."""

import base64
import binascii
import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from newsroom.errors import BadInput

LARGEST_BODY = 16_384
MOST_FIELDS = 20
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

SECURITY_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
}
"""Nothing is cached, framed, indexed or told to another site: a page's address may hold a token. Which style acts, each
page says itself."""


@dataclass(frozen=True)
class Request:
    """One request. Fields are read when they are asked for, so that a bad one is answered and not an accident."""

    method: str
    path: str
    query_text: str
    content_type: str
    body: bytes
    fault: int
    """Status that it is to be answered with unread: 403 when it came past the CDN, 413 when it is too large, 400 when
    it is not what it says; else 0."""
    network: str
    """The reader's /24 or /48: what limits count by."""
    address: str
    """Base URL that the reader asked, when the CDN says so; else empty."""
    cross_site: bool
    """The browser says that another site's page sent it."""

    def query(self) -> dict[str, str]:
        """The fields in the address; BadInput for what is none, or a field named twice."""
        return _fields(self.query_text)

    def form(self) -> dict[str, str]:
        """The fields of a form; BadInput for anything that is not one, or has a field twice."""
        if self.content_type != FORM:
            raise BadInput("is not a form")
        try:
            return _fields(self.body.decode("ascii"))
        except UnicodeDecodeError as exc:
            raise BadInput("is not a form") from exc


@dataclass(frozen=True)
class Answer:
    """Status, page, and more headers."""

    status: int
    body: str
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_event(self, method: str = "GET") -> dict[str, Any]:
        """As a function's URL answers (payload format 2.0); HEAD gets no body, nobody gets a cookie."""
        headers = {"content-type": self.content_type, **SECURITY_HEADERS, **self.headers}
        return {"statusCode": self.status, "headers": headers, "body": "" if method == "HEAD" else self.body}


def read_request(event: Mapping[str, Any], origin_secret: str) -> Request:
    """From a Function URL event (payload format 2.0).

    What its headers state about the reader is believed only when it shows the distribution's secret; with an empty
    secret (nothing stands before the function) everybody's is.
    """
    http = event.get("requestContext", {}).get("http", {})
    headers = {str(name).lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    shown = headers.get("x-newsroom-origin", "")
    trusted = not origin_secret or hmac.compare_digest(shown.encode(), origin_secret.encode())
    body, fault = _body(event) if trusted else (b"", 403)
    viewer = headers.get("cloudfront-viewer-address", "") if trusted else ""
    return Request(
        method=str(http.get("method", "GET")).upper(),
        path=str(event.get("rawPath", "/")),
        query_text=str(event.get("rawQueryString") or ""),
        content_type=headers.get("content-type", "").split(";")[0].strip().lower(),
        body=body,
        fault=fault,
        network=_network(viewer, str(http.get("sourceIp", ""))),
        address=_address(headers) if trusted else "",
        cross_site=headers.get("sec-fetch-site") == "cross-site",
    )


def _body(event: Mapping[str, Any]) -> tuple[bytes, int]:
    """The bytes, and the status that says what is wrong with them."""
    given = event.get("body") or ""
    if len(given) > LARGEST_BODY * 2:
        return b"", 413
    try:
        body = base64.b64decode(given, validate=True) if event.get("isBase64Encoded") else str(given).encode()
    except (binascii.Error, ValueError):
        return b"", 400
    return (body, 0) if len(body) <= LARGEST_BODY else (b"", 413)


def _fields(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError as exc:
        raise BadInput("is not a form") from exc
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadInput("names a field twice")
    if any("\0" in value or not _whole(value) for value in fields.values()):
        raise BadInput("holds what is no text")
    return fields


def _whole(text: str) -> bool:
    """No halves of surrogate pairs: they cannot be written as UTF-8."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in text)


def _network(viewer: str, source: str) -> str:
    """The reader's network: from `CloudFront-Viewer-Address` (`address:port`, which CloudFront sets over whatever a
    client sent), else the peer's. `X-Forwarded-For` is not read: its left part is the client's own invention."""
    for text in (viewer.rpartition(":")[0].strip("[]"), source):
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            continue
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        bits = 24 if address.version == 4 else 48
        return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
    return "unknown"


def _address(headers: Mapping[str, str]) -> str:
    """From the host that the distribution says it was asked for."""
    host = headers.get("x-forwarded-host", "").lower()
    scheme = "http" if headers.get("cloudfront-forwarded-proto") == "http" else "https"
    usable = host and all(character.isalnum() or character in ".-:" for character in host)
    return f"{scheme}://{host}" if usable else ""
