"""What a writer is given: one story, its articles, and what was said of the attempt before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.articles.article import Article
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Finding
from newsroom.stories.story import Story
from newsroom.writing.draft import Draft
from newsroom.writing.line import Errand

if TYPE_CHECKING:
    from newsroom.stories.version import Version


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
    told: "Version | None" = None
    """What readers were told of the story before: its newest published version; None of a new story."""
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
