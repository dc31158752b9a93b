"""The second model: another one than the writer's, which sees sentences and the passages they cite, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import Field

from newsroom.boundary import Boundary
from newsroom.errors import DraftInvalid
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding, Remark
from newsroom.settings import ModelSettings
from newsroom.writing.claude import Claude
from newsroom.writing.draft import Usage
from newsroom.writing.house_rules import advises, carries_a_link, speaks_to_a_machine
from newsroom.writing.line import Errand
from newsroom.writing.prompt import as_data, read_prompt

NAME = "critic"
CONTEXT = 300
"""Characters around a span that the critic sees: a passage torn out of its sentence may say the opposite of it."""


@dataclass(frozen=True)
class Opinion:
    """What the critic says of one draft."""

    mark: int
    """0–100: a component of the score, never the score."""
    findings: tuple[Finding, ...]
    strengths: tuple[Remark, ...]
    limitations: tuple[Remark, ...]
    usage: Usage


class Critic(Protocol):
    def judge(self, submission: Submission, errand: Errand | None = None) -> Opinion:
        """Raises ModelOverloaded, BudgetSpent, ModelRefused, DraftInvalid."""


class _Fault(Boundary):
    sentence: str
    severity: Literal["block", "warn"]
    reason: str = Field(min_length=1, max_length=400)


class _Comment(Boundary):
    text: str = Field(min_length=1, max_length=300)
    sentences: tuple[str, ...]


class Review(Boundary):
    """The critic's answer."""

    mark: int = Field(ge=0, le=100)
    faults: tuple[_Fault, ...]
    strengths: tuple[_Comment, ...] = Field(min_length=1)
    limitations: tuple[_Comment, ...] = Field(min_length=1)


class ClaudeCritic:
    def __init__(self, model: Claude) -> None:
        self._model = model
        self._prompt = read_prompt("newsroom.review", "judge_story")

    def judge(self, submission: Submission, errand: Errand | None = None) -> Opinion:
        """One question; DraftInvalid when the answer speaks of sentences that the draft does not have."""
        sentences = [
            {
                "id": claim.id,
                "kind": claim.kind,
                "text": as_data(claim.text),
                "mechanism": as_data(claim.mechanism),
                "passages": [as_data(passage) for passage in _passages(submission, claim.id)],
            }
            for claim in submission.claims
        ]
        errand = errand or Errand(about=submission.draft.id, at=submission.draft.written_at)
        answer, usage = self._model.ask(self._prompt, {"sentences": sentences}, Review, errand)
        known = {claim.id for claim in submission.claims}
        unknown = {fault.sentence for fault in answer.faults if fault.sentence} - known
        if unknown:
            raise DraftInvalid(
                f"it speaks of sentences that are not there: {sorted(unknown)[0]}", about=submission.draft.id
            )
        return Opinion(
            mark=answer.mark,
            findings=tuple(finding(NAME, one.severity, _printable(one.reason), one.sentence) for one in answer.faults),
            strengths=_remarks(answer.strengths, known),
            limitations=_remarks(answer.limitations, known),
            usage=usage,
        )


def hire_critic(settings: ModelSettings, archive: Any, secret: Callable[[str], str]) -> Critic | None:
    """None where no model is configured."""
    if settings.model_provider == "none":
        return None
    from newsroom.writing.claude import hire_claude

    return ClaudeCritic(hire_claude(settings, settings.critic_model, archive, secret))


def _passages(submission: Submission, claim_id: str) -> list[str]:
    """A claim's spans, each with the text around it up to the sentence's or line's end within `CONTEXT` characters."""
    claim = next(one for one in submission.claims if one.id == claim_id)
    found = []
    for span in claim.spans:
        article = submission.articles.get(span.article_id)
        if article and submission.stretch(span):
            evidence = article.evidence
            start = max(evidence.rfind("\n", 0, span.start) + 1, span.start - CONTEXT)
            stop = evidence.find("\n", span.end)
            end = min(stop if stop >= 0 else len(evidence), span.end + CONTEXT)
            found.append(f"{submission.name(article)}: {evidence[start:end]}")
    return found


def _remarks(comments: tuple[_Comment, ...], known: set[str]) -> tuple[Remark, ...]:
    """Those tied to sentences of the draft, fit to print; the rest is left out."""
    return tuple(
        Remark(text=one.text, claim_ids=tuple(s for s in one.sentences if s in known))
        for one in comments
        if known & set(one.sentences) and _printable(one.text) == one.text and not advises(one.text)
    )


def _printable(text: str) -> str:
    """A finding is printed beside the page: it carries no address and no words to a machine."""
    return "It found a fault that cannot be printed." if carries_a_link(text) or speaks_to_a_machine(text) else text
