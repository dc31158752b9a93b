"""The same quantity with different values from different origins: who says what, never averaged.

Found by code, so precision comes first. Two values disagree when measure, unit, period, basis and subject agree, no
rounding explains the difference, neither origin knows the other's value, and no publisher has replaced its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from newsroom.articles.article import Article
from newsroom.stories.quantities import Quantity, measures, quantities
from newsroom.writing.figures import figures

ABOUT = Decimal("0.05")
"""An approximate value covers what lies within this share of it: "about 3 %" and 3.1 % do not disagree."""

FARTHEST = Decimal("2.5")
"""Values farther apart than this factor measure different things; no newsroom errs so far."""

COMMON_WORDS = 3
COMMON_SHARE = 0.25
"""Content words that two clauses share, at least, and their share of the shorter one's."""

MOVES_ON = timedelta(hours=2)
"""Counts that grow by themselves: what is reported later than this after the other is news, no contradiction."""


@dataclass(frozen=True)
class Position:
    """What one origin says."""

    origin: str
    quantity: Quantity
    others: tuple[str, ...] = ()
    """Ids of further articles of other origins that say the same."""


@dataclass(frozen=True)
class Disagreement:
    """One quantity, two or more values; positions by article, in the order of the articles' dates."""

    measure: str
    name: str
    """For readers: `core inflation`, `the fine`."""
    positions: tuple[Position, ...]


def disagreements(articles: Sequence[Article], origins: Mapping[str, str]) -> list[Disagreement]:
    """Every quantity on which origins differ, in the order in which it was first reported.

    `origins`: article id → origin id. Opinion, advice and reserved texts are left out.
    """
    told = sorted((one for one in articles if not one.reserved and one.kind in ("report", "press-release")), key=_age)
    given = {one.id: one for one in told}
    stated = _standing([quantity for one in told for quantity in quantities(one)], given)
    known = _known(told, origins)
    found: list[Disagreement] = []
    used: set[int] = set()
    for place, one in enumerate(stated):
        if place in used:
            continue
        rivals = [
            other
            for other in range(place + 1, len(stated))
            if other not in used and _at_odds(one, stated[other], given, origins, known)
        ]
        if rivals:
            sides = [place, *rivals]
            agreeing = [
                n for n in range(len(stated)) if n not in sides and any(_says(stated[n], stated[s]) for s in sides)
            ]
            used |= {*sides, *agreeing}
            found.append(_disagreement([stated[n] for n in sorted({*sides, *agreeing})], given, origins))
    return found


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether both state the same quantity, whatever its value."""
    return (
        one.measure == other.measure
        and one.qualifier == other.qualifier
        and one.unit == other.unit
        and _same_period(one.periods, other.periods)
        and _same_subject(one, other)
    )


def agrees(one: Quantity, other: Quantity) -> bool:
    """Whether two values of one quantity are the same to a reader: equal, rounded, about, or a limit that holds."""
    a, b = abs(one.value), abs(other.value)
    if a == b or one.bounded or other.bounded:
        return True
    if (one.approximate or other.approximate) and abs(a - b) <= max(a, b) * ABOUT:
        return True
    coarse, fine = sorted((one, other), key=lambda quantity: quantity.decimals)
    unit = Decimal(1).scaleb(-coarse.decimals)
    return coarse.decimals < fine.decimals and abs(abs(coarse.value) - abs(fine.value)) <= unit / 2


def _at_odds(
    one: Quantity,
    other: Quantity,
    given: Mapping[str, Article],
    origins: Mapping[str, str],
    known: Mapping[str, frozenset[Decimal]],
) -> bool:
    mine, theirs = origins[one.article_id], origins[other.article_id]
    if mine == theirs or not compatible(one, other) or agrees(one, other):
        return False
    low, high = sorted((abs(one.value), abs(other.value)))
    if not low or high / low > FARTHEST:
        return False
    gap = abs(given[one.article_id].dated - given[other.article_id].dated)
    if measures()[one.measure].grows and gap > MOVES_ON:
        return False
    return other.value not in known[mine] and one.value not in known[theirs]


def _says(one: Quantity, other: Quantity) -> bool:
    return compatible(one, other) and one.value == other.value


def _same_period(one: frozenset[str], other: frozenset[str]) -> bool:
    """No period that contradicts; month on month is never year on year, a quarter's growth no year's."""
    bases = {"yearly", "monthly", "quarterly"}
    if (one ^ other) & {"monthly", "quarterly"}:
        return False
    mine, theirs = one - bases, other - bases
    return not mine or not theirs or bool(mine & theirs)


def _same_subject(one: Quantity, other: Quantity) -> bool:
    """A name or country in common, and words around; where one names nobody, the words alone must do."""
    countries, others = ({s for s in q.subjects if s[0] == "@"} for q in (one, other))
    if countries and others and not countries & others:
        return False
    if one.subjects and other.subjects and not one.subjects & other.subjects and not _shared_name(one, other):
        return False
    common = one.around & other.around
    return len(common) >= COMMON_WORDS and len(common) / max(1, min(len(one.around), len(other.around))) >= COMMON_SHARE


def _shared_name(one: Quantity, other: Quantity) -> bool:
    """ "Heliograph" and "Heliograph Systems" are one."""
    words, theirs = ({w for s in q.subjects for w in s.split() if len(w) > 3} for q in (one, other))
    return bool(words & theirs)


def _standing(stated: Sequence[Quantity], given: Mapping[str, Article]) -> list[Quantity]:
    """Without what its own publisher replaced later; `stated` in the order of the articles' dates."""
    return [
        one
        for place, one in enumerate(stated)
        if not any(
            given[later.article_id].publisher_id == given[one.article_id].publisher_id
            and later.article_id != one.article_id
            and compatible(one, later)
            and one.value != later.value
            for later in stated[place + 1 :]
        )
    ]


def _known(articles: Sequence[Article], origins: Mapping[str, str]) -> dict[str, frozenset[Decimal]]:
    """Origin → every value that its texts name anywhere: who knows the other's value tells of both."""
    found: dict[str, set[Decimal]] = {}
    for article in articles:
        found.setdefault(origins[article.id], set()).update(figure.value for figure in figures(article.evidence))
    return {origin: frozenset(values) for origin, values in found.items()}


def _disagreement(sides: Sequence[Quantity], given: Mapping[str, Article], origins: Mapping[str, str]) -> Disagreement:
    """One position for each origin, the oldest article's; articles of further origins that agree stand beside it."""
    positions: dict[str, Position] = {}
    for one in sorted(sides, key=lambda quantity: (_age(given[quantity.article_id]), quantity.figure.start)):
        positions.setdefault(origins[one.article_id], Position(origins[one.article_id], one))
    first = sides[0]
    name = measures()[first.measure].name
    return Disagreement(first.measure, f"{first.qualifier} {name}".strip(), tuple(positions.values()))


def _age(article: Article) -> tuple[float, str]:
    return article.dated.timestamp(), article.id
