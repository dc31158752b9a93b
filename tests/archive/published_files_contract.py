"""What every bucket behind the CDN does: the fake and the real one."""

from typing import Protocol

import pytest
from newsroom.errors import NotFound
from newsroom.site.site_file import JSON, SiteFile


class Files(Protocol):
    def put(self, path: str, body: bytes, content_type: str = ...) -> None: ...

    def get(self, path: str) -> bytes: ...

    def digest(self, path: str) -> str: ...


class PublishedFilesContract:
    """Subclasses give the fixture `files`: an empty bucket."""

    def test_what_is_put_can_be_got(self, files: Files) -> None:
        files.put("/story/kestrel-1/", b"<p>Kestrel</p>")
        assert files.get("/story/kestrel-1/") == b"<p>Kestrel</p>"

    def test_a_page_is_its_folders_index(self, files: Files) -> None:
        files.put("/briefing/2026-11-23/index.html", b"six")
        assert files.get("/briefing/2026-11-23/") == b"six"
        assert files.get("briefing/2026-11-23/index.html") == b"six"

    def test_what_is_put_again_takes_the_place_of_the_old(self, files: Files) -> None:
        files.put("/", b"old")
        files.put("/", b"new")
        assert files.get("/") == b"new"

    def test_the_digest_is_that_of_the_file_as_it_is_served(self, files: Files) -> None:
        files.put("/edition.json", b"{}", JSON)
        assert files.digest("/edition.json") == SiteFile("/edition.json", b"{}", JSON).digest
        assert files.digest("/edition.json") != SiteFile("/edition.json", b"{}").digest

    def test_what_is_not_there_has_no_digest_and_cannot_be_got(self, files: Files) -> None:
        assert files.digest("/nothing/") == ""
        with pytest.raises(NotFound):
            files.get("/nothing/")
