"""Whose price a story is about: of the companies and instruments that it names, and a benchmark beside it."""

from newsroom.stories.mentions import Instrument, companies, instruments
from newsroom.stories.version import Head

QUOTED = ("index", "commodity", "currency", "rate")
"""Kinds that have a price; a central bank has none."""
SNAPSHOT = (
    "s-and-p-500", "stoxx-europe-600", "nikkei-225", "hang-seng", "10-year-us-treasury", "euro", "brent-crude", "gold",
)  # fmt: skip
"""What a briefing looks at before New York opens."""


def of_story(head: Head) -> tuple[str, ...]:
    """Ids, at most two: the listed company that the story concerns most, else the first instrument that it names;
    then the index of that one's country. Empty where the story names neither: no price belongs to it then."""
    subject = _subject(head)
    if subject is None:
        return ()
    one, country = subject
    return tuple(dict.fromkeys(filter(None, (one, benchmark(country)))))


def benchmark(country: str) -> str:
    """The first index of a country in the table; empty where it has none."""
    return next((one.id for one in _indices() if country and one.country == country), "")


def _subject(head: Head) -> tuple[str, str] | None:
    for one in head.companies:
        company = companies().get(one)
        if company and company.listing:
            return one, company.country
    for one in head.instruments:
        instrument = instruments().get(one)
        if instrument and instrument.kind in QUOTED:
            return one, instrument.country
    return None


def _indices() -> list[Instrument]:
    return [one for one in instruments().values() if one.kind == "index"]
