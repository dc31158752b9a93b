"""Where the sources disagree: the sides as claims, and which titles take one of them."""

from dataclasses import dataclass
from functools import cached_property

from newsroom.writing.attribution import around, english
from newsroom.writing.clippings import Clippings
from newsroom.writing.disputes import Reading, find_disputes
from newsroom.writing.draft import Dispute, Position
from newsroom.writing.figures import figures, same


@dataclass(frozen=True)
class Sides:
    """The readings of each disputed measure, found once."""

    clippings: Clippings

    def taken_by(self, title: str) -> bool:
        """Whether it gives one of the values that sources disagree on."""
        disputed = [reading.figure for _, sides in self._readings for reading in sides]
        return any(same(figure, one) for figure in figures(title) for one in disputed)

    def disputes(self) -> tuple[Dispute, ...]:
        """Each side in the words about its figure, paid for from its source's words."""
        found = []
        for number, (measure, sides) in enumerate(self._readings, 1):
            positions = []
            for side, reading in enumerate(sides, 1):
                quotation = around(reading)
                article = reading.passage.article
                text = self.clippings.purse.texts[article.id]
                self.clippings.purse.left[text] = max(0, self.clippings.purse.left[text] - quotation.words)
                claim = quotation.claim(
                    f"dispute-{number}-{side}", f"{self.clippings.named(article)}: {quotation.marked}."
                )
                positions.append(Position(article_id=article.id, value=reading.figure.text, claim=claim))
            found.append(Dispute(subject=measure, positions=tuple(positions)))
        return tuple(found)

    @cached_property
    def _readings(self) -> list[tuple[str, list[Reading]]]:
        reported = [p for p in self.clippings.passages if english(p.article) and p.article.kind != "opinion"]
        return find_disputes(reported, self.clippings.origins, self.clippings.chosen)
