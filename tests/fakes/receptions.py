"""Readers who talk to the site: requests as the function's URL hands them over, and who answers them."""

from typing import Any
from urllib.parse import urlencode

from newsroom.readers.answering import Reception
from newsroom.readers.disposable import Hosts
from newsroom.readers.even_time import EvenTime
from newsroom.readers.sealing import Seal
from newsroom.readers.subscribing import Subscribing
from newsroom.readers.tokens import Tokens
from newsroom.settings import ReadersSettings

from tests.fakes.archive import FakeArchive
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import HOUSE, MAIL, SECRET
from tests.fakes.readers_archive import FakeReadersArchive

FORM = "application/x-www-form-urlencoded"
LIMITS = ReadersSettings(readers_table="Readers", readers_secret="arn:readers")


def a_reception(
    archive: FakeArchive, readers: FakeReadersArchive, mail: FakeMail, limits: ReadersSettings = LIMITS
) -> Reception:
    """Over fakes."""
    parts: Any = {"readers": readers, "mail": lambda: mail, "seal": Seal(SECRET), "tokens": Tokens(SECRET)}
    subscribing = Subscribing(
        house=HOUSE,
        limits=limits,
        mail_settings=MAIL,
        hosts=Hosts.of(limits.disposable_domains),
        even_time=EvenTime(0),
        **parts,
    )
    return Reception(
        archive=archive,  # type: ignore[arg-type]
        readers=readers,  # type: ignore[arg-type]
        seal=Seal(SECRET),
        subscribing=subscribing,
        limits=limits,
        house=HOUSE,
    )


def an_event(
    method: str,
    path: str,
    form: dict[str, str] | None = None,
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
    source: str = "198.51.100.7",
    **changes: Any,
) -> dict[str, Any]:
    """Payload format 2.0 of a Lambda function's URL."""
    given: dict[str, Any] = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"content-type": FORM} | (headers or {}) if form is not None or headers else {},
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": source}},
        "isBase64Encoded": False,
    }
    if form is not None:
        given["body"] = urlencode(form)
    return given | changes
