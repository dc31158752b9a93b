"""The local mailbox keeps what is sent, and shows it without running it."""

import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from infra.local.mailbox import Mailbox
from infra.local.mailbox_web import MailboxPage, part_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AS_SENT = (
    b"Subject: =?utf-8?q?Rates_held_=E2=80=94_briefing?=\r\n"
    b"From: desk@newsroom.example\r\n"
    b"To: reader@inbox.example\r\n"
    b"List-Unsubscribe: <https://newsroom.example/api/unsubscribe?token=abc>\r\n"
    b"X-Folded: one\r\n\ttwo\r\n"
    b"\r\n"
    b".a line that begins with a dot\r\n"
    b"caf\xc3\xa9\r\n"
)


def multipart() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "Morning <b>briefing</b>",
        "desk@newsroom.example",
        "a@b.example",
    )
    message.set_content("Plain words")
    message.add_alternative('<p onclick="alert(1)">Rich words</p><script>alert(2)</script>', subtype="html")
    return message.as_bytes()


def fetch(url: str, host: str | None = None) -> tuple[str, dict[str, str]]:
    with urlopen(Request(url, headers={"Host": host} if host else {}), timeout=5) as answer:
        return answer.read().decode(), dict(answer.headers)


@pytest.mark.enable_socket
def test_a_message_is_kept_byte_for_byte_as_it_was_sent(tmp_path: Path) -> None:
    with Mailbox(tmp_path, now=lambda: NOON) as mailbox:
        host, port = mailbox.smtp_address.split(":")
        with smtplib.SMTP(host, int(port), timeout=5) as smtp:
            smtp.sendmail("bounces@newsroom.example", ["reader@inbox.example", "second@inbox.example"], AS_SENT)

    assert mailbox.raw(1) == AS_SENT
    assert (tmp_path / "0001.eml").read_bytes() == AS_SENT
    [letter] = mailbox.letters()
    assert letter.sender == "bounces@newsroom.example"
    assert letter.recipients == ("reader@inbox.example", "second@inbox.example")
    assert letter.received_at == NOON
    assert mailbox.messages()[0]["Subject"] == "Rates held — briefing"


def test_a_second_run_finds_the_mail_of_the_first_and_numbers_on(tmp_path: Path) -> None:
    Mailbox(tmp_path).keep(AS_SENT, "desk@newsroom.example", ["a@b.example"])
    later = Mailbox(tmp_path)
    later.keep(multipart(), "desk@newsroom.example", ["c@d.example"])

    assert [letter.number for letter in later.letters()] == [1, 2]
    assert [letter.number for letter in later.letters_to("C@D.example")] == [2]
    assert later.raw(1) == AS_SENT


@pytest.mark.enable_socket
def test_a_taken_port_is_an_error_at_once(tmp_path: Path) -> None:
    with Mailbox(tmp_path) as first, pytest.raises(OSError, match=r"address already in use|Address already in use"):
        Mailbox(tmp_path, port=int(first.smtp_address.split(":")[1])).__enter__()


@pytest.mark.enable_socket
def test_the_page_lists_newest_first_and_escapes_what_senders_wrote(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path, now=lambda: NOON)
    mailbox.keep(AS_SENT, "desk@newsroom.example", ["a@b.example"])
    mailbox.keep(multipart(), "desk@newsroom.example", ["a@b.example"])
    with MailboxPage(mailbox) as page:
        body, headers = fetch(page.url)

    assert body.index("Morning") < body.index("Rates held — briefing")
    assert "<b>briefing" not in body
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.enable_socket
def test_a_message_is_shown_as_html_in_a_sandbox_as_text_as_headers_and_raw(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path, now=lambda: NOON)
    mailbox.keep(multipart(), "desk@newsroom.example", ["a@b.example"])
    with MailboxPage(mailbox) as page:
        shown, _ = fetch(page.url + "messages/1")
        framed, framed_headers = fetch(page.url + "html/1")
        text, _ = fetch(page.url + "messages/1?view=text")
        headers, _ = fetch(page.url + "messages/1?view=headers")
        raw, raw_headers = fetch(page.url + "messages/1.eml")

    assert 'src="/html/1"' in shown
    assert "sandbox=" in shown
    assert "alert(2)" not in shown
    assert "Rich words" in framed
    assert framed_headers["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-scripts" not in framed_headers["Content-Security-Policy"]
    assert "<pre>Plain words" in text
    assert "desk@newsroom.example" in headers
    assert raw.encode() == mailbox.raw(1)
    assert "attachment" in raw_headers["Content-Disposition"]


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("path", "host", "status"), [("messages/9", None, 404), ("nowhere", None, 404), ("", "mail.attacker.example", 421)]
)
def test_an_unknown_page_or_a_foreign_host_name_is_refused(
    tmp_path: Path, path: str, host: str | None, status: int
) -> None:
    with MailboxPage(Mailbox(tmp_path)) as page, pytest.raises(HTTPError) as refused:
        fetch(page.url + path, host)
    refused.value.close()
    assert refused.value.code == status


def test_a_message_without_a_part_has_an_empty_one(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    mailbox.keep(AS_SENT, "desk@newsroom.example", ["a@b.example"])
    assert part_of(mailbox.message(1), "html") == ""
    assert part_of(mailbox.message(1), "text").startswith(".a line")
