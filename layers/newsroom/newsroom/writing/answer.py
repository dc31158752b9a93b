"""What a model answers when it is asked to write a story: sentences with quotations, not yet located in any text."""

from typing import Literal

from pydantic import Field

from newsroom.boundary import Boundary


class Quoted(Boundary):
    """A stretch of an article as the model remembers it."""

    article: int
    """The number that the article has in the prompt, from 1."""
    words: str = Field(max_length=400)


class Sentence(Boundary):
    kind: Literal["fact", "inference", "context"]
    text: str = Field(min_length=1, max_length=700)
    quotations: tuple[Quoted, ...]
    mechanism: str = Field(max_length=400)
    """Empty unless it is an inference."""


class WrittenRipple(Boundary):
    entity: str = Field(min_length=1, max_length=120)
    direction: Literal["up", "down", "mixed", "unclear"]
    confidence: Literal["low", "medium", "high"]
    sentence: Sentence


class WrittenWatch(Boundary):
    entity: str = Field(min_length=1, max_length=120)
    trigger: str = Field(min_length=1, max_length=200)
    by: str = Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    sentence: Sentence


class WrittenStance(Boundary):
    article: int
    label: Literal["bullish", "neutral", "bearish"]
    reason: str = Field(min_length=1, max_length=300)


class WrittenPosition(Boundary):
    article: int
    value: str = Field(min_length=1, max_length=60)
    sentence: Sentence


class WrittenDispute(Boundary):
    subject: str = Field(min_length=1, max_length=120)
    positions: tuple[WrittenPosition, ...]


class WrittenLenses(Boundary):
    asia: tuple[Sentence, ...]
    europe: tuple[Sentence, ...]
    americas: tuple[Sentence, ...]
    mea: tuple[Sentence, ...]


class Absence(Boundary):
    module: Literal[
        "standfirst",
        "tldr",
        "quick_take",
        "why_it_matters",
        "ripples",
        "watch",
        "lenses",
        "stances",
        "disputes",
        "gaps",
    ]
    reason: str = Field(min_length=1, max_length=200)


class WrittenStory(Boundary):
    headline: Sentence
    standfirst: Sentence | None
    tldr: tuple[Sentence, ...]
    quick_take: tuple[Sentence, ...]
    body: tuple[tuple[Sentence, ...], ...]
    why_it_matters: tuple[Sentence, ...]
    ripples: tuple[WrittenRipple, ...]
    watch: tuple[WrittenWatch, ...]
    lenses: WrittenLenses
    stances: tuple[WrittenStance, ...]
    disputes: tuple[WrittenDispute, ...]
    gaps: tuple[Sentence, ...]
    absent: tuple[Absence, ...]
