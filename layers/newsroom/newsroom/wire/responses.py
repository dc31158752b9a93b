"""What is read off an answer before it is trusted: headers, how its body begins, how long to wait, what went wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from newsroom.errors import ResponseRefused
from newsroom.wire.challenge import LOOKED_AT
from newsroom.wire.deadline import limited_to

if TYPE_CHECKING:
    import httpx

MAX_HEADERS = 65_536
"""Bytes of names and values together; the parser underneath stops at 100 KiB by itself."""
SECONDS_FOR_A_REASON = 3.0
"""For the beginning of an error's body, in which a challenge would name itself."""
RETRY_AFTER_AT_MOST = 86_400.0
PIECE = 1 << 16
"""Bytes of a body taken at once."""


def headers_of(response: "httpx.Response") -> dict[str, str]:
    """By lower-case name, repeated ones joined by a comma; ResponseRefused when there is too much of them."""
    size = sum(len(name) + len(value) for name, value in response.headers.raw)
    if size > MAX_HEADERS:
        raise ResponseRefused(f"headers of {size:,} bytes")
    return {name.lower(): value for name, value in response.headers.items()}


def beginning_of(response: "httpx.Response", headers: Mapping[str, str]) -> bytes:
    """Of an error's body, in a short time; nothing when it cannot be had: its status is reason enough."""
    import httpcore
    from h2.exceptions import H2Error

    from newsroom.wire.unpacking import unpacked

    try:
        with limited_to(SECONDS_FOR_A_REASON):
            return unpacked(response.iter_raw(PIECE), headers.get("content-encoding", ""), LOOKED_AT, cut=True)
    except (ResponseRefused, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, H2Error):
        return b""


def seconds_asked_for(retry_after: str) -> float:
    """Seconds, from seconds or an HTTP date; clamped to a day, 0 for anything else."""
    value = retry_after.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), RETRY_AFTER_AT_MOST)
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    seconds = (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), RETRY_AFTER_AT_MOST)


def in_words(error: BaseException) -> str:
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
