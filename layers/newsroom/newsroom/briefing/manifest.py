"""Who gets an issue, when, in batches: written once, so that a repeated state sends to the same people."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from newsroom.boundary import Boundary, Moment, as_json
from newsroom.errors import NotFound

BATCH = 500
"""Subscribers: somewhat over a minute of sending at seven a second, five calls of BatchGetItem. A million are 2,000
batches, whose manifest and whose children's results no state has to carry."""


class KeepsDocuments(Protocol):
    """The part of the archive that is needed here."""

    def document(self, key: str) -> bytes: ...

    def put_document(self, key: str, body: bytes) -> None: ...


class Wave(Boundary):
    """Those who are sent an issue at the same time."""

    at: Moment
    manifest: str
    """Key of the document that the Distributed Map reads: the numbers of the wave's batches."""


class Manifest(Boundary):
    """How many, in how many batches; the batches are documents of their own, ids only."""

    issue_id: str
    recipients: int
    batches: int
    waves: tuple[Wave, ...] = ()
    """In the order of time: a dozen at most, for clocks differ by quarters of an hour where few people live."""

    @property
    def numbers(self) -> list[int]:
        return list(range(1, self.batches + 1))


def write_manifest(archive: KeepsDocuments, issue_id: str, readers: Iterable[tuple[str, datetime]]) -> Manifest:
    """The manifest of an issue for (subscriber id, when it is due); one that was finished before is kept, whoever has
    subscribed since."""
    try:
        return read_manifest(archive, issue_id)
    except NotFound:
        pass
    waiting: dict[datetime, list[str]] = {}
    written: dict[datetime, list[int]] = {}
    recipients = batches = 0

    def write(due: datetime) -> None:
        nonlocal batches
        batches += 1
        written.setdefault(due, []).append(batches)
        archive.put_document(_key(issue_id, batches), json.dumps(waiting.pop(due)).encode())

    for subscriber_id, due in readers:
        recipients += 1
        waiting.setdefault(due, []).append(subscriber_id)
        if len(waiting[due]) == BATCH:
            write(due)
    for due in sorted(waiting):
        write(due)
    waves = tuple(
        Wave(at=due, manifest=f"manifests/{issue_id}/wave-{number}.json")
        for number, due in enumerate(sorted(written), 1)
    )
    for wave, due in zip(waves, sorted(written), strict=True):
        archive.put_document(wave.manifest, as_json(written[due]))
    manifest = Manifest(issue_id=issue_id, recipients=recipients, batches=batches, waves=waves)
    # Last: a manifest that exists is whole.
    archive.put_document(_key(issue_id, 0), manifest.model_dump_json().encode())
    return manifest


def read_manifest(archive: KeepsDocuments, issue_id: str) -> Manifest:
    """NotFound when it was never finished."""
    return Manifest.model_validate_json(archive.document(_key(issue_id, 0)))


def read_batch(archive: KeepsDocuments, issue_id: str, number: int) -> list[str]:
    """Subscriber ids; NotFound."""
    return list(json.loads(archive.document(_key(issue_id, number))))


def _key(issue_id: str, number: int) -> str:
    return f"manifests/{issue_id}/{number:05}.json"
