"""One object of the site as it will be served."""

import hashlib
from dataclasses import dataclass

from newsroom.site import addresses
from newsroom.site.caching import keeping

PAGE = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class SiteFile:
    """Path on the site (`/story/x/`), body, and what it is."""

    path: str
    body: bytes
    content_type: str = PAGE

    @property
    def key(self) -> str:
        """Where it rests in the bucket."""
        return addresses.key(self.path)

    @property
    def cache_control(self) -> str:
        return keeping(self.path).cache_control

    @property
    def digest(self) -> str:
        """Of the body and of how it is served: either changing is a change."""
        served = f"{self.content_type}\n{self.cache_control}\n".encode()
        return hashlib.sha256(served + self.body).hexdigest()
