"""Amazon Bedrock's form of the same: the model in the path, signed requests, answers in binary frames.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html; the frames are
those of Amazon's event streams: lengths, checksum, headers, payload, checksum.
"""

import base64
import json
import re
import struct
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from infra.local.claude.behaviours import Told

INVOKED = re.compile(r"/model/(?P<model>[^/]+)/invoke(?P<stream>-with-response-stream)?")
SIGNED = "AWS4-HMAC-SHA256 "
TEXT = 7
"""Type of a header's value."""
ERRORS = {
    400: "ValidationException",
    403: "AccessDeniedException",
    404: "ResourceNotFoundException",
    408: "ModelTimeoutException",
    413: "ValidationException",
    424: "ModelErrorException",
    429: "ThrottlingException",
    500: "InternalServerException",
    503: "ServiceUnavailableException",
    529: "ServiceUnavailableException",
}
STATUSES = {413: 400, 529: 503}
"""What Bedrock says in another number than Anthropic does."""


def invoked(path: str, body: dict[str, Any]) -> dict[str, Any] | None:
    """The request as the Messages API would have it; None when the path is none of Bedrock's."""
    found = INVOKED.fullmatch(path)
    if not found:
        return None
    return {**body, "model": unquote(found["model"]), "stream": bool(found["stream"])}


def refusal(body: Mapping[str, Any], authorization: str) -> Told | None:
    """What Bedrock says to a request that is not signed, or not in its form; the signature itself is not verified."""
    if not authorization.startswith(SIGNED):
        return _error(403, "Missing Authentication Token")
    if not body.get("anthropic_version") or "model" in body or "stream" in body:
        return _error(400, "Malformed input request, please reformat your input and try again.")
    return None


def as_bedrock(told: Told) -> Told:
    """An answer of the Messages API in Bedrock's form; whatever an error says, its words alone are told."""
    if told.status != 200:
        return _error(told.status, str(json.loads(told.body)["error"]["message"]))
    if told.headers.get("content-type") != "text/event-stream":
        return told
    events = [line.removeprefix(b"data: ") for line in told.body.splitlines() if line.startswith(b"data: ")]
    if told.cut:
        events.pop()  # broken off in the middle
    headers = {"content-type": "application/vnd.amazon.eventstream"}
    return Told(b"".join(frame(event) for event in events), headers=headers, cut=told.cut)


def frame(event: bytes) -> bytes:
    """One event of a stream."""
    payload = json.dumps({"bytes": base64.b64encode(event).decode()}).encode()
    named = {":event-type": "chunk", ":content-type": "application/json", ":message-type": "event"}
    headers = b"".join(_header(name, value) for name, value in named.items())
    prelude = struct.pack("!II", len(headers) + len(payload) + 16, len(headers))
    prelude += struct.pack("!I", zlib.crc32(prelude))
    message = prelude + headers + payload
    return message + struct.pack("!I", zlib.crc32(message))


def _header(name: str, value: str) -> bytes:
    return struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", TEXT, len(value)) + value.encode()


def _error(status: int, words: str) -> Told:
    kind = ERRORS.get(status, "ValidationException")
    headers = {"content-type": "application/json", "x-amzn-errortype": f"{kind}:http://internal.amazon.com/"}
    return Told(json.dumps({"message": words}).encode(), STATUSES.get(status, status), headers)
