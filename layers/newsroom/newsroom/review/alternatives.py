"""Words of which a sentence says one and its source the other: up and down, net and gross, this year and last."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from newsroom.review.closest import Closest, clauses, closest
from newsroom.review.framing import unquoted
from newsroom.review.negation import denies

_PREFIX = re.compile(r"^(?:un|in|dis|im)(?=\w{4,})")
Family = tuple[re.Pattern[str], ...]


def exchanged(text: str, support: str) -> str:
    """The word of a sentence in whose place its spans have another of the same family; empty when none.

    Asked of the sentence as a whole and of its clauses, each against the clause of the spans that is closest to it.
    """
    plain = unquoted(text)
    for part in (plain, *(clauses(plain) if len(clauses(plain)) > 1 else ())):
        near = closest(part, support)
        if word := _plain_superlative(part, support):
            return word
        if word := _exchanged(near, near.outwards, families("families") + families("of_spans")):
            return word
    return ""


def exchanged_in_sentence(text: str, document: str) -> str:
    """The same against a whole document, where the closest sentence may be another one: only as a whole."""
    near = closest(text, document)
    return _exchanged(near, (near.sentence,), families("families"))


def _exchanged(near: Closest, places: Sequence[str], asked: Sequence[Family]) -> str:
    """The first place that has a word of the family decides, unless it is one that denies."""
    if not near.sure:
        return ""
    for family in asked:
        said = [pattern for pattern in family if pattern.search(near.text)]
        if family is asked[0] and _prices_of_inflation(near):
            continue
        if len(said) != 1:
            continue
        for given in places:
            there = [pattern for pattern in family if pattern.search(given)]
            if said[0] in there or (there and denies(given) != denies(near.text)):
                break
            if there:
                match = said[0].search(near.text)
                return match.group() if match else ""
    return _turned_by_a_prefix(near.text, near.sentence)


def _plain_superlative(text: str, support: str) -> str:
    """ "The lowest" of what the source calls "one of the lowest"."""
    for match in re.finditer(r"(?<!one of )(?<!among )\bthe (\w{3,}est)\b", text, re.IGNORECASE):
        given = re.findall(rf"(one of |among )?\b(?:the|its|their) {match[1]}\b", support, re.IGNORECASE)
        if given and all(given):
            return match.group()
    return ""


def _prices_of_inflation(near: Closest) -> bool:
    """Prices that "rose 3.1 percent" are inflation that "slowed to 3.1 percent", whichever of the two says so."""
    pace = bool(_PACE.search(near.text)), bool(_PACE.search(near.sentence))
    return pace[0] != pace[1] and bool(_PRICES.search(near.sentence if pace[0] else near.text))


_PRICES = re.compile(r"\bprices?\b", re.IGNORECASE)
_PACE = re.compile(r"\b(?:inflation|growth)\b", re.IGNORECASE)


def _turned_by_a_prefix(text: str, sentence: str) -> str:
    """ "Unlikely" for "likely", and the other way round."""
    plain = set(re.findall(r"\w+", sentence.lower()))
    word: str
    for word in re.findall(r"\w{4,}", text.lower()):
        bare = _PREFIX.sub("", word)
        turned = plain & ({bare} - {word} | {f"{prefix}{word}" for prefix in ("un", "in", "dis", "im")})
        if word not in plain and turned and not _denied(bare, f"{text} {sentence}"):
            return word
    return ""


def _denied(word: str, text: str) -> bool:
    """Whether "not" stands before a word: "not paid" is "unpaid"."""
    return bool(re.search(rf"\b(?:not|never)\s(?:\w+\s)?{re.escape(word)}", text, re.IGNORECASE))


@cache
def families(table: str) -> tuple[Family, ...]:
    """A table of `alternatives.toml`, compiled."""
    text = resources.files("newsroom.review").joinpath("alternatives.toml").read_text(encoding="utf-8")
    return tuple(
        tuple(re.compile(rf"\b(?:{one})\b", re.IGNORECASE) for one in family) for family in tomllib.loads(text)[table]
    )
