"""Whose price a story is about: of the companies and instruments that it names, and a benchmark beside it."""

from newsroom.stories.mentions import Kind, companies, instruments
from newsroom.stories.version import Head

QUOTED: tuple[Kind, ...] = ("index", "commodity", "currency", "rate")
"""Kinds that have a price; a central bank has none."""
SNAPSHOT = (
    "s-and-p-500", "stoxx-europe-600", "nikkei-225", "hang-seng", "10-year-us-treasury", "euro", "brent-crude", "gold",
)  # fmt: skip
"""What a briefing looks at before New York opens."""
OF_MONEY = ("rates", "inflation", "currencies")
"""Topics that are about the money of a country, where one of them leads a story's topics."""
EURO_AREA = {
    "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT",
    "SI", "SK",
}  # fmt: skip
"""Their money is the euro: https://www.ecb.europa.eu/euro/intro/html/map.en.html, with Bulgaria from 2026."""


def of_story(head: Head) -> tuple[str, ...]:
    """Ids, at most two: what the story is about, then the index of that one's country.

    What it is about: the listed company that it concerns most; else, where it is about a country's money, that currency
    or government bond; else the first instrument that it names. Empty where it is about none: no price belongs to it.
    """
    subject = _company(head) or _money(head) or _named(head, *QUOTED)
    if subject is None:
        return ()
    one, country = subject
    return tuple(dict.fromkeys(filter(None, (one, benchmark(country)))))


def benchmark(country: str) -> str:
    """The first index of a country in the table, in the euro area else Europe's; empty where it has none."""
    return _of_country("index", country) or (_of_country("index", "EU") if country in EURO_AREA else "")


def _company(head: Head) -> tuple[str, str] | None:
    known = ((one, companies().get(one)) for one in head.companies)
    return next(((one, company.country) for one, company in known if company and company.listing), None)


def _money(head: Head) -> tuple[str, str] | None:
    """The currency that the story names, or its country's; of a story about borrowing, the country's bond."""
    leading = head.topics[0] if head.topics else ""
    money = _of_country("currency", "EU" if head.country in EURO_AREA else head.country)
    if leading == "bonds":
        one = _of_country("rate", head.country) or (money if set(OF_MONEY) & set(head.topics) else "")
        return (one, head.country) if one else None
    if leading not in OF_MONEY:
        return None
    named = _named(head, "currency") if leading == "currencies" else None
    return named or ((money, head.country) if money else None)


def _named(head: Head, *kinds: Kind) -> tuple[str, str] | None:
    known = ((one, instruments().get(one)) for one in head.instruments)
    return next(((one, thing.country) for one, thing in known if thing and thing.kind in kinds), None)


def _of_country(kind: Kind, country: str) -> str:
    """Id of the first of its kind in the table; empty where the country has none."""
    every = instruments().values()
    return next((one.id for one in every if country and (one.kind, one.country) == (kind, country)), "")
