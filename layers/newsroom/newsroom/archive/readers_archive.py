"""Subscribers, their suppressions, what was sent to them, and how often somebody asked."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from heapq import merge
from typing import TYPE_CHECKING, Literal

from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from newsroom.archive.binding import bind, connection_of
from newsroom.archive.reader_items import (
    CountItem,
    LetterItem,
    PauseItem,
    ReaderItem,
    ReputationItem,
    SendItem,
    SubscriberItem,
    SuppressionItem,
    WarmthItem,
)
from newsroom.archive.replies import ReplyRows
from newsroom.archive.translating import translated
from newsroom.boundary import moment
from newsroom.briefing.reputation import WINDOW, Pause, Reputation
from newsroom.briefing.send import FOLLOWS, Send, SendState
from newsroom.errors import ArchiveConflict
from newsroom.readers.preferences import NEW_YORK, Days
from newsroom.readers.subscriber import Subscriber, Suppression

if TYPE_CHECKING:
    from newsroom.briefing.warming import Warmth

SHARDS = "0123456789abcdef"
SHELVES: dict[Days, str] = {"daily": "CONFIRMED", "weekdays": "WEEKDAYS"}
SENDS_KEPT = timedelta(days=90)
"""Long enough to tell somebody of a correction and to settle a complaint; then it is nobody's business."""

Claim = Literal["claimed", "taken", "unwanted"]


class ReadersArchive(ReplyRows):
    """The table `Readers`. Sees sealed addresses and keyed hashes only.

    Raises ArchiveConflict and ArchiveThrottled, never a vendor's error.
    """

    def __init__(self, table: str) -> None:
        bind(ReaderItem, table)

    # subscribers

    def find_subscriber(self, subscriber_id: str) -> Subscriber | None:
        """As written last (a consistent read)."""
        with translated(subscriber_id):
            rows = SubscriberItem.query(
                _key(subscriber_id), SubscriberItem.sk == "SUBSCRIBER", consistent_read=True, limit=1
            )
            return next((Subscriber.model_validate_json(row.document) for row in rows), None)

    def store_subscriber(self, subscriber: Subscriber) -> Subscriber:
        """Write over the revision that was read, and return the new one; ArchiveConflict when it has moved on."""
        new = subscriber.model_copy(update={"revision": subscriber.revision + 1})
        condition: Condition = SubscriberItem.revision == subscriber.revision
        if not subscriber.revision:
            condition = SubscriberItem.pk.does_not_exist()
        confirmed = new.state == "confirmed"
        row = SubscriberItem(
            _key(new.id),
            "SUBSCRIBER",
            document=new.model_dump_json(),
            state=new.state,
            revision=new.revision,
            shelf=f"{SHELVES[new.days]}#{new.id[1]}" if confirmed else None,
            shelved_at=f"{new.id} {new.zone}" if confirmed else None,
        )
        with translated(new.id):
            row.save(condition=condition)
        return new

    def confirmed_ids(self, weekend: bool = False) -> Iterator[str]:
        """Ids of all who are to be sent to, as `confirmed`."""
        return (subscriber_id for subscriber_id, _ in self.confirmed(weekend))

    def confirmed(self, weekend: bool = False) -> Iterator[tuple[str, str]]:
        """(id, zone) of all who are to be sent to, by id; at a weekend of those who want the daily issue. The index
        may be some milliseconds behind; the state is read again before each send."""
        wanted = [SHELVES["daily"]] if weekend else sorted(SHELVES.values())
        for shard in SHARDS:
            yield from merge(*(self._on(f"{shelf}#{shard}") for shelf in wanted))

    @staticmethod
    def _on(shelf: str) -> Iterator[tuple[str, str]]:
        with translated("confirmed subscribers"):
            for row in SubscriberItem.by_shelf.query(shelf, attributes_to_get=["shelved_at"]):
                subscriber_id, _, zone = str(row.shelved_at).partition(" ")
                yield subscriber_id, zone or NEW_YORK

    def forget(self, subscriber_id: str) -> None:
        """Delete all that is kept of somebody; a suppression stays, a keyed hash and a reason, so that it holds."""
        with translated(subscriber_id):
            for row in ReaderItem.query(_key(subscriber_id), attributes_to_get=["pk", "sk"]):
                if row.sk != "SUPPRESSION":
                    row.delete()

    # suppressions

    def suppress(self, suppression: Suppression) -> None:
        """Recorded first, so that nothing can be sent from here on. Repeating it is harmless; the first one stays."""
        row = SuppressionItem(_key(suppression.subscriber_id), "SUPPRESSION", document=suppression.model_dump_json())
        try:
            with translated(suppression.subscriber_id):
                row.save(condition=SuppressionItem.pk.does_not_exist())
        except ArchiveConflict:
            return

    def suppression(self, subscriber_id: str) -> Suppression | None:
        with translated(subscriber_id):
            rows = SuppressionItem.query(
                _key(subscriber_id), SuppressionItem.sk == "SUPPRESSION", consistent_read=True, limit=1
            )
            return next((Suppression.model_validate_json(row.document) for row in rows), None)

    def lift_suppression(self, subscriber_id: str) -> None:
        """Only a new, explicit confirmation may."""
        with translated(subscriber_id):
            SuppressionItem(_key(subscriber_id), "SUPPRESSION").delete()

    # mails on request

    def claim_letter(self, subscriber_id: str, now: datetime, rest: timedelta) -> bool:
        """True when no mail was sent on request to this mailbox within `rest`, and from now on one was."""
        row = LetterItem(_key(subscriber_id), "LETTER", sent_at=moment(now), expires_at=int((now + rest).timestamp()))
        try:
            with translated(subscriber_id):
                row.save(condition=LetterItem.pk.does_not_exist() | (LetterItem.sent_at <= moment(now - rest)))
        except ArchiveConflict:
            return False
        return True

    def release_letter(self, subscriber_id: str) -> None:
        """It was certainly not sent."""
        with translated(subscriber_id):
            LetterItem(_key(subscriber_id), "LETTER").delete()

    def take(self, name: str, now: datetime, limit: int, each: Literal["hour", "day"] = "hour") -> bool:
        """Count one more request under a name in this hour or day (UTC); False, and not counted, when that passes the
        limit. The counter is forgotten when the day is over, or an hour later."""
        hour = f"{now:%Y-%m-%dT%H}" if each == "hour" else f"{now:%Y-%m-%d}"
        ends = now + timedelta(hours=2)
        if each == "day":
            ends = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        row = CountItem(f"LIMIT#{name}#{hour}", "LIMIT")
        try:
            with translated(name):
                row.update(
                    actions=[
                        CountItem.amount.add(1),
                        CountItem.expires_at.set(int(ends.timestamp())),
                    ],
                    condition=CountItem.amount.does_not_exist() | (CountItem.amount < limit),
                )
        except ArchiveConflict:
            return False
        return True

    # sends

    def claim_send(self, send: Send) -> Claim:
        """In one transaction: still confirmed, not suppressed, and nobody has claimed this send.

        `taken`: somebody has; `unwanted`: unsubscribed, suppressed or forgotten since the batch was made.
        """
        key = _key(send.subscriber_id)
        row = SendItem(
            key,
            f"SEND#{send.issue_id}",
            state=send.state,
            claimed_at=moment(send.claimed_at),
            expires_at=int((send.claimed_at + SENDS_KEPT).timestamp()),
        )
        try:
            with translated(send.subscriber_id), TransactWrite(connection=connection_of(ReaderItem)) as write:
                write.condition_check(SubscriberItem, key, "SUBSCRIBER", SubscriberItem.state == "confirmed")
                write.condition_check(SuppressionItem, key, "SUPPRESSION", SuppressionItem.pk.does_not_exist())
                write.save(row, condition=SendItem.pk.does_not_exist())
        except ArchiveConflict as exc:
            codes = _cancellations(exc)
            if codes[:2] != ["None", "None"] and "ConditionalCheckFailed" in codes[:2]:
                return "unwanted"
            if codes[2:] == ["ConditionalCheckFailed"]:
                return "taken"
            raise
        return "claimed"

    def release_send(self, issue_id: str, subscriber_id: str) -> None:
        """SES certainly did not take it: the claim is given back."""
        try:
            with translated(subscriber_id):
                SendItem(_key(subscriber_id), f"SEND#{issue_id}").delete(condition=SendItem.state == "claimed")
        except ArchiveConflict:
            return

    def advance_send(self, issue_id: str, subscriber_id: str, state: SendState, message_id: str = "") -> bool:
        """Move a send to a state that may follow its present one; False when it may not, or there is none."""
        actions: list[Action] = [SendItem.state.set(state)]
        if message_id:
            actions.append(SendItem.message_id.set(message_id))
        condition = SendItem.state.is_in(*sorted(FOLLOWS[state]))
        try:
            with translated(subscriber_id):
                SendItem(_key(subscriber_id), f"SEND#{issue_id}").update(actions=actions, condition=condition)
        except ArchiveConflict:
            return False
        return True

    def sends(self, issue_id: str, subscriber_ids: Iterable[str]) -> dict[str, Send]:
        """Of one issue, by subscriber; who has none is absent."""
        keys = [(_key(one), f"SEND#{issue_id}") for one in subscriber_ids]
        with translated(issue_id):
            rows = [_send(row) for row in SendItem.batch_get(keys, consistent_read=True)]
        return {send.subscriber_id: send for send in rows}

    def issues_received(self, subscriber_id: str) -> frozenset[str]:
        """Ids of the issues that reached somebody, or may have."""
        with translated(subscriber_id):
            rows = SendItem.query(_key(subscriber_id), SendItem.sk.startswith("SEND#"))
            return frozenset(row.sk.removeprefix("SEND#") for row in rows if row.state != "refused")

    # the list's reputation

    def count_mail(
        self, now: datetime, *, sent: int = 0, bounced: int = 0, complained: int = 0, delayed: int = 0
    ) -> None:
        """Add to the hour's counts."""
        added = (
            (ReputationItem.sent, sent),
            (ReputationItem.bounced, bounced),
            (ReputationItem.complained, complained),
            (ReputationItem.delayed, delayed),
        )
        actions: list[Action] = [field.add(amount) for field, amount in added if amount]
        expires = int((now + WINDOW + timedelta(days=1)).timestamp())
        with translated("reputation"):
            ReputationItem("REPUTATION", _hour(now)).update(actions=[*actions, ReputationItem.expires_at.set(expires)])

    def reputation(self, since: datetime) -> Reputation:
        """What became of the list's mail in whole hours since then."""
        with translated("reputation"):
            rows = list(ReputationItem.query("REPUTATION", ReputationItem.sk >= _hour(since), consistent_read=True))
        return Reputation(
            sent=sum(int(row.sent) for row in rows),
            bounced=sum(int(row.bounced) for row in rows),
            complained=sum(int(row.complained) for row in rows),
            delayed=sum(int(row.delayed) for row in rows),
        )

    def warmth(self, issue_id: str) -> "Warmth | None":
        """Where the list stood on its sending plan with an issue (a consistent read)."""
        return self._warmth(WarmthItem.sk == issue_id)

    def warmth_before(self, issue_id: str) -> "Warmth | None":
        """With the last issue before."""
        return self._warmth(WarmthItem.sk < issue_id)

    @staticmethod
    def _warmth(which: Condition) -> "Warmth | None":
        from newsroom.briefing.warming import Warmth

        with translated("warmth"):
            rows = WarmthItem.query("WARMTH", which, consistent_read=True, scan_index_forward=False, limit=1)
            return next((Warmth.model_validate_json(row.document) for row in rows), None)

    def store_warmth(self, warmth: "Warmth") -> None:
        expires = datetime.fromisoformat(warmth.issue_id).replace(tzinfo=UTC) + SENDS_KEPT
        with translated("warmth"):
            WarmthItem(
                "WARMTH",
                warmth.issue_id,
                document=warmth.model_dump_json(),
                expires_at=int(expires.timestamp()),
            ).save()

    def pause(self) -> Pause | None:
        """The last one, whether or not it was lifted (a consistent read)."""
        with translated("pause"):
            rows = PauseItem.query("PAUSE", PauseItem.sk == "PAUSE", consistent_read=True, limit=1)
            return next((_pause(row) for row in rows), None)

    def store_pause(self, pause: Pause) -> None:
        lifted_at = moment(pause.lifted_at) if pause.lifted_at else None
        with translated("pause"):
            PauseItem("PAUSE", "PAUSE", reason=pause.reason, at=moment(pause.at), lifted_at=lifted_at).save()


def _hour(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H}"


def _pause(row: PauseItem) -> Pause:
    return Pause.model_validate({"reason": row.reason, "at": row.at, "lifted_at": row.lifted_at})


def _key(subscriber_id: str) -> str:
    return f"SUBSCRIBER#{subscriber_id}"


def _send(row: SendItem) -> Send:
    return Send.model_validate(
        {
            "issue_id": row.sk.removeprefix("SEND#"),
            "subscriber_id": row.pk.removeprefix("SUBSCRIBER#"),
            "state": row.state,
            "claimed_at": row.claimed_at,
            "message_id": row.message_id or "",
        }
    )


def _cancellations(conflict: ArchiveConflict) -> list[str]:
    """Why each of a transaction's three writes was refused: `None` for one that was not."""
    cause = conflict.__cause__
    if not isinstance(cause, TransactWriteError):
        return []
    return [reason.code if reason else "None" for reason in cause.cancellation_reasons]
