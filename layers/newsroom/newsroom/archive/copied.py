"""A copy of the archive's bucket in a folder (`aws s3 sync`): what lies in documents can be read without a cloud."""

from pathlib import Path

from newsroom.archive.articles import ArticleRows
from newsroom.archive.stories import StoryRows
from newsroom.archive.versions import VersionRows
from newsroom.editions.correction import Correction
from newsroom.editions.ruling import Ruling
from newsroom.errors import BadInput, NotFound
from newsroom.stories.version import Head

TABLE_ONLY = "is kept in the archive's table, of which a copy of the bucket has nothing"


class CopiedDocuments:
    """A folder in the bucket's place, for reading."""

    def __init__(self, folder: Path) -> None:
        """BadInput when there is no such folder."""
        if not folder.is_dir():
            raise BadInput("is no folder", about=str(folder))
        self._folder = folder

    def get(self, key: str) -> bytes:
        """NotFound; a key that leads out of the folder is never there."""
        path = (self._folder / key).resolve()
        if not path.is_relative_to(self._folder.resolve()) or not path.is_file():
            raise NotFound("is not in the copy", about=key)
        return path.read_bytes()

    def find(self, key: str) -> bytes | None:
        try:
            return self.get(key)
        except NotFound:
            return None

    def keys(self, prefix: str) -> list[str]:
        folder, _, name = prefix.rpartition("/")
        found = (path for path in (self._folder / folder).glob(f"{name}*") if path.exists())
        files = (file for path in found for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
        return sorted(file.relative_to(self._folder).as_posix() for file in files)


class CopiedArchive(ArticleRows, StoryRows, VersionRows):
    """Articles, drafts, verdicts, versions and recorded answers; NotFound for what only the table has."""

    def __init__(self, folder: Path) -> None:
        self.documents = CopiedDocuments(folder)  # type: ignore[assignment]  # whoever writes to a copy is told so

    def head(self, story_id: str) -> Head | None:
        """Of the newest version that is in the copy."""
        keys = self.documents.keys(f"versions/{story_id}/")
        return self.version(story_id, int(Path(keys[-1]).stem)).head if keys else None

    def slug_owner(self, slug: str) -> str | None:
        """By the digits with which a slug ends (`addresses.slug`)."""
        digits = slug.rpartition("-")[2]
        stories = sorted({key.split("/")[1] for key in self.documents.keys(f"versions/s{digits}")})
        return next((one for one in stories if (head := self.head(one)) and head.slug == slug), None)

    def corrections_of(self, story_id: str) -> list[Correction]:
        raise NotFound(f"the log of corrections {TABLE_ONLY}", about=story_id)

    def find_ruling(self, ruling_id: str) -> Ruling | None:
        raise NotFound(f"a decision {TABLE_ONLY}", about=ruling_id)
