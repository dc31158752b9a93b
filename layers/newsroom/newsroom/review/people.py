"""Which names in a story are natural persons': by a given name, a title, an office or an age that stands beside them.

No model and no list of people: where nothing says that a name is a person's, it counts as none.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsroom.stories.mentions import mentions
from newsroom.stories.words import words

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_WORD = rf"{_CAPITAL}(?:[\w’'-]*\w)?"
_LINK = r"(?:de|da|del|della|der|den|di|dos|du|van|von|zu|al|el|bin|ibn|la|le|ter|ten)"
_LINKS = frozenset(_LINK.strip("(?:)").split("|"))
_RUN = re.compile(rf"\b(?:{_WORD}|{_CAPITAL}\.)(?:\s(?:{_LINK}\s){{0,2}}(?:{_WORD}|{_CAPITAL}\.))*")
_AGE = (
    r",\s(?:aged\s)?\d{1,2}(?=[,.;]|\s|$)(?!\s(?:percent|per cent|months?|years?|days?|weeks?|hours?|million|billion))"
)
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class Named:
    """A stretch of a text that names a person: `text[start:end]`, without a possessive."""

    text: str
    start: int
    end: int

    @property
    def surname(self) -> str:
        return self.text.split()[-1]


@dataclass(frozen=True)
class People:
    """Persons of one story, by the names that they have in its texts."""

    names: frozenset[str]
    """In full."""
    surnames: frozenset[str]
    """By which later sentences name them; none that is also a company's."""
    public: frozenset[str]
    """Surnames of those who hold an office, or held it."""

    def within(self, text: str) -> list[Named]:
        """Every place where a text names one of them, or somebody whom it introduces itself; in order."""
        found = list(_introduced(text))
        taken = {place for one in found for place in range(one.start, one.end)}
        for match in re.finditer(_WORD, text):
            written = _POSSESSIVE.sub("", match.group())
            alone = not _neighbour(text, match.start(), match.start() + len(written))
            if written in self.surnames and alone and match.start() not in taken:
                found.append(Named(written, match.start(), match.start() + len(written)))
        return sorted(found, key=lambda one: one.start)


def people_in(texts: Iterable[str]) -> People:
    """Everybody whom the texts introduce."""
    names, surnames, public = set(), set(), set()
    for text in texts:
        for one in _introduced(text):
            names.add(one.text)
            parts = one.text.split()
            known_by = {parts[-1]} if _given(parts[0]) else {parts[0], parts[-1]}
            surnames |= {part for part in known_by if len(part) > 2 and not _is_otherwise(part)}
            if _beside(text, one, "office"):
                public.add(one.surname)
    return People(frozenset(names), frozenset(surnames), frozenset(public))


def _is_otherwise(word: str) -> bool:
    """Whether a word by itself is a company, an instrument or a country."""
    return bool(mentions(word)) or any(one.stem.startswith("@") for one in words(word))


def _introduced(text: str) -> Iterator[Named]:
    """Names that the text itself shows to be a person's, in order."""
    companies = [(one.start, one.end) for one in mentions(text)]
    for run in _RUN.finditer(text):
        for one in _persons(text, run):
            if not any(start < one.end and one.start < end for start, end in companies):
                yield one


def _persons(text: str, run: re.Match[str]) -> Iterator[Named]:
    """The person in a run of capitals: one at most, since persons are parted by a word or a comma."""
    parts = [(match.group(), run.start() + match.start()) for match in re.finditer(r"\S+", run.group())]
    own = _own(parts, lambda: _shown(text, run))
    if not own or any(_bare(word) in _table().organisation for word, _ in own):
        return
    start, end = own[0][1], own[-1][1] + len(_POSSESSIVE.sub("", own[-1][0]))
    if not any(f"{text[start:end]} ".startswith(f"{one} ") for one in _table().eponyms):
        yield Named(text[start:end], start, end)


def _own(parts: Sequence[tuple[str, int]], shown: Callable[[], bool]) -> Sequence[tuple[str, int]]:
    """Of a run's words, each with its place, those that are the name: behind a title, from a given name on, or all of
    them where the text says so (`shown`); up to what in a headline is said of it."""
    titles = [place for place, (word, _) in enumerate(parts[:-1], 1) if _bare(word) in _table().titles]
    given = [place for place, (word, _) in enumerate(parts[:-1]) if _given(word)]
    if not (titles or given or (len(parts) > 1 and shown())):
        return ()
    name = parts[titles[-1] if titles else given[0] if given else 0 :]
    name = name[: next((place for place, (word, _) in enumerate(name) if place and _closes(word)), len(name))]
    while name and name[-1][0] in _LINKS:
        name = name[:-1]
    return name if titles or len(name) > 1 else ()


def _shown(text: str, run: re.Match[str]) -> bool:
    """Whether an office, a calling or an age beside the run says that it is a person's name."""
    one = Named(run.group(), run.start(), run.end())
    behind = text[run.end() :]
    shown = re.match(_AGE, behind) or _table().only.match(behind)
    return bool(shown) or _beside(text, one, "office") or _beside(text, one, "person")


def _beside(text: str, one: Named, kind: str) -> bool:
    before, behind = _beside_patterns(kind)
    return bool(before.search(text[max(0, one.start - 60) : one.start]) or behind.match(text[one.end :]))


def _given(word: str) -> bool:
    return _bare(word) in _table().given or _bare(word).split("-")[0] in _table().given


def _closes(word: str) -> bool:
    """Whether a capitalised word behind a name is no part of it, as in headlines: "Jan Novak Charged With Fraud"."""
    return bool(_table().no_name.fullmatch(_bare(word)))


def _neighbour(text: str, start: int, end: int) -> bool:
    """Whether another capitalised word touches the stretch, so that it may be part of another name."""
    return bool(re.match(rf"\s(?:&\s)?{_CAPITAL}\w*[a-z]", text[end:])) or bool(
        re.search(rf"{_CAPITAL}[\w.]*\s$", text[:start])
    )


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).strip(".,").lower()


@dataclass(frozen=True)
class _Words:
    given: Collection[str]
    titles: Collection[str]
    organisation: Collection[str]
    eponyms: tuple[str, ...]
    no_name: re.Pattern[str]
    only: re.Pattern[str]
    beside: dict[str, tuple[str, str]]
    """What says who somebody is, by kind: before the name, and behind it."""


@cache
def _beside_patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    ahead, after = _table().beside[kind]
    at_once = ahead if kind == "office" else "(?!)"
    before = re.compile(rf"\b(?:{ahead}),?\s$", re.IGNORECASE)
    behind = re.compile(
        rf",\s(?:\d\d,\s)?(?:(?:(?:the|a|an|then|former|ex|one)\b[\s-])+(?:[\w’'&-]+\s){{0,8}}?(?:{after})|(?:{at_once}))\b",
        re.IGNORECASE,
    )
    return before, behind


@cache
def _table() -> _Words:
    table = tomllib.loads(resources.files(__package__).joinpath("people.toml").read_text(encoding="utf-8"))
    offices, callings = ("|".join(one.strip() for one in table[name].split("|")) for name in ("office", "person"))
    return _Words(
        given=frozenset(f"{table['given']} {table['family_first']}".split()),
        titles=frozenset(table["titles"].split()),
        organisation=frozenset(table["organisation"].split()),
        eponyms=tuple(" ".join(one.split()) for one in table["eponyms"].split("|")),
        no_name=re.compile(table["no_name"], re.IGNORECASE),
        only=re.compile(table["only"], re.IGNORECASE),
        beside={"office": (offices, offices), "person": (callings, f"{callings}|{table['behind']}")},
    )
