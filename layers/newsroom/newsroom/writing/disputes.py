"""What origins disagree on, as far as it can be quoted: `stories.disagreement` finds it, here stand the sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsroom.articles.article import Article
from newsroom.stories.disagreement import disagreements
from newsroom.stories.quantities import Quantity
from newsroom.writing.figures import Figure, figures
from newsroom.writing.passages import Passage


@dataclass(frozen=True)
class Reading:
    """One origin's value of a measure; the figure's offsets count in the passage's text."""

    origin: str
    passage: Passage
    figure: Figure


def find_disputes(
    passages: Sequence[Passage], origins: Mapping[str, str], articles: Sequence[Article]
) -> list[tuple[str, list[Reading]]]:
    """(measure, readings) for each quantity on which origins differ, one reading per origin, by article id.

    A dispute of which only one value can be quoted is left out: half of it would be worse than nothing.
    """
    found = []
    for one in disagreements(articles, origins):
        sides = [
            reading for position in one.positions if (reading := _reading(position.origin, position.quantity, passages))
        ]
        if len({side.figure.value for side in sides}) > 1:
            found.append((one.name, sorted(sides, key=lambda side: side.passage.article.id)))
    return found


def _reading(origin: str, quantity: Quantity, passages: Sequence[Passage]) -> Reading | None:
    for passage in passages:
        at = passage.stretch.start
        if passage.article.id == quantity.article_id and at <= quantity.figure.start < passage.stretch.end:
            for figure in figures(passage.text):
                if figure.start + at == quantity.figure.start:
                    return Reading(origin, passage, figure)
    return None
