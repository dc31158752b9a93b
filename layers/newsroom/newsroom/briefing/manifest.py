"""Who gets an issue, in batches: written once, so that a repeated state sends to the same people."""

import json
from collections.abc import Iterable
from typing import Protocol

from newsroom.boundary import Boundary, as_json
from newsroom.errors import NotFound

BATCH = 500
"""Subscribers: somewhat over a minute of sending at seven a second, five calls of BatchGetItem. A million are 2,000
batches, whose manifest and whose children's results no state has to carry."""


class KeepsDocuments(Protocol):
    """The part of the archive that is needed here."""

    def document(self, key: str) -> bytes: ...

    def put_document(self, key: str, body: bytes) -> None: ...


class Manifest(Boundary):
    """How many, in how many batches; the batches are documents of their own, ids only."""

    issue_id: str
    recipients: int
    batches: int

    @property
    def numbers(self) -> list[int]:
        return list(range(1, self.batches + 1))

    @property
    def key(self) -> str:
        """Of the document that the Distributed Map reads: the numbers of the batches."""
        return f"manifests/{self.issue_id}/batches.json"


def write_manifest(archive: KeepsDocuments, issue_id: str, subscriber_ids: Iterable[str]) -> Manifest:
    """The manifest of an issue; one that was finished before is kept, whoever has subscribed since."""
    try:
        return read_manifest(archive, issue_id)
    except NotFound:
        pass
    number = recipients = 0
    batch: list[str] = []
    for subscriber_id in subscriber_ids:
        batch.append(subscriber_id)
        if len(batch) == BATCH:
            number, recipients = number + 1, recipients + BATCH
            archive.put_document(_key(issue_id, number), json.dumps(batch).encode())
            batch = []
    if batch:
        number, recipients = number + 1, recipients + len(batch)
        archive.put_document(_key(issue_id, number), json.dumps(batch).encode())
    manifest = Manifest(issue_id=issue_id, recipients=recipients, batches=number)
    archive.put_document(manifest.key, as_json(manifest.numbers))
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
