"""What nobody disputes: figures that several origins give alike, with how many of those that could be compared.

Two kinds of figure are looked for: quantities whose measure is named, and the figures of the headline. It is a count
of voices, not a proof: where all origins lean on one statement, they agree on that statement.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsroom.articles.article import Article
from newsroom.boundary import Boundary
from newsroom.stories.disagreement import agrees
from newsroom.stories.quantities import Quantity, measures, names_measure, quantities
from newsroom.writing.attribution import english
from newsroom.writing.draft import Span
from newsroom.writing.evidence import sentences
from newsroom.writing.figures import Figure, figures, same
from newsroom.writing.roles import matter

VOICES = 2
SMALLEST = 10
"""A plain number below it is in every text: "two", "three years"."""


class Agreed(Boundary):
    """One figure that two origins or more give, and none otherwise."""

    name: str
    """What is measured, for readers; empty for a figure of the headline."""
    value: str
    """As the oldest article writes it."""
    compared: int
    """Origins whose English text could be read."""
    spans: tuple[Span, ...]
    """The figure in one article of each origin that gives it, the oldest first."""


@dataclass(frozen=True)
class _Told:
    """One sentence of an article's body that has figures; `start`: its first place in the article's evidence."""

    article: Article
    text: str
    start: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class _Sought:
    name: str
    figure: Figure
    fits: Callable[[str], bool]
    """Whether a sentence is about what the figure measures."""

    @property
    def question(self) -> tuple[str, Figure]:
        """The same of all who state it alike, wherever they do."""
        return self.name, replace(self.figure, text="", start=0, end=0)


def agreed(articles: Sequence[Article], origins: Mapping[str, str], headline: str = "") -> tuple[Agreed, ...]:
    """What most origins give first. `origins`: article id → origin id.

    Opinion, advice, reserved texts, and other languages, which write figures otherwise, are left out.
    """
    told = sorted((one for one in articles if _comparable(one)), key=lambda one: (one.dated, one.id))
    compared = len({origins[one.id] for one in told})
    stated = [quantity for one in told for quantity in quantities(one)]
    said = [one for article in told for one in _with_figures(article)]
    wanted = (*_measured(told, stated), *_in_headline(headline, stated, told))
    found: list[Agreed] = []
    for sought in _asked_once(wanted):
        spans = _voices(sought, said, origins)
        if len(spans) >= VOICES and not any(_one_of(spans, other) for other in found):
            value = next(one.evidence[spans[0].start : spans[0].end] for one in told if one.id == spans[0].article_id)
            found.append(Agreed(name=sought.name, value=value, compared=compared, spans=spans))
    return tuple(sorted(found, key=lambda one: -len(one.spans)))


def _asked_once(wanted: Iterable[_Sought]) -> Iterable[_Sought]:
    """The first of each question, in their order."""
    first: dict[tuple[str, Figure], _Sought] = {}
    for one in wanted:
        first.setdefault(one.question, one)
    return first.values()


def _comparable(article: Article) -> bool:
    return english(article) and not article.reserved and article.kind in ("report", "press-release")


def _measured(told: Sequence[Article], stated: Sequence[Quantity]) -> Iterator[_Sought]:
    """Every quantity that is stated exactly and that nobody states otherwise."""
    evidence = {one.id: one.evidence for one in told}
    for quantity in stated:
        if quantity.bounded or quantity.approximate or _contested(quantity, stated):
            continue
        measure = measures()[quantity.measure]
        sentence = quantity.sentence.of(evidence[quantity.article_id])
        at = quantity.figure.start - quantity.sentence.start
        figure = next((one for one in figures(sentence) if one.start == at), None)
        if figure:
            words = quantity.qualifier.lower()
            fits = lambda text, m=measure, w=words: names_measure(text, m) and (not w or w in text.lower())  # noqa: E731
            yield _Sought(f"{quantity.qualifier} {measure.name}".strip(), figure, fits)


def _in_headline(headline: str, stated: Sequence[Quantity], told: Sequence[Article]) -> Iterator[_Sought]:
    """Its figures, as far as they tell this story from others, and nobody disputes them."""
    evidence = {one.id: one.evidence for one in told}
    disputed = [one for q in stated if _contested(q, stated) for one in figures(q.sentence.of(evidence[q.article_id]))]
    about = matter(headline)
    for figure in figures(headline):
        plain = figure.kind == "number" and (figure.value < SMALLEST or headline[figure.end : figure.end + 1] == "-")
        telling = figure.kind in ("percent", "points", "money", "number") and not plain and not figure.portion
        if telling and not any(same(figure, one) for one in disputed):
            yield _Sought("", figure, lambda text: bool(matter(text) & about))


def _contested(quantity: Quantity, stated: Sequence[Quantity]) -> bool:
    """Whether anybody states another value by the same name: whose, and of when, is left to the reader of disputes."""
    kind = (quantity.measure, quantity.qualifier, quantity.unit)
    return any((o.measure, o.qualifier, o.unit) == kind and not agrees(quantity, o) for o in stated)


def _with_figures(article: Article) -> Iterator[_Told]:
    offset = len(article.title) + 2
    for stretch in sentences(article.text):
        text = stretch.of(article.text)
        if found := figures(text):
            yield _Told(article, text, offset + stretch.start, tuple(found))


def _voices(sought: _Sought, said: Sequence[_Told], origins: Mapping[str, str]) -> tuple[Span, ...]:
    """The figure's first place in the body of one article of each origin that gives it."""
    spans: dict[str, Span] = {}
    for one in said:
        if origins[one.article.id] in spans:
            continue
        given = next((figure for figure in one.figures if _equal(figure, sought.figure)), None)
        if given and sought.fits(one.text):
            start = one.start + given.start
            end = start + len(given.text)
            spans[origins[one.article.id]] = Span.over(one.article.id, one.article.evidence, start, end)
    return tuple(spans.values())


def _equal(one: Figure, other: Figure) -> bool:
    return one.value == other.value and not one.approximate and same(one, other)


def _one_of(spans: Sequence[Span], other: Agreed) -> bool:
    return bool({(one.article_id, one.start) for one in spans} & {(one.article_id, one.start) for one in other.spans})
