"""A reader tells us that something is wrong."""

import base64
import hashlib
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from newsroom.boundary import Boundary, Moment
from newsroom.readers.forms import Form

Kind = Literal["factual", "misleading", "outdated", "source", "other"]
State = Literal["received", "confirmed", "rejected", "fixed"]

KINDS: dict[Kind, str] = {
    "factual": "A fact is wrong",
    "misleading": "It misleads",
    "outdated": "It is out of date",
    "source": "A source is wrong or missing",
    "other": "Something else",
}
STATES: dict[State, str] = {
    "received": "We have it and have not decided yet.",
    "confirmed": "You are right; the correction is being made.",
    "rejected": "We looked into it and leave the story as it is.",
    "fixed": "Corrected.",
}
LONGEST = 1000
"""Characters of a report, as Kite's form allows (FEATURES.md A6)."""
MOST_LINKS = 3
LONGEST_LINK = 500


def _links(text: str) -> str:
    """Web addresses, one on each line, that say where they lead: in ASCII, as browsers copy them, so that no character
    can be taken for another; nothing before the host. Somebody of the desk may follow one; it is never fetched."""
    links = text.split()
    for link in links:
        parts = urlsplit(link)
        plain = link.isascii() and link.isprintable() and len(link) <= LONGEST_LINK
        if not plain or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise ValueError("is no web address")
    if len(links) > MOST_LINKS:
        raise ValueError("are too many")
    return "\n".join(links)


class Report(Boundary):
    """One report. What the reader wrote is for the desk; the public page shows state and decision only."""

    id: str
    story_id: str
    version: int
    claim_id: str = ""
    """The sentence it is about; empty: the whole story."""
    kind: Kind
    text: str
    links: tuple[str, ...] = ()
    """What the reader gives as evidence: for the desk, as `text` is."""
    state: State = "received"
    reason: str = ""
    """Of the decision, for the public."""
    received_at: Moment
    decided_at: Moment | None = None
    fixed_at: Moment | None = None
    ruling_id: str = ""
    """Of the decision that changes the story."""


class GivenReport(Form):
    """The form as a reader sends it."""

    story: Annotated[str, StringConstraints(pattern=r"^s[0-9a-f]{16}$")]
    version: Annotated[int, Field(ge=1, le=99_999)]
    sentence: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,40}$")] = ""
    kind: Kind
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
    links: Annotated[
        str,
        StringConstraints(max_length=2 * MOST_LINKS * LONGEST_LINK),
        AfterValidator(_links),
        WithJsonSchema(
            {
                "type": "string",
                "maxLength": 2 * MOST_LINKS * LONGEST_LINK,
                "description": f"{MOST_LINKS} http(s) addresses at most, of {LONGEST_LINK} characters, one a line",
            }
        ),
    ] = ""
    email: Annotated[str, WithJsonSchema({"type": "string", "maxLength": 254})] = ""
    """For one letter with the decision; judged by `read_address`. No part of the report."""


def received(given: GivenReport, network: str, now: datetime, mailbox: str = "") -> Report:
    """The report as it is filed. The same words from the same network on the same day are the same report, so that
    a button pressed twice files one; `network` and `mailbox` (keyed hashes) go into the id and are not kept. Who
    mistyped their address and sends it again files another, and each has one mailbox at most."""
    day = f"{now:%Y-%m-%d}"
    words = (given.story, str(given.version), given.sentence, given.kind, given.text, *given.links.split())
    key = "\n".join((day, network, *words, *([mailbox] if mailbox else [])))
    digest = base64.b32encode(hashlib.sha256(key.encode()).digest()[:10]).decode()
    return Report(
        id=f"RPT-{digest}",
        story_id=given.story,
        version=given.version,
        claim_id=given.sentence,
        kind=given.kind,
        text=given.text,
        links=tuple(given.links.split()),
        received_at=now,
    )


def decided(report: Report, state: State, reason: str, ruling_id: str, now: datetime) -> Report:
    """`confirmed` or `rejected`; the clock of a report stops at its first decision."""
    return report.model_copy(
        update={"state": state, "reason": reason, "ruling_id": ruling_id, "decided_at": report.decided_at or now}
    )


def fixed(report: Report, at: datetime) -> Report:
    """Once an edition has published what was decided; repeating it changes nothing."""
    return report.model_copy(update={"state": "fixed", "fixed_at": at})


def is_report_id(text: str) -> bool:
    """Of the right shape: `RPT-` and 16 letters or digits of base 32."""
    digits = text.removeprefix("RPT-")
    return text.startswith("RPT-") and len(digits) == 16 and set(digits) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
