"""A text word by word, as wordings are compared: dictionary forms, and words that stand for one another."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+")
_PERCENT = re.compile(r"\bper cent\b|(?<=\d)\s?%")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s?\b")
_PLURALS = (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zes", "ze"))
_UNITS = frozenset({"percent", "billion", "million", "trillion", "point", "cror"})
_BEFORE_A_NOUN = frozenset(
    """a an the its their his her our this these those any no each every of in from by for on at with per some all both
    most as than about""".split()  # noqa: SIM905
)
_BEFORE_A_GERUND = frozenset("by for from without after before".split())  # noqa: SIM905
LONG_ENOUGH = 5
"""Letters that two words have in common from the first on when they are of one family ("recover", "recovery")."""


@dataclass(frozen=True)
class Word:
    """`form` is its dictionary form without a last "e", so that "closing" and "close" are one; digits stay digits."""

    text: str
    form: str

    @property
    def tells(self) -> bool:
        """Whether it asserts something: no figure, no unit, none of the small words that hold a sentence together."""
        plain = self.text.lower() in lexicon().plain or self.form in _UNITS
        return len(self.text) > 1 and not self.text[0].isdigit() and not plain

    @property
    def small(self) -> str:
        return self.text.lower()


@dataclass(frozen=True)
class Lexicon:
    """`wording.toml`, read."""

    alike: frozenset[tuple[str, str]]
    plain: frozenset[str]
    general: frozenset[str]
    """Nouns of so general a meaning that one may stand for another thing said before."""
    past: frozenset[str]
    """Irregular past forms that are nothing else ("sold", not "cut")."""
    participles: frozenset[str]
    verbs: frozenset[str]
    """Their forms."""
    in_er: frozenset[str]
    """Verbs that end in "er", unlike "seller" and "buyer"."""
    against: frozenset[frozenset[str]]
    leads: Mapping[str, frozenset[str]]
    """What stands before a verb → its words, as they are written and in dictionary form."""


@cache
def lexicon() -> Lexicon:
    table = _table()
    irregular = _rows(table["forms"])
    alike, stands_for = (
        [[form_of(one) for one in row] for row in _rows(table[key])] for key in ("alike", "stands_for")
    )
    pairs = {(one, other) for row in alike for one in row for other in row}
    pairs |= {(row[0], other) for row in stands_for for other in row[1:]}
    return Lexicon(
        alike=frozenset(pairs | {(other, one) for one, other in pairs}),
        plain=frozenset(table["plain"].split()),
        general=frozenset(form_of(one) for one in table["general"].split()),
        past=frozenset(row[1] for row in irregular if len(row) > 1 and row[1] != row[0]),
        participles=frozenset(row[-1] for row in irregular),
        in_er=frozenset(one for one in table["verbs"].split() if one.endswith("er")),
        verbs=frozenset(form_of(one) for one in (*table["verbs"].split(), *(row[0] for row in irregular))),
        leads={
            name: frozenset(words.split()) | frozenset(form_of(one) for one in words.split())
            for name, words in table["leads"].items()
        },
        against=frozenset(frozenset(form_of(word) for word in pair.split()) for pair in table["against"]),
    )


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Word, ...]:
    """The words and figures of a text, in order; "per cent" and "%" are one word."""
    plain = _PERCENT.sub(" percent", _POSSESSIVE.sub("", text))
    for phrase, instead in _phrases():
        plain = phrase.sub(instead, plain)
    return tuple(Word(one, one if one[0].isdigit() else form_of(one)) for one in _TOKEN.findall(plain))


@lru_cache(maxsize=65536)
def form_of(word: str) -> str:
    return _bare(_irregular().get(word.lower(), word.lower()))


def telling(words: Iterable[Word]) -> list[Word]:
    """Those that assert something."""
    return [word for word in words if word.tells]


def akin(one: str, other: str) -> bool:
    """Whether two dictionary forms may stand for one another: related, or in one line of the table."""
    return related(one, other) or (one, other) in lexicon().alike


def related(one: str, other: str) -> bool:
    """Whether two dictionary forms are one, or of one family."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= LONG_ENOUGH and long.startswith(short[: max(LONG_ENOUGH, len(short) - 3)])


def known(word: Word, among: Iterable[Word]) -> bool:
    """Whether one of the others may stand for it."""
    return any(akin(word.form, other.form) for other in among)


def verbal(word: Word, before: Word | None, after: Word | None = None) -> bool:
    """Whether a word is a verb where it stands: after a determiner, a preposition or a figure it is a noun."""
    if before and before.small in _BEFORE_A_GERUND and word.small.endswith("ing"):
        return True
    if before and (before.small in _BEFORE_A_NOUN or before.text[0].isdigit()):
        return False
    if re.search(r"[eo]rs?$", word.small) and word.small.rstrip("s") not in lexicon().in_er:
        return False
    if before is None and after is not None and after.small == "of":
        return False
    adjective = before is None and after is not None and after.tells
    return word.form in lexicon().verbs or (bool(re.search(r"(?:ed|ing)$", word.small)) and not adjective)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("newsroom.review").joinpath("wording.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (row.split("=") for row in _table()["phrases"])
    return tuple((re.compile(rf"\b{phrase}\b", re.IGNORECASE), instead) for phrase, instead in pairs)


@cache
def _irregular() -> dict[str, str]:
    """Irregular form → dictionary form."""
    return {form: row[0] for key in ("others", "forms") for row in _rows(_table()[key]) for form in row}


def _rows(lines: str) -> list[list[str]]:
    return [line.split() for line in lines.strip().splitlines()]


def _bare(word: str) -> str:
    """Without the endings of number, tense and comparison, and without a last "e"."""
    if len(word) < 4:
        return word
    for ending, instead in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for endings in (("ing", "ed"), ("ly", "est", "er")):
        word = next((_stem(word, ending) for ending in endings if _stem(word, ending) != word), word)
    return word.removesuffix("e") if len(word) > 3 else word


def _stem(word: str, ending: str) -> str:
    """A word without one ending, and without the letter doubled before it; the word where too little is left."""
    stem = word.removesuffix(ending)
    if stem == word or len(stem) < (3 if ending in ("ing", "ed") else 4) or not re.search(r"[aeiouy]", stem):
        return word
    doubled = ending in ("ing", "ed") and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
    return stem[:-1] if doubled else stem
