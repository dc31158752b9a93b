"""The rows of the table `Readers`: one PynamoDB model per noun. Reading news never means reading this table.

| pk | sk | what |
| --- | --- | --- |
| `SUBSCRIBER#id` | `SUBSCRIBER` | SubscriberItem, on shelf `CONFIRMED#…` or `WEEKDAYS#…` while it is to be sent to |
| `SUBSCRIBER#id` | `SUPPRESSION` | SuppressionItem: outlives the subscriber |
| `SUBSCRIBER#id` | `LETTER` | LetterItem: when a mail was last sent on request; forgotten by TTL |
| `SUBSCRIBER#id` | `SEND#date` | SendItem: what became of one issue; forgotten by TTL |
| `SUBSCRIBER#id` | `REPLY#report` | ReplyItem: a letter wanted, on a shelf until claimed; forgotten by TTL |
| `LIMIT#name#hour` | `LIMIT` | CountItem: requests taken; forgotten by TTL |
| `REPUTATION` | hour | ReputationItem: what became of the list's mail; forgotten by TTL |
| `WARMTH` | issue's date | WarmthItem: where the list stood on its sending plan; forgotten by TTL |
| `PAUSE` | `PAUSE` | PauseItem: why nobody is sent the briefing, until it is lifted |

A row is some hundred bytes; everything of one subscriber is in one partition, so that it can be shown or deleted whole.
"""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model


class ReaderShelfIndex(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Sparse: only subscribers who are to be sent to, in sixteen shards, by id and zone. Only keys are read from it."""

    class Meta:
        index_name = "by-shelf"
        projection = KeysOnlyProjection()

    shelf = UnicodeAttribute(hash_key=True)
    shelved_at = UnicodeAttribute(range_key=True)


class ReaderItem(Model):
    """What all rows of the table have."""

    class Meta:
        table_name = "bound by ReadersArchive"
        max_retry_attempts = 4
        connect_timeout_seconds = 3
        read_timeout_seconds = 10

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    shelf = UnicodeAttribute(null=True)
    shelved_at = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    """Seconds since 1970, for the table's TTL. TTL may be two days late: rules never rely on a row being gone."""
    by_shelf = ReaderShelfIndex()


class SubscriberItem(ReaderItem):
    document = UnicodeAttribute()
    """The subscriber as JSON, the address sealed."""
    state = UnicodeAttribute()
    """Beside the document, for conditions."""
    revision = NumberAttribute()


class SuppressionItem(ReaderItem):
    document = UnicodeAttribute()


class LetterItem(ReaderItem):
    sent_at = UnicodeAttribute()


class SendItem(ReaderItem):
    state = UnicodeAttribute()
    claimed_at = UnicodeAttribute()
    message_id = UnicodeAttribute(null=True)


class ReplyItem(ReaderItem):
    document = UnicodeAttribute()
    """The reply as JSON, the address sealed."""
    state = UnicodeAttribute()
    """Beside the document, for conditions."""


class CountItem(ReaderItem):
    amount = NumberAttribute(default=0)


class ReputationItem(ReaderItem):
    sent = NumberAttribute(default=0)
    bounced = NumberAttribute(default=0)
    complained = NumberAttribute(default=0)
    delayed = NumberAttribute(default=0)


class WarmthItem(ReaderItem):
    document = UnicodeAttribute()


class PauseItem(ReaderItem):
    """Attributes, not a document: an operator writes them by hand."""

    reason = UnicodeAttribute()
    at = UnicodeAttribute()
    lifted_at = UnicodeAttribute(null=True)
