"""Draft → verdict: the checks, the second model where there is one, the score, the decision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.articles.article import Article
from newsroom.errors import BudgetSpent, DraftInvalid, ModelOverloaded, ModelRefused
from newsroom.publishers.publisher import Publisher
from newsroom.review.checks import CHECKS, run_checks
from newsroom.review.deciding import decide, insufficient
from newsroom.review.remarks import limitations, strengths
from newsroom.review.rubric import rubric
from newsroom.review.score import score
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding, Verdict
from newsroom.stories.story import Story
from newsroom.writing.draft import Draft, Usage
from newsroom.writing.line import Errand

if TYPE_CHECKING:
    from newsroom.review.critic import Critic

NOT_HAD = "The second model could not be had for its review."
"""What is found instead of an opinion."""


def review(
    draft: Draft,
    articles: Sequence[Article],
    story: Story,
    publishers: Mapping[str, Publisher],
    critic: "Critic | None",
    now: datetime,
    errand: Errand | None = None,
) -> Verdict:
    """The verdict on one draft.

    `articles` are those of the story, in any order. The critic reads only what code has let pass, and only what a
    model wrote: in a digest of quotations there is nothing of anybody's own to judge. Without a critic the
    verdict's `reviewed_at` is the draft's own date, so that the same draft has the same verdict to the byte.
    It fails closed: a critic that cannot be had is a blocking finding. Raises ModelOverloaded only when the
    errand may wait and somebody asks again.
    """
    submission = Submission(draft, {article.id: article for article in articles}, story, publishers)
    rules = rubric()
    findings = run_checks(submission)
    opinion = None
    if critic and _worth_reading(submission, findings):
        try:
            opinion = critic.judge(submission, errand)
            findings += opinion.findings
        except (ModelOverloaded, BudgetSpent, ModelRefused, DraftInvalid) as exc:
            if errand and errand.may_wait and isinstance(exc, ModelOverloaded):
                raise
            findings += (finding("critic", "block", NOT_HAD),)
    marked = score(submission, findings, opinion.mark if opinion else None, rules)
    outcome, held_because = decide(submission, findings, marked, rules)
    return Verdict(
        draft_id=draft.id,
        draft_sha256=draft.sha256,
        story_id=draft.story_id,
        outcome=outcome,
        reviewed_at=now if opinion else draft.written_at,
        critic=opinion.usage.model if opinion else "code",
        rubric=rules.version,
        score=marked,
        findings=findings,
        strengths=strengths(submission, findings) + (opinion.strengths if opinion else ()),
        limitations=limitations(submission, findings, marked) + (opinion.limitations if opinion else ()),
        checks=tuple(name for name, _ in CHECKS) + (("critic",) if opinion else ()),
        usage=opinion.usage if opinion else Usage(),
        held_because=held_because,
    )


def _worth_reading(submission: Submission, findings: Sequence[Finding]) -> bool:
    """Code comes first: what it blocks needs no second opinion, and a digest has no sentence of its own."""
    blocked = any(found.severity == "block" for found in findings)
    return submission.draft.writer != "excerpt" and not blocked and not insufficient(submission)
