"""The post office: SES version 2, its errors made ours."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from newsroom.briefing.allowance import Allowance
from newsroom.briefing.letters import Stream
from newsroom.errors import MailRefused, MailSuspended, MailThrottled, MailUncertain, NewsroomError
from newsroom.settings import MailSettings

ONCE: dict[str, Any] = {"retries": {"total_max_attempts": 1}, "connect_timeout": 3, "read_timeout": 20}
"""For botocore's Config; seconds."""

THROTTLED = {"TooManyRequestsException", "ThrottlingException", "Throttling"}
OF_THE_DAY = "Daily message quota exceeded"
"""What the message of a throttling error says when it is not about the rate: waiting some seconds does not help.
https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html"""
SUSPENDED = {
    "AccessDeniedException",
    "AccountSuspendedException",
    "LimitExceededException",
    "MailFromDomainNotVerifiedException",
    "NotFoundException",
    "SendingPausedException",
}
"""About the account, its identity, its configuration set or its quota: the next message fares no better."""
REFUSED = {"BadRequestException", "MessageRejected", "ValidationException", "InvalidParameterValue"}
"""About this message: SES did not take it."""


AS_WRITTEN = SMTP.clone(max_line_length=998)
"""RFC 5322's hard limit. At the usual 78 Python writes a long URL as RFC 2047 encoded words, and no mail program
decodes those in List-Unsubscribe: its button would be gone."""


class Mail:
    """Hands one message at a time to SES. The client must be one that never repeats a call (`ONCE`): `SendEmail` has no
    idempotency token, and a call whose answer was lost may have been served."""

    def __init__(self, client: Any, settings: MailSettings) -> None:
        self._client = client
        self._settings = settings

    def send(self, letter: EmailMessage, stream: Stream, tags: Mapping[str, str]) -> str:
        """SES's id of the message it took; `tags` come back with every event about it.

        Raises MailThrottled (not taken; later), MailRefused (not taken, ever), MailSuspended (nothing is taken
        now) and MailUncertain (taken or not, nobody knows).
        """
        from botocore.exceptions import BotoCoreError, ClientError

        if self._settings.sending_paused and stream == "list":
            raise MailSuspended("sending is paused by the operator")
        configuration_set = {
            "list": self._settings.list_configuration_set,
            "transactional": self._settings.transactional_configuration_set,
        }[stream]
        request: dict[str, Any] = {
            "FromEmailAddress": str(letter["From"]),
            "Destination": {"ToAddresses": [str(letter["To"])]},
            "Content": {"Raw": {"Data": letter.as_bytes(policy=AS_WRITTEN)}},
            "EmailTags": [{"Name": name, "Value": value} for name, value in tags.items()],
        }
        if configuration_set:
            request["ConfigurationSetName"] = configuration_set
        try:
            return str(self._client.send_email(**request)["MessageId"])
        except (ClientError, BotoCoreError) as exc:
            raise ours(exc) from exc

    def allowance(self) -> Allowance | None:
        """What the account may send now; None when SES does not say. GetAccount answers once a second for the whole
        account, and an answer that cannot be had is no reason to keep mail back: SES refuses by itself."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            account = self._client.get_account()
        except (ClientError, BotoCoreError):
            return None
        quota = account.get("SendQuota", {})
        return Allowance(
            enabled=bool(account.get("SendingEnabled", True)),
            per_second=float(quota.get("MaxSendRate", 0)),
            per_day=float(quota.get("Max24HourSend", -1)),
            sent_today=float(quota.get("SentLast24Hours", 0)),
        )


def ours(error: Exception) -> NewsroomError:
    """Our error for one of botocore's. What is not known to be a refusal is uncertain."""
    from botocore.exceptions import (
        ClientError,
        ConnectTimeoutError,
        EndpointConnectionError,
        NoCredentialsError,
        ParamValidationError,
    )

    if isinstance(error, ConnectTimeoutError | EndpointConnectionError):
        return MailThrottled("SES cannot be reached")
    if isinstance(error, NoCredentialsError):
        return MailSuspended("no credentials for SES")
    if isinstance(error, ParamValidationError):
        return MailRefused(str(error))
    if not isinstance(error, ClientError):
        return MailUncertain(type(error).__name__)
    code = error.response["Error"]["Code"]
    message = f"{code}: {error.response['Error'].get('Message', '')}"
    if code in THROTTLED:
        return MailSuspended(message) if OF_THE_DAY.casefold() in message.casefold() else MailThrottled(message)
    if code in SUSPENDED:
        return MailSuspended(message)
    if code in REFUSED:
        return MailRefused(message)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    return MailRefused(message) if 400 <= status < 500 else MailUncertain(message)
