"""The body of a digest: a paragraph for each origin, in the publishers' words and the order of the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from newsroom.writing.attribution import closed, day_of, english
from newsroom.writing.clippings import Clippings
from newsroom.writing.draft import Claim
from newsroom.writing.quotations import Quotation


@dataclass(frozen=True)
class Body:
    """Draws on the clippings a round at a time, and can tell beforehand whether enough is left."""

    clippings: Clippings

    @cached_property
    def origins(self) -> list[str]:
        """Of the chosen articles, in their order."""
        return list(dict.fromkeys(self.clippings.origins[article.id] for article in self.clippings.chosen))

    def round(self) -> list[Quotation]:
        """One quotation from every origin that has one left."""
        found = []
        for origin in self.origins:
            of_origin = [p for p in self.clippings.passages if self.clippings.origins[p.article.id] == origin]
            foreign_again = any(
                not english(q.passage.article) for q in self.clippings.purse.taken if q.passage in of_origin
            )
            quotation = None if foreign_again else self.clippings.purse.first(of_origin)
            if quotation:
                found.append(quotation)
        return found

    def remains(self) -> bool:
        """Whether each origin can still have its paragraph, a lone one two."""
        spent = self.clippings.spent()
        possible = len(self.round()) + (len(self.round()) if len(self.origins) == 1 else 0)
        self.clippings.restore(spent)
        return possible >= max(2, len(self.origins))

    def paragraphs(self, quotations: Sequence[Quotation]) -> tuple[tuple[Claim, ...], ...]:
        """One paragraph for an origin, its quotations in the order of the source; a lone origin's are parted in two."""
        paragraphs: list[list[Quotation]] = []
        for origin in self.origins:
            mine = [q for q in quotations if self.clippings.origins[q.passage.article.id] == origin]
            mine.sort(key=lambda q: (q.passage.article.dated, q.passage.article.id, q.passage.position))
            if len(self.origins) == 1 and len(mine) > 2:
                paragraphs += [mine[:-1], mine[-1:]]
            elif mine:
                paragraphs.append(mine)
        return tuple(
            tuple(self._sentence(paragraph, place, number) for place in range(len(paragraph)))
            for number, paragraph in enumerate(paragraphs, 1)
        )

    def _sentence(self, paragraph: Sequence[Quotation], place: int, number: int) -> Claim:
        quotation = paragraph[place]
        article = quotation.passage.article
        again = place > 0 and paragraph[place - 1].passage.article.id == article.id
        if again:
            lead = ("It adds:", "The report goes on:")[place % 2 == 0]
        elif article.kind == "opinion":
            lead = f"An opinion piece in {self.clippings.named(article)} argued on {day_of(article.dated)}:"
        elif article.kind == "press-release":
            lead = f"A press release carried by {self.clippings.named(article)} said on {day_of(article.dated)}:"
        else:
            lead = (
                f"{self.clippings.named(article)} reported on {day_of(article.dated)}:",
                f"According to {self.clippings.named(article)} on {day_of(article.dated)}:",
                f"On {day_of(article.dated)}, {self.clippings.named(article)} wrote:",
            )[(number - 1) % 3]
        return quotation.claim(f"body-{number}-{place + 1}", f"{lead} {closed(quotation)}")
