"""From a state's payload to a stored draft: the calling side of writing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary
from newsroom.publishers.publisher import Publisher
from newsroom.writing.assignment import Assignment
from newsroom.writing.commission import commission_of, keep
from newsroom.writing.draft import Draft
from newsroom.writing.writer import Writer, name_of

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive

PATIENCE = 2
"""Times that the state machine calls again for an overloaded model; at the last the stand-in writes."""


class WritingOrder(Boundary):
    """What WriteStory is told."""

    edition_id: str
    story_id: str
    attempt: int = 0
    revise: str = ""
    """Id of the draft that did not pass; empty at the first attempt."""
    retries: int | None = None
    """How often the state machine has called again; None when it does not say, and then nobody waits for a model."""

    @property
    def may_wait(self) -> bool:
        return self.retries is not None and self.retries < PATIENCE


def write_story(
    order: WritingOrder, *, archive: "Archive", writer: Writer, publishers: Mapping[str, Publisher], now: datetime
) -> Draft:
    """The draft that the order asks for: the stored one where it was written before, else a new one, stored.

    Raises NotFound, BadInput, AnswerPending, ModelOverloaded (only when the order may wait), and the archive's errors.
    """
    story = archive.story(order.story_id)
    previous = archive.draft(order.revise) if order.revise else None
    findings = archive.verdict(order.revise).findings if order.revise else ()
    articles = tuple(archive.articles(member.article_id for member in story.members))
    assignment = Assignment(
        story,
        articles,
        publishers,
        now,
        order.attempt,
        findings,
        previous,
        edition_id=order.edition_id,
        repeats=order.retries or 0,
        may_wait=order.may_wait,
    )
    written = archive.find_draft(name_of(writer, assignment))
    if written:
        return written
    if head := archive.head(story.id):
        assignment = replace(assignment, told=archive.version(story.id, head.version))
    draft = writer.write(assignment)
    keep(archive, draft.id, commission_of(assignment, writer))
    archive.store_draft(draft)
    return draft
