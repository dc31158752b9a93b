"""The site's bucket over a dictionary; `tests/archive/published_files_contract.py` holds both to the same."""

from newsroom.errors import NotFound
from newsroom.site import addresses
from newsroom.site.site_file import PAGE, SiteFile


class FakePublishedFiles:
    """`files` by key; `written` in the order of writing."""

    def __init__(self) -> None:
        self.files: dict[str, SiteFile] = {}
        self.written: list[str] = []

    def put(self, path: str, body: bytes, content_type: str = PAGE) -> None:
        file = SiteFile(path, body, content_type)
        self.files[file.key] = file
        self.written.append(file.key)

    def get(self, path: str) -> bytes:
        try:
            return self.files[addresses.key(path)].body
        except KeyError:
            raise NotFound("no such thing in the archive", about=addresses.key(path)) from None

    def digest(self, path: str) -> str:
        file = self.files.get(addresses.key(path))
        return file.digest if file else ""
