"""The mail as a mailbox receives it, through a real SMTP server on loopback."""

import smtplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom.briefing.mail import Mail
from newsroom.readers.letters import confirmation_letter
from newsroom.settings import MailSettings

from infra.local.mailbox import Mailbox
from tests.briefing.mime_lint import faults
from tests.briefing.test_corrections_told import a_line
from tests.briefing.test_rendering import a_price, an_issue, an_item
from tests.fakes.mornings import HOUSE, SIX, a_postman, a_subscriber, subscribed
from tests.fakes.readers_archive import FakeReadersArchive

pytestmark = pytest.mark.enable_socket
SETTINGS = MailSettings(mail_domain="news.example", transactional_mail_domain="post.news.example")


class SesOverSmtp:
    """SES as a relay: the bytes of a raw message go to the mailbox as they are."""

    def __init__(self, address: str) -> None:
        host, port = address.split(":")
        self._smtp = smtplib.SMTP(host, int(port), timeout=10)

    def send_email(self, **request: Any) -> dict[str, str]:
        recipients = request["Destination"]["ToAddresses"]
        self._smtp.sendmail("bounces@bounces.news.example", recipients, request["Content"]["Raw"]["Data"])
        return {"MessageId": "ses-1"}

    def get_account(self) -> dict[str, Any]:
        return {
            "SendingEnabled": True,
            "SendQuota": {"Max24HourSend": 200.0, "MaxSendRate": 14.0, "SentLast24Hours": 0},
        }

    def quit(self) -> None:
        self._smtp.quit()


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path) as mailbox:
        yield mailbox


@pytest.fixture
def mail(mailbox: Mailbox) -> Iterator[Mail]:
    client = SesOverSmtp(mailbox.smtp_address)
    yield Mail(client, SETTINGS)
    client.quit()


def test_what_arrives_has_nothing_to_object_to(mailbox: Mailbox, mail: Mail) -> None:
    """Seven items, an update with its delta, a story without a reason, corrections, names in many scripts."""
    readers = FakeReadersArchive()
    ids = subscribed(readers, 3)
    items = [an_item(number) for number in range(1, 8)]
    items[1] = an_item(2, update=True, earlier_issue="2026-11-23", delta=("growth: 3.1 % → 3.4 %",))
    items[2] = an_item(3, why=None)
    items[3] = an_item(4, headline={"text": "日銀、金利を据え置き “0.5 %”", "claim_ids": ("headline",)})
    issue = an_issue(items=tuple(items), market=(a_price(),), corrections=(a_line(issue_ids=("2026-11-20",)),))
    batch = a_postman(readers, mail).deliver(issue, ids)  # type: ignore[arg-type]

    assert batch.sent == 3
    letters = mailbox.letters()
    for letter in letters:
        assert list(faults(mailbox.raw(letter.number), bulk=True)) == []
    assert len({str(message["Message-ID"]) for message in mailbox.messages()}) == 3
    for letter, message in zip(letters, mailbox.messages(), strict=True):
        assert letter.recipients == (message["To"].addresses[0].addr_spec,)
        others = {one.recipients[0] for one in letters} - set(letter.recipients)
        assert not any(other.encode() in mailbox.raw(letter.number) for other in others)


def test_mail_on_request_arrives_from_a_domain_of_its_own(mailbox: Mailbox, mail: Mail) -> None:
    letter = confirmation_letter(a_subscriber(), "reader@inbox.example", "to.ken", HOUSE, SETTINGS, SIX)
    mail.send(letter, "transactional", {})

    assert list(faults(mailbox.raw(1), bulk=False)) == []
    assert mailbox.messages()[0]["From"] == "Footnote <confirm@post.news.example>"
    assert str(mailbox.messages()[0]["Message-ID"]).endswith("@post.news.example>")


def test_what_ses_signs_is_ours_and_signing_is_on() -> None:
    """SES signs the headers that a message brings, both of List-Unsubscribe's among them, and writes its own Message-ID
    and Date in place of ours. What can be held here: signing is on for every sender, and the bounce address is under
    the same domain, so that SPF is aligned as well."""
    from tests.templates import resources

    identities = [body["Properties"] for body in resources("AWS::SES::EmailIdentity").values()]
    assert len(identities) == 2
    for identity in identities:
        assert identity["DkimAttributes"] == {"SigningEnabled": True}
        assert identity["DkimSigningAttributes"]["NextSigningKeyLength"] == "RSA_2048_BIT"
        domain = identity["EmailIdentity"]["Ref"]
        assert identity["MailFromAttributes"]["MailFromDomain"] == {"Fn::Sub": f"bounces.${{{domain}}}"}
