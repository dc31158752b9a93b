"""What became of everybody on the manifest."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary
from newsroom.briefing.manifest import read_batch, read_manifest
from newsroom.briefing.send import REACHED, Send, SendState

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.readers_archive import ReadersArchive

MOST_LISTED = 500
"""Ids of unknowns that the outcome lists; there are as many as workers that died."""


class Outcome(Boundary):
    """An issue, in numbers: recipients = sent + refused + claimed + unknown + unsent."""

    issue_id: str
    recipients: int
    sent: int
    delivered: int
    bounced: int = 0
    complained: int = 0
    refused: int
    claimed: int = 0
    """Handed to SES at this moment, or left by a worker that died: none once the issue is closed."""
    unknown: int
    unsent: int
    """Without any record: unsubscribed meanwhile, or not reached."""
    held_back: int = 0
    """Of these: not sent because the list is being warmed up, or the quota is smaller than the list; they come first in
    the next issue."""
    unknown_ids: tuple[str, ...]
    complete: bool = True
    """Everybody who still wants the issue has it, was refused, is unknown, or waits by plan; if not, an operator can go
    on with it."""


def progress(archive: "Archive", readers: "ReadersArchive", issue_id: str) -> Outcome:
    """As far as it is; nothing is changed. NotFound for an issue that was not addressed yet."""
    return _counted(archive, readers, issue_id, lambda send: send.state)


def close(archive: "Archive", readers: "ReadersArchive", issue_id: str) -> Outcome:
    """Count, turn claims that were left open into `unknown`, record the outcome. Repeating it counts again."""

    def settled(send: Send) -> SendState:
        if send.state != "claimed":
            return send.state
        readers.advance_send(issue_id, send.subscriber_id, "unknown")
        return "unknown"

    outcome = _counted(archive, readers, issue_id, settled)
    archive.record_issue_outcome(issue_id, outcome.model_dump(mode="json"))
    return outcome


def _counted(
    archive: "Archive", readers: "ReadersArchive", issue_id: str, state_of: Callable[[Send], SendState]
) -> Outcome:
    manifest, warmth = read_manifest(archive, issue_id), readers.warmth(issue_id)
    stopped = warmth is not None and warmth.stopped
    states: Counter[SendState] = Counter()
    unknown: list[str] = []
    complete, held_back = True, 0
    for name in (*manifest.batches, *manifest.held):
        held = name in manifest.held
        by_plan = manifest.held_for == "plan" if held else stopped
        batch = read_batch(archive, issue_id, name)
        sends = readers.sends(issue_id, batch)
        for subscriber_id in batch:
            send = sends.get(subscriber_id)
            if send:
                state = state_of(send)
                states[state] += 1
                unknown += [subscriber_id] if state == "unknown" else []
                continue
            held_back += held or by_plan
            # One is enough to know, so that a list that was stopped at its beginning is not read through.
            if complete and not by_plan and _wanted(readers, subscriber_id):
                complete = False
    recipients = manifest.recipients + manifest.held_back
    return Outcome(
        issue_id=issue_id,
        recipients=recipients,
        sent=sum(states[state] for state in REACHED),
        delivered=states["delivered"],
        bounced=states["bounced"],
        complained=states["complained"],
        refused=states["refused"],
        claimed=states["claimed"],
        unknown=len(unknown),
        unsent=recipients - states.total(),
        held_back=held_back,
        unknown_ids=tuple(unknown[:MOST_LISTED]),
        complete=complete,
    )


def _wanted(readers: "ReadersArchive", subscriber_id: str) -> bool:
    subscriber = readers.find_subscriber(subscriber_id)
    return subscriber is not None and subscriber.state == "confirmed" and not readers.suppression(subscriber_id)
