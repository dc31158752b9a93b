"""What became of everybody on the manifest."""

from collections import Counter
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary
from newsroom.briefing.manifest import read_batch, read_manifest
from newsroom.briefing.send import REACHED

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.readers_archive import ReadersArchive

MOST_LISTED = 500
"""Ids of unknowns that the outcome lists; there are as many as workers that died."""


class Outcome(Boundary):
    """An issue, in numbers: recipients = sent + refused + unknown + unsent."""

    issue_id: str
    recipients: int
    sent: int
    delivered: int
    refused: int
    unknown: int
    unsent: int
    """Without any record: unsubscribed meanwhile, or not reached."""
    unknown_ids: tuple[str, ...]
    complete: bool = True
    """Everybody who still wants the issue has it, was refused or is unknown; if not, an operator can go on with it."""


def close(archive: "Archive", readers: "ReadersArchive", issue_id: str) -> Outcome:
    """Count, turn claims that were left open into `unknown`, record the outcome. Repeating it counts again."""
    manifest = read_manifest(archive, issue_id)
    states: Counter[str] = Counter()
    unknown: list[str] = []
    complete = True
    for number in manifest.numbers:
        batch = read_batch(archive, issue_id, number)
        sends = readers.sends(issue_id, batch)
        states.update(send.state for send in sends.values())
        for subscriber_id in batch:
            send = sends.get(subscriber_id)
            if send and send.state in ("claimed", "unknown"):
                readers.advance_send(issue_id, subscriber_id, "unknown")
                unknown.append(subscriber_id)
            # One is enough to know, so that a list that was stopped at its beginning is not read through.
            if send is None and complete and _wanted(readers, subscriber_id):
                complete = False
    outcome = Outcome(
        issue_id=issue_id,
        recipients=manifest.recipients,
        sent=sum(states[state] for state in REACHED),
        delivered=states["delivered"],
        refused=states["refused"],
        unknown=len(unknown),
        unsent=manifest.recipients - states.total(),
        unknown_ids=tuple(unknown[:MOST_LISTED]),
        complete=complete,
    )
    archive.record_issue_outcome(issue_id, outcome.model_dump(mode="json"))
    return outcome


def _wanted(readers: "ReadersArchive", subscriber_id: str) -> bool:
    subscriber = readers.find_subscriber(subscriber_id)
    return subscriber is not None and subscriber.state == "confirmed" and not readers.suppression(subscriber_id)
