"""Who gets an issue, when, in batches: written once, so that a repeated state sends to the same people."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from newsroom.boundary import Boundary, Moment, as_json
from newsroom.briefing.allowance import Limit, Room
from newsroom.errors import NotFound

BATCH = 500
"""Subscribers: somewhat over a minute of sending at seven a second, five calls of BatchGetItem. A million are 2,000
batches, whose manifest and whose children's results no state has to carry."""

LIST = "manifest"


class KeepsDocuments(Protocol):
    """The part of the archive that is needed here."""

    def document(self, key: str) -> bytes: ...

    def put_document(self, key: str, body: bytes) -> None: ...

    def put_first(self, key: str, body: bytes) -> bytes: ...


class Wave(Boundary):
    """Those who are sent an issue at the same time."""

    at: Moment
    manifest: str
    """Key of the document that the Distributed Map reads: the names of the wave's batches."""


class Manifest(Boundary):
    """How many, in how many batches; the batches are documents of their own, ids only."""

    issue_id: str
    recipients: int
    batches: tuple[str, ...]
    """Their names."""
    waves: tuple[Wave, ...] = ()
    """In the order of time: a dozen at most, for clocks differ by quarters of an hour where few people live."""
    held_back: int = 0
    """Who want the issue and are not among the recipients: the day had no room for them."""
    held_for: Limit = ""
    """What had none."""
    held: tuple[str, ...] = ()
    """Batches of them."""
    held_list: str = ""
    """Key of the document that names these, for a Distributed Map."""
    queue: tuple[str, ...] = ()
    """Batches of all who come first in the next issue, the longest waiting first: they, and at a weekend those who
    waited already and want none then."""

    def waves_now(self, room: Room, now: datetime) -> tuple[Wave, ...]:
        """Those of today; and at last whoever was held back, where an operator goes on with the issue and the day has
        room for all by now."""
        all_of_them = self.recipients + self.held_back
        if not self.held or (room.mails is not None and room.mails < all_of_them):
            return self.waves
        return (*self.waves, Wave(at=now, manifest=self.held_list))


def write_manifest(
    archive: KeepsDocuments,
    issue_id: str,
    readers: Iterable[tuple[str, datetime]],
    *,
    held: Sequence[str] = (),
    held_for: Limit = "",
    queue: Sequence[str] = (),
) -> Manifest:
    """The manifest of an issue for (subscriber id, when it is due), and for whom the day had no room; one that was
    finished before is kept, whoever has subscribed since.

    Of two that write at a time (a call that is taken for dead, and its repetition) the first to finish has written it:
    what is named by its content cannot be mixed up.
    """
    try:
        return read_manifest(archive, issue_id)
    except NotFound:
        pass
    waiting: dict[datetime, list[str]] = {}
    written: dict[datetime, list[str]] = {}
    recipients = 0

    def write(due: datetime) -> None:
        written.setdefault(due, []).append(_put(archive, issue_id, as_json(waiting.pop(due))))

    for subscriber_id, due in readers:
        recipients += 1
        waiting.setdefault(due, []).append(subscriber_id)
        if len(waiting[due]) == BATCH:
            write(due)
    for due in sorted(waiting):
        write(due)
    waves = tuple(
        Wave(at=due, manifest=_key(issue_id, _put(archive, issue_id, as_json(names))))
        for due, names in sorted(written.items())
    )
    batches = tuple(name for _, names in sorted(written.items()) for name in names)
    held_names = _put_batches(archive, issue_id, held)
    manifest = Manifest(
        issue_id=issue_id,
        recipients=recipients,
        batches=batches,
        waves=waves,
        held_back=len(held),
        held_for=held_for if held else "",
        held=held_names,
        held_list=_key(issue_id, _put(archive, issue_id, as_json(held_names))) if held else "",
        queue=_put_batches(archive, issue_id, queue),
    )
    # Last: a manifest that exists is whole.
    return Manifest.model_validate_json(archive.put_first(_key(issue_id, LIST), manifest.model_dump_json().encode()))


def read_manifest(archive: KeepsDocuments, issue_id: str) -> Manifest:
    """NotFound when it was never finished."""
    return Manifest.model_validate_json(archive.document(_key(issue_id, LIST)))


def read_batch(archive: KeepsDocuments, issue_id: str, name: str) -> list[str]:
    """Subscriber ids; NotFound."""
    return list(json.loads(archive.document(_key(issue_id, name))))


def _put_batches(archive: KeepsDocuments, issue_id: str, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(_put(archive, issue_id, as_json(ids[start : start + BATCH])) for start in range(0, len(ids), BATCH))


def _put(archive: KeepsDocuments, issue_id: str, body: bytes) -> str:
    name = hashlib.sha256(body).hexdigest()[:16]
    archive.put_document(_key(issue_id, name), body)
    return name


def _key(issue_id: str, name: str) -> str:
    return f"manifests/{issue_id}/{name}.json"
