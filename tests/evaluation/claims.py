"""Single sentences under review: the hand-written halves, and what the checks say of one sentence on one passage."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from newsroom.articles.article import Article
from newsroom.review.checks import run_checks
from newsroom.review.submission import Submission
from newsroom.review.verdict import Finding
from newsroom.writing.draft import Claim, Draft, Span

from tests.evaluation.sample_stories import ANCHOR, SampleStory, events, filled, publishers

HERE = Path(__file__).parent
Part = Literal["half_a", "half_b", "fresh", "fresh_2", "practice", "fresh_3", "fresh_4", "fresh_5"]


@dataclass(frozen=True)
class Sentence:
    """A sentence that claims to rest on `spans` of a story's articles; `kind` is what was corrupted, or `clean`."""

    kind: str
    text: str
    spans: tuple[Span, ...]
    told: SampleStory

    @classmethod
    def of(cls, told: SampleStory, text: str) -> "Sentence":
        """A sentence of one of the story's articles, on itself."""
        return cls("clean", text, (span_of(told, text),), told)

    def findings(self) -> tuple[Finding, ...]:
        """What blocks it when it stands alone in the body of a draft."""
        claim = Claim(id="body-1-1", kind="fact", text=self.text, spans=self.spans)
        found = run_checks(submission(self.told, (claim,)))
        return tuple(one for one in found if one.severity == "block" and one.claim_id == claim.id)


@cache
def written(part: Part) -> tuple[Sentence, ...]:
    """All sentences of one file, clean ones first within each passage."""
    passages = tomllib.loads((HERE / f"{part}.toml").read_text(encoding="utf-8"))["passage"]
    return tuple(sentence for passage in passages for sentence in _sentences(passage))


def submission(told: SampleStory, body: tuple[Claim, ...], **more: Any) -> Submission:
    """The claims as a body under a source's own headline, before the reviewer."""
    first = told.articles[0]
    headline = Claim(
        id="headline",
        kind="fact",
        text=first.title,
        spans=(Span.over(first.id, first.evidence, 0, len(first.title)),),
    )
    draft = Draft(
        id=f"{told.story.id}-evaluation",
        story_id=told.story.id,
        writer="claude",
        written_at=ANCHOR,
        inputs=told.story.inputs,
        sources=tuple(article.id for article in told.articles),
        headline=headline,
        body=tuple((claim,) for claim in body),
        **more,
    )
    return Submission(draft, {article.id: article for article in told.articles}, told.story, publishers())


def span_of(told: SampleStory, words: str) -> Span:
    """Where the words stand verbatim, in the first article that has them; ValueError when none has."""
    for article in told.articles:
        if words in article.evidence:
            return located(article, words)
    raise ValueError(f"{told.name}: no article says {words!r}")


def located(article: Article, words: str) -> Span:
    start = article.evidence.index(words)
    return Span.over(article.id, article.evidence, start, start + len(words))


def _sentences(passage: dict[str, Any]) -> Iterator[Sentence]:
    told = events()[passage["event"]]
    spans = (span_of(told, filled(passage["span"])),)
    for text in passage["clean"]:
        yield Sentence("clean", filled(text), spans, told)
    for corrupted in passage["corrupted"]:
        yield Sentence(corrupted["kind"], filled(corrupted["text"]), spans, told)
