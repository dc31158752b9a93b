"""Mail that mail programs send to unsubscribe (RFC 2369): SES receives it and calls with its headers."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsroom.errors import BadInput
from newsroom.readers.subscribing import change_subscriber
from newsroom.readers.subscriptions import unsubscribed

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.readers.tokens import Tokens

SUBJECT = re.compile(r"\bunsubscribe ([A-Za-z0-9_-]{1,300}\.[A-Za-z0-9_-]{43})", re.I)
"""As `List-Unsubscribe` asks for it: with a token signed for this and nothing else, which proves as much as a link
does. The sender's address, which anybody can write, is not looked at."""


class _Told(BaseModel):
    """SES's own document: it may grow fields, so that unknown ones are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Headers(_Told):
    subject: str = ""


class _Mail(_Told):
    message_id: str = Field(alias="messageId", max_length=200)
    headers: _Headers = Field(alias="commonHeaders")


class _Ses(_Told):
    mail: _Mail


class _Record(_Told):
    source: str = Field(alias="eventSource", pattern="^aws:ses$")
    ses: _Ses


class _Event(_Told):
    records: tuple[_Record, ...] = Field(alias="Records", max_length=10)


def read_mail(event: Mapping[str, Any], tokens: "Tokens", now: datetime) -> list[str]:
    """Ids of who wants to leave, from an event of a receipt rule; mail that says something else, or whose token is
    forged, expired or for something else, names nobody.

    BadInput for anything that is no such event.
    """
    try:
        records = _Event.model_validate(event).records
    except ValidationError as exc:
        raise BadInput(f"is no mail that SES received: {exc.errors()[0]['msg']}") from exc
    found = (SUBJECT.search(" ".join(record.ses.mail.headers.subject.split())) for record in records)
    return [leaving for match in found if match and (leaving := _whose(match[1], tokens, now))]


def _whose(text: str, tokens: "Tokens", now: datetime) -> str:
    """Empty for a token that proves nothing: there is nobody to tell so, and a mail is not to be tried again."""
    try:
        return tokens.read(text, "unsubscribe by mail", now).subscriber_id
    except BadInput:
        return ""


def leave_by_mail(subscriber_ids: list[str], readers: "ReadersArchive", now: datetime) -> None:
    """Unsubscribed from this moment; repeating it, and ids of nobody, change nothing."""
    for subscriber_id in subscriber_ids:
        change_subscriber(readers, subscriber_id, lambda known: unsubscribed(known, now))
