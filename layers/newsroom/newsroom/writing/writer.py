"""The port that every writer fills, and who is hired for it.

A hired model never leaves an edition without copy: whatever makes it unavailable, the excerpt writer takes the
assignment and the draft says so under `absent["model"]`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from newsroom.articles.article import Article
from newsroom.errors import BudgetSpent, DraftInvalid, ModelOverloaded, ModelRefused, NewsroomError
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Finding
from newsroom.settings import ModelSettings
from newsroom.stories.story import Story
from newsroom.writing.copy_limits import quotable
from newsroom.writing.draft import Draft, draft_id
from newsroom.writing.line import Errand

_NO_ANSWER = "The model gave no usable answer; this is a digest of quotations chosen by code."
UNAVAILABLE: Mapping[type[NewsroomError], str] = {
    ModelOverloaded: "The model was overloaded; this is a digest of quotations chosen by code.",
    BudgetSpent: "The budget for the model is spent; this is a digest of quotations chosen by code.",
    ModelRefused: _NO_ANSWER,
    DraftInvalid: _NO_ANSWER,
}
"""Why a digest stands where a model was to write, as its page says it."""


@dataclass(frozen=True)
class Assignment:
    """One story to write, from these articles and no others."""

    story: Story
    articles: tuple[Article, ...]
    """Every article of the story, in any order."""
    sources: Mapping[str, Publisher]
    """Publishers by id; an article whose publisher is not there is quoted under its id, as tier 3."""
    now: datetime
    attempt: int = 0
    findings: tuple[Finding, ...] = ()
    """What the review found in the attempt before."""
    previous: Draft | None = None
    """That attempt."""
    edition_id: str = ""
    """On whose account calls are counted; empty at a console."""
    repeats: int = 0
    """How often this assignment was given before, the model being overloaded."""
    may_wait: bool = False
    """Whether somebody will call again when the model is overloaded; else the excerpt writer takes over at once."""

    @property
    def errand(self) -> Errand:
        return Errand(self.story.id, self.now, self.edition_id, self.repeats, self.may_wait)

    def origins(self) -> dict[str, str]:
        """Article id → origin id; an article that the story does not know is an origin of its own."""
        known = {member.article_id: member.origin_id for member in self.story.members}
        return {article.id: known.get(article.id, article.id) for article in self.articles}

    def name(self, article: Article) -> str:
        """The publisher's name, as readers know it."""
        publisher = self.sources.get(article.publisher_id)
        return publisher.name if publisher else article.publisher_id or "An unnamed source"

    def tier(self, article: Article) -> int:
        publisher = self.sources.get(article.publisher_id)
        return publisher.tier if publisher else 3


class Writer(Protocol):
    """Sources → a draft in which every sentence has its evidence."""

    @property
    def name(self) -> str:
        """`claude` or `excerpt`."""

    @property
    def recipe(self) -> str:
        """Digest of what decides a draft besides the story: model, prompt, rules."""

    def write(self, assignment: Assignment) -> Draft:
        """Raises AnswerPending, ModelOverloaded (only when the assignment may wait), BadInput (no article at all)."""


def name_of(writer: Writer, assignment: Assignment) -> str:
    """The id that this writer's draft of the assignment has, known before it is written."""
    return draft_id(assignment.story.id, assignment.story.inputs, writer.name, writer.recipe, assignment.attempt)


class Substituted:
    """A model with the excerpt writer behind it."""

    def __init__(self, model: Writer, stand_in: Writer) -> None:
        self._model = model
        self._stand_in = stand_in

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def recipe(self) -> str:
        return self._model.recipe

    def write(self, assignment: Assignment) -> Draft:
        """Raises ModelOverloaded when the assignment may wait: the state machine asks again, then without waiting.

        AnswerPending passes: the story stays due, and a later edition fetches the answer.
        """
        if not any(quotable(article) for article in assignment.articles):
            return self._stand_in.write(assignment).model_copy(update={"id": name_of(self, assignment)})
        try:
            return self._model.write(assignment)
        except (ModelOverloaded, BudgetSpent, ModelRefused, DraftInvalid) as exc:
            if assignment.may_wait and isinstance(exc, ModelOverloaded):
                raise
            reason = UNAVAILABLE[type(exc)]
        draft = self._stand_in.write(assignment)
        return draft.model_copy(update={"id": name_of(self, assignment), "absent": {**draft.absent, "model": reason}})


def hire_writer(settings: ModelSettings, archive: object, secret: Callable[[str], str]) -> Writer:
    """The excerpt writer where no model is configured, else Claude with the excerpt writer behind it."""
    from newsroom.writing.excerpt_writer import ExcerptWriter

    if settings.model_provider == "none":
        return ExcerptWriter()
    from newsroom.writing.claude import hire_claude
    from newsroom.writing.claude_writer import ClaudeWriter

    claude = hire_claude(settings, settings.writer_model, archive, secret)
    hours = settings.batch_after_hours if settings.model_provider == "anthropic" else 0  # Bedrock has no such batches
    return Substituted(ClaudeWriter(claude, timedelta(hours=hours)), ExcerptWriter())
