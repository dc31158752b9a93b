"""Claude as it answered: recorded answers in the model's place, and nobody who could be asked."""

from typing import Any

from pydantic import ValidationError

from newsroom.errors import BadInput, DraftInvalid, ModelRefused, NewsroomError, NotFound
from newsroom.writing.assignment import Assignment
from newsroom.writing.claude import Claude, Kept
from newsroom.writing.claude_writer import ClaudeWriter
from newsroom.writing.commission import Commission, Papers
from newsroom.writing.draft import Draft
from newsroom.writing.excerpt_writer import ExcerptWriter
from newsroom.writing.line import Line
from newsroom.writing.writer import UNAVAILABLE, Substituted, Writer


class RecordedAnswers:
    """A ledger that only reads. `asked`: the key under which the last answer was looked for."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self.asked = ""

    def document(self, key: str) -> bytes:
        """NotFound; BadInput for what is no recorded answer."""
        self.asked = key
        body = self._papers.document(key)
        try:
            Kept.model_validate_json(body)
        except ValidationError as exc:
            raise BadInput("is not a recorded answer", about=key) from exc
        return body

    def put_document(self, key: str, body: bytes) -> None:
        """Nothing is kept twice."""

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        """Nothing costs anything."""

    def settle(self, day: str, reserved: int, spent: int) -> None:
        """Nothing was spent."""


def recorded_claude(model: str, papers: Papers) -> Claude:
    """Its `ask` raises NotFound, with the key, where no answer is recorded: too old, or this code asks otherwise."""
    answers = RecordedAnswers(papers)

    def connect() -> Any:
        raise NotFound("no answer is recorded for this question", about=answers.asked)

    return Claude(connect, model, answers, 0, Line(answers))


def writer_again(commission: Commission, draft: Draft, papers: Papers) -> Writer:
    """Who wrote the draft, as far as it can be had again.

    Raises BadInput when the present writer works by another recipe: then only the release that wrote it replays it.
    """
    writer: Writer
    if commission.writer == ExcerptWriter.name:
        writer = ExcerptWriter()
    elif draft.writer == "excerpt":
        return Substituted(_Unavailable(commission, _error_of(draft)), ExcerptWriter())
    else:
        writer = ClaudeWriter(recorded_claude(draft.usage.model, papers))
    if writer.recipe != commission.recipe:
        raise BadInput(
            f"was written by the recipe {commission.recipe}, and this release has {writer.recipe}", about=draft.id
        )
    return writer


class _Unavailable:
    """A model that could not be had when the draft was written."""

    def __init__(self, commission: Commission, error: type[NewsroomError]) -> None:
        self.name, self.recipe = commission.writer, commission.recipe
        self._error = error

    def write(self, assignment: Assignment) -> Draft:
        raise self._error("it could not be had", about=assignment.story.id)


def _error_of(draft: Draft) -> type[NewsroomError]:
    """What the page says about the model, as the error that it was."""
    reason = draft.absent.get("model", UNAVAILABLE[ModelRefused])
    return next((error for error, said in UNAVAILABLE.items() if said == reason), DraftInvalid)
