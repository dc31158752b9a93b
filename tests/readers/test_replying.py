"""A reader who gave an address with a report is told the decision: once, and nobody else learns that they asked."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from newsroom.errors import MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.readers.reply import REPLIES_A_DAY, REPLY_CONSENT, REPLY_KEPT, Reply
from newsroom.readers.reports import LONGEST_LINK, Report
from newsroom.readers.sealing import Seal
from newsroom.readers.subscriber import Suppression
from newsroom.site.openapi import openapi

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import HOUSE, SECRET, SIX
from tests.fakes.receptions import LIMITS, an_event
from tests.fakes.sample_house import SampleHouse
from tests.readers.test_answering import STATES, Site, a_report, known_as, published
from tests.readers.test_own_data import DATA, READER

OWNER = Seal(SECRET).subscriber_id(READER)
NAME = READER.split("@")[0]


@dataclass
class Desk:
    """The site, and the desk that decides, over the same archive, table and post office."""

    site: Site = field(default_factory=Site)
    functions: BriefingDesk = field(default_factory=BriefingDesk)
    story: str = ""

    def __post_init__(self) -> None:
        self.story = published(self.site)
        parts = {"archive": self.site.archive, "readers": self.site.readers, "mail": self.site.mail}
        self.functions.__dict__.update(parts, clock=lambda: self.site.now)

    def report(self, **changes: str) -> Report:
        form = a_report(self.story, email=READER) | changes
        answer = self.site.ask("POST", "/api/report", form)
        assert answer.status == 200
        found = re.search(r"RPT-[A-Z2-7]{16}", answer.body)
        assert found
        return self.site.archive.report(found[0])  # type: ignore[no-any-return]

    def decide(self, report: Report, **given: Any) -> dict[str, Any]:
        decision = {"report_id": report.id, "outcome": "rejected", "reason": "The source says <b>March</b>."}
        return run("decide_report", decision | given)

    def kept(self, address: str = READER) -> list[Reply]:
        return self.site.readers.replies(Seal(SECRET).subscriber_id(address))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_reader_is_told_the_decision_once_and_the_address_is_gone(desk: Desk) -> None:
    report = desk.report()
    assert [one.state for one in desk.kept()] == ["wanted"]
    assert desk.site.mail.outbox == [], "nothing before the decision"

    assert desk.decide(report)["reply"] == "sent"
    assert desk.decide(report)["reply"] == "none", "the same decision again"
    (posted,) = desk.site.mail.outbox
    assert (posted.to, posted.stream, posted.tags) == (READER, "transactional", {"subscriber": OWNER})
    for kind, reason in (("plain", "<b>March</b>"), ("html", "&lt;b&gt;March&lt;/b&gt;")):
        text = " ".join(posted.part(kind).split())
        assert f"https://news.example/api/report?id={report.id}" in text
        assert "https://news.example/story/nordlicht" in text
        assert "leave the story as it is" in text
        assert f"The source says {reason}" in text
        assert "It was March" not in text, "nobody writes to others through our form"
    assert [(one.state, one.sealed_address) for one in desk.kept()] == [("ended", "")]


def test_a_correction_is_told_as_one(desk: Desk) -> None:
    edits = [{"was": "Shares fell 4.2% in Frankfurt."}]
    answer = desk.decide(desk.report(), outcome="correction", reason="", edits=edits)

    assert (answer["state"], answer["reply"]) == ("confirmed", "sent")
    assert "the correction is being made" in " ".join(desk.site.mail.outbox[0].part("plain").split())


def test_who_gives_no_address_is_written_to_by_nobody(desk: Desk) -> None:
    report = desk.report(email="")

    assert desk.decide(report)["reply"] == "none"
    assert desk.site.readers.all_replies == {}
    assert not any("sign-ups" in name for name, _ in desk.site.readers.taken)


@pytest.mark.parametrize("when", ["before the report", "before the decision"])
@pytest.mark.parametrize("days", [0, 31])
def test_a_suppressed_mailbox_is_never_written_to(desk: Desk, when: str, days: int) -> None:
    suppression = Suppression(subscriber_id=OWNER, reason="complaint", at=SIX - timedelta(days=days))
    if when == "before the report":
        desk.site.readers.suppress(suppression)
    report = desk.report()
    desk.site.readers.suppress(suppression)

    assert desk.decide(report)["reply"] == "not sent"
    assert desk.decide(report)["reply"] == "none"
    assert desk.site.mail.outbox == []
    assert [one.sealed_address for one in desk.kept()] == [""]


@pytest.mark.parametrize(
    ("error", "reply", "again"),
    [
        (MailThrottled("slow"), "waiting", "sent"), (MailSuspended("paused"), "waiting", "sent"),
        (MailRefused("no"), "not sent", "none"), (MailUncertain("lost"), "unknown", "none"),
    ],
)  # fmt: skip
def test_a_letter_that_fails_undoes_no_decision_and_is_sent_again_only_where_it_was_not(
    error: Exception, reply: str, again: str
) -> None:
    errors = [error]

    def fail(_to: str) -> None:
        if errors:
            raise errors.pop()

    desk = Desk(Site(mail=FakeMail(before=fail)))
    report = desk.report()

    assert desk.decide(report)["reply"] == reply
    assert desk.site.archive.report(report.id).state == "rejected"
    assert desk.decide(report)["reply"] == again
    assert len(desk.site.mail.outbox) == (1 if again == "sent" else 0)
    assert {one.sealed_address for one in desk.kept()} == {""}


class Killed(Exception):
    """The worker is gone."""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_that_dies_with_a_letter_in_its_hand_leads_to_no_second_one(moment: str) -> None:
    def die(_to: str) -> None:
        raise Killed

    desk = Desk(Site(mail=FakeMail(**{moment: die})))
    report = desk.report()
    with pytest.raises(Killed):
        desk.decide(report)

    assert desk.decide(report) == {
        "report_id": report.id, "state": "rejected", "ruling_id": "", "kind": "", "repeated": True, "reply": "none",
    }  # fmt: skip
    assert len(desk.site.mail.outbox) == (1 if moment == "after" else 0)


def test_after_thirty_days_nothing_is_sent(desk: Desk) -> None:
    report = desk.report()
    desk.site.now += REPLY_KEPT

    assert desk.decide(report)["reply"] == "none"
    assert desk.site.mail.outbox == []


def test_a_form_sent_again_leads_to_no_second_letter(desk: Desk) -> None:
    report = desk.report()
    assert desk.report() == report
    desk.decide(report)
    assert desk.report().id == report.id
    desk.decide(report)

    assert len(desk.site.mail.outbox) == 1
    assert [one.state for one in desk.kept()] == ["ended"]


def test_a_mistyped_address_can_be_given_again(desk: Desk) -> None:
    reports = [desk.report(email=address) for address in ("raeder1@inbox.example", READER)]
    for report in reports:
        desk.decide(report)

    assert [posted.to for posted in desk.site.mail.outbox] == ["raeder1@inbox.example", READER]


def test_nobody_is_bombed_through_the_form(desk: Desk) -> None:
    desk.site.limits = LIMITS.model_copy(update={"reports_per_network_and_hour": 10_000})
    answers = set()
    for number in range(60):
        form = a_report(desk.story, text=f"Wrong {number}.", email="Reader1+x@inbox.example")
        answer = desk.site.ask("POST", "/api/report", form, source=f"198.51.{number}.7")
        answers.add(re.sub(r"RPT-[A-Z2-7]{16}", "RPT", json.dumps(answer.to_event(), sort_keys=True)))
    for report in list(desk.site.archive.reports.values()):
        desk.decide(report)

    assert len(answers) == 1
    assert len(desk.site.archive.reports) == 60, "each is looked into"
    assert len(desk.site.mail.outbox) == REPLIES_A_DAY


def test_addresses_on_reports_count_as_sign_ups_do(desk: Desk) -> None:
    desk.site.limits = LIMITS.model_copy(update={"reports_per_network_and_hour": 1000, "subscriptions_per_hour": 25})
    form = a_report(desk.story)
    one_network = [
        desk.site.ask("POST", "/api/report", form | {"email": f"r{number}@inbox.example"}).status
        for number in range(21)
    ]
    others = [
        desk.site.ask("POST", "/api/report", form | {"email": f"s{n}@inbox.example"}, source=f"198.51.{n}.1").status
        for n in range(6)
    ]

    assert one_network == [200] * 20 + [429]
    assert others == [200] * 5 + [429]
    assert len(desk.site.readers.all_replies) == 25


def test_throw_away_hosts_are_refused_as_at_sign_up(desk: Desk) -> None:
    desk.site.limits = LIMITS.model_copy(update={"disposable_domains": "throw.example"})

    assert desk.site.ask("POST", "/api/report", a_report(desk.story, email="x@throw.example")).status == 400
    assert desk.site.archive.reports == {}


def test_the_answer_is_the_same_for_every_address() -> None:
    answers = set()
    for state in STATES:
        desk = Desk()
        known_as(desk.site, state)
        for _ in range(2):
            answer = desk.site.ask("POST", "/api/report", a_report(desk.story, email=READER))
            answers.add(json.dumps(answer.to_event(), sort_keys=True))

    assert len(answers) == 1


def test_no_address_and_no_link_is_in_a_log_a_public_page_or_the_report(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    link = "https://evidence.example/filing?page=3"
    caplog.set_level("DEBUG")
    answer = run("answer_reader", an_event("POST", "/api/report", a_report(desk.story, email=READER, links=link)))
    (report,) = desk.site.archive.reports.values()
    assert report.links == (link,), "the desk sees it"
    decided = desk.decide(report)
    page = desk.site.ask("GET", "/api/report", query=f"id={report.id}").body
    told = run("reckon_feedback", {})
    files = [file.body.decode(errors="replace") for file in desk.functions.published_files.files.values()]
    written = [str(vars(record)) for record in caplog.records]

    assert {"answered", "decided", "reckoned"} <= {record.getMessage() for record in caplog.records}
    assert any("feedback" in file for file in files)
    for text in (str(answer), str(decided), page, str(told), *files, *written):
        assert not any(word in text for word in (NAME, OWNER, "evidence.example", "It was March"))
    for record in (report, *desk.site.readers.all_replies.values()):
        assert NAME not in record.model_dump_json()
    assert OWNER not in report.model_dump_json(), "reading reports never means reading people"


@pytest.mark.parametrize("subscribed", [False, True])
def test_my_data_shows_a_letter_that_is_wanted_and_deletes_it(desk: Desk, subscribed: bool) -> None:
    if subscribed:
        known_as(desk.site, "confirmed")
    report = desk.report()
    desk.site.ask("POST", "/api/my-data", {"email": READER})
    token = desk.site.link(DATA)
    page = desk.site.ask("GET", "/api/my-data", query=f"token={token}")
    assert page.status == 200
    assert READER in page.body
    assert report.id in page.body
    assert ("Keep this choice" in page.body) == subscribed
    kept = json.loads(desk.site.ask("POST", "/api/my-data/export", {"token": token}).body)
    assert (kept["address"], [one["report_id"] for one in kept["replies"]]) == (READER, [report.id])

    assert desk.site.ask("POST", "/api/my-data/delete", {"token": token}).status == 200
    assert desk.site.readers.all_replies == {}
    assert desk.decide(report)["reply"] == "none"
    assert desk.site.mail.outbox[1:] == [], "the link to the data was all"
    for path in ("/api/my-data/export", "/api/my-data/delete"):
        assert desk.site.ask("POST", path, {"token": token}).status == 400, "worth nothing then"


def test_after_the_letter_my_data_has_the_mark_without_an_address(desk: Desk) -> None:
    desk.decide(desk.report())
    desk.site.ask("POST", "/api/my-data", {"email": READER})
    token = desk.site.link(DATA)

    assert READER not in desk.site.ask("GET", "/api/my-data", query=f"token={token}").body
    kept = json.loads(desk.site.ask("POST", "/api/my-data/export", {"token": token}).body)
    assert (kept["address"], kept["replies"][0]["state"]) == (None, "ended")
    desk.site.now += REPLY_KEPT
    assert desk.site.ask("POST", "/api/my-data", {"email": READER}).status == 200
    assert "Nothing: it has not asked" in " ".join(desk.site.mail.outbox[-1].part("plain").split())


@pytest.mark.parametrize(
    "links",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://files.example/x", "//evidence.example/", "evidence.example",
        "https://", "https://user@evidence.example/", "http://[::1", "https://evidence.example/\u202egpj.exe",
        "https://evid\u0435nce.example/", "https://evidence.example/\x07", "mailto:a@b.example", "file:///etc/passwd",
        "https://evidence.example/" + "x" * LONGEST_LINK, "\n".join(f"https://e.example/{n}" for n in range(4)),
        "https://e.example/ and more",
    ],
)  # fmt: skip
def test_a_link_that_leads_elsewhere_than_it_says_is_refused(desk: Desk, links: str) -> None:
    answer = desk.site.ask("POST", "/api/report", a_report(desk.story, links=links))

    assert answer.status == 400
    assert "links" in answer.body
    assert desk.site.archive.reports == {}


def test_links_are_taken_one_on_each_line_as_browsers_send_them(desk: Desk) -> None:
    links = "https://evidence.example/a?b=c#d\r\n\r\n  http://evidence.example:8080/e \r\n"
    report = desk.report(links=links)

    assert report.links == ("https://evidence.example/a?b=c#d", "http://evidence.example:8080/e")
    assert desk.report(links="").id != report.id


def test_the_form_has_the_fields_and_the_words_that_are_agreed_to() -> None:
    house = SampleHouse()
    house.accept_several(1)
    house.publish()
    pages = [
        file.body.decode() for key, file in house.files.files.items() if re.fullmatch(r"story/[^/]+/index\.html", key)
    ]

    assert pages
    for page in pages:
        assert REPLY_CONSENT in page
        assert 'name="links"' in page
        assert re.search(r'<input [^>]*name="email" type="email"[^>]*aria-describedby="reply-consent"', page)


def test_the_description_of_the_forms_has_the_fields() -> None:
    fields = openapi(HOUSE)["components"]["schemas"]["GivenReport"]["properties"]

    assert (fields["links"]["type"], fields["links"]["default"]) == ("string", "")
    assert (fields["email"]["maxLength"], fields["email"]["default"]) == (254, "")
