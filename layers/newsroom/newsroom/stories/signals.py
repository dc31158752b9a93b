"""What of an article is compared: weighted terms, and the marks that keep different events apart."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsroom.articles.article import Article
from newsroom.stories.background import Background, telling
from newsroom.stories.marks import SITTING, Marks
from newsroom.stories.words import SCRIPT, Word, words

LEAD = 1500
"""Code points of the body that are read: news puts the event first; what follows is background."""

FIRST = 40
"""Words of the body in which a central bank counts as one that acts: what follows compares."""

FULL = 100
"""Words of the body from which a text is as comparable as a long one."""

TERMS = 40
"""Terms kept of an article, the heaviest: the index stays small and a long text weighs no more than a short one."""

TITLE = 1.5
"""Weight of a word in the headline beside one in the body, where there is a body."""

BIGRAM = 0.5
"""Weight of two headline words in a row, beside the mean of theirs."""

NAME = 1.3
"""Weight of a name beside a plain word of equal rarity."""

FOREIGN = 0.12
"""Weight, of the most, of a plain word in another language than the table of the background counts."""

ANNIVERSARY = re.compile(
    r"\banniversar(?:y|ies)\b|\bon this day\b|\bthis (?:day|week) in history\b|\blook(?:ing)? back\b|\bflashback\b"
    r"|\b(?:\d+|one|two|three|five|ten|a)[- ](?:year|decade|century|month)s? (?:on|later|ago today|after|since)\b"
    r"|\bremembering\b|\bin memoriam\b|\bjahrestag\b|\baniversario\b|\banniversaire\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d.,$€£])(?:19[5-9]\d|20[0-4]\d)(?![\d.,%])")
RESULTS = frozenset({"result", "revenue", "quarter", "net", "dividend", "guidanc", "forecast"})
STATISTICS = frozenset(
    {"inflation", "economy", "consumer", "rate", "gdp", "job", "pmi", "growth", "deficit", "surplus", "output", "wag"}
)
DEALS = frozenset({"acquire", "stak", "deal", "bid", "contract", "sell", "sold", "divest", "order", "offer"})
KINDS = frozenset(
    {
        "strike",
        "fire",
        "blaze",
        "earthquak",
        "quak",
        "recall",
        "resign",
        "crash",
        "explosion",
        "blast",
        "flood",
        "storm",
    }
    | {"layoff", "bankruptcy", "default", "fine", "sue", "hack", "outag", "ipo", "ship", "crude", "kidnap", "probe"}
)
INDICES = frozenset(
    {"wall", "dow", "nasdaq", "s&p", "ftse", "dax", "cac", "nikkei", "topix", "hang", "kospi", "sensex", "nifty", "asx"}
    | {"stoxx", "tsx", "ibex", "bovespa", "ibovespa", "csi"}
)
MARKETS = INDICES | {"market", "index", "bourse", "futur"}
MOVES = frozenset(
    {"rise", "fall", "clos", "open", "end", "ended", "finish", "mix", "mixed", "flat", "settl", "start", "edge", "hold"}
)
TAIL = re.compile(r"\s+[-–—|]\s+[^-–—|]{2,40}$|\s*\.{2,}\s*$|\s*…\s*$")
"""A publisher's name after the headline, or the dots of a cut one."""


@dataclass(frozen=True)
class Signals:
    """An article as the grouping sees it."""

    terms: dict[str, float]
    """Term → weight; the squares sum to 1 (empty for an article without a word)."""
    marks: Marks
    fullness: float = 0.0
    """How much text there is to compare: 0 for a headline alone, 1 from `FULL` words of body on."""
    language: str = "en"
    """ISO 639-1; any text in another script or with another label is not English."""
    carried: frozenset[str] = frozenset()
    """The terms that survive translation: names, figures, countries."""


def signals(article: Article, background: Background, country: str = "") -> Signals:
    """The signals of one article; pure. `country`: of the event, as `facets.facets_of` finds it."""
    title = TAIL.sub("", article.title)
    heading = words(title)
    body = words(article.text[:LEAD])
    names = _names(title, heading, background)
    foreign = (article.language[:2].lower() or "xx") if is_foreign(article) else ""
    weights = _weights(heading, body, names, background, foreign)
    stems = {word.stem for word in heading}
    survives = names | {word.stem for word in (*heading, *body) if word.stem[0] in "#@"}
    return Signals(
        terms=_unit(weights),
        marks=Marks(
            banks=frozenset(w.stem for w in (*heading, *body[:FIRST]) if w.stem[0] == "@" and len(w.stem) == 4),
            countries=frozenset({country} if country else ()),
            names=names,
            years=frozenset(YEAR.findall(title)),
            figures=frozenset(stem for stem in stems if stem[0] == "#" and telling(stem)),
            sittings=_sittings(stems, names, article),
            markets=frozenset(stems & INDICES),
            kinds=frozenset(stems & KINDS),
            results=not RESULTS.isdisjoint(stems),
            statistics=not STATISTICS.isdisjoint(stems),
            deal=not DEALS.isdisjoint(stems),
            anniversary=bool(ANNIVERSARY.search(title)),
        ),
        fullness=min(1.0, len(body) / FULL),
        language=foreign or "en",
        carried=frozenset(weights.keys() & survives),
    )


def _weights(
    heading: Sequence[Word], body: Sequence[Word], names: frozenset[str], background: Background, foreign: str
) -> dict[str, float]:
    """Term → weight; `foreign`: the language of plain words that the table of the background does not count."""
    heading_weight = TITLE if body else 1.0
    counts: dict[str, float] = {}
    for word in heading:
        counts[word.stem] = counts.get(word.stem, 0.0) + heading_weight
    in_body = Counter(word.stem for word in body)
    for stem, count in in_body.items():
        counts[stem] = counts.get(stem, 0.0) + 1 + math.log(count)
    capital_in_body = Counter(word.stem for word in body if word.capital)
    weights: dict[str, float] = {}
    for stem, mass in counts.items():
        is_name = stem in names or (capital_in_body[stem] > in_body[stem] / 2 and background.is_name(stem))
        weight = background.weight(stem)
        if foreign and not is_name and stem[0] not in "#@":
            stem, weight = f"{foreign}:{stem}", background.most * FOREIGN
        weights[stem] = mass * weight * (NAME if is_name else 1.0)
    for one, two in pairwise(heading):
        pair = (background.weight(one.stem) + background.weight(two.stem)) / 2
        weights[f"{one.stem} {two.stem}"] = heading_weight * BIGRAM * (background.most * FOREIGN if foreign else pair)
    return weights


def _sittings(stems: set[str], names: frozenset[str], article: Article) -> frozenset[int]:
    """When a report on a market's day was dated, in spans of `SITTING`; nothing for any other article."""
    of_a_market = not MARKETS.isdisjoint(stems) or ("share" in stems and not names)
    if not of_a_market or MOVES.isdisjoint(stems):
        return frozenset()
    return frozenset({int(article.dated.timestamp()) // SITTING})


def is_foreign(article: Article) -> bool:
    """Not in English, by its label or its script: its plain words say nothing beside English ones."""
    return not article.language.lower().startswith("en") or bool(SCRIPT.search(article.title))


def _names(title: str, heading: Sequence[Word], background: Background) -> frozenset[str]:
    """Words with a capital that are no everyday words; in a headline with capitals throughout, unknown words only."""
    plain = [word for word in heading if word.stem[0] not in "#@"]
    shouted = title.isupper() or sum(word.capital for word in plain) > 0.7 * len(plain)
    if shouted:
        return frozenset(w.stem for w in plain if w.capital and background.is_name(w.stem))
    return frozenset(
        w.stem for n, w in enumerate(plain) if w.capital and (background.is_name(w.stem) or (n and not shouted))
    )


def _unit(weights: dict[str, float]) -> dict[str, float]:
    kept = sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:TERMS]
    length = math.sqrt(sum(weight * weight for _, weight in kept))
    return {term: weight / length for term, weight in kept} if length else {}
