"""Messages as they travel."""

from typing import Any

import pytest
from newsroom.briefing.letters import Content, Leaving, make_letter
from newsroom.briefing.rendering import issue_mail
from newsroom.errors import BadInput
from newsroom.readers.letters import confirmation_letter, reminder_letter

from tests.briefing.mime_lint import faults
from tests.briefing.test_rendering import an_issue, an_item
from tests.fakes.mornings import HOUSE, MAIL, SIX, a_subscriber

LEAVING = Leaving("https://news.example/api/unsubscribe?token=abc.def", "desk@news.example", "u1")


def list_mail(**changes: Any) -> bytes:
    issue = changes.pop("issue", an_issue())
    content = issue_mail(issue, HOUSE, corrections=(), leave_url=LEAVING.url, postal_address="1 Example Street")
    given: dict[str, Any] = {
        "to": "reader@inbox.example", "name": "Footnote Briefing", "domain": "news.example",
        "message_id": "2026-11-24.u1", "at": SIX, "leaving": LEAVING,
    }  # fmt: skip
    return make_letter("list", changes.pop("content", content), **(given | changes)).as_bytes()


@pytest.mark.parametrize("size", [0, 1, 7])
def test_list_mail_has_nothing_to_object_to(size: int) -> None:
    issue = an_issue(items=tuple(an_item(number) for number in range(1, size + 1)))

    assert list(faults(list_mail(issue=issue), bulk=True)) == []


def test_mail_on_request_has_nothing_to_object_to() -> None:
    subscriber = a_subscriber()
    for letter in (confirmation_letter, reminder_letter):
        raw = letter(subscriber, "reader@inbox.example", "to.ken", HOUSE, MAIL, SIX).as_bytes()
        assert list(faults(raw, bulk=False)) == []
        assert b"List-Unsubscribe" not in raw


def test_the_two_streams_have_senders_of_their_own() -> None:
    asked_for = confirmation_letter(a_subscriber(), "r@inbox.example", "to.ken", HOUSE, MAIL, SIX)

    assert b"From: Footnote Briefing <briefing@news.example>" in list_mail()
    assert asked_for["From"] == "Footnote <confirm@news.example>"


def test_the_postal_address_is_in_both_parts() -> None:
    content = issue_mail(an_issue(), HOUSE, corrections=(), leave_url="https://x.example", postal_address="9 Mint Lane")

    assert "9 Mint Lane" in content.text
    assert "9 Mint Lane" in content.html


@pytest.mark.parametrize("character", ["\r", "\n", "\0", "\x7f", "\r\nBcc: all@inbox.example"])
def test_a_line_break_in_a_header_is_refused(character: str) -> None:
    content = Content(f"Rates{character} held", "text", "<p>html</p>")
    with pytest.raises(BadInput):
        list_mail(content=content)
    with pytest.raises(BadInput):
        list_mail(to=f"reader{character}@inbox.example")
    with pytest.raises(BadInput):
        list_mail(name=f"Foot{character}note")


def test_list_mail_without_a_way_to_leave_is_refused() -> None:
    with pytest.raises(BadInput, match="way to leave"):
        list_mail(leaving=None)


def test_a_letter_keeps_its_id_however_often_it_is_made() -> None:
    assert list_mail().count(b"Message-ID: <2026-11-24.u1@news.example>") == 1


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "", "E4"),
        ("Message-ID:", "Message-ID: <a@b.c>\r\nMessage-ID:", "E1"),
        ("Subject: ", "Subject: Re: ", "E14"),
        ("From: Footnote Briefing", "From: ", "E13"),
    ],
)
def test_the_lint_sees_bad_headers(before: str, after: str, fault: str) -> None:
    raw = list_mail()
    assert before.encode() in raw

    assert any(found.startswith(fault) for found in faults(raw.replace(before.encode(), after.encode()), bulk=True))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('lang="en"', 'lang="xx"', "E17"),
        ('role="presentation"', "", "E17"),
        ("</h1>", '</h1><table aria-label="Prices"><tr><td>7</td></tr></table>', "E17"),
        ("#5f5b52", "#aaaaaa", "E16"),
        ("#b5b2a9", "#333333", "E16"),
        ("color-scheme", "colour-scheme", "E16"),
        ("</body>", '<img src="https://x.example/p.gif"></body>', "E23"),
        ("https://news.example/story", "http://track.example/story", "E23"),
        ("margin:0;color", "display:none;color", "E12"),
        ("no model wrote", "somebody wrote", "E22"),
        ("Not financial advice", "Buy", "E22"),
        ("Unsubscribe", "Goodbye", "E11"),
        ("</h1>", "</h1>" + "x" * 90_000, "E11"),
    ],
)
def test_the_lint_sees_bad_parts(before: str, after: str, fault: str) -> None:
    content = issue_mail(an_issue(), HOUSE, corrections=(), leave_url=LEAVING.url, postal_address="1 Street")
    assert before in content.html
    bad = Content(content.subject, content.text.replace(before, after), content.html.replace(before, after))

    assert any(found.startswith(fault) for found in faults(list_mail(content=bad), bulk=True))
