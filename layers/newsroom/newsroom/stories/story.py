"""One event in the world, told by its articles."""

import hashlib
from collections.abc import Mapping
from typing import Literal, Self

from newsroom.boundary import Boundary, Moment

Status = Literal["breaking", "developing", "settled", "quiet"]


class Membership(Boundary):
    """Why an article is in a story."""

    article_id: str
    origin_id: str
    """Articles of one origin share it: the reporting behind them is the same."""
    origin_reason: str = ""
    """What says so, with the words that decided: `dateline: “LONDON (Harbour Wire)”`."""
    unique_id: str
    """Articles of one text share it: reprints, whole or cut."""
    similarity: float
    """To the story when it joined, 0–1; 1.0 for the article that opened it."""
    rival: str = ""
    """The nearest other story at that time, empty when there was none."""
    rival_similarity: float = 0.0
    reason: str = ""
    """In words, for the reader and the operator."""
    publisher_id: str = ""
    at: Moment
    """The article's own date, clamped."""
    revision: int = 1
    """Of the article's text when the story was last told of it."""


class Story(Boundary):
    """The group: who belongs, since when. What is published of it is a `Version`."""

    id: str
    opened_at: Moment
    """The date of its first article."""
    updated_at: Moment
    """The date of its newest article."""
    members: tuple[Membership, ...]
    country: str = ""
    """ISO 3166-1 alpha-2, the primary one; empty until facets are found."""
    desk: str = ""
    """Id of the desk that answers for it."""
    topics: tuple[str, ...] = ()
    merged_into: str = ""
    """The story that this one turned out to be part of; its URLs redirect there."""

    @property
    def inputs(self) -> str:
        """Digest of what a draft would be written from; a story is due for writing when it has changed."""
        lines = sorted(
            f"{m.article_id} {m.origin_id} {m.unique_id}" + (f" {m.revision}" if m.revision > 1 else "")
            for m in self.members
        )
        if self.merged_into:
            lines.append(f"merged into {self.merged_into}")
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    @property
    def revisions(self) -> dict[str, int]:
        """Article id → revision, of the articles that were edited."""
        return {m.article_id: m.revision for m in self.members if m.revision > 1}

    def with_revisions(self, known: Mapping[str, int]) -> Self:
        """The same story with every member at the later of both revisions: one never goes back."""
        members = tuple(
            m.model_copy(update={"revision": max(m.revision, known.get(m.article_id, 1))}) for m in self.members
        )
        return self.model_copy(update={"members": members}) if members != self.members else self

    @property
    def articles(self) -> int:
        return len(self.members)

    @property
    def unique(self) -> int:
        return len({m.unique_id for m in self.members})

    @property
    def origins(self) -> int:
        return len({m.origin_id for m in self.members})


def story_id(first_article_id: str) -> str:
    """`s` and 16 hexadecimal digits, derived from the article that opened the story."""
    return "s" + hashlib.sha256(first_article_id.encode()).hexdigest()[:16]
