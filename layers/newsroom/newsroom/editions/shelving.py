"""Stories take their place in the archive by day: what is there is read, changed where it must be, and handed back."""

from collections.abc import Collection, Sequence
from typing import Protocol, TypeVar

from newsroom.errors import NotFound
from newsroom.site import addresses
from newsroom.site.day_pages import archive_page, day_page, month_page
from newsroom.site.day_shelf import (
    DayShelf,
    Months,
    MonthShelf,
    by_day,
    shelf_path,
    shelved,
    words_path,
)
from newsroom.site.document import Document
from newsroom.site.places import Places
from newsroom.site.rendering import House, Page, render
from newsroom.site.site_file import JSON, SiteFile
from newsroom.stories.version import Head

Kept = TypeVar("Kept", bound=Document)


class Readable(Protocol):
    """`archive.published_files.PublishedFiles`."""

    def get(self, path: str) -> bytes: ...


def shelf_files(
    files: Readable, heads: Sequence[Head], gone: Collection[str], house: House, places: Places
) -> list[SiteFile]:
    """Files of the days and months of `heads`, which are new or changed; of them `gone` (ids) leave the lists.

    Two documents and two pages for each day that changes, and the list of months: as many in the tenth year as in
    the first week. Given the same stories in any order, the bytes are the same.
    """
    months = _read(files, addresses.MONTHS, Months())
    shelves: dict[str, MonthShelf] = {}
    found: list[SiteFile] = []
    for day, own in sorted(by_day(heads).items()):
        without = {head.story_id for head in own if head.retracted or head.story_id in gone}
        shelf = _read(files, shelf_path(day), DayShelf(day=day))
        shelf = shelf.with_stories((shelved(head, places) for head in own), without)
        month = day[:7]
        known = shelves.get(month) or _read(files, words_path(month), MonthShelf(month=month))
        shelves[month] = known.with_day(shelf)
        found += [_document(shelf_path(day), shelf), _page(day_page(shelf, house))]
    for month, shelf_of_month in shelves.items():
        months = months.with_month(shelf_of_month)
        found += [_document(words_path(month), shelf_of_month), _page(month_page(shelf_of_month, house))]
    return [*found, _document(addresses.MONTHS, months), _page(archive_page(months, house))]


def _read(files: Readable, path: str, otherwise: Kept) -> Kept:
    try:
        return otherwise.read(files.get(path))
    except NotFound:
        return otherwise


def _document(path: str, document: Document) -> SiteFile:
    return SiteFile(path, document.as_bytes(), JSON)


def _page(page: Page) -> SiteFile:
    return SiteFile(page.frame.path, render(page))
