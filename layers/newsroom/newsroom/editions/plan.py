"""What is written, in which order: only what is not on the site yet, in groups, each complete before the next."""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from newsroom.editions.sheets import Sheet
from newsroom.site.caching import FOR_EVER
from newsroom.site.site_file import SiteFile

WRITERS = 8
"""Files written side by side; S3 takes thousands, a small function's CPU does not sign more."""


class Files(Protocol):
    """`archive.published_files.PublishedFiles`."""

    def put(self, path: str, body: bytes, content_type: str) -> None: ...

    def get(self, path: str) -> bytes: ...

    def digest(self, path: str) -> str: ...


class Plan:
    """Files to write. `known`: path → fingerprint of what is certainly on the site.

    What is known is neither made nor asked for; whatever else is added is made, and compared with what is there.
    """

    def __init__(self, files: Files, known: Mapping[str, str]) -> None:
        self._files = files
        self._known = known
        self._groups: list[list[SiteFile]] = []
        self.fingerprints: dict[str, str] = {}
        """Of every sheet that each edition looks at, for the next one."""

    def add(self, sheets: Iterable[Sheet], keep: Collection[str] = (), remember: bool = True) -> None:
        """One more group. What is `keep`, and what never changes, is written only where there is nothing."""
        group = list(sheets)
        if remember:
            self.fingerprints |= {sheet.path: sheet.fingerprint for sheet in group}
        made = [sheet.make() for sheet in group if self._known.get(sheet.path) != sheet.fingerprint]

        def differs(file: SiteFile) -> bool:
            there = self._files.digest(file.path)
            return not there if file.cache_control == FOR_EVER or file.path in keep else there != file.digest

        with ThreadPoolExecutor(WRITERS) as askers:
            self._groups.append([file for file, new in zip(made, askers.map(differs, made), strict=True) if new])

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(file.path for group in self._groups for file in group)

    def write(self, files: Files) -> None:
        with ThreadPoolExecutor(WRITERS) as writers:
            for group in self._groups:
                put = [writers.submit(files.put, file.path, file.body, file.content_type) for file in group]
                for one in put:
                    one.result()
