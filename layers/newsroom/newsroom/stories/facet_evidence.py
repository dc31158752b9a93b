"""Where a story happens, whom it concerns, what is traded on it: each with the words of the text that say so."""

from collections.abc import Sequence
from typing import Literal

from newsroom.articles.article import Article
from newsroom.boundary import Boundary
from newsroom.stories.facets import country_name, facets_of
from newsroom.stories.mentions import (
    LEAD,
    MOST_COMPANIES,
    MOST_INSTRUMENTS,
    companies,
    instruments,
    mentions,
    sectors,
    weights,
)

FacetKind = Literal["country", "topic", "sector", "company", "index", "currency", "commodity", "rate", "central-bank"]

MOST_SECTORS = 3


class Facet(Boundary):
    """One thing that a story is about."""

    kind: FacetKind
    id: str
    name: str
    listing: str = ""
    """Of a company: MIC and ticker."""
    symbol: str = ""
    """Of an instrument: ISO 4217, or the short name of the market."""
    words: str = ""
    """As they stand in the text; empty where the publisher's country or a company's trade decided."""
    article_id: str = ""
    start: int = -1
    """In the article's `evidence`."""
    end: int = -1


def evidenced(country: str, topics: Sequence[str], articles: Sequence[Article]) -> tuple[Facet, ...]:
    """The facets of one story with their evidence; `articles`: one for each different text, oldest first.

    Reserved texts are read by nobody: of them only the country counts that the story has anyway.
    """
    readable = [article for article in articles if not article.reserved]
    told = weights(readable)
    firms = [one for one in told if one in companies()][:MOST_COMPANIES]
    traded = [one for one in told if one in instruments()][:MOST_INSTRUMENTS]
    named = _named(readable)
    found = [_told_by_words("country", country, country_name(country), readable)] if country else []
    found += [_told_by_words("topic", topic, topic, readable) for topic in topics]
    found += [named[one] for one in (*firms, *traded)]
    return (*found, *_sectors(firms, topics, found))


def _sectors(firms: Sequence[str], topics: Sequence[str], found: Sequence[Facet]) -> list[Facet]:
    """Of the companies named, heaviest first; then of the topics, with the words that gave them."""
    by_id = {facet.id: facet for facet in found}
    reasons: dict[str, Facet] = {}
    for one in firms:
        reasons.setdefault(companies()[one].sector, by_id[one])
    for sector in sectors().values():
        topic = next((topic for topic in topics if topic in sector.topics), "")
        if topic:
            reasons.setdefault(sector.id, by_id[topic])
    return [
        reason.model_copy(
            update={"kind": "sector", "id": one, "name": sectors()[one].name, "listing": "", "symbol": ""}
        )
        for one, reason in list(reasons.items())[:MOST_SECTORS]
    ]


def _named(articles: Sequence[Article]) -> dict[str, Facet]:
    """Id of a company or an instrument → its facet, with the place where it is first named."""
    found: dict[str, Facet] = {}
    for article in articles:
        body = len(article.title) + 2
        for offset, text in ((0, article.title), (body, article.text[:LEAD] or article.summary[:LEAD])):
            stands = offset == 0 or bool(article.text)
            for one in mentions(text):
                firm, thing = companies().get(one.id), instruments().get(one.id)
                facet = Facet(
                    kind=one.kind,
                    id=one.id,
                    name=firm.name if firm else thing.name if thing else one.id,
                    listing=firm.listing if firm else "",
                    symbol=thing.symbol if thing else "",
                    words=text[one.start : one.end],
                    article_id=article.id if stands else "",
                    start=offset + one.start if stands else -1,
                    end=offset + one.end if stands else -1,
                )
                found.setdefault(one.id, facet)
    return found


def _told_by_words(kind: FacetKind, one: str, name: str, articles: Sequence[Article]) -> Facet:
    """A country or a topic with the first words that gave it, where the texts have any."""
    for article in articles:
        facets = facets_of(article)
        given = facets.country.casefold() == one.casefold() if kind == "country" else one in facets.topics
        for words in facets.words_for(one) if given else ():
            start = article.evidence.find(words)
            if start >= 0:
                return Facet(
                    kind=kind,
                    id=one,
                    name=name,
                    words=words,
                    article_id=article.id,
                    start=start,
                    end=start + len(words),
                )
    return Facet(kind=kind, id=one, name=name)
