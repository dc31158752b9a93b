"""The port that every writer fills, and who is hired for it.

A hired model never leaves an edition without copy: whatever makes it unavailable, the excerpt writer takes the
assignment and the draft says so under `absent["model"]`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Protocol

from newsroom.errors import BudgetSpent, DraftInvalid, ModelOverloaded, ModelRefused, NewsroomError
from newsroom.settings import ModelSettings
from newsroom.writing.assignment import Assignment
from newsroom.writing.copy_limits import quotable
from newsroom.writing.draft import Draft, draft_id

_NO_ANSWER = "The model gave no usable answer; this is a digest of quotations chosen by code."
UNAVAILABLE: Mapping[type[NewsroomError], str] = {
    ModelOverloaded: "The model was overloaded; this is a digest of quotations chosen by code.",
    BudgetSpent: "The budget for the model is spent; this is a digest of quotations chosen by code.",
    ModelRefused: _NO_ANSWER,
    DraftInvalid: _NO_ANSWER,
}
"""Why a digest stands where a model was to write, as its page says it."""


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
