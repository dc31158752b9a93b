"""Quantities in market prose, normalised: whose, what is measured, of which period, in which unit, as it stands.

"Consumer prices in Norland rose 3.1 % in October" → Norland · inflation · October · percent · 3.1. Only levels that
a report states as fact are read: forecasts, earlier values and moves of markets are other quantities.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from newsroom.articles.article import Article
from newsroom.boundary import Boundary
from newsroom.stories.words import countries
from newsroom.writing.evidence import Stretch, sentences
from newsroom.writing.figures import Figure, figures
from newsroom.writing.names import names
from newsroom.writing.periods import periods

BEFORE, AFTER = 70, 28
"""Code points around a figure in which its measure is named: before it in the clause, or right behind it."""

LEAD = 300
"""Code points at the start of the body that say whom it is about when neither sentence nor headline does."""

UNCERTAIN = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|estimat\w*|poll(?:ed)?|project(?:s|ed|ions?)|would|could|may|might|target\w*"
    r"|consensus|economists|analysts|guidance|outlook|will|aims?|plans?|seek(?:s|ing)?|propos\w+|if|unless|suppose)\b",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:from|compared\s+(?:with|to)|against|versus|vs|previous(?:ly)?|prior|earlier|before\s+that|after|revised|initial(?:ly)?"
    r"|last\s+(?:year|month|quarter)|a\s+(?:year|month|quarter)\s+(?:ago|earlier)|since|was\s+then|had\s+been|record\s+of"
    r"|average\s+of|below|above|beat\w*|miss\w*|short\s+of|than(?:\s+the)?)\s*(?:the\s+|an?\s+|about\s+|around\s+)?[^\s\d]{0,3}$",
    re.IGNORECASE,
)
BY = re.compile(r"\bby\s+(?:(?:about|around|nearly|almost|some|more\s+than|over)\s+)?[^\s\d]{0,3}$", re.IGNORECASE)
MARKET = re.compile(
    r"\b(?:shares?|stocks?|index|futures|yields?|bond|traded?|trading|session|closed|intraday|crude|bitcoin|Nasdaq|Dow|S&P"
    r"|against\s+the\s+(?:dollar|euro|yen))\b"
)
BOUND = re.compile(
    r"\b(?:more\s+than|over|at\s+least|above|less\s+than|under|below|up\s+to|at\s+most|almost|nearly)\s+\S?$", re.I
)
SHARE = re.compile(
    r"^\s*(?:of\b|below|above|higher|lower|more|less|fewer|bigger|smaller|off\b|points?\b)", re.IGNORECASE
)
"""Behind a figure: a part of something, or a distance from it, not its level."""
CLAUSE = re.compile(r"[;:]\s|,\s(?:while|but|and|whereas|with|after|which|as)\b|\s(?:while|whereas)\s|\s[–—]\s")
VERB = re.compile(r"\w+ed|dead|hurt|owes|raise", re.IGNORECASE)
"""Measures that are verbs: the word before them says who did it, not which kind of it."""
PLAIN = frozenset(
    """the a an its his their our this that of in and or to for with by on at from as is was were are be been annual
    yearly overall headline total consumer retail price full full-year first-quarter second-quarter third-quarter
    fourth-quarter quarterly official latest new national reported combined group company's country's nation's
    year-on-year adjusted seasonally monthly own big steep sharp record higher lower rising falling annualised
    annualized all said also had has have people twice than nearly about around almost more only just one two three
    proposed planned agreed all-cash cash which where when""".split()  # noqa: SIM905
)
"""Words before a measure that do not make another measure of it, as "core", "youth" and "food" do."""


class Measure(Boundary):
    """One row of `measures.toml`."""

    id: str
    name: str
    words: tuple[str, ...]
    units: tuple[str, ...]
    grows: bool = False


@dataclass(frozen=True)
class Quantity:
    """One value that one article states, with where it stands."""

    article_id: str
    measure: str
    qualifier: str
    """The word that makes a narrower measure: `core`, `youth`; empty for the plain one."""
    subjects: frozenset[str]
    """Whose: countries as `@gb`, names in small letters; empty when the sentence and the headline name nobody."""
    periods: frozenset[str]
    """As `periods` reads them, and years; without weekdays, which say when it was reported."""
    unit: str
    """`percent`, `points`, `money:USD`, `number`, `number:people` …"""
    value: Decimal
    text: str
    """The figure as it stands."""
    approximate: bool
    bounded: bool
    """More than, at least, up to …: a limit, not a value."""
    sentence: Stretch
    """In the article's `evidence`."""
    figure: Stretch
    around: frozenset[str]
    """Content words of the clause."""

    @property
    def decimals(self) -> int:
        """Digits after the point, as written in its own scale: "3.1" has one; negative where thousands are rounded."""
        return -int(self.value.normalize().as_tuple().exponent)


@cache
def measures() -> dict[str, Measure]:
    """The packaged table, by id."""
    table = tomllib.loads(files("newsroom.stories").joinpath("measures.toml").read_text("utf-8"))
    return {one: Measure.model_validate({"id": one, **row}) for one, row in table.items()}


def names_measure(text: str, measure: Measure) -> bool:
    """Whether a text names a measure by any of its words."""
    return any(_measure_of()[match.group().lower()] == measure.id for match in _words().finditer(text))


def quantities(article: Article) -> list[Quantity]:
    """What an article states, in the order of its text; the headline is left out, it repeats the body in short."""
    about = subjects(article.title) or subjects(article.text[:LEAD])
    return quantities_in(article.text, article.id, len(article.title) + 2, about)


def quantities_in(
    text: str, article_id: str = "", offset: int = 0, about: frozenset[str] = frozenset()
) -> list[Quantity]:
    """The same of any text; `about`: its subjects where a sentence names none; places count from `offset`."""
    found: list[Quantity] = []
    for inner in sentences(text):
        sentence = inner.of(text)
        for clause in _clauses(sentence):
            found += _of_clause(article_id, sentence, clause, inner.start + offset, about)
    return found


def subjects(text: str) -> frozenset[str]:
    """Whom a text is about: countries as `@gb`, other names in small letters, without their legal forms."""
    found: set[str] = set()
    for name in names(text):
        key = re.sub(
            r"(?:['’]s|\s(?:inc|corp|plc|ltd|co|group|holdings|ag|se|sa|nv))\.?$", "", name.text, flags=re.I
        ).lower()
        found.add(_countries().get(key) or _countries().get(key.removesuffix("s"), key))
    return frozenset(found - {""}) | _adjectives(text)


def _of_clause(
    article_id: str, sentence: str, clause: Stretch, at: int, about_all: frozenset[str]
) -> Iterator[Quantity]:
    text = clause.of(sentence)
    given = figures(text) if _words().search(text) else []
    for place, figure in enumerate(given):
        before = text[given[place - 1].end if place else 0 : figure.start][-BEFORE:]
        behind = text[figure.end : figure.end + AFTER]
        named = _measure(before, behind, text, figure)
        if named is None or figure.kind in ("year", "time"):
            continue
        measure, qualifier = named
        unit = _unit(figure)
        if not any(unit == one or unit.partition(":")[0] == one for one in measure.units) or not figure.value:
            continue
        if EARLIER.search(before) or BY.search(before) or UNCERTAIN.search(text) or MARKET.search(text):
            continue
        if SHARE.match(text[figure.end :]):
            continue
        about = subjects(sentence) or about_all
        yield Quantity(
            article_id=article_id,
            measure=measure.id,
            qualifier=qualifier,
            subjects=about,
            periods=_periods(sentence),
            unit=unit,
            value=figure.value,
            text=figure.text,
            approximate=figure.approximate,
            bounded=bool(BOUND.search(text[: figure.start])),
            sentence=Stretch(at, at + len(sentence)),
            figure=Stretch(at + clause.start + figure.start, at + clause.start + figure.end),
            around=_content(text),
        )


def _measure(before: str, behind: str, text: str, figure: Figure) -> tuple[Measure, str] | None:
    """The measure named nearest before the figure with no other figure between, else right behind it."""
    earlier = list(_words().finditer(before))
    if earlier:
        match = earlier[-1]
        ahead = re.search(r"([\w’'-]+)\s+$", before[: match.start()])
    else:
        later = _words().match(behind.lstrip()) or re.match(rf"(?:\s*[\w-]+){{0,2}}?\s+(?={_words().pattern})", behind)
        if later is None:
            return None
        found = _words().search(behind)
        assert found is not None
        match = found
        ahead = re.search(r"([\w’'-]+)\s+$", behind[: match.start()])
    word = ahead.group(1).lower() if ahead and not VERB.fullmatch(match.group()) else ""
    plain = not word or word in PLAIN or word in _country_words() or word.endswith(("’s", "'s", "ed"))
    return measures()[_measure_of()[match.group().lower()]], "" if plain else word


def _unit(figure: Figure) -> str:
    if figure.kind == "money":
        return f"money:{'USD' if figure.currency == '$' else figure.currency}"
    return f"{figure.kind}:{figure.noun}" if figure.noun else figure.kind


def _periods(sentence: str) -> frozenset[str]:
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    years = {figure.text for figure in figures(sentence) if figure.kind == "year"}
    return frozenset(periods(sentence) - days | years)


def _clauses(sentence: str) -> Iterator[Stretch]:
    start = 0
    for cut in CLAUSE.finditer(sentence):
        yield Stretch(start, cut.start())
        start = cut.start()
    yield Stretch(start, len(sentence))


def _content(text: str) -> frozenset[str]:
    return frozenset(word[:7] for word in re.findall(r"[^\W\d_]{4,}", text.lower()) if word not in PLAIN)


@cache
def _measure_of() -> dict[str, str]:
    return {word.lower(): one.id for one in measures().values() for word in one.words}


@cache
def _words() -> re.Pattern[str]:
    ordered = sorted(_measure_of(), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.IGNORECASE)


@cache
def _countries() -> Mapping[str, str]:
    table = {}
    for code, row in countries().items():
        for name in (row["name"], *row.get("words", ()), *row.get("banks", ())):
            table[name.lower()] = f"@{code}"
    return table | {"us": "@us", "u.s": "@us", "u.s.": "@us", "uk": "@gb", "u.k": "@gb", "britain": "@gb"}


@cache
def _country_words() -> frozenset[str]:
    return frozenset(_countries())


def _adjectives(text: str) -> frozenset[str]:
    found = (_countries().get(word.lower()) for word in re.findall(r"\b[A-Z][a-z]{3,}\b", text))
    return frozenset(one for one in found if one)
