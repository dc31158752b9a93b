"""Which source gives a digest its headline, and what of its title is printed."""

import re
from dataclasses import dataclass
from functools import cached_property

from newsroom.articles.article import Article
from newsroom.writing.attribution import english
from newsroom.writing.clippings import Clippings
from newsroom.writing.draft import Claim, Span
from newsroom.writing.evidence import words
from newsroom.writing.house_rules import advises, is_furniture, speaks_to_a_machine
from newsroom.writing.roles import matter
from newsroom.writing.sides import Sides
from newsroom.writing.topic import shared_topic


@dataclass(frozen=True)
class Headline:
    """A title as a source printed it, chosen over the others."""

    clippings: Clippings
    sides: Sides

    @cached_property
    def article(self) -> Article:
        """The best-placed source whose title is central, sober and not a side of a dispute."""
        every = self.clippings.articles
        pool = self.clippings.chosen or [article for article in every if not article.reserved] or every
        topic = shared_topic(pool)

        def place(article: Article) -> tuple[bool, bool, bool, int, int, int, float, str]:
            title = article.title
            loud = (
                title.endswith("?") or title.isupper() or bool(re.search(r"\blive\b|^watch\b|^opinion\b", title, re.I))
            )
            unfit = bool(advises(title) or speaks_to_a_machine(title) or is_furniture(title)) or len(words(title)) < 3
            taken_side = self.sides.taken_by(title)
            central = len(shared_topic([article]) & topic)
            *_, kind, tier, newest, _ = self.clippings.rank(article)
            return (not english(article), unfit, loud or taken_side, kind, tier, -central, newest, article.id)

        return min(pool, key=place)

    def claim(self) -> Claim:
        """The title as it stands, without a publisher's name at its end; with whose it is where it is one side's."""
        article, title = self.article, self.article.title
        cut = re.match(r"(.+?)\s+[|–—-]\s+([^|–—]{2,40})$", title)
        if cut and len(words(cut.group(1))) >= 4:
            ending = cut.group(2).strip().lower()
            if ending in (self.clippings.assignment.name(article).lower(), article.publisher_id) or "|" in title:
                title = cut.group(1).rstrip()
        span = Span.over(article.id, article.evidence, 0, len(title))
        named = f"{self.clippings.named(article)}: {title}" if self.sides.taken_by(title) else title
        return Claim(id="headline", kind="fact", text=named, spans=(span,))

    @cached_property
    def told(self) -> frozenset[str]:
        """What the headline is about."""
        return matter(self.article.title)
