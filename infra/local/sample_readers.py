"""Sample subscribers, made the way a reader becomes one: the form, the mail, the link in the mail."""

import json
import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from infra.local.cloud import LocalCloud, Reply
from infra.local.mailbox import Mailbox
from infra.local.mailbox_web import part_of

ADDRESSES = ("early.reader@inbox.example", "trading.floor@inbox.example", "economics.desk@inbox.example")
MAIL_SECONDS = 30.0
NOTE = "/local-cloud/sample-readers"
CONFIRM_LINK = re.compile(r"https?://[^\s\"'<>]+/api/confirm\?token=[^\s\"'<>&]+")


class SubscriptionFailedError(Exception):
    """A sample reader could not subscribe; the message says which step said what."""


def subscribe_sample_readers(cloud: LocalCloud, mailbox: Mailbox, site: str, subscribed: Callable[[str], None]) -> int:
    """Bring every sample reader to a confirmed subscription through the site's address (with its slash).

    Those of an earlier run are left alone: the note of them lies in the cloud beside their subscriptions.
    Tells `subscribed` each new one and returns how many were new. Raises SubscriptionFailedError.
    """
    known = _known(cloud)
    new = [address for address in ADDRESSES if address not in known]
    for address in new:
        _subscribe(cloud, mailbox, site, address)
        known.append(address)
        cloud.client("ssm").put_parameter(Name=NOTE, Value=json.dumps(known), Type="String", Overwrite=True)
        subscribed(address)
    return len(new)


def _subscribe(cloud: LocalCloud, mailbox: Mailbox, site: str, address: str) -> None:
    before = len(mailbox.letters_to(address))
    asked = {"Origin": site.rstrip("/"), "Referer": site}
    _accepted(cloud.fetch(site + "api/subscribe", form={"email": address}, headers=asked), "subscribing", address)
    link = _confirm_link(mailbox, address, before)
    page = cloud.fetch(link)
    _accepted(page, "opening the link", address)
    token = urlsplit(link).query.removeprefix("token=")
    _accepted(cloud.fetch(link, form={"token": token}, headers=asked), "confirming", address)


def _confirm_link(mailbox: Mailbox, address: str, before: int) -> str:
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        letters = mailbox.letters_to(address)
        if len(letters) > before:
            message = mailbox.message(letters[-1].number)
            found = CONFIRM_LINK.search(part_of(message, "text")) or CONFIRM_LINK.search(part_of(message, "html"))
            if found:
                return found.group()
        time.sleep(0.05)
    raise SubscriptionFailedError(f"no confirmation mail reached {address} within {MAIL_SECONDS:.0f} s")


def _accepted(reply: Reply, doing: str, address: str) -> None:
    if reply.status >= 400:
        raise SubscriptionFailedError(f"{doing} as {address} was answered {reply.status}: {reply.text[:300]}")


def _known(cloud: LocalCloud) -> list[str]:
    ssm = cloud.client("ssm")
    try:
        return list(json.loads(ssm.get_parameter(Name=NOTE)["Parameter"]["Value"]))
    except ssm.exceptions.ParameterNotFound:
        return []
