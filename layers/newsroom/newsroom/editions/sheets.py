"""A page before it is rendered: it is rendered only when what it says, or how, is another than last time."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from newsroom.site.rendering import Page, render
from newsroom.site.site_file import SiteFile


@dataclass(frozen=True)
class Sheet:
    """`fingerprint` is known before `make` is called. The same fingerprint means the same bytes."""

    path: str
    fingerprint: str
    make: Callable[[], SiteFile]

    @classmethod
    def of_page(cls, page: Page) -> "Sheet":
        """Of everything in the page's dataclass, and of what makes pages."""
        said = hashlib.sha256(f"{made_with()}\n{page!r}".encode()).hexdigest()
        return cls(page.frame.path, said, lambda: SiteFile(page.frame.path, render(page)))

    @classmethod
    def of_file(cls, file: SiteFile) -> "Sheet":
        return cls(file.path, file.digest, lambda: file)


def of_pages(pages: Iterable[Page]) -> list[Sheet]:
    return [Sheet.of_page(page) for page in pages]


def of_files(made: Iterable[SiteFile]) -> list[Sheet]:
    return [Sheet.of_file(file) for file in made]


@cache
def made_with() -> str:
    """Digest of the code, templates, styles and scripts of the site: another one makes other pages of the same news."""
    found = hashlib.sha256()
    for file in sorted(_files(files("newsroom.site")), key=lambda one: one.name):
        found.update(file.name.encode() + b"\n" + file.read_bytes())
    return found.hexdigest()


def _files(folder: Traversable) -> Iterable[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry
