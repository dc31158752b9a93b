"""What the site answers a reader who talks back."""

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from newsroom.errors import MailRefused, MailSuspended, MailThrottled
from newsroom.readers.request import SECURITY_HEADERS, Answer, read_request
from newsroom.readers.sealing import Seal
from newsroom.readers.subscriber import Suppression
from newsroom.readers.subscriptions import CONSENT_TEXT, farewell
from newsroom.readers.tokens import Tokens

from tests.fakes.archive import FakeArchive
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SECRET, SIX, a_subscriber
from tests.fakes.newsroom_values import a_version
from tests.fakes.readers_archive import FakeReadersArchive
from tests.fakes.receptions import FORM, LIMITS, a_reception, an_event

CONFIRM = re.compile(r"https://news\.example/api/confirm\?token=([\w.-]+)")
LEAVE = re.compile(r"https://news\.example/api/unsubscribe\?token=([\w.-]+)")


@dataclass
class Site:
    """The API with a clock of the test's."""

    archive: FakeArchive = field(default_factory=FakeArchive)
    readers: FakeReadersArchive = field(default_factory=FakeReadersArchive)
    mail: FakeMail = field(default_factory=FakeMail)
    now: datetime = SIX
    limits: Any = LIMITS

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **given: Any) -> Answer:
        request = read_request(an_event(method, path, form, **given), "")
        return a_reception(self.archive, self.readers, self.mail, self.limits).answer(request, self.now)

    def subscribe(self, address: str = "reader@inbox.example", **given: Any) -> Answer:
        return self.ask("POST", "/api/subscribe", {"email": address}, **given)

    def state(self, address: str = "reader@inbox.example") -> str:
        known = self.readers.find_subscriber(Seal(SECRET).subscriber_id(address))
        return known.state if known else "nobody"

    def link(self, pattern: re.Pattern[str] = CONFIRM) -> str:
        """The token of the newest letter."""
        found = pattern.search(self.mail.outbox[-1].part("plain"))
        assert found
        return found.group(1)

    def confirm(self, token: str) -> Answer:
        return self.ask("POST", "/api/confirm", {"token": token})


@pytest.fixture
def site() -> Site:
    return Site()


def test_a_reader_subscribes_confirms_and_leaves(site: Site) -> None:
    assert site.subscribe().status == 200
    assert site.state() == "pending"
    token = site.link()
    page = site.ask("GET", "/api/confirm", query=f"token={token}")
    assert page.status == 200
    assert f'name="token" value="{token}"' in page.body
    assert site.state() == "pending", "looking at the page confirms nothing"
    assert site.confirm(token).status == 200
    assert site.state() == "confirmed"

    known = site.readers.find_subscriber(Seal(SECRET).subscriber_id("reader@inbox.example"))
    assert known
    assert known.confirmed_at == SIX
    assert known.consent_text == CONSENT_TEXT
    leave = Tokens(SECRET).sign(farewell(known.id, SIX))
    assert site.ask("POST", "/api/unsubscribe", {"token": leave}).status == 200
    assert site.state() == "unsubscribed"


def a_leaver(site: Site) -> str:
    subscriber = site.readers.store_subscriber(a_subscriber(1))
    return Tokens(SECRET).sign(farewell(subscriber.id, SIX))


def test_following_the_link_does_not_unsubscribe(site: Site) -> None:
    token = a_leaver(site)
    for method in ("GET", "HEAD"):
        assert site.ask(method, "/api/unsubscribe", query=f"token={token}").status == 200

    assert site.state("reader1@inbox.example") == "confirmed"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, "List-Unsubscribe=One-Click"),
        (f"{FORM}; charset=UTF-8", "List-Unsubscribe=One-Click"),
        (
            "multipart/form-data; boundary=x",
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
        ),
    ],
)
@pytest.mark.parametrize("encoded", [True, False])
def test_one_click_unsubscribes_without_cookie_or_question(
    site: Site, content_type: str, body: str, encoded: bool
) -> None:
    token = a_leaver(site)
    text = base64.b64encode(body.encode()).decode() if encoded else body
    for _ in range(2):
        answer = site.ask(
            "POST", "/api/unsubscribe", query=f"token={token}", headers={"content-type": content_type}, body=text,
            isBase64Encoded=encoded,
        )  # fmt: skip
        assert answer.status == 200, "no redirect either"
        assert not any(name.lower() in ("set-cookie", "location") for name in answer.to_event()["headers"])

    assert site.state("reader1@inbox.example") == "unsubscribed"


def test_who_is_forgotten_can_still_press_unsubscribe(site: Site) -> None:
    token = a_leaver(site)
    site.readers.forget(a_subscriber(1).id)

    assert site.ask("POST", "/api/unsubscribe", {"token": token}).status == 200


def test_a_link_for_one_thing_does_no_other(site: Site) -> None:
    leave = a_leaver(site)
    site.subscribe()
    confirm = site.link()

    assert site.confirm(leave).status == 400
    assert site.ask("POST", "/api/unsubscribe", {"token": confirm}).status == 400
    assert site.state("reader1@inbox.example") == "confirmed"
    assert site.state() == "pending"


def test_a_confirmation_link_works_once(site: Site) -> None:
    site.subscribe()
    first = site.link()
    site.confirm(first)
    assert site.confirm(first).status == 200, "pressed twice"
    known = site.readers.find_subscriber(Seal(SECRET).subscriber_id("reader@inbox.example"))
    assert known
    site.ask("POST", "/api/unsubscribe", {"token": Tokens(SECRET).sign(farewell(known.id, SIX))})

    assert site.confirm(first).status == 400
    assert site.state() == "unsubscribed"

    site.now += timedelta(hours=30)
    site.subscribe()
    assert site.confirm(first).status == 400, "a newer request has a link of its own"
    assert site.confirm(site.link()).status == 200


def test_a_confirmation_link_ends(site: Site) -> None:
    site.subscribe()
    site.now += timedelta(hours=49)

    assert site.confirm(site.link()).status == 400
    assert site.ask("GET", "/api/confirm", query=f"token={site.link()}").status == 400
    assert site.state() == "pending"


def known_as(site: Site, state: str) -> None:
    """`reader1@inbox.example` in some state; `suppressed` in two ways."""
    if state == "unknown":
        return
    site.readers.store_subscriber(a_subscriber(1, state="suppressed" if "suppressed" in state else state))
    if state == "suppressed":
        site.readers.suppress(Suppression(subscriber_id=a_subscriber(1).id, reason="complaint", at=SIX))
    if state == "suppressed long ago":
        at = SIX - timedelta(days=31)
        site.readers.suppress(Suppression(subscriber_id=a_subscriber(1).id, reason="bounce", at=at))


STATES = ("unknown", "pending", "confirmed", "unsubscribed", "suppressed", "suppressed long ago")


def test_the_answer_is_the_same_for_every_address() -> None:
    answers = set()
    for state in STATES:
        site = Site()
        known_as(site, state)
        for _ in range(2):
            answers.add(json.dumps(site.subscribe("reader1@inbox.example").to_event(), sort_keys=True))
    refusing = Site(mail=FakeMail(before=refuse))
    answers.add(json.dumps(refusing.subscribe().to_event(), sort_keys=True))

    assert len(answers) == 1


def refuse(_to: str) -> None:
    raise MailRefused("bad address")


@pytest.mark.parametrize(
    ("state", "subject"),
    [
        ("unknown", "Confirm that you want the Footnote briefing"),
        ("pending", "Confirm that you want the Footnote briefing"),
        ("confirmed", "You already receive the Footnote briefing"),
        ("unsubscribed", "Confirm that you want the Footnote briefing"),
        ("suppressed", None),
        ("suppressed long ago", "Confirm that you want the Footnote briefing"),
    ],
)
def test_a_sign_up_leads_to_one_letter_a_day(state: str, subject: str | None) -> None:
    site = Site()
    known_as(site, state)
    for _ in range(5):
        site.subscribe("reader1@inbox.example")
        site.now += timedelta(hours=4)

    assert [posted.message["Subject"] for posted in site.mail.outbox] == ([subject] if subject else [])
    assert {posted.stream for posted in site.mail.outbox} <= {"transactional"}
    site.now += timedelta(hours=4)
    site.subscribe("reader1@inbox.example")
    assert len(site.mail.outbox) == (2 if subject else 0)


def test_asking_again_takes_nothing_from_a_subscriber(site: Site) -> None:
    known_as(site, "confirmed")
    site.subscribe("reader1@inbox.example")

    assert site.state("reader1@inbox.example") == "confirmed"
    assert site.ask("POST", "/api/unsubscribe", {"token": site.link(LEAVE)}).status == 200


def test_aliases_of_one_mailbox_get_one_letter(site: Site) -> None:
    for address in ("reader@gmail.com", "Reader+1@gmail.com", "r.eader+2@googlemail.com", "READER@GMAIL.COM"):
        site.subscribe(address)

    assert len(site.mail.outbox) == 1


def test_only_a_new_confirmation_ends_a_suppression(site: Site) -> None:
    known_as(site, "suppressed long ago")
    site.subscribe("reader1@inbox.example")
    assert site.readers.suppression(a_subscriber(1).id)
    site.confirm(site.link())

    assert site.readers.suppression(a_subscriber(1).id) is None
    assert site.state("reader1@inbox.example") == "confirmed"


def test_one_network_and_everybody_together_have_limits() -> None:
    site = Site(limits=LIMITS.model_copy(update={"subscriptions_per_hour": 25}))
    one_network = [site.subscribe(f"r{n}@inbox.example", source=f"198.51.100.{n}").status for n in range(30)]
    others = [site.subscribe(f"s{n}@inbox.example", source=f"198.51.{n}.1").status for n in range(10)]

    assert one_network == [200] * 20 + [429] * 10
    assert others == [200] * 5 + [429] * 5
    assert len(site.mail.outbox) == 25
    site.now += timedelta(hours=1)
    assert site.subscribe("later@inbox.example").status == 200


@pytest.mark.parametrize("error", [MailThrottled("slow"), MailSuspended("paused")])
def test_when_mail_must_wait_the_reader_may_try_again(error: Exception) -> None:
    errors = [error]

    def fail(_to: str) -> None:
        if errors:
            raise errors.pop()

    site = Site(mail=FakeMail(before=fail))
    assert site.subscribe().status == 503
    assert site.subscribe().status == 200
    assert len(site.mail.outbox) == 1


def published(site: Site) -> str:
    version = a_version()
    site.archive.publish_version(version)
    return version.story_id


def test_a_vote_is_counted_and_nothing_else_kept(site: Site) -> None:
    story = published(site)
    answer = site.ask("POST", "/api/vote", {"story": story, "useful": "yes"})

    assert answer.status == 200
    assert "/story/nordlicht" in answer.body
    assert site.archive.all_votes == {("2026-11-24", story, True): 1}
    assert not any("198.51.100" in name for name, _ in site.readers.taken)


def test_votes_of_one_network_are_limited(site: Site) -> None:
    story = published(site)
    for _ in range(100):
        site.ask("POST", "/api/vote", {"story": story, "useful": "no"})

    assert site.archive.all_votes == {("2026-11-24", story, False): LIMITS.votes_per_network_and_story}


def a_report(story: str, **changes: str) -> dict[str, str]:
    return {
        "story": story,
        "version": "1",
        "sentence": "body-1-2",
        "kind": "factual",
        "text": "It was March.",
    } | changes


def test_a_report_is_filed_once_and_its_state_is_public(site: Site) -> None:
    story = published(site)
    for _ in range(2):
        answer = site.ask("POST", "/api/report", a_report(story, text="<b>It was</b> March."))
    found = re.search(r"RPT-[A-Z2-7]{16}", answer.body)

    assert found
    assert list(site.archive.reports) == [found.group()]
    page = site.ask("GET", "/api/report", query=f"id={found.group()}")
    assert page.status == 200
    assert "Received" in page.body
    assert "body-1-2" in page.body
    assert "It was" not in page.body, "what the reader wrote stays with the desk"


@pytest.mark.parametrize(
    "changes",
    [
        {"story": "s0000000000000000"}, {"story": "../etc"}, {"version": "2"}, {"version": "0"}, {"version": "one"},
        {"kind": "hate"}, {"text": ""}, {"text": "   "}, {"text": "x" * 1001}, {"sentence": "<script>"}, {"more": "x"},
        {"email": "nobody"}, {"email": "a@b.example,c@d.example"}, {"email": "a@b.example\r\nBcc: c@d.example"},
        {"email": "x" * 300 + "@inbox.example"},
    ],
)  # fmt: skip
def test_a_report_that_is_none_is_refused(site: Site, changes: dict[str, str]) -> None:
    answer = site.ask("POST", "/api/report", a_report(published(site)) | changes)

    assert answer.status == 400
    assert "pattern" not in answer.body, "a reader is told which field, not which regular expression"
    assert site.archive.reports == {}


@pytest.mark.parametrize("report_id", ["", "RPT-", "RPT-AAAAAAAAAAAAAAAA", "RPT-<script>", "RPT-../../x"])
def test_an_unknown_report_is_not_found(site: Site, report_id: str) -> None:
    answer = site.ask("GET", "/api/report", query=f"id={report_id}")

    assert answer.status == 404
    assert "<script>" not in answer.body


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/", 404), ("GET", "/api/admin", 404), ("GET", "/", 404), ("GET", "/api/subscribe", 405),
        ("DELETE", "/api/confirm", 405), ("PUT", "/api/unsubscribe", 405), ("OPTIONS", "/api/vote", 405),
        ("POST", "/api/subscribe", 400), ("GET", "/api/confirm", 400), ("POST", "/api/confirm", 400),
        ("GET", "/api/unsubscribe", 400), ("POST", "/api/unsubscribe", 400), ("POST", "/api/vote", 400),
        ("POST", "/api/report", 400), ("GET", "/api/report", 404), ("POST", "/api/subscribe/", 400),
    ],
)  # fmt: skip
def test_every_wrong_question_gets_a_page(site: Site, method: str, path: str, status: int) -> None:
    answer = site.ask(method, path, {} if method == "POST" else None)

    assert answer.status == status
    assert "<h1>" in answer.body
    if status == 405:
        assert answer.headers["allow"]


def test_every_answer_carries_the_security_headers_and_no_cookie(site: Site) -> None:
    for answer in (site.subscribe(), site.ask("GET", "/nothing"), site.subscribe("nobody")):
        headers = answer.to_event()["headers"]
        assert SECURITY_HEADERS.items() <= headers.items()
        assert "set-cookie" not in headers


def test_a_page_of_another_site_cannot_sign_anybody_up(site: Site) -> None:
    elsewhere = {"sec-fetch-site": "cross-site"}

    assert site.subscribe(headers=elsewhere).status == 400
    assert site.ask("POST", "/api/vote", {"story": published(site), "useful": "yes"}, headers=elsewhere).status == 400
    assert site.mail.outbox == []


def test_naughty_strings_in_every_field_are_answered(site: Site, shared_data: Path) -> None:
    strings = json.loads((shared_data / "attacks" / "naughty_strings.json").read_text("utf-8"))
    story = published(site)
    site.limits = LIMITS.model_copy(update={"reports_per_network_and_hour": 10_000})
    for text in strings:
        forms = [
            ("/api/subscribe", {"email": text}), ("/api/confirm", {"token": text}),
            ("/api/unsubscribe", {"token": text}), ("/api/vote", {"story": text, "useful": "yes"}),
            ("/api/vote", {"story": story, "useful": text}), ("/api/report", a_report(text)),
            ("/api/report", a_report(story, sentence=text)), ("/api/report", a_report(story, kind=text)),
            ("/api/report", a_report(story, text=text)), ("/api/report", a_report(story, version=text)),
            ("/api/report", a_report(story, links=text)), ("/api/report", a_report(story, email=text)),
            ("/api/subscribe", {"email": "reader@inbox.example", "days": text}), ("/api/my-data", {"email": text}),
            ("/api/my-data/export", {"token": text}), ("/api/my-data/delete", {"token": text}),
            ("/api/preferences", {"token": text, "days": "daily"}),
            ("/api/preferences", {"token": "x.y", "days": text}),
        ]  # fmt: skip
        for path, form in forms:
            try:
                answer = site.ask("POST", path, form)
            except UnicodeEncodeError:
                continue  # urlencode refuses it before it could be sent
            assert answer.status < 500
    kept = {report.text for report in site.archive.reports.values()}
    sent = {text.strip() for text in strings if 0 < len(text.strip()) <= 1000 and "\0" not in text}
    assert sent <= kept, "what a reader wrote is kept to the letter"


def test_a_field_named_twice_is_refused(site: Site) -> None:
    twice = "email=reader%40inbox.example&email=reader%40inbox.example"

    assert site.ask("POST", "/api/subscribe", {}, body=twice).status == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "x" * 40_000}, {"body": base64.b64encode(b"x" * 16_385).decode(), "isBase64Encoded": True},
        {"body": "email=" + "%" * 100}, {"body": "email=a&email=b"}, {"body": "email=%FF%FE"}, {"body": "é"},
        {"body": "&".join(f"f{n}=x" for n in range(30))}, {"body": "not a form"}, {"body": None},
        {"body": "###", "isBase64Encoded": True}, {"rawQueryString": "%ZZ&&&="}, {"headers": None},
        {"body": '{"email": "reader@inbox.example"}', "headers": {"content-type": "application/json"}},
        {"body": "email=reader%40inbox.example%00"}, {"body": "email=%ED%A0%80"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/subscribe", "/api/confirm", "/api/unsubscribe", "/api/vote", "/api/report"])
def test_what_is_no_form_is_refused(site: Site, path: str, changes: dict[str, Any]) -> None:
    answer = site.ask("POST", path, {}, **changes)

    assert answer.status in (400, 413)
    assert site.mail.outbox == []
