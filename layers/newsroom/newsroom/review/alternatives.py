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


def _turned_by_a_prefix(text: str, sentence: str) -> str:
    """ "Unlikely" for "likely", and the other way round."""
    plain = set(re.findall(r"\w+", sentence.lower()))
    word: str
    for word in re.findall(r"\w{4,}", text.lower()):
        bare = _PREFIX.sub("", word)
        turned = plain & ({bare} if bare != word else {f"{prefix}{word}" for prefix in ("un", "in", "dis", "im")})
        if word not in plain and turned:
            return word
    return ""


@cache
def families(table: str) -> tuple[Family, ...]:
    """A table of `alternatives.toml`, compiled."""
    text = resources.files("newsroom.review").joinpath("alternatives.toml").read_text(encoding="utf-8")
    return tuple(
        tuple(re.compile(rf"\b(?:{one})\b", re.IGNORECASE) for one in family) for family in tomllib.loads(text)[table]
    )
