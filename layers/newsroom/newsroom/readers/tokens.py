"""Links that prove something: signed, for one purpose, for one subscriber, until a date."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from newsroom.errors import BadInput
from newsroom.readers.sealing import derived_key

Purpose = Literal["confirm", "manage", "unsubscribe", "unsubscribe by mail"]
"""A subject passes through more hands than a link does, so what is in it opens no page."""
LONGEST = 400
"""Characters; ours have about 150."""


@dataclass(frozen=True)
class Token:
    """What a link says once its signature holds."""

    purpose: Purpose
    subscriber_id: str
    stamp: str
    """Of the request that it answers (`confirm`, `manage`): a later request makes it worthless."""
    expires_at: datetime


class Tokens:
    """Signs and reads tokens. That one is used once is not known here: the subscriber's state says so."""

    def __init__(self, secret: str) -> None:
        self._key = derived_key(secret, "newsroom tokens")

    def sign(self, token: Token) -> str:
        """`payload.signature`, both base64url without padding: safe in a URL, in HTML and in a mail header."""
        fields = (token.purpose, token.subscriber_id, token.stamp, str(int(token.expires_at.timestamp())))
        payload = "\n".join(fields).encode()
        return self._signed(payload)

    def read(self, text: str, purpose: Purpose, now: datetime) -> Token:
        """The token; BadInput, in the same words, for one that is forged, cut, expired or for something else."""
        refused = BadInput("this link is not valid, or no longer")
        if len(text) > LONGEST or not text.isascii():
            raise refused
        try:
            payload = _bytes(text.partition(".")[0])
        except binascii.Error as exc:
            raise refused from exc
        # The whole text is compared, not the bytes that it spells: another spelling of the same bytes is refused too.
        if not hmac.compare_digest(text, self._signed(payload)):
            raise refused
        stated, subscriber_id, stamp, expires = payload.decode().split("\n")
        if stated != purpose or stated not in get_args(Purpose) or int(expires) <= now.timestamp():
            raise refused
        return Token(purpose, subscriber_id, stamp, datetime.fromtimestamp(int(expires), UTC))

    def _signed(self, payload: bytes) -> str:
        return f"{_text(payload)}.{_text(hmac.new(self._key, payload, hashlib.sha256).digest())}"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode((text + "=" * (-len(text) % 4)).encode("ascii"), altchars=b"-_", validate=True)
