"""Letters that readers want about their reports, as they are stored: in their own partition, so that what is kept of
somebody is shown and deleted whole."""

from typing import TYPE_CHECKING

from pynamodb.expressions.condition import Condition

from newsroom.archive.reader_items import ReplyItem
from newsroom.archive.translating import translated
from newsroom.errors import ArchiveConflict

if TYPE_CHECKING:
    from newsroom.readers.reply import Reply, State


class ReplyRows:
    """The part of the readers' table in which those letters are kept until they are sent."""

    def store_reply(self, reply: "Reply", was: "State | None") -> bool:
        """Over a reply in that state (None: over none); False, and nothing done, where it is in another."""
        from newsroom.readers.reply import REPLY_KEPT

        condition: Condition = ReplyItem.state == was if was else ReplyItem.pk.does_not_exist()
        waits = reply.state == "wanted"
        row = ReplyItem(
            f"SUBSCRIBER#{reply.subscriber_id}",
            f"REPLY#{reply.report_id}",
            document=reply.model_dump_json(),
            state=reply.state,
            shelf=f"REPLY#{reply.report_id}" if waits else None,
            shelved_at=reply.subscriber_id if waits else None,
            expires_at=int((reply.asked_at + REPLY_KEPT).timestamp()),
        )
        try:
            with translated(reply.report_id):
                row.save(condition=condition)
        except ArchiveConflict:
            return False
        return True

    def reply_to(self, report_id: str) -> "Reply | None":
        """The one that is wanted about a report. Found by an index, which may be some milliseconds behind."""
        with translated(report_id):
            rows = list(ReplyItem.by_shelf.query(f"REPLY#{report_id}", attributes_to_get=["shelved_at"]))
        every = [one for row in rows for one in self.replies(str(row.shelved_at))]
        return next((one for one in every if (one.report_id, one.state) == (report_id, "wanted")), None)

    def replies(self, subscriber_id: str) -> "list[Reply]":
        """All of one mailbox, by report (a consistent read)."""
        from newsroom.readers.reply import Reply

        with translated(subscriber_id):
            rows = ReplyItem.query(
                f"SUBSCRIBER#{subscriber_id}", ReplyItem.sk.startswith("REPLY#"), consistent_read=True
            )
            return [Reply.model_validate_json(row.document) for row in rows]
