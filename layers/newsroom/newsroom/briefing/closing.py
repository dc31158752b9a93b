"""What became of everybody on the manifest."""

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
    """Without any record: unsubscribed meanwhile, or in a batch that failed."""
    unknown_ids: tuple[str, ...]


def close(archive: "Archive", readers: "ReadersArchive", issue_id: str) -> Outcome:
    """Count, turn claims that were left open into `unknown`, record the outcome. Repeating it counts again."""
    manifest = read_manifest(archive, issue_id)
    states: list[str] = []
    unknown: list[str] = []
    for number in manifest.numbers:
        for subscriber_id, send in sorted(readers.sends(issue_id, read_batch(archive, issue_id, number)).items()):
            states.append(send.state)
            if send.state in ("claimed", "unknown"):
                readers.advance_send(issue_id, subscriber_id, "unknown")
                unknown.append(subscriber_id)
    outcome = Outcome(
        issue_id=issue_id,
        recipients=manifest.recipients,
        sent=sum(state in REACHED for state in states),
        delivered=states.count("delivered"),
        refused=states.count("refused"),
        unknown=len(unknown),
        unsent=manifest.recipients - len(states),
        unknown_ids=tuple(unknown[:MOST_LISTED]),
    )
    archive.record_issue_outcome(issue_id, outcome.model_dump(mode="json"))
    return outcome
