"""Companies and instruments in a text: which, where, and how surely. The tables are data, versioned and public.

A name counts as it is written: "apple" is fruit. A name that is an everyday word as well ("Target", "Visa") counts only
where the market or its own trade stands beside it. The longest name at a place wins.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from newsroom.articles.article import Article
from newsroom.boundary import Boundary

Kind = Literal["company", "index", "currency", "commodity", "rate", "central-bank"]

LEAD = 1200
"""Code points of the body that are read: whom a story is about is named there."""

IN_HEADLINE = 3.0
IN_LEAD = 1.0
ENOUGH = 2.0
"""In the headline of one text, or twice in the bodies: one mention in passing makes nobody part of the story.
A currency takes the headline, or three texts' bodies: every sum of money names one."""

MOST_COMPANIES = 6
MOST_INSTRUMENTS = 4

SHORT, LONG = 3, 6
"""Letters: names shorter than the one may be initials, names longer than the other are the same in any capitals."""

WORD = re.compile(r"[^\W_]+")
CUT = re.compile(r"\w[.']$")
BEHIND = re.compile(
    r"""(?:'s)?(?:\s+(?:(?i:shares?|stocks?|profits?|revenues?|sales|earnings|inc|corp|co|plc|ltd|group|holdings|ceo|cfo)
    |AG|SA|SE|NV|bonds?|said|says|reported|reports|posted|posts|results|dividend|buyback|chief|executives?|chairman|employees
    |workers|announced|announces|unveils?|unveiled|launche[sd]|beats|misses|sues|sued|recalls?|acquires?|buys|plans|expects
    |forecasts|warns|cuts|raises|agrees|agreed|hires|names|faces|wins|rises|falls|gains|sinks|weighs|hits|will|slumps|soars
    |leads|drags|loses|adds|jumps|slides|drops|surges|tumbles|climbs|slips
    |to\s+(?:buy|sell|cut|invest|launch|pay|build|recall|acquire|hire|close))\b
    |\s*\((?:[A-Z]{1,5}:\s?)?[A-Z]{1,5}(?:\.[A-Z]{1,2})?\))""",
    re.VERBOSE,
)
"""What stands right behind a company's name and behind no everyday word."""

AHEAD = re.compile(
    r"\b(?:shares\s+(?:of|in)|stock\s+of|stake\s+in|maker|giant|retailer|carmaker|automaker|group|company|lender|rival|rivals"
    r"|owner|operator|firm|including|by|with|against|sues|buys?|acquires?|takeover\s+of)\s+$",
    re.IGNORECASE,
)
"""The same before it, where a sentence runs on, so that the capital is a choice."""

LONGER_NAME = re.compile(
    r"\s+(?!Inc|Corp|Co\b|plc|PLC|Ltd|AG|SA\b|SE\b|NV\b|Group|Holdings|CEO|CFO|Shares|Stock|Profit|Sales|Earnings)[A-Z][a-z]+"
)
"""A capital behind an everyday name, within a sentence, makes it part of another one: "Ford Foundation"."""


class Listed(Boundary):
    """One row of `companies.toml`."""

    id: str
    name: str
    listing: str = ""
    """MIC and ticker, `XNAS:AAPL`; empty where shares are not traded."""
    country: str
    sector: str
    aliases: tuple[str, ...] = ()
    common: bool = False
    context: tuple[str, ...] = ()


class Instrument(Boundary):
    """One row of `instruments.toml`."""

    id: str
    kind: Literal["index", "currency", "commodity", "rate", "central-bank"]
    name: str
    symbol: str
    country: str = ""
    aliases: tuple[str, ...] = ()


class Sector(Boundary):
    """One row of `sectors.toml`."""

    id: str
    name: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """One name in a text: `text[start:end]`."""

    id: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class _Name:
    written: str
    id: str
    kind: Kind
    loose: bool
    """In any case."""
    common: bool = False
    context: tuple[str, ...] = ()


@cache
def companies() -> dict[str, Listed]:
    """The packaged table, by id."""
    return {one: Listed.model_validate({"id": one, **row}) for one, row in _table("companies")["companies"].items()}


@cache
def instruments() -> dict[str, Instrument]:
    """The packaged table, by id."""
    table = _table("instruments")["instruments"]
    return {one: Instrument.model_validate({"id": one, **row}) for one, row in table.items()}


@cache
def sectors() -> dict[str, Sector]:
    """The taxonomy, in the order in which readers see it."""
    return {one: Sector.model_validate({"id": one, **row}) for one, row in _table("sectors").items()}


def mentions(text: str) -> list[Mention]:
    """Every company and instrument that a text names, in order; names within longer ones are left out."""
    plain = text.replace("’", "'")
    found: list[Mention] = []
    end = 0
    for word in WORD.finditer(plain):
        if word.start() < end or _continues(plain, word.start()):
            continue
        for name in _names().get(word.group().casefold(), ()):
            if _stands(name, plain, word.start()):
                end = word.start() + len(name.written)
                found.append(Mention(name.id, name.kind, word.start(), end))
                break
    return found


def weights(articles: Sequence[Article]) -> dict[str, float]:
    """Id → weight in the articles, one for each different text: headlines count threefold, a text counts once.

    What is named in passing by one text alone is left out. Heaviest first; equals by id.
    """
    sums: dict[str, float] = defaultdict(float)
    for article in articles:
        in_title = {mention.id for mention in mentions(article.title)}
        in_body: dict[str, int] = defaultdict(int)
        for mention in mentions(article.text[:LEAD] or article.summary[:LEAD]):
            in_body[mention.id] += 1
        for one in in_title | in_body.keys():
            sums[one] += IN_HEADLINE * (one in in_title) + IN_LEAD * min(2, in_body.get(one, 0))
    kept = {one: weight for one, weight in sums.items() if weight >= _enough(one)}
    return dict(sorted(kept.items(), key=lambda one: (-one[1], one[0])))


def _enough(one: str) -> float:
    thing = instruments().get(one)
    return IN_HEADLINE if thing and thing.kind == "currency" else ENOUGH


def _stands(name: _Name, text: str, at: int) -> bool:
    """Whether the name is written here, as a whole, in its own case, and means what the table says."""
    size = len(name.written)
    given = text[at : at + size]
    if given != name.written and not (given.casefold() == name.written.casefold() and _may_vary(name, given)):
        return False
    behind = text[at + size : at + size + 40]
    if size < SHORT and LONGER_NAME.match(behind) and not _is_headline(text):
        return False  # "BP Singh" is a person
    if re.match(r"\w|[&'.-]\w", behind) and not re.match(r"'s\b|-(?:led|owned|backed|listed|based|made)\b", behind):
        return False
    return not name.common or _means_the_company(name, text, at, behind)


def _may_vary(name: _Name, given: str) -> bool:
    """Long names are written with capitals of the paper's own: "Softbank", "Ultratech"."""
    return name.loose or (len(given) > LONG and given[0].isupper() and not name.common)


def _means_the_company(name: _Name, text: str, at: int, behind: str) -> bool:
    before = text[max(0, at - 30) : at]
    if LONGER_NAME.match(behind) and not _is_headline(text):
        return False
    if BEHIND.match(behind) or (AHEAD.search(before) and _runs_on(before)):
        return True
    return any(re.search(rf"(?<!\w){re.escape(word)}(?:s|'s)?(?!\w)", text) for word in name.context)


def _runs_on(before: str) -> bool:
    """Whether a sentence runs up to here, so that a capital is a choice."""
    return bool(re.search(r"[a-z]\s+$", before))


def _is_headline(text: str) -> bool:
    """Short, and most of its words have capitals: there a capital says nothing."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    return len(text) < 160 and sum(word[0].isupper() for word in words) > 0.75 * len(words)


def _continues(text: str, at: int) -> bool:
    """A word that goes on from what stands before it: "non-oil", "@apple", "x.com"; but "Apple-IBM" are two."""
    before = text[max(0, at - 2) : at]
    return before.endswith(("@", "&", "#")) or (before.endswith("-") and text[at].islower()) or bool(CUT.search(before))


@cache
def _names() -> Mapping[str, tuple[_Name, ...]]:
    """First word in small letters → names that begin with it, longest first."""
    found: dict[str, list[_Name]] = defaultdict(list)
    for name in _all_names():
        first = WORD.match(name.written)
        assert first is not None
        found[first.group().casefold()].append(name)
    return {word: tuple(sorted(names, key=lambda one: (-len(one.written), one.id))) for word, names in found.items()}


def _all_names() -> Iterator[_Name]:
    for one in companies().values():
        yield _Name(one.name, one.id, "company", False, one.common, one.context)
        for alias in one.aliases:
            yield _Name(alias, one.id, "company", False)
    for thing in instruments().values():
        for name in (thing.name, *thing.aliases):
            yield _Name(name, thing.id, thing.kind, name[0].islower())


def _table(name: str) -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads(files("newsroom.stories").joinpath(f"{name}.toml").read_text("utf-8"))
