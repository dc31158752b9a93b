"""Readers choose, see, take along and delete; and what they ask for tells nobody else anything."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from newsroom.errors import BadInput, MailRefused
from newsroom.readers.address import read_address
from newsroom.readers.disposable import Hosts, listed
from newsroom.readers.even_time import EvenTime
from newsroom.readers.sealing import Seal
from newsroom.readers.subscriber import Suppression
from newsroom.readers.subscriptions import CONSENT, farewell
from newsroom.readers.tokens import Tokens

from tests.fakes.briefing_desk import BriefingDesk, compose
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SECRET, SIX, a_subscriber
from tests.fakes.receptions import LIMITS, a_reception, an_event
from tests.readers.test_answering import STATES, Site, known_as

DATA = re.compile(r"https://news\.example/api/my-data\?token=([\w.-]+)")
READER = "reader1@inbox.example"


def a_reader() -> tuple[Site, str]:
    """A confirmed subscriber, and the token of the link to their data."""
    site = Site()
    known_as(site, "confirmed")
    assert site.ask("POST", "/api/my-data", {"email": READER}).status == 200
    return site, site.link(DATA)


def test_a_reader_sees_what_is_kept_and_takes_it_along() -> None:
    site, token = a_reader()
    page = site.ask("GET", "/api/my-data", query=f"token={token}")
    assert page.status == 200
    assert READER in page.body
    assert CONSENT in page.body
    answer = site.ask("POST", "/api/my-data/export", {"token": token})
    kept = json.loads(answer.body)

    assert answer.to_event()["headers"]["content-type"].startswith("application/json")
    assert (kept["address"], kept["state"], kept["consent"]["words"]) == (READER, "confirmed", CONSENT)
    assert kept["confirmed_at"] == "2026-10-25T11:00:00Z"
    assert "sealed" not in answer.body


def test_a_reader_has_everything_deleted_and_the_link_is_worth_nothing_then() -> None:
    site, token = a_reader()
    site.readers.suppress(Suppression(subscriber_id=a_subscriber(1).id, reason="bounce", at=SIX))
    assert site.ask("POST", "/api/my-data/delete", {"token": token}).status == 200

    assert site.readers.subscribers == {}
    assert list(site.readers.suppressions) == [a_subscriber(1).id], "so that it holds"
    for method, path in (("GET", "/api/my-data"), ("POST", "/api/my-data/export"), ("POST", "/api/my-data/delete")):
        given: dict[str, Any] = {"query": f"token={token}"} if method == "GET" else {"form": {"token": token}}
        assert site.ask(method, path, **given).status == 400


def test_the_link_to_one_s_data_ends_and_opens_nothing_else() -> None:
    site, token = a_reader()
    assert site.confirm(token).status == 400
    assert site.ask("POST", "/api/unsubscribe", {"token": token}).status == 400
    leave = Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX))
    assert site.ask("GET", "/api/my-data", query=f"token={leave}").status == 400
    assert site.ask("POST", "/api/my-data/delete", {"token": leave}).status == 400
    site.now += timedelta(hours=24)

    assert site.ask("GET", "/api/my-data", query=f"token={token}").status == 400


def test_looking_deletes_and_changes_nothing() -> None:
    site, token = a_reader()
    before = dict(site.readers.subscribers)
    for path in ("/api/my-data", "/api/my-data/export", "/api/my-data/delete", "/api/preferences"):
        site.ask("GET", path, query=f"token={token}&days=weekdays")

    assert site.readers.subscribers == before


def test_asking_for_data_answers_the_same_whatever_is_kept() -> None:
    answers = set()
    for state in STATES:
        site = Site()
        known_as(site, state)
        for _ in range(2):
            answers.add(json.dumps(site.ask("POST", "/api/my-data", {"email": READER}).to_event(), sort_keys=True))
        assert len(site.mail.outbox) == (0 if state == "suppressed" else 1)
    assert len(answers) == 1


def test_of_a_stranger_nothing_is_kept_and_the_mail_says_so() -> None:
    site = Site()
    site.ask("POST", "/api/my-data", {"email": "stranger@inbox.example"})

    assert "Nothing: it has not asked" in site.mail.outbox[-1].part("plain")
    assert site.readers.subscribers == {}


def test_sign_ups_and_questions_together_lead_to_one_mail_a_day() -> None:
    site = Site()
    for _ in range(5):
        site.subscribe()
        site.ask("POST", "/api/my-data", {"email": "reader@inbox.example"})

    assert len(site.mail.outbox) == 1


@pytest.mark.parametrize("purpose", ["manage", "unsubscribe"])
def test_days_are_chosen_by_the_link_to_one_s_data_or_that_of_any_issue(purpose: str) -> None:
    site, token = a_reader()
    if purpose == "unsubscribe":
        token = Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX))
        assert "Monday to Friday" in site.ask("GET", "/api/unsubscribe", query=f"token={token}").body
    for _ in range(2):
        assert site.ask("POST", "/api/preferences", {"token": token, "days": "weekdays"}).status == 200

    known = site.readers.find_subscriber(a_subscriber(1).id)
    assert known
    assert (known.days, known.state, known.revision) == ("weekdays", "confirmed", 2)
    for given in ({"days": "sundays"}, {"days": ""}, {"token": "x.y"}):
        assert site.ask("POST", "/api/preferences", {"token": token, "days": "daily"} | given).status == 400


def test_days_can_be_chosen_at_once() -> None:
    site = Site()
    site.ask("POST", "/api/subscribe", {"email": READER, "days": "weekdays"})
    site.confirm(site.link())
    known = site.readers.find_subscriber(a_subscriber(1).id)

    assert known
    assert known.days == "weekdays"


@pytest.mark.parametrize(("date", "recipients"), [("2026-11-24", 2), ("2026-11-28", 1), ("2026-11-26", 2)])
def test_who_wants_weekdays_gets_nothing_at_the_weekend(date: str, recipients: int) -> None:
    """A Tuesday, a Saturday, and Thanksgiving, which is a weekday all the same."""
    desk = BriefingDesk()
    desk.clock = lambda: datetime.fromisoformat(f"{date}T11:00Z")
    desk.readers.store_subscriber(a_subscriber(1))
    desk.readers.store_subscriber(a_subscriber(2, days="weekdays"))

    assert compose(date=date)["recipients"] == recipients


@dataclass
class Watched:
    """The readers' table with every call written down."""

    real: Any
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        return getattr(self.real, name)


@pytest.mark.parametrize("path", ["/api/subscribe", "/api/my-data"])
def test_whatever_is_known_of_an_address_the_steps_before_the_mail_and_the_time_are_the_same(path: str) -> None:
    """The clock is the test's: SES takes 0.2 s where a mail is sent, and the table 0.01 s for each call."""
    from dataclasses import replace

    from newsroom.readers.request import read_request

    steps, times = set(), set()
    for state in (*STATES, "refused"):
        for again in range(2):
            site = Site()
            known_as(site, state if state in STATES else "unknown")
            if again:
                site.ask("POST", path, {"email": READER})
            seconds = [0.0]
            mail = FakeMail(before=lambda _to, seconds=seconds, state=state: slow(seconds, refuses=state == "refused"))
            watched = Watched(site.readers)
            reception = a_reception(site.archive, watched, mail)  # type: ignore[arg-type]
            even = EvenTime(1.0, lambda seconds=seconds: seconds[0], lambda time, s=seconds: s.__setitem__(0, s[0] + time))  # fmt: skip # noqa: E501
            reception = replace(reception, subscribing=replace(reception.subscribing, even_time=even))
            reception.answer(read_request(an_event("POST", path, {"email": READER}), ""), site.now)
            steps.add(tuple(watched.calls[: watched.calls.index("claim_letter") + 1]))
            times.add(round(seconds[0], 6))

    assert steps == {("take", "take", "find_subscriber", "suppression", "claim_letter")}
    assert times == {1.0}


def slow(seconds: list[float], refuses: bool) -> None:
    seconds[0] += 0.2
    if refuses:
        raise MailRefused("no")


def test_an_answer_that_took_longer_is_not_held_back_and_a_failure_is() -> None:
    slept: list[float] = []
    ticks = iter([0.0, 5.0, 0.0, 0.25])
    even = EvenTime(1.0, lambda: next(ticks), slept.append)
    with even.kept():
        pass
    with pytest.raises(BadInput), even.kept():
        raise BadInput("no address")

    assert slept == [0.75]


@pytest.mark.parametrize(
    ("setting", "refused"),
    [
        ("none", ""), ("", ""), ("listed", "x@mailinator.com x@sub.mailinator.com x@MAILINATOR.com"),
        ("listed, throw.example", "x@mailinator.com x@throw.example"), ("throw.example", "x@throw.example"),
    ],
)  # fmt: skip
def test_throw_away_hosts_are_refused_by_setting(setting: str, refused: str) -> None:
    hosts = Hosts.of(setting)
    every = "x@mailinator.com x@sub.mailinator.com x@MAILINATOR.com x@throw.example x@notmailinator.com x@inbox.example"

    assert {one for one in every.split() if hosts.refuses(read_address(one))} >= set(refused.split())
    assert not hosts.refuses(read_address("x@inbox.example"))
    assert not hosts.refuses(read_address("x@notmailinator.com"))
    site = Site(limits=LIMITS.model_copy(update={"disposable_domains": setting}))
    for address in refused.split():
        assert site.subscribe(address).status == 400
    assert site.mail.outbox == []


def test_the_packaged_list_is_in_order_and_holds_no_ordinary_host() -> None:
    assert len(listed()) > 40
    assert not listed() & {"gmail.com", "outlook.com", "gmx.de", "icloud.com", "proton.me"}
    for domain in listed():
        read_address(f"x@{domain}")


def test_ten_thousand_forged_foreign_expired_and_used_links_open_nothing() -> None:
    """C12 at the API: each kind of link at each door that takes one."""
    import random

    chance = random.Random(11)
    site, manage = a_reader()
    site.subscribe("other@inbox.example")
    confirm = site.link()
    leave = Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX))
    foreign = Tokens("another secret that is long enough for it").sign(farewell(a_subscriber(1).id, SIX))
    expired = Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX - timedelta(days=401)))
    doors = {"/api/confirm": confirm, "/api/unsubscribe": leave, "/api/my-data/delete": manage, "/api/preferences": ""}
    before = dict(site.readers.subscribers)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
    for _ in range(10_000):
        path, fits = chance.choice(list(doors.items()))
        good = chance.choice([manage, confirm, leave])
        at = chance.randrange(len(good))
        other = chance.choice([one for one in alphabet if one != good[at]])
        changed = good[:at] + other + good[at + 1 :]
        token = chance.choice([changed, good[:at], good + other, good[:at] + good[at + 1 :], foreign, expired, good])
        if token == good and (good == fits or not fits):
            continue
        if token in (manage, leave) and path == "/api/preferences":
            continue
        assert (
            site.ask("POST", path, {"token": token, "days": "weekdays"} if not fits else {"token": token}).status == 400
        )
    assert site.readers.subscribers == before


@pytest.mark.parametrize(
    "form",
    [
        {"email[$ne]": "x"}, {"email": "reader@inbox.example", "role": "admin"}, {"$where": "1"}, {"__proto__": "x"},
        {"email.address": "reader@inbox.example"}, {"email": '{"$gt": ""}'}, {"email": "[" * 5000}, {},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/subscribe", "/api/my-data", "/api/vote", "/api/report", "/api/preferences"])
def test_fields_that_no_form_of_ours_has_are_refused(path: str, form: dict[str, str]) -> None:
    site = Site()

    assert site.ask("POST", path, form).status == 400
    assert site.mail.outbox == []
    assert site.readers.subscribers == {}


@pytest.mark.parametrize("depth", [10, 7_000])
def test_json_however_deep_is_no_form(depth: int) -> None:
    body = '{"a":' * depth + "1" + "}" * depth
    for content_type in ("application/json", "application/x-www-form-urlencoded"):
        answer = Site().ask("POST", "/api/subscribe", {}, body=body, headers={"content-type": content_type})
        assert answer.status in (400, 413)


def test_an_address_is_stored_sealed_and_looked_up_by_a_keyed_hash() -> None:
    site = Site()
    site.subscribe("secret.person@inbox.example")
    (stored,) = site.readers.subscribers.values()

    assert "secret" not in stored.model_dump_json()
    assert stored.id == Seal(SECRET).subscriber_id("secret.person@inbox.example")
    assert stored.id != Seal(SECRET[::-1]).subscriber_id("secret.person@inbox.example")
