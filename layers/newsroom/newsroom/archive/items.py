"""The rows of the table `Archive`: one PynamoDB model per noun, all in one table with one index.

| pk | sk | what |
| --- | --- | --- |
| `PUBLISHER#id` | `HEALTH` | HealthItem |
| `ARTICLE#id` | `ARTICLE` | ArticleItem, on shelf `UNGROUPED#0…7` until it belongs to a story |
| `STORY#id` | `STORY` | StoryItem, on shelf `DUE`, `ACCEPTED`, `HELD`, `MERGED` or none |
| `STORY#id` | `DRAFT#draft` | DraftItem: what became of one draft |
| `STORY#id` | `VERSION#0001` | VersionItem |
| `STORY#id` | `HEAD` | HeadItem, on shelf `DESK#desk` by time of publication |
| `STORY#id` | `LIST#/country/de/` | ListingItem, on the shelf of that name, by time of publication |
| `STORY#id` | `REGISTER` | ListingItem, on shelf `DAY#2026-11-23` of its first publication, or `MOVED#…` |
| `DAY#2026-11-23` | `DAY` | ListingItem, on shelf `DAYS` |
| `SLUG#slug` | `SLUG` | SlugItem |
| `EDITION` | `CURRENT` | ClaimItem: the newest slot that was claimed |
| `ISSUE#date` | `ISSUE` | ClaimItem, on shelf `ISSUES` |
| `CORRECTION#id`, `REPORT#id` | the same | LogItem, on shelves `CORRECTIONS`, `REPORTS` |
| `RULING#id` | the same | LogItem, on shelf `RULINGS` until an edition has made its version |
| `STORY#id` | `CORRECTION#id` | LogItem: the same correction, found by its story |
| `TALLY#articles#0…15` | `AMOUNT` | TallyItem: how many articles there are, in parts |
| `TALLY#judged#20261123T1200Z` | `sound`, `failed` | TallyItem: a model's stories judged in an edition, for two days |
| `TALLY#votes#2026-11-23` | `story#useful` | TallyItem: votes of a day |
| `TALLY#name` | key | TallyItem: other counters |

Bodies that may grow (text, members, drafts, versions) are documents in the bucket; a row stays under 100 KB.
"""

from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model


class ShelfIndex(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Sparse: only rows that stand on a shelf (work that is due, lists that are read), ordered in time."""

    class Meta:
        index_name = "by-shelf"
        projection = AllProjection()

    shelf = UnicodeAttribute(hash_key=True)
    shelved_at = UnicodeAttribute(range_key=True)


class ArchiveItem(Model):
    """What all rows of the table have."""

    class Meta:
        table_name = "bound by Archive"
        max_retry_attempts = 4
        connect_timeout_seconds = 3
        read_timeout_seconds = 10

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    shelf = UnicodeAttribute(null=True)
    shelved_at = UnicodeAttribute(null=True)
    by_shelf = ShelfIndex()


class HealthItem(ArchiveItem):
    document = UnicodeAttribute()


class ArticleItem(ArchiveItem):
    document = UnicodeAttribute()
    """The article without its text."""


class StoryItem(ArchiveItem):
    inputs = UnicodeAttribute()
    revisions = UnicodeAttribute(null=True)
    """Article id → revision, of its edited articles, as a document: the open index does not know them."""
    judged_inputs = UnicodeAttribute(null=True)
    """The inputs of the draft that was last accepted or held."""
    draft_id = UnicodeAttribute(null=True)
    """Of the draft that stands on a shelf."""
    held = UnicodeAttribute(null=True)
    """Why it is held, as a document."""


class DraftItem(ArchiveItem):
    document = UnicodeAttribute()
    """Outcome, score and critic; draft and verdict themselves are in the bucket."""


class VersionItem(ArchiveItem):
    draft_id = UnicodeAttribute()
    reason = UnicodeAttribute()
    published_at = UnicodeAttribute()


class HeadItem(ArchiveItem):
    document = UnicodeAttribute()


class ListingItem(ArchiveItem):
    document = UnicodeAttribute()
    """The head; empty in the row of a day."""


class SlugItem(ArchiveItem):
    story_id = UnicodeAttribute()


class ClaimItem(ArchiveItem):
    claimed = UnicodeAttribute()
    """The slot or date."""
    holder = UnicodeAttribute()
    """The execution that has it."""
    claimed_at = UnicodeAttribute()
    finished = BooleanAttribute(default=False)
    outcome = UnicodeAttribute(null=True)


class LogItem(ArchiveItem):
    document = UnicodeAttribute()


class TallyItem(ArchiveItem):
    amount = NumberAttribute(default=0)
    names = UnicodeSetAttribute(null=True)
    expires_at = NumberAttribute(null=True)
