"""What editors have read of each story, as it is stored."""

from pydantic import TypeAdapter

from newsroom.archive.documents import Documents
from newsroom.boundary import as_json
from newsroom.errors import NotFound
from newsroom.review.verdict import Clearance

_CLEARANCES = TypeAdapter(tuple[Clearance, ...])


class ClearanceRows:
    """The part of the archive that review and editors share: one document for each story that an editor has read."""

    documents: Documents

    def clearances(self, story_id: str) -> tuple[Clearance, ...]:
        """Oldest first."""
        return self._clearances(story_id)[0]

    def add_clearance(self, story_id: str, clearance: Clearance) -> None:
        """The same again is not added. Raises ArchiveConflict when somebody else wrote meanwhile."""
        known, tag = self._clearances(story_id)
        if clearance not in known:
            body = as_json(_CLEARANCES.dump_python((*known, clearance), mode="json"))
            self.documents.put_if(_key(story_id), body, tag)

    def _clearances(self, story_id: str) -> tuple[tuple[Clearance, ...], str | None]:
        try:
            body, tag = self.documents.get_with_tag(_key(story_id))
        except NotFound:
            return (), None
        return _CLEARANCES.validate_json(body), tag


def _key(story_id: str) -> str:
    return f"clearances/{story_id}.json"
