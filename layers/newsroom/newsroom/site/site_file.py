"""One object of the site as it will be served."""

import hashlib
from dataclasses import dataclass

from newsroom.site import addresses

PAGE = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"

FOR_EVER = "public, max-age=31536000, immutable"
"""For what never changes under its address: content-hashed assets, numbered versions."""
BRIEFLY = "public, max-age=60, stale-while-revalidate=600"
"""For what an edition may change: a minute, then ask again."""


@dataclass(frozen=True)
class SiteFile:
    """Path on the site (`/story/x/`), body, and how it is served."""

    path: str
    body: bytes
    content_type: str = PAGE
    cache_control: str = BRIEFLY

    @property
    def key(self) -> str:
        """Where it rests in the bucket."""
        return addresses.key(self.path)

    @property
    def digest(self) -> str:
        """Of the body and of how it is served: either changing is a change."""
        served = f"{self.content_type}\n{self.cache_control}\n".encode()
        return hashlib.sha256(served + self.body).hexdigest()
