"""What the last edition left on the site, and what it was about to write when it ended."""

import json
from typing import Protocol

from newsroom.boundary import Boundary, as_json
from newsroom.errors import NotFound

KEY = "site/state.json"


class DocumentArchive(Protocol):
    def document(self, key: str) -> bytes: ...

    def put_document(self, key: str, body: bytes) -> None: ...


class SiteState(Boundary):
    """Kept in the archive's bucket, written before the first and after the last write of an edition.

    A path that is about to be written is taken out of `digests` first. So after a crash an unknown path is looked at
    itself, and a known digest is always true. It grows with sections and days, never with stories.
    """

    pending: tuple[str, ...] = ()
    """Stories whose files may be missing or old."""
    touched: tuple[str, ...] = ()
    """Paths of sections whose pages may be missing or old: those that pending stories left are known here alone."""
    digests: dict[str, str] = {}
    """Path → fingerprint of every page that each edition looks at: some hundreds."""
    sections: dict[str, bool] = {}
    """Path of every section that ever had a story, for permanent pages link it → whether one stands there now."""
    corrections: tuple[str, ...] = ()
    """Ids of the newest corrections, which the stories' pages show."""
    made_with: str = ""
    """Digest of the templates and the code that made the pages."""
    guarded: bool = False
    """Whether the quality guard was on (`editions/restraint.py`)."""
    unwritten: str = ""
    """Why a model that is hired did not write the newest stories; empty when it did, or when none is hired."""

    @classmethod
    def load(cls, archive: DocumentArchive) -> "SiteState":
        """A new one where there is none."""
        try:
            return cls.model_validate(json.loads(archive.document(KEY)))
        except NotFound:
            return cls()

    def save(self, archive: DocumentArchive) -> None:
        archive.put_document(KEY, as_json(self.model_dump(mode="json")))
