"""From a state's payload to a recorded verdict: the calling side of the review."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary
from newsroom.publishers.publisher import Publisher
from newsroom.review.editor import Policy, before_readers, speaks_of_people
from newsroom.review.reviewing import review
from newsroom.review.verdict import Verdict
from newsroom.writing.assigning import PATIENCE
from newsroom.writing.line import Errand

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.review.critic import Critic


class ReviewOrder(Boundary):
    """What ReviewStory is told."""

    edition_id: str
    story_id: str
    draft_id: str
    attempt: int = 0
    retries: int | None = None
    """How often the state machine has called again; None when it does not say, and then nobody waits for a model."""

    @property
    def may_wait(self) -> bool:
        return self.retries is not None and self.retries < PATIENCE


def review_story(
    order: ReviewOrder,
    *,
    archive: "Archive",
    critic: "Critic | None",
    publishers: Mapping[str, Publisher],
    now: datetime,
    people_accused: Policy = "hold",
) -> Verdict:
    """The verdict on the order's draft, recorded; the stored one where it was judged before.

    What it says of people is held for an editor, unless one has read it or `people_accused` lets it pass.
    A draft is judged against exactly the articles it names. What became of a model's story is counted for its edition:
    by that the quality guard knows a model that has gone wrong. Raises NotFound, ModelOverloaded (only when the order
    may wait) and the archive's own errors.
    """
    draft = archive.draft(order.draft_id)
    verdict = archive.find_verdict(draft.id)
    if verdict is None:
        articles = archive.articles(draft.sources)
        story = archive.story(order.story_id)
        errand = Errand(draft.id, now, order.edition_id, order.retries or 0, order.may_wait)
        verdict = review(draft, articles, story, publishers, critic, now, errand)
    if speaks_of_people(verdict):
        verdict = before_readers(verdict, draft, archive.clearances(draft.story_id), people_accused)
    archive.record_verdict(verdict, draft.inputs)
    if draft.writer != "excerpt" and verdict.outcome != "revise":
        archive.count_judged(order.edition_id, draft.story_id, not _fails_code(verdict), now)
    return verdict


def _fails_code(verdict: Verdict) -> bool:
    """Whether a check found what must not stand; what the second model says, or that it is away, is another matter."""
    return any(found.severity == "block" and found.check != "critic" for found in verdict.findings)
