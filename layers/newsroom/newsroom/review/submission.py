"""What lies on the reviewer's table: one draft with all that it can be held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from newsroom.articles.article import Article
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Finding
from newsroom.stories.occasion import Occasion, occasion_of_story
from newsroom.stories.story import Story
from newsroom.writing.copy_limits import quotable
from newsroom.writing.draft import Claim, Draft, Span


@dataclass(frozen=True)
class Submission:
    """Every check gets the whole of it and changes nothing."""

    draft: Draft
    articles: Mapping[str, Article]
    story: Story
    publishers: Mapping[str, Publisher]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(self.draft.claims())

    @cached_property
    def quotable(self) -> tuple[Article, ...]:
        """Articles with text that may be quoted, in the order of the draft's sources."""
        found = (self.articles.get(one) for one in self.draft.sources)
        return tuple(article for article in found if article and quotable(article))

    @cached_property
    def origins(self) -> dict[str, str]:
        """Article id → origin id."""
        known = {member.article_id: member.origin_id for member in self.story.members}
        return {article_id: known.get(article_id, article_id) for article_id in self.articles}

    @cached_property
    def occasion(self) -> Occasion:
        """Why most of the texts that can be read were written; reprints have one voice."""
        texts = {member.article_id: member.unique_id for member in self.story.members}
        return occasion_of_story([(one.title, one.text, texts.get(one.id, one.id)) for one in self.quotable])

    @cached_property
    def cited(self) -> tuple[Article, ...]:
        """Articles that at least one claim has a span in, by id."""
        ids = {span.article_id for claim in self.claims for span in claim.spans}
        return tuple(self.articles[one] for one in sorted(ids) if one in self.articles)

    @cached_property
    def cited_origins(self) -> tuple[str, ...]:
        """Origins behind the cited articles, leaving out those whose only share is the headline's title."""
        ids = {s.article_id for claim in self.claims if claim.id != "headline" for s in claim.spans}
        return tuple(sorted({self.origins[one] for one in ids if one in self.articles}))

    @cached_property
    def printed(self) -> tuple[tuple[str, str], ...]:
        """As `Draft.printed`."""
        return self.draft.printed()

    def name(self, article: Article) -> str:
        publisher = self.publishers.get(article.publisher_id)
        return publisher.name if publisher else article.publisher_id or "An unnamed source"

    def tier(self, article: Article) -> int:
        publisher = self.publishers.get(article.publisher_id)
        return publisher.tier if publisher else 3

    def stretch(self, span: Span) -> str:
        """The text of a span; empty when its article is unknown or the offsets lie outside it."""
        article = self.articles.get(span.article_id)
        if article is None or not 0 <= span.start < span.end <= len(article.evidence):
            return ""
        return article.evidence[span.start : span.end]

    def support(self, claim: Claim) -> str:
        """All that a claim's spans say, with the sentences around them left out."""
        return "\n".join(self.stretch(span) for span in claim.spans)


def finding(
    check: str, severity: Literal["block", "warn", "note"], reason: str, claim_id: str = "", article_id: str = ""
) -> Finding:
    return Finding(check=check, severity=severity, claim_id=claim_id, article_id=article_id, reason=reason)
