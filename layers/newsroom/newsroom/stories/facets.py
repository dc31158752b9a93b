"""Where an event is and what it is about: found in the text, with the words that say so."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from newsroom.articles.article import Article
from newsroom.boundary import Boundary
from newsroom.publishers.publisher import Publisher
from newsroom.stories.phrases import Phrases
from newsroom.stories.words import countries

LEAD = 1200
"""Code points of the body that are read for countries and topics."""

IN_HEADLINE = 3.0
NAMED = 1.0
BY_CITY = 0.6
"""A city or an index beside the country's own name: "Washington" is often only where somebody spoke."""

BY_BANK = 1.5
FIRST_IN_HEADLINE = 1.25
"""Headlines begin with whom or what they are about: "Saudi price cut signals fight for Chinese market"."""
LOCATED = 1.8
"""Where something is said to happen: "in", "at", "off", "near" a city weighs more than a country that acts on it."""
HOME_VOTE = 0.5
"""What an article that names no country counts for the country of its publisher."""
ENOUGH = 1.7
"""A country counts from this score: in the headline, or twice in the body. One mention in passing is no place;
local titles do not name their own country at all, and then the publisher's is taken."""

MOST_TOPICS = 3
ENOUGH_TOPIC = 2.0
"""In the headline once, or twice in the body."""


class Desk(Boundary):
    """One desk of the newsroom."""

    id: str
    name: str
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 in small letters; empty for the desk that takes the rest."""


@dataclass(frozen=True)
class ArticleFacets:
    """What one article says of itself."""

    country: str
    """ISO 3166-1 alpha-2 in capitals; empty when the text names none."""
    topics: tuple[str, ...]
    """Best first."""
    evidence: tuple[str, ...]
    """The words of the text that decided, as they stand there."""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Country or topic → the words that speak of it."""

    def words_for(self, one: str) -> tuple[str, ...]:
        """The words that gave a country (in any case) or a topic."""
        return self.said.get(one.lower(), ())


@dataclass(frozen=True)
class Facets:
    """Of a story."""

    country: str
    """ISO 3166-1 alpha-2 in capitals, `EU` for the union's own; empty when neither text nor publisher tells."""
    desk: str
    topics: tuple[str, ...]


@cache
def desks() -> tuple[Desk, ...]:
    """The desks, in the order in which readers see them."""
    table = tomllib.loads(files("newsroom.stories").joinpath("desks.toml").read_text("utf-8"))
    return tuple(Desk.model_validate({"id": one, **row}) for one, row in table.items())


def desk_of(country: str) -> str:
    """The id of the desk that answers for a country (any case); the desk without countries for all others."""
    return _desks_by_country().get(country.lower(), desks()[-1].id)


def country_name(code: str) -> str:
    """The English name of a country of the table; the code itself for another."""
    country = countries().get(code.lower())
    return str(country["name"]) if country else code


def facets_of(article: Article) -> ArticleFacets:
    """Country and topics of one article, from its headline and the start of its text.

    The country is the one the event is in, not the publisher's. The headline counts threefold, since a body
    names many countries. A country that only stands in the dateline is where the reporter sat.
    """
    title, body = article.title, article.text[:LEAD] or article.summary[:LEAD]
    places: dict[str, float] = {}
    topics: dict[str, float] = defaultdict(float)
    said: dict[str, list[str]] = {}
    for text, weight in ((title, IN_HEADLINE), (body, 1.0)):
        for name, mark in _places().found(text):
            kind, code = mark.split(":")
            kind_weight = {"word": NAMED, "city": BY_CITY, "bank": BY_BANK}[kind]
            first = FIRST_IN_HEADLINE if text is title and not places else 1.0
            located = LOCATED if kind == "city" and _is_located(name, text) else 1.0
            places[code] = places.get(code, 0.0) + weight * kind_weight * first * located
            said.setdefault(code, []).append(name)
        for name, topic in _topics().found(text):
            topics[topic] += weight
            said.setdefault(topic, []).append(name)
    if "eu" in places and any(code != "eu" and places[code] >= places["eu"] for code in places):
        del places["eu"]
    country = max((code for code in places if places[code] >= ENOUGH), key=lambda one: places[one], default="")
    best = [one for one in sorted(topics, key=lambda one: (-topics[one], one)) if topics[one] >= ENOUGH_TOPIC]
    kept = tuple(best[:MOST_TOPICS])
    evidence = dict.fromkeys(name for one in (country, *kept) for name in said.get(one, ()))
    return ArticleFacets(
        country.upper(), kept, tuple(evidence), {one: tuple(dict.fromkeys(names)) for one, names in said.items()}
    )


def story_facets(articles: Sequence[tuple[str, Sequence[str], str, str]]) -> Facets:
    """A story's facets from its articles, each (country, topics, the publisher's country, text id).

    One voice for each different text: a piece that twelve sites carry does not outvote two other reports.
    """
    where: dict[str, float] = defaultdict(float)
    topics: dict[str, float] = defaultdict(float)
    homes: Counter[str] = Counter()
    seen: set[str] = set()
    for country, about, home, text in articles:
        homes[home] += 1
        if text not in seen:
            seen.add(text)
            where[country or home] += 1 if country else HOME_VOTE
            for place, topic in enumerate(about):
                topics[topic] += 1 / (place + 1)
    country = _first(where) if any(country for country, *_ in articles) else _first(homes)
    return Facets(country, desk_of(country), tuple(sorted(topics, key=lambda one: (-topics[one], one))[:MOST_TOPICS]))


def facets(articles: Sequence[Article], publishers: Mapping[str, Publisher]) -> Facets:
    """The facets of articles that tell one story, where no open story is at hand."""
    rows = []
    for article in articles:
        found = facets_of(article)
        publisher = publishers.get(article.publisher_id)
        rows.append((found.country, found.topics, publisher.country if publisher else "", article.id))
    return story_facets(rows)


def _first(counts: Mapping[str, float]) -> str:
    return min((one for one in counts if one), key=lambda one: (-counts[one], one), default="")


def _is_located(name: str, text: str) -> bool:
    return re.search(rf"\b(?:in|at|off|near)\s+{re.escape(name)}\b", text) is not None


@cache
def _desks_by_country() -> dict[str, str]:
    return {country: desk.id for desk in desks() for country in desk.countries}


@cache
def _places() -> Phrases:
    table = {"US": "word:us", "U.S.": "word:us"}
    for code, country in countries().items():
        kinds = (("city", "cities"), ("city", "markets"), ("bank", "banks"), ("word", "words"))
        table |= {name: f"{kind}:{code}" for kind, key in kinds for name in country.get(key, ())}
        table[country["name"]] = f"word:{code}"
    return Phrases(table)


@cache
def _topics() -> Phrases:
    table = tomllib.loads(files("newsroom.stories").joinpath("topics.toml").read_text("utf-8"))
    return Phrases({name: topic for topic, names in table.items() for name in names})
