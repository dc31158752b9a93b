"""Answers that can wait: asked for in one edition, fetched in a later one, at half the price.

One request a batch: each story is written by its own function, and the provider puts batches together by itself. What
is on its way is noted under the digest of the request, so that the same question finds its batch again.
"""

from typing import Any

from newsroom.boundary import Boundary
from newsroom.errors import AnswerPending, BudgetSpent, ModelRefused, NotFound
from newsroom.writing.line import Errand, Ledger
from newsroom.writing.replies import Reply, reply_of


class Submitted(Boundary):
    """A request that was handed in."""

    batch_id: str
    day: str
    reserved: int
    """Micro-dollars set aside on that day."""


def find(ledger: Ledger, key: str) -> Submitted | None:
    """What was handed in under a request's digest."""
    try:
        found = Submitted.model_validate_json(ledger.document(_at(key)))
    except NotFound:
        return None
    return found if found.batch_id else None


def submit(client: Any, ledger: Ledger, key: str, request: dict[str, Any], day: str, reserved: int) -> None:
    batch = client.messages.batches.create(requests=[{"custom_id": key[:64], "params": request}])
    submitted = Submitted(batch_id=str(batch.id), day=day, reserved=reserved)
    ledger.put_document(_at(key), submitted.model_dump_json().encode())


def forget(ledger: Ledger, key: str) -> None:
    """It has ended; a note without a batch is none."""
    ledger.put_document(_at(key), Submitted(batch_id="", day="", reserved=0).model_dump_json().encode())


def fetch(client: Any, submitted: Submitted, errand: Errand) -> Reply:
    """The reply; AnswerPending while it is on its way, ModelRefused when none will come."""
    batch = client.messages.batches.retrieve(submitted.batch_id)
    if batch.processing_status != "ended":
        raise AnswerPending("its batch is not done", about=errand.about)
    for entry in client.messages.batches.results(submitted.batch_id):
        result = entry.result
        if result.type == "succeeded":
            return reply_of(result.message.to_dict(mode="json", warnings=False), errand.about)
        if "spend_limit" in str(result) or "billing" in str(result):
            raise BudgetSpent("the account's spend limit is reached", about=errand.about)
        raise ModelRefused(f"the batch ended without an answer: {result.type}", about=errand.about)
    raise ModelRefused("the batch ended without an answer", about=errand.about)


def _at(key: str) -> str:
    return f"models/batches/{key}.json"
