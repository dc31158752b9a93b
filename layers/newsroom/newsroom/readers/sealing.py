"""What keeps readers' addresses from whoever gets hold of the table: keyed hashes and sealed text."""

import base64
import hashlib
import hmac
import os

from newsroom.errors import BadInput


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes by HKDF-SHA256 (RFC 5869, one block, no salt): a key of its own for each purpose."""
    extracted = hmac.new(bytes(32), secret.encode(), hashlib.sha256).digest()
    return hmac.new(extracted, purpose.encode() + b"\x01", hashlib.sha256).digest()


class Seal:
    """Hashes mailboxes and networks, encrypts addresses. Stores nothing and knows no reader."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise BadInput("the readers' secret has fewer than 32 characters")
        self._names = derived_key(secret, "newsroom subscriber ids")
        self._networks = derived_key(secret, "newsroom networks")
        self._addresses = derived_key(secret, "newsroom addresses")

    def subscriber_id(self, mailbox: str) -> str:
        """`u` and 32 hexadecimal digits: who holds the table alone cannot ask whether an address is in it."""
        return "u" + hmac.new(self._names, mailbox.encode(), hashlib.sha256).hexdigest()[:32]

    def network_hash(self, network: str) -> str:
        """20 hexadecimal digits, for counters that forget within hours."""
        return hmac.new(self._networks, network.encode(), hashlib.sha256).hexdigest()[:20]

    def close(self, address: str, subscriber_id: str) -> str:
        """AES-256-GCM under a random nonce; bound to the subscriber, so that no two can be swapped."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(12)
        sealed = AESGCM(self._addresses).encrypt(nonce, address.encode(), subscriber_id.encode())
        return "1." + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, subscriber_id: str) -> str:
        """The address; BadInput when it was sealed under another secret or for another subscriber."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            body = base64.urlsafe_b64decode(sealed.removeprefix("1."))
            return AESGCM(self._addresses).decrypt(body[:12], body[12:], subscriber_id.encode()).decode()
        except (InvalidTag, ValueError) as exc:
            raise BadInput("the address does not open with this secret", about=subscriber_id) from exc
