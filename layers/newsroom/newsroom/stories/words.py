"""Words of headlines and texts as the grouping compares them: cut to stems, with one word for one meaning."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from newsroom.stories.phrases import Phrases, read

SCRIPT = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that part no words with spaces (or agglutinate, like Hangul): compared by pairs of characters."""

VOWEL = re.compile("[aeiouyäöüáéíóúàèâêôå]")
UNITS = {"billion": "bn", "million": "m", "mn": "m", "trillion": "tn"}
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
"""Thousands with dots; a single dot is taken for a decimal one, as the wires write."""


class Word(NamedTuple):
    """One word of a text: `@cn` is a country, `@cnb` its central bank, `#3.1%` a figure."""

    stem: str
    capital: bool
    """It began with a capital letter, as names do."""


@dataclass(frozen=True)
class Lexicon:
    """The packaged tables in the form in which reading needs them."""

    stop: frozenset[str]
    same: Mapping[str, str]
    names: Phrases
    """Countries and central banks → their tokens."""


@cache
def countries() -> dict[str, dict[str, Any]]:
    """The table of countries: ISO 3166-1 alpha-2 in small letters → name, words, cities, banks, markets."""
    return tomllib.loads(files("newsroom.stories").joinpath("countries.toml").read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    table = tomllib.loads(files("newsroom.stories").joinpath("words.toml").read_text("utf-8"))
    names = {"US": "@us", "U.S.": "@us"}
    for code, country in countries().items():
        names |= dict.fromkeys((country["name"], *country.get("words", ())), f"@{code}")
        names |= dict.fromkeys(country.get("banks", ()), f"@{code}b")
        names |= {f"{name} central bank": f"@{code}b" for name in (country["name"], *country.get("words", ()))}
    same = {word: one for one, words in table["same"].items() for word in (*words.split(), one)}
    return Lexicon(frozenset(table["stop"].split()), same, Phrases(names))


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[Word, ...]:
    """The words that carry meaning, in order. Countries become `@` and two letters, central banks a third, `b`."""
    lex = lexicon()
    tokens = read(text)
    found = []
    place = 0
    while place < len(tokens):
        raw = tokens[place]
        name = lex.names.at(tokens, place)
        place += name[0] if name else 1
        if name:
            found.append(Word(name[1], True))
        elif raw[0].isdecimal():
            found.append(Word(figure(raw), False))
        elif SCRIPT.match(raw):
            found.extend(Word(raw[i : i + 2], False) for i in range(max(1, len(raw) - 1)))
        else:
            stem = stemmed(raw)
            if stem and stem not in lex.stop:
                found.append(Word(stem, raw[0].isupper()))
    return tuple(found)


def figure(raw: str) -> str:
    """A figure in one spelling: `#1250`, `#3.1%`, `#2.4bn`; decimal commas and thousands of any country."""
    unit = raw.lstrip("0123456789.,").strip().lower()
    unit = "%" if unit.startswith("p") else UNITS.get(unit, unit)
    number = raw[: len(raw) - len(raw.lstrip("0123456789.,"))]
    if DOTTED.fullmatch(number):
        number = number.replace(".", "")
    number = number.replace(",", "") if THOUSANDS.fullmatch(number) else number.replace(",", ".")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"#{number}{unit}"


@lru_cache(maxsize=200_000)
def stemmed(raw: str) -> str:
    """A word's stem; empty for single letters. Light on purpose: endings of number and tense only."""
    word = raw.casefold().replace("’", "'").replace("'", "").replace(".", "")
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    same = lexicon().same
    if word in same:
        return same[word]
    if len(word) < 2:
        return ""
    if len(word) > 4:
        if word.endswith("ies"):
            word = word[:-3] + "y"
        elif word.endswith("sses"):
            word = word[:-2]
        elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if len(word) > 5:
        for ending in ("ing", "ed"):
            bare = word.removesuffix(ending)
            if bare != word and VOWEL.search(bare):
                word = bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare
                break
    if len(word) > 4:
        word = word.removesuffix("e")
    return same.get(word, word)
