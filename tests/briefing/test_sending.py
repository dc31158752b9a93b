"""Claim, send, record: nobody is sent to twice, nobody is lost without a trace."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from newsroom.briefing.closing import close
from newsroom.briefing.issue import CorrectionLine
from newsroom.briefing.manifest import write_manifest
from newsroom.briefing.pace import Pace
from newsroom.briefing.send import Send
from newsroom.briefing.sending import Postman
from newsroom.errors import MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.readers.subscriber import Suppression
from newsroom.readers.tokens import Tokens
from newsroom.settings import MailSettings

from tests.briefing.mime_lint import faults
from tests.briefing.test_rendering import an_issue
from tests.fakes.archive import FakeArchive
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SECRET, SIX, Time, a_postman, a_subscriber, subscribed
from tests.fakes.readers_archive import FakeReadersArchive

ISSUE = an_issue()


class Killed(BaseException):
    """The worker is gone: nothing after this line runs."""


def addresses(mail: FakeMail) -> list[str]:
    return [posted.to for posted in mail.outbox]


def test_everybody_on_the_batch_is_sent_to_once() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    ids = subscribed(readers, 5)

    first = a_postman(readers, mail).deliver(ISSUE, ids)
    again = a_postman(readers, mail).deliver(ISSUE, ids)

    assert (first.sent, again.sent) == (5, 5)
    assert sorted(addresses(mail)) == [f"reader{number}@inbox.example" for number in range(5)]
    assert {send.state for send in readers.all_sends.values()} == {"sent"}


def test_what_is_sent_has_nothing_to_object_to_and_leads_out() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    (subscriber_id,) = subscribed(readers, 1)
    a_postman(readers, mail).deliver(ISSUE, [subscriber_id])

    (posted,) = mail.outbox
    assert list(faults(posted.raw, bulk=True)) == []
    link = str(posted.message["List-Unsubscribe"]).split(">")[0].removeprefix("<")
    assert Tokens(SECRET).read(link.split("token=")[1], "unsubscribe", SIX).subscriber_id == subscriber_id
    assert link in posted.part("plain")
    assert link in posted.part("html")
    assert posted.tags == {"issue": "2026-11-24", "subscriber": subscriber_id}


def test_who_left_after_the_manifest_was_written_is_not_sent_to() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    left, complained, forgotten, stays = subscribed(readers, 4)
    readers.store_subscriber(readers.subscribers[left].model_copy(update={"state": "unsubscribed"}))
    readers.suppress(Suppression(subscriber_id=complained, reason="complaint", at=SIX))
    readers.forget(forgotten)

    batch = a_postman(readers, mail).deliver(ISSUE, [left, complained, forgotten, stays])

    assert (batch.sent, batch.skipped) == (1, 3)
    assert [posted.tags["subscriber"] for posted in mail.outbox] == [stays]


def test_who_leaves_between_reading_and_claiming_is_not_sent_to() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    (subscriber_id,) = subscribed(readers, 1)

    def leave(_seconds: float = 0) -> None:
        readers.store_subscriber(readers.subscribers[subscriber_id].model_copy(update={"state": "unsubscribed"}))

    pace = Pace(14)
    pace.wait = leave  # type: ignore[method-assign]

    assert a_postman(readers, mail, pace=pace).deliver(ISSUE, [subscriber_id]).skipped == 1
    assert mail.outbox == []


CALLS = ("find_subscriber", "claim_send", "send before", "send after", "advance_send", "sends")


@pytest.mark.parametrize("victim", range(3))
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_killed_at_any_call_doubles_and_loses_nobody(victim: int, call: str, when: str) -> None:
    """Killed before or after the call for one of three subscribers; the batch is then repeated, and closed."""
    archive, readers = FakeArchive(), FakeReadersArchive()
    ids = subscribed(readers, 3)
    write_manifest(archive, ISSUE.issue_id, ((one, SIX) for one in ids))
    dying = Dying(readers, call, when, victim if call != "sends" else 0)
    mail = FakeMail(before=dying.hook("send before"), after=dying.hook("send after"))

    with pytest.raises(Killed):
        a_postman(dying, mail).deliver(ISSUE, ids)  # type: ignore[arg-type]
    a_postman(readers, mail).deliver(ISSUE, ids)
    outcome = close(archive, readers, ISSUE.issue_id)  # type: ignore[arg-type]

    assert len(addresses(mail)) == len(set(addresses(mail)))
    assert outcome.unknown <= 1
    assert outcome.sent + outcome.unknown == 3
    assert len(outcome.unknown_ids) == outcome.unknown
    missing = 3 - len(addresses(mail))
    assert missing <= outcome.unknown, "whoever was not sent to is listed as unknown"


class Dying:
    """A readers' archive whose worker is killed around one call."""

    def __init__(self, readers: FakeReadersArchive, call: str, when: str, victim: int) -> None:
        self._readers, self._call, self._when, self._left = readers, call, when, victim

    def hook(self, call: str) -> Callable[[str], None]:
        def die(_to: str) -> None:
            if self._call == call and self._now():
                raise Killed

        return die

    def _now(self) -> bool:
        self._left -= 1
        return self._left == -1

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._readers, name)

        def called(*arguments: Any, **named: Any) -> Any:
            dies = name == self._call and self._now()
            if dies and self._when == "before":
                raise Killed
            answer = method(*arguments, **named)
            if dies:
                raise Killed
            return answer

        return called


def test_two_workers_on_one_batch_send_once() -> None:
    """The second runs inside every call of the first to the post office."""
    readers = FakeReadersArchive()
    ids = subscribed(readers, 4)
    inner = FakeMail()
    outer = FakeMail(before=lambda _to: a_postman(readers, inner).deliver(ISSUE, ids) and None)

    a_postman(readers, outer).deliver(ISSUE, ids)

    assert sorted(addresses(outer) + addresses(inner)) == sorted(f"reader{number}@inbox.example" for number in range(4))


def test_a_lost_answer_is_listed_and_never_sent_again() -> None:
    readers = FakeReadersArchive()
    ids = subscribed(readers, 2)
    mail = FakeMail(after=failing([MailUncertain("timeout")]))

    first = a_postman(readers, mail).deliver(ISSUE, ids)
    second = a_postman(readers, mail).deliver(ISSUE, ids)

    assert (first.sent, first.unknown) == (second.sent, second.unknown) == (1, 1)
    assert len(mail.outbox) == 2


def failing(errors: list[Exception]) -> Callable[[str], None]:
    """Raises them one after the other, then nothing."""

    def fail(_to: str) -> None:
        if errors:
            raise errors.pop(0)

    return fail


def test_throttling_is_waited_out() -> None:
    readers, time = FakeReadersArchive(), Time()
    ids = subscribed(readers, 3)
    mail = FakeMail(before=failing([MailThrottled("slow"), MailThrottled("slow")]))

    batch = a_postman(readers, mail, pace=Pace(14, time.now, time.sleep)).deliver(ISSUE, ids)

    assert batch.sent == 3
    assert sum(time.slept) >= 3


def test_a_message_throttled_for_long_is_left_to_the_state_machine() -> None:
    readers = FakeReadersArchive()
    ids = subscribed(readers, 1)
    mail = FakeMail(before=failing([MailThrottled("slow")] * 50))

    with pytest.raises(MailThrottled):
        a_postman(readers, mail).deliver(ISSUE, ids)
    assert readers.all_sends == {}


def test_a_suspended_account_stops_the_batch_and_it_resumes_later() -> None:
    readers = FakeReadersArchive()
    ids = subscribed(readers, 4)
    mail = FakeMail(before=failing([MailThrottled("slow"), MailSuspended("quota")]))

    with pytest.raises(MailSuspended):
        a_postman(readers, mail).deliver(ISSUE, ids)
    assert a_postman(readers, mail).deliver(ISSUE, ids).sent == 4
    assert len(mail.outbox) == 4


def test_a_refused_message_does_not_stop_the_others() -> None:
    readers = FakeReadersArchive()
    ids = subscribed(readers, 3)
    mail = FakeMail(before=failing([MailRefused("bad address")]))

    batch = a_postman(readers, mail).deliver(ISSUE, ids)

    assert (batch.sent, batch.skipped) == (2, 1)
    assert a_postman(readers, mail).deliver(ISSUE, ids).sent == 2


def test_the_pause_switch_claims_nothing() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    ids = subscribed(readers, 1)
    paused = MailSettings(mail_domain="news.example", sending_paused=True)

    with pytest.raises(MailSuspended):
        a_postman(readers, mail, settings=paused).deliver(ISSUE, ids)
    assert readers.all_sends == {}


def test_a_batch_stops_before_its_deadline_and_goes_on() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    ids = subscribed(readers, 5)
    left = iter([600.0, 600.0, 10.0])

    first = a_postman(readers, mail, seconds_left=lambda: next(left)).deliver(ISSUE, ids)
    second = a_postman(readers, mail).deliver(ISSUE, ids)

    assert (first.sent, first.remaining) == (2, True)
    assert (second.sent, second.remaining) == (5, False)
    assert len(mail.outbox) == 5


def test_an_address_that_does_not_open_stops_nobody_else() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    ids = subscribed(readers, 2)
    broken = readers.subscribers[ids[0]].model_copy(update={"sealed_address": a_subscriber(9).sealed_address})
    readers.store_subscriber(broken)

    batch = a_postman(readers, mail).deliver(ISSUE, ids)

    assert (batch.sent, batch.skipped) == (1, 1)


def addressed(subscriber_id: str) -> EmailMessage:
    letter = EmailMessage()
    letter["To"] = f"{subscriber_id}@inbox.example"
    return letter


def test_ten_thousand_are_sent_to_at_the_account_s_rate_through_throttles_and_deadlines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """5 % of the calls are throttled; each function has 60 seconds of the test's clock, a batch needs about 20."""
    monkeypatch.setattr(Postman, "_letter", lambda _self, _issue, subscriber_id: addressed(subscriber_id))
    readers, time = FakeReadersArchive(), Time()
    ids = subscribed(readers, 10_000)
    calls = iter(range(10**9))
    taken: list[float] = []

    def sometimes(_to: str) -> None:
        if next(calls) % 20 == 7:
            raise MailThrottled("slow")
        taken.append(time.seconds)

    mail = FakeMail(before=sometimes)
    pieces = [ids[at : at + 100] for at in range(0, len(ids), 100)]
    for piece in pieces:
        remaining = True
        while remaining:
            began = time.seconds
            postman = a_postman(
                readers,
                mail,
                pace=Pace(14, time.now, time.sleep),
                seconds_left=lambda began=began: 60 - (time.seconds - began),
            )
            remaining = postman.deliver(ISSUE, piece).remaining

    assert len(addresses(mail)) == len(set(addresses(mail))) == 10_000
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(taken, taken[14:], strict=False)), "14 a second"


def test_a_correction_reaches_those_who_received_what_it_corrects() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    got_it, got_nothing = subscribed(readers, 2)
    readers.all_sends["2026-11-23", got_it] = Send(
        issue_id="2026-11-23", subscriber_id=got_it, state="delivered", claimed_at=SIX
    )
    line = CorrectionLine(
        id="COR-1", slug="story-9", headline="The plant closes", kind="correction", was="in May",
        now_reads="in March", issue_ids=("2026-11-23",),
    )  # fmt: skip
    a_postman(readers, mail).deliver(an_issue(corrections=(line,)), [got_it, got_nothing])

    told = {posted.tags["subscriber"]: "in May" in posted.part("plain") for posted in mail.outbox}
    assert told == {got_it: True, got_nothing: False}


def test_closing_counts_everybody_and_settles_open_claims() -> None:
    archive, readers, mail = FakeArchive(), FakeReadersArchive(), FakeMail()
    ids = subscribed(readers, 5)
    write_manifest(archive, ISSUE.issue_id, ((one, SIX) for one in ids))
    a_postman(readers, mail).deliver(ISSUE, ids[:3])
    readers.advance_send(ISSUE.issue_id, ids[0], "delivered")
    readers.claim_send(Send(issue_id=ISSUE.issue_id, subscriber_id=ids[3], state="claimed", claimed_at=SIX))

    outcome = close(archive, readers, ISSUE.issue_id)  # type: ignore[arg-type]

    assert (outcome.recipients, outcome.sent, outcome.delivered, outcome.unknown, outcome.unsent) == (5, 3, 1, 1, 1)
    assert outcome.unknown_ids == (ids[3],)
    assert archive.outcomes[ISSUE.issue_id]["unknown_ids"] == [ids[3]]
    assert readers.all_sends[ISSUE.issue_id, ids[3]].state == "unknown"
    assert a_postman(readers, mail).deliver(ISSUE, ids).unknown == 1
