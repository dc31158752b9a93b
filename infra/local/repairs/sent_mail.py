"""SES v2 relays the message that was sent, refuses unknown configuration sets and publishes sending events.

MiniStack keeps of a message its subject and bodies and relays a message rebuilt from them: List-Unsubscribe and every
other header of the sender's is lost. It accepts any configuration set's name, and a set's event destinations never
receive anything.

AWS sends a raw message's bytes with its headers, answers NotFoundException for a set that does not exist, and
publishes Send, Delivery, Bounce and Complaint events to the destinations of the set.  (AWS also adds headers of its
own, DKIM among them, and writes a Message-ID; here the bytes stay as sent, so that a test can compare them.)
Bounces and complaints come from the addresses of AWS's mailbox simulator:
https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
"""

import base64
import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import eventbridge, ses, ses_v2

logger = logging.getLogger("sent-mail")

# https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html
DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
}

_handle_request = ses_v2.handle_request
_smtp_relay = ses_v2._smtp_relay
_request: ContextVar[dict[str, Any] | None] = ContextVar("send_email_request", default=None)


def repair() -> None:
    """From now on this MiniStack's SES v2 sends what it was given."""
    ses_v2.handle_request = _handle
    ses_v2._smtp_relay = _relay


async def _handle(method: str, path: str, headers: Any, body: bytes, query_params: Any) -> tuple[int, Any, bytes]:
    plain = (method, path, headers, body, query_params)
    if method != "POST" or not path.rstrip("/").endswith("/outbound-emails"):
        return await _handle_request(*plain)  # type: ignore[no-any-return]
    request = json.loads(body)
    configuration_set = request.get("ConfigurationSetName")
    if configuration_set and configuration_set not in ses_v2._config_sets:
        return ses_v2._missing_config_set(configuration_set)  # type: ignore[no-any-return]
    token = _request.set(request)
    try:
        answer: tuple[int, Any, bytes] = await _handle_request(*plain)
    finally:
        _request.reset(token)
    if answer[0] == 200 and configuration_set:
        _publish(request, json.loads(answer[2])["MessageId"], datetime.now(UTC))
    return answer


def _relay(source: str, recipients: list[str], rebuilt: str) -> None:
    request = _request.get()
    message: bytes | str = as_sent(request, rebuilt) if request else rebuilt
    _smtp_relay(parseaddr(source)[1], [parseaddr(recipient)[1] for recipient in recipients], message)


def as_sent(request: dict[str, Any], rebuilt: str) -> bytes:
    """The bytes to relay for a SendEmail request; `rebuilt` is what MiniStack would send."""
    content = request["Content"]
    if raw := (content.get("Raw") or {}).get("Data"):
        return base64.b64decode(raw)
    headers = [
        (header["Name"], header["Value"])
        for header in (content.get("Simple") or content.get("Template") or {}).get("Headers") or []
    ]
    if replies := request.get("ReplyToAddresses"):
        headers.append(("Reply-To", ", ".join(replies)))
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode() + rebuilt.encode()


def sending_events(request: dict[str, Any], message_id: str, now: datetime) -> list[dict[str, Any]]:
    """The events of one accepted message: one Send, and for each recipient what became of it."""
    timestamp = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    destination = request.get("Destination") or {}
    recipients = [
        parseaddr(address)[1]
        for kind in ("ToAddresses", "CcAddresses", "BccAddresses")
        for address in destination.get(kind) or []
    ]
    tags = {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags") or []}
    mail = {
        "timestamp": timestamp,
        "source": request.get("FromEmailAddress", ""),
        "sendingAccountId": get_account_id(),
        "messageId": message_id,
        "destination": recipients,
        "tags": {"ses:configuration-set": [request["ConfigurationSetName"]], **tags},
    }
    events: list[dict[str, Any]] = [{"eventType": "Send", "mail": mail, "send": {}}]
    for recipient in recipients:
        name, _, domain = recipient.lower().partition("@")
        outcomes = ses._SIMULATOR_OUTCOMES.get(name.split("+")[0]) if domain == ses._SIMULATOR_DOMAIN else None
        for kind, subtype in outcomes or (("Delivery", None),):
            detail = ses._notification_detail(kind, recipient, timestamp, subtype)
            events.append({"eventType": kind, "mail": mail, **detail})
    return events


def _publish(request: dict[str, Any], message_id: str, now: datetime) -> None:
    """Send the events where the set says; a failure here must not fail a message that is already out."""
    destinations = (ses_v2._config_sets[request["ConfigurationSetName"]].get("EventDestinations") or {}).values()
    for event in sending_events(request, message_id, now):
        for destination in destinations:
            if not destination.get("Enabled") or event["eventType"].upper() not in destination["MatchingEventTypes"]:
                continue
            try:
                _publish_to(destination, event)
            except Exception:
                logger.exception("a sending event was lost")


def _publish_to(destination: dict[str, Any], event: dict[str, Any]) -> None:
    if topic := destination.get("SnsDestination"):
        ses._publish_notification(topic["TopicArn"], event)
    if bus := destination.get("EventBridgeDestination"):
        entry = {
            "Source": "aws.ses",
            "DetailType": DETAIL_TYPES[event["eventType"]],
            "Detail": json.dumps(event),
            # SES publishes to the default bus only, and the destination names it by ARN.
            "EventBusName": bus.get("EventBusArn", "default").rsplit("/", 1)[-1],
        }
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
