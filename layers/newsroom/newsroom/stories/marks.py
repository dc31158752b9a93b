"""What must agree before two reports can be of one event: who acts, where, when, and what kind of event it is.

Two central banks' decisions, two companies' results, an anniversary and the event itself share most of their
words; what tells them apart is who and when.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ANOTHER_EVENT = 0.08
"""Left of a similarity where another central bank, company, year, day, or country's statistics are meant: equal
headlines but for the one name that matters must end below what joins."""

ANOTHER_DEAL = 0.1
"""For two deals that have one party in common and another party each."""

ANOTHER_ACTOR = 0.08
"""For events of a kind that recurs daily (fires, strikes, recalls) whose reports name nobody in common: they resemble
each other in every word but these. Of other events, reports that name different people are often of one."""

PARTIES = 2
"""Words of names that two deals of one company have in common, at most."""

SITTING = 6 * 3600
"""Seconds in which a market's day is told again and again; reports on markets are dated by such spans."""

SAME_SITTING = 2
"""Sittings between the first reports of one day on a market, at most: what begins later is of another day."""


@dataclass(frozen=True)
class Marks:
    """Of one article, or of all articles of a story together."""

    banks: frozenset[str] = frozenset()
    """Central banks named in the headline or at the start of the body."""
    countries: frozenset[str] = frozenset()
    """The country the event is in; empty when the text names none."""
    names: frozenset[str] = frozenset()
    """Other names in the headline, as stems."""
    years: frozenset[str] = frozenset()
    """Calendar years named in the headline."""
    figures: frozenset[str] = frozenset()
    """Telling figures of the headline: with a decimal, a unit, or four digits."""
    sittings: frozenset[int] = frozenset()
    """Spans of `SITTING` in which a report on a market's day was dated; empty for any other article."""
    markets: frozenset[str] = frozenset()
    """Exchanges and indices that such a report names."""
    kinds: frozenset[str] = frozenset()
    """What happened, where that is of a kind that happens every day to somebody."""
    results: bool = False
    """Its headline is about a company's figures."""
    statistics: bool = False
    """Its headline is about a figure that every country has: a rate, prices, output, jobs."""
    deal: bool = False
    """Its headline is about a purchase, a sale or a contract between companies."""
    anniversary: bool = False
    """It looks back on an event of another year."""

    @property
    def named(self) -> frozenset[str]:
        """Everybody and every country."""
        return self.names | self.countries


def together(marks: Iterable[Marks]) -> Marks:
    """The marks of a story, the oldest article first: what kind of event it is, the first one says."""
    every = list(marks)
    first = every[0] if every else Marks()
    if len(every) < 2:
        return first
    return Marks(
        banks=first.banks.union(*(one.banks for one in every)),
        countries=first.countries.union(*(one.countries for one in every)),
        names=first.names.union(*(one.names for one in every)),
        years=first.years.union(*(one.years for one in every)),
        figures=first.figures.union(*(one.figures for one in every)),
        sittings=first.sittings.union(*(one.sittings for one in every)),
        kinds=first.kinds.union(*(one.kinds for one in every)),
        markets=first.markets.union(*(one.markets for one in every)),
        results=first.results,
        statistics=first.statistics,
        deal=first.deal,
        anniversary=first.anniversary,
    )


def objection(one: Marks, other: Marks) -> tuple[float, str]:
    """The share of a similarity that is left, and what speaks against it in words (1.0 and nothing, mostly)."""
    if one.anniversary != other.anniversary:
        return ANOTHER_EVENT, "one of them looks back on an earlier event"
    if _apart(one.banks, other.banks):
        return ANOTHER_EVENT, "another central bank"
    if _apart(one.years, other.years):
        return ANOTHER_EVENT, "another year"
    if one.results and other.results and _apart(one.names, other.names):
        return ANOTHER_EVENT, "another company's figures"
    if one.sittings and other.sittings:
        if abs(min(one.sittings) - min(other.sittings)) > SAME_SITTING:
            return ANOTHER_EVENT, "another day of trading"
        if _apart(one.markets, other.markets):
            return ANOTHER_EVENT, "another market"
    if one.statistics and other.statistics and _apart(one.countries, other.countries):
        return ANOTHER_EVENT, "another country"
    if one.deal and other.deal and _another_deal(one, other):
        return ANOTHER_DEAL, "another deal"
    if one.kinds & other.kinds and _apart(one.named, other.named):
        return ANOTHER_ACTOR, "somebody else's"
    return 1.0, ""


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both are named, and nothing is common."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def _another_deal(one: Marks, other: Marks) -> bool:
    """At most one party in common, each with another one of its own, and no figure that both give."""
    if one.figures & other.figures or len(one.names & other.names) > PARTIES:
        return False
    return bool(one.named - other.named) and bool(other.named - one.named)
