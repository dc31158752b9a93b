"""The archive: one table, one bucket, one vocabulary."""

from newsroom.archive.articles import ArticleRows
from newsroom.archive.claims import ClaimRows
from newsroom.archive.documents import Documents
from newsroom.archive.feedback import FeedbackRows
from newsroom.archive.items import ArchiveItem
from newsroom.archive.listings import ListingRows
from newsroom.archive.stories import StoryRows
from newsroom.archive.versions import VersionRows


class Archive(ArticleRows, StoryRows, VersionRows, ListingRows, ClaimRows, FeedbackRows):
    """Everything that is kept about publishers, articles, stories, editions and issues; nothing about readers.

    Bodies go first and rows last, so that a row never points at nothing. Raises ArchiveConflict, ArchiveThrottled
    and NotFound, never a vendor's error.
    """

    def __init__(self, table: str, documents: Documents) -> None:
        self.documents = documents
        bind(ArchiveItem, table)


def bind(item: type[ArchiveItem], table: str) -> None:
    """Point a family of PynamoDB models at a table. They hold it in the class, so a process has one at a time.

    All of them share one connection, and so one client of botocore: a client costs 0.2 seconds of processor to build.
    """
    item.Meta.table_name = table
    item._connection = None
    for kind in item.__subclasses__():
        if "_connection" in vars(kind):
            del kind._connection
    item._get_connection()
