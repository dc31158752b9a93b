"""What a model answers when it is asked to write a story: sentences with quotations, not yet located in any text."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from newsroom.boundary import Boundary


def visible(text: str) -> str:
    """Without characters that cannot be seen: they reorder a line, hide a word, or end a text early."""
    shown = (one if not unicodedata.category(one).startswith("C") else " " if one in "\n\t\r" else "" for one in text)
    return "".join(shown)


Words = Annotated[str, AfterValidator(visible)]
"""What a model wrote and a page shows."""


class Quoted(Boundary):
    """A stretch of an article as the model remembers it."""

    article: int
    """The number that the article has in the prompt, from 1."""
    words: str = Field(max_length=400)


class Sentence(Boundary):
    kind: Literal["fact", "inference", "context"]
    text: Words = Field(min_length=1, max_length=700)
    quotations: tuple[Quoted, ...]
    mechanism: Words = Field(max_length=400)
    """Empty unless it is an inference."""


class WrittenRipple(Boundary):
    entity: Words = Field(min_length=1, max_length=120)
    direction: Literal["up", "down", "mixed", "unclear"]
    confidence: Literal["low", "medium", "high"]
    sentence: Sentence


class WrittenWatch(Boundary):
    entity: Words = Field(min_length=1, max_length=120)
    trigger: Words = Field(min_length=1, max_length=200)
    by: str = Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    sentence: Sentence


class WrittenStance(Boundary):
    article: int
    label: Literal["bullish", "neutral", "bearish"]
    reason: Words = Field(min_length=1, max_length=300)


class WrittenPosition(Boundary):
    article: int
    value: Words = Field(min_length=1, max_length=60)
    sentence: Sentence


class WrittenDispute(Boundary):
    subject: Words = Field(min_length=1, max_length=120)
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
    reason: Words = Field(min_length=1, max_length=200)


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
