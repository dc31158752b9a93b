"""An editor reads what a story says of people, and lets it go: the calling side of `editor.py`."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from pydantic import ValidationError, model_validator

from newsroom.boundary import Boundary, Moment, first_fault
from newsroom.errors import BadInput, DraftAltered, NotFound
from newsroom.review.editor import WAITS, before_readers, sentences_of
from newsroom.review.verdict import Clearance, Role, Verdict
from newsroom.writing.draft import Draft, digest

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive


MOST = 1000
"""Held stories among which those for an editor are looked for."""


class GivenClearance(Boundary):
    """The payload of `clear_story`. Empty, it asks what waits."""

    draft_id: str = ""
    draft_sha256: str = ""
    """As it was shown: what was read is what is cleared."""
    role: Role | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len({bool(self.draft_id), bool(self.draft_sha256), bool(self.role)}) > 1:
            raise ValueError("to clear a draft takes draft_id, draft_sha256 and role")
        return self


class SentenceToRead(Boundary):
    """What is said, and the words of the sources that it stands on."""

    text: str
    evidence: tuple[str, ...]


class Waiting(Boundary):
    """A story that is held for an editor alone."""

    story_id: str
    draft_id: str
    draft_sha256: str
    headline: str
    since: Moment
    sentences: tuple[SentenceToRead, ...]


class Clearing(Boundary):
    """The answer: what was cleared, if anything, and what waits still."""

    story_id: str = ""
    cleared: Clearance | None = None
    repeated: bool = False
    waiting: tuple[Waiting, ...]


def read_clearance(event: Mapping[str, Any]) -> GivenClearance:
    """BadInput says which field does not fit."""
    try:
        return GivenClearance.model_validate(event)
    except ValidationError as exc:
        raise BadInput(first_fault(exc), about="clearance") from exc


def clear(given: GivenClearance, archive: "Archive", now: datetime) -> Clearing:
    """Keep that an editor has read a draft, and have the next edition publish it. Repeated, it changes nothing.

    The clearance is kept first and the verdict changed then, so that whatever a crash leaves is mended by the same
    call. A story that has grown meanwhile stays due; its next draft needs no editor for the same sentences.

    Raises NotFound, BadInput for a draft that waits for no editor or is another than was read, DraftAltered for one
    that is not what was judged, ArchiveConflict when two editors clear one story at once.
    """
    if given.role is None:
        return Clearing(waiting=waiting(archive))
    draft, verdict = archive.draft(given.draft_id), archive.verdict(given.draft_id)
    if draft.sha256 != verdict.draft_sha256:
        raise DraftAltered("the stored draft is not the one that was judged", about=draft.id)
    if draft.sha256 != given.draft_sha256:
        raise BadInput("is another draft than the one that was read", about=draft.id)
    if not verdict.awaits_editor and verdict.cleared is None:
        raise BadInput("waits for no editor", about=draft.id)
    settled = before_readers(verdict, draft, archive.clearances(draft.story_id), "hold")
    repeated = settled.cleared is not None
    if not repeated:
        sentences = tuple(sorted(set(sentences_of(verdict, draft).values())))
        clearance = Clearance(role=given.role, at=now, draft_sha256=draft.sha256, sentences=sentences)
        archive.add_clearance(draft.story_id, clearance)
        settled = before_readers(verdict, draft, archive.clearances(draft.story_id), "hold")
    if settled != verdict:
        archive.record_verdict(settled, draft.inputs)
    return Clearing(story_id=draft.story_id, cleared=settled.cleared, repeated=repeated, waiting=waiting(archive))


def waiting(archive: "Archive") -> tuple[Waiting, ...]:
    """Every story that waits for an editor, newest first."""
    held = [one.draft_id for one in archive.held(MOST) if one.reason == WAITS]
    return tuple(_waiting(archive.draft(one), archive.verdict(one), archive) for one in held)


def _waiting(draft: Draft, verdict: Verdict, archive: "Archive") -> Waiting:
    told = sentences_of(verdict, draft)
    texts = {one: " · ".join(text for claim_id, text in draft.printed() if claim_id == one) for one in told}
    return Waiting(
        story_id=draft.story_id,
        draft_id=draft.id,
        draft_sha256=verdict.draft_sha256,
        headline=draft.headline.text,
        since=verdict.reviewed_at,
        sentences=tuple(SentenceToRead(text=texts[one], evidence=_evidence(one, draft, archive)) for one in told),
    )


def _evidence(claim_id: str, draft: Draft, archive: "Archive") -> tuple[str, ...]:
    """The words of its spans, as far as the articles still have them."""
    found = []
    for span in (span for claim in draft.claims() if claim.id == claim_id for span in claim.spans):
        try:
            words = archive.article(span.article_id).evidence[span.start : span.end]
        except NotFound:
            continue
        if digest(words) == span.sha256:
            found.append(words)
    return tuple(found)
