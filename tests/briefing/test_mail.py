"""The post office: SES's errors made ours."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from newsroom.briefing.allowance import Allowance
from newsroom.briefing.mail import REFUSED, SUSPENDED, THROTTLED, Mail
from newsroom.desk import Desk
from newsroom.errors import MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.settings import MailSettings

from tests.briefing.test_letters import LEAVING
from tests.fakes.mornings import SIX


class Ses:
    """SES as far as one call goes."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.requests: list[dict[str, Any]] = []
        self._failure = failure

    def get_account(self) -> dict[str, Any]:
        if self._failure:
            raise self._failure
        return {
            "SendingEnabled": False,
            "SendQuota": {"Max24HourSend": 200.0, "MaxSendRate": 1.0, "SentLast24Hours": 7.0},
        }

    def send_email(self, **request: Any) -> dict[str, str]:
        self.requests.append(request)
        if self._failure:
            raise self._failure
        return {"MessageId": "ses-1"}


def post(ses: Ses, **settings: Any) -> str:
    from newsroom.briefing.letters import Content, make_letter

    letter = make_letter(
        "list", Content("Subject", "text", "<p>html</p>"), to="r@inbox.example", name="Footnote Briefing",
        domain="news.example", message_id="m", at=SIX, leaving=LEAVING,
    )  # fmt: skip
    mail = Mail(ses, MailSettings(mail_domain="news.example", **settings))
    return mail.send(letter, "list", {"issue": "2026-11-24", "subscriber": "u1"})


def failed(code: str, status: int = 400) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendEmail")


def test_a_message_goes_out_as_it_was_made_with_its_tags() -> None:
    ses = Ses()

    assert post(ses, list_configuration_set="list-set") == "ses-1"
    (request,) = ses.requests
    assert request["ConfigurationSetName"] == "list-set"
    assert request["Destination"] == {"ToAddresses": ["r@inbox.example"]}
    assert {"Name": "issue", "Value": "2026-11-24"} in request["EmailTags"]
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in request["Content"]["Raw"]["Data"]


def test_the_way_to_leave_travels_as_it_is_however_long() -> None:
    """Mail programs do not decode RFC 2047 words in List-Unsubscribe."""
    from newsroom.briefing.letters import Content, make_letter

    ses, leaving = Ses(), replace(LEAVING, url="https://news.example/api/unsubscribe?token=" + "dW5zdWJz" * 20)
    letter = make_letter(
        "list", Content("Subject", "text", "<p>html</p>"), to="r@inbox.example", name="Footnote Briefing",
        domain="news.example", message_id="m", at=SIX, leaving=leaving,
    )  # fmt: skip
    Mail(ses, MailSettings(mail_domain="news.example")).send(letter, "list", {})

    raw = ses.requests[0]["Content"]["Raw"]["Data"]
    assert f"\r\nList-Unsubscribe: <{leaving.url}>, <mailto:".encode() in raw
    assert b"=?utf-8?" not in raw


def test_without_a_configuration_set_none_is_named() -> None:
    ses = Ses()
    post(ses)

    assert "ConfigurationSetName" not in ses.requests[0]


@pytest.mark.parametrize("code", sorted(THROTTLED))
def test_throttling_may_be_repeated(code: str) -> None:
    with pytest.raises(MailThrottled):
        post(Ses(failed(code)))


@pytest.mark.parametrize("code", sorted(SUSPENDED))
def test_what_is_about_the_account_stops_everything(code: str) -> None:
    with pytest.raises(MailSuspended):
        post(Ses(failed(code)))


@pytest.mark.parametrize("code", [*sorted(REFUSED), "SomethingNewException"])
def test_what_is_about_the_message_concerns_it_alone(code: str) -> None:
    with pytest.raises(MailRefused):
        post(Ses(failed(code)))


@pytest.mark.parametrize(
    "failure", [failed("InternalFailure", 500), ReadTimeoutError(endpoint_url="https://ses.example")]
)
def test_a_lost_answer_is_uncertain(failure: Exception) -> None:
    with pytest.raises(MailUncertain):
        post(Ses(failure))


@pytest.mark.parametrize("failure", [ConnectTimeoutError(endpoint_url="x"), EndpointConnectionError(endpoint_url="x")])
def test_what_never_left_may_be_repeated(failure: Exception) -> None:
    with pytest.raises(MailThrottled):
        post(Ses(failure))


def test_the_pause_switch_stops_list_mail_before_ses_is_asked() -> None:
    ses = Ses()
    with pytest.raises(MailSuspended):
        post(ses, sending_paused=True)
    assert not ses.requests


def test_every_error_that_ses_documents_is_one_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client = boto3.client("sesv2", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    shapes = client.meta.service_model.operation_model("SendEmail").error_shapes

    assert {shape.name for shape in shapes} <= THROTTLED | SUSPENDED | REFUSED


def test_the_real_client_never_repeats_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "us-east-1")

    assert Desk({"MAIL_DOMAIN": "news.example"}).mail._client.meta.config.retries["total_max_attempts"] == 1


def test_the_day_s_quota_is_not_waited_for() -> None:
    """SES reports it as throttling, and no pause of seconds helps."""
    answer: Any = {"Error": {"Code": "ThrottlingException", "Message": "Daily message quota exceeded."}}
    with pytest.raises(MailSuspended):
        post(Ses(ClientError(answer, "SendEmail")))


def test_the_account_says_what_it_may() -> None:
    mail = Mail(Ses(), MailSettings(mail_domain="news.example"))

    assert mail.allowance() == Allowance(enabled=False, per_second=1.0, per_day=200.0, sent_today=7.0)


@pytest.mark.parametrize(
    "failure", [failed("TooManyRequestsException", 429), ReadTimeoutError(endpoint_url="https://ses.example")]
)
def test_an_account_that_does_not_answer_is_no_reason_to_wait(failure: Exception) -> None:
    assert Mail(Ses(failure), MailSettings(mail_domain="news.example")).allowance() is None
