"""The archive: one table, one bucket, one vocabulary."""

from newsroom.archive.articles import ArticleRows
from newsroom.archive.binding import bind
from newsroom.archive.claims import ClaimRows
from newsroom.archive.clearances import ClearanceRows
from newsroom.archive.documents import Documents
from newsroom.archive.feedback import FeedbackRows
from newsroom.archive.items import ArchiveItem
from newsroom.archive.listings import ListingRows
from newsroom.archive.stories import StoryRows
from newsroom.archive.versions import VersionRows


class Archive(ArticleRows, StoryRows, ClearanceRows, VersionRows, ListingRows, ClaimRows, FeedbackRows):
    """Everything that is kept about publishers, articles, stories, editions and issues; nothing about readers.

    Bodies go first and rows last, so that a row never points at nothing. Raises ArchiveConflict, ArchiveThrottled
    and NotFound, never a vendor's error.
    """

    def __init__(self, table: str, documents: Documents) -> None:
        self.documents = documents
        bind(ArchiveItem, table)
