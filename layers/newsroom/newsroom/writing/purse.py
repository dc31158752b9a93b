"""The words that are left to quote from each text, and what they were spent on: nothing is quoted twice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from newsroom.writing.copy_limits import QUOTATION_WORDS
from newsroom.writing.passages import Passage
from newsroom.writing.quotations import Quotation, quoted
from newsroom.writing.topic import terms


@dataclass
class Purse:
    """Words that are left to quote, by text: reprints of one text draw on one purse."""

    left: dict[str, int]
    texts: Mapping[str, str]
    """Article id → id of its text."""
    taken: list[Quotation] = field(default_factory=list)

    def quote(
        self, passage: Passage, limit: int = QUOTATION_WORDS, point: Callable[[str], object] = bool
    ) -> Quotation | None:
        """The passage within the limits, paid for; None when it was taken, repeats one, or does not fit.

        `point` is what the quotation must still say when its end is left out.
        """
        purse = self.texts[passage.article.id]
        if passage.points_back and not any(_precedes(other.passage, passage) for other in self.taken):
            return None
        quotation = quoted(passage, min(limit, QUOTATION_WORDS, self.left[purse]))
        if quotation is None or not point(quotation.text) or any(_repeats(quotation, other) for other in self.taken):
            return None
        self.left[purse] -= quotation.words
        self.taken.append(quotation)
        return quotation

    def first(self, passages: Iterable[Passage], point: Callable[[str], object] = bool) -> Quotation | None:
        """The first of the passages that can be had."""
        return next((one for one in (self.quote(passage, point=point) for passage in passages) if one), None)


def _precedes(other: Passage, passage: Passage) -> bool:
    return other.article.id == passage.article.id and other.position == passage.position - 1


def _repeats(quotation: Quotation, other: Quotation) -> bool:
    """Whether two quotations say the same in nearly the same words, as sentences or as far as they are quoted."""
    one, two = quotation.passage, other.passage
    if one.article.id == two.article.id and one.position == two.position:
        return True
    pairs = ((one.terms, two.terms), (terms(quotation.text), terms(other.text)))
    return any(mine and theirs and len(mine & theirs) / min(len(mine), len(theirs)) >= 0.6 for mine, theirs in pairs)
