"""Mail that asks to be left alone."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from newsroom.errors import BadInput
from newsroom.readers.subscriptions import farewell, farewell_by_mail
from newsroom.readers.tokens import Tokens

from tests.briefing.test_rendering import an_issue
from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SECRET, SIX, a_postman, a_subscriber
from tests.fakes.readers_archive import FakeReadersArchive
from tests.readers.test_answering import Site

A_TOKEN = Tokens(SECRET).sign(farewell_by_mail(a_subscriber(1).id, SIX))


def received(subject: str, **changes: Any) -> dict[str, Any]:
    mail = {"messageId": "m1", "source": "anybody@inbox.example", "commonHeaders": {"subject": subject}}
    return {"Records": [{"eventSource": "aws:ses", "eventVersion": "1.0", "ses": {"mail": mail}} | changes]}


def state(desk: BriefingDesk) -> str:
    known = desk.readers.find_subscriber(a_subscriber(1).id)
    assert known
    return known.state


@pytest.mark.parametrize("form", ["unsubscribe {}", "Re: Unsubscribe {}", "UNSUBSCRIBE  {}", "unsubscribe\r\n {}"])
def test_the_mail_that_the_header_asks_for_unsubscribes(form: str) -> None:
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1))
    for _ in range(2):
        assert run("receive_mail", received(form.format(A_TOKEN))) == {"disposition": "STOP_RULE"}

    assert state(desk) == "unsubscribed"


@pytest.mark.parametrize(
    "subject", ["", "Out of office", "unsubscribe", "unsubscribe u123", "unsubscribe reader1@x.example"]
)
def test_other_mail_changes_nothing(subject: str) -> None:
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1))
    run("receive_mail", received(subject))
    run("receive_mail", received(f"unsubscribe {a_subscriber(1).id}"))

    assert state(desk) == "confirmed", "the id alone proves nothing: it stands in Message-IDs and in logs"


@pytest.mark.parametrize(
    "token",
    [
        Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX)),
        Tokens(SECRET).sign(farewell_by_mail(a_subscriber(1).id, SIX - timedelta(days=401))),
        Tokens(SECRET[::-1]).sign(farewell_by_mail(a_subscriber(1).id, SIX)),
        A_TOKEN[:-1],
        A_TOKEN[:-1] + ("A" if A_TOKEN[-1] != "A" else "B"),
        "AAAA." + A_TOKEN.partition(".")[2],
    ],
    ids=["a link's", "expired", "another secret's", "cut", "another signature", "another payload"],
)
def test_a_token_that_is_not_for_this_changes_nothing(token: str) -> None:
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1))
    assert run("receive_mail", received(f"unsubscribe {token}")) == {"disposition": "STOP_RULE"}

    assert state(desk) == "confirmed"


def test_what_the_mail_carries_opens_no_page() -> None:
    site = Site()
    site.readers.store_subscriber(a_subscriber(1))
    for path in ("/api/unsubscribe", "/api/preferences", "/api/my-data", "/api/confirm"):
        assert site.ask("GET", path, query=f"token={A_TOKEN}").status == 400

    assert site.ask("POST", "/api/unsubscribe", {"token": A_TOKEN}).status == 400
    assert site.state("reader1@inbox.example") == "confirmed"


def test_an_issue_names_it_in_its_header_and_the_mail_program_s_answer_is_understood() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    readers.store_subscriber(a_subscriber(1))
    a_postman(readers, mail).deliver(an_issue(), [a_subscriber(1).id])
    (posted,) = mail.outbox
    mailto = re.search(r"<mailto:[^?]+\?subject=([^>]+)>", posted.message["List-Unsubscribe"])
    assert mailto
    subject = unquote(mailto[1])
    assert a_subscriber(1).id not in subject
    desk = BriefingDesk()
    desk.readers.store_subscriber(a_subscriber(1))
    run("receive_mail", received(subject))

    assert state(desk) == "unsubscribed"


@pytest.mark.parametrize("event", [{}, {"Records": [{}]}, received("x", eventSource="aws:sns"), {"Records": "x"}])
def test_what_ses_did_not_send_is_refused(event: dict[str, Any]) -> None:
    BriefingDesk()
    with pytest.raises(BadInput):
        run("receive_mail", event)
