"""The readers' table over dictionaries; `tests/readers/test_readers_archive.py` says what both must do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from newsroom.briefing.reputation import Pause, Reputation
from newsroom.briefing.send import FOLLOWS, Send, SendState
from newsroom.briefing.warming import Warmth
from newsroom.errors import ArchiveConflict
from newsroom.readers.reply import Reply
from newsroom.readers.reply import State as ReplyState
from newsroom.readers.subscriber import Subscriber, Suppression


class FakeReadersArchive:
    def __init__(self) -> None:
        self.subscribers: dict[str, Subscriber] = {}
        self.suppressions: dict[str, Suppression] = {}
        self.letters: dict[str, datetime] = {}
        self.taken: dict[tuple[str, str], int] = {}
        self.all_sends: dict[tuple[str, str], Send] = {}
        self.all_replies: dict[tuple[str, str], Reply] = {}
        self.hours: dict[str, Reputation] = {}
        self.last_pause: Pause | None = None
        self.mornings: dict[str, Warmth] = {}

    def find_subscriber(self, subscriber_id: str) -> Subscriber | None:
        return self.subscribers.get(subscriber_id)

    def store_subscriber(self, subscriber: Subscriber) -> Subscriber:
        known = self.subscribers.get(subscriber.id)
        if (known.revision if known else 0) != subscriber.revision:
            raise ArchiveConflict("somebody else wrote first", about=subscriber.id)
        new = subscriber.model_copy(update={"revision": subscriber.revision + 1})
        self.subscribers[new.id] = new
        return new

    def confirmed_ids(self, weekend: bool = False) -> Iterator[str]:
        return (subscriber_id for subscriber_id, _ in self.confirmed(weekend))

    def confirmed(self, weekend: bool = False) -> Iterator[tuple[str, str]]:
        confirmed = [one for one in self.subscribers.values() if one.state == "confirmed"]
        yield from sorted((one.id, one.zone) for one in confirmed if one.days == "daily" or not weekend)

    def forget(self, subscriber_id: str) -> None:
        self.subscribers.pop(subscriber_id, None)
        self.letters.pop(subscriber_id, None)
        self.all_replies = {key: one for key, one in self.all_replies.items() if key[0] != subscriber_id}
        self.all_sends = {key: send for key, send in self.all_sends.items() if key[1] != subscriber_id}

    def suppress(self, suppression: Suppression) -> None:
        self.suppressions.setdefault(suppression.subscriber_id, suppression)

    def suppression(self, subscriber_id: str) -> Suppression | None:
        return self.suppressions.get(subscriber_id)

    def lift_suppression(self, subscriber_id: str) -> None:
        self.suppressions.pop(subscriber_id, None)

    def claim_letter(self, subscriber_id: str, now: datetime, rest: timedelta) -> bool:
        last = self.letters.get(subscriber_id)
        if last and last > now - rest:
            return False
        self.letters[subscriber_id] = now
        return True

    def release_letter(self, subscriber_id: str) -> None:
        self.letters.pop(subscriber_id, None)

    def store_reply(self, reply: Reply, was: ReplyState | None) -> bool:
        key = (reply.subscriber_id, reply.report_id)
        known = self.all_replies.get(key)
        if (known.state if known else None) != was:
            return False
        self.all_replies[key] = reply
        return True

    def reply_to(self, report_id: str) -> Reply | None:
        waiting = [one for one in self.all_replies.values() if (one.report_id, one.state) == (report_id, "wanted")]
        return waiting[0] if waiting else None

    def replies(self, subscriber_id: str) -> list[Reply]:
        return [one for key, one in sorted(self.all_replies.items()) if key[0] == subscriber_id]

    def take(self, name: str, now: datetime, limit: int, each: Literal["hour", "day"] = "hour") -> bool:
        key = (name, f"{now:%Y-%m-%dT%H}" if each == "hour" else f"{now:%Y-%m-%d}")
        if self.taken.get(key, 0) >= limit:
            return False
        self.taken[key] = self.taken.get(key, 0) + 1
        return True

    def claim_send(self, send: Send) -> Literal["claimed", "taken", "unwanted"]:
        subscriber = self.subscribers.get(send.subscriber_id)
        if not subscriber or subscriber.state != "confirmed" or send.subscriber_id in self.suppressions:
            return "unwanted"
        key = (send.issue_id, send.subscriber_id)
        if key in self.all_sends:
            return "taken"
        self.all_sends[key] = send
        return "claimed"

    def release_send(self, issue_id: str, subscriber_id: str) -> None:
        send = self.all_sends.get((issue_id, subscriber_id))
        if send and send.state == "claimed":
            del self.all_sends[issue_id, subscriber_id]

    def advance_send(self, issue_id: str, subscriber_id: str, state: SendState, message_id: str = "") -> bool:
        send = self.all_sends.get((issue_id, subscriber_id))
        if not send or send.state not in FOLLOWS[state]:
            return False
        moved = send.model_copy(update={"state": state, "message_id": message_id or send.message_id})
        self.all_sends[issue_id, subscriber_id] = moved
        return True

    def sends(self, issue_id: str, subscriber_ids: Iterable[str]) -> dict[str, Send]:
        wanted = ((one, self.all_sends.get((issue_id, one))) for one in subscriber_ids)
        return {one: send for one, send in wanted if send}

    def issues_received(self, subscriber_id: str) -> frozenset[str]:
        return frozenset(
            issue_id
            for (issue_id, one), send in self.all_sends.items()
            if one == subscriber_id and send.state != "refused"
        )

    def count_mail(
        self, now: datetime, *, sent: int = 0, bounced: int = 0, complained: int = 0, delayed: int = 0
    ) -> None:
        had = self.hours.get(_hour(now), Reputation())
        self.hours[_hour(now)] = replace(
            had,
            sent=had.sent + sent,
            bounced=had.bounced + bounced,
            complained=had.complained + complained,
            delayed=had.delayed + delayed,
        )

    def reputation(self, since: datetime) -> Reputation:
        counted = [seen for hour, seen in self.hours.items() if hour >= _hour(since)]
        return Reputation(
            sent=sum(seen.sent for seen in counted),
            bounced=sum(seen.bounced for seen in counted),
            complained=sum(seen.complained for seen in counted),
            delayed=sum(seen.delayed for seen in counted),
        )

    def warmth(self, issue_id: str) -> Warmth | None:
        return self.mornings.get(issue_id)

    def warmth_before(self, issue_id: str) -> Warmth | None:
        return self.mornings.get(max((one for one in self.mornings if one < issue_id), default=""))

    def store_warmth(self, warmth: Warmth) -> None:
        self.mornings[warmth.issue_id] = warmth

    def pause(self) -> Pause | None:
        return self.last_pause

    def store_pause(self, pause: Pause) -> None:
        self.last_pause = pause


def _hour(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H}"
