"""What changed between two versions of a story, word for word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from newsroom.stories.version import Version

TOKEN = re.compile(r"\S+\s*")
ALIKE = 0.4
"""Share of words that two sentences have in common from which one is told as a change of the other; below, a reader
understands two whole sentences sooner than one with nearly every word struck out."""


@dataclass(frozen=True)
class Piece:
    """A run of words that both versions have, or one of them."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class ChangedSentence:
    """One sentence that was added, taken out, or changed."""

    pieces: tuple[Piece, ...]


def changed_sentences(before: Version, after: Version) -> tuple[ChangedSentence, ...]:
    """In the order in which the later version is read; sentences that both have are left out."""
    return diff_of(_sentences(before), _sentences(after))


def diff_of(old: Sequence[str], new: Sequence[str]) -> tuple[ChangedSentence, ...]:
    """Of two lists of sentences: first which of them changed, then the words of those that did. A sentence that only
    moved is none of them."""
    return tuple(ChangedSentence(tuple(pieces)) for pieces in _changed(old, new))


def words_changed(old: str, new: str) -> list[Piece]:
    """Of two sentences: `pieces` that are not `removed` make the new one, those not `added` the old one."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    pieces: list[Piece] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(b[b1:b2])))
            continue
        if a2 > a1:
            pieces.append(Piece("removed", "".join(a[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("added", "".join(b[b1:b2])))
    return pieces


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    gone = [sentence for sentence in old if sentence not in new]
    for sentence in new:
        if sentence in old:
            continue
        nearest = max(gone, key=lambda one: _likeness(one, sentence), default="")
        if nearest and _likeness(nearest, sentence) >= ALIKE:
            gone.remove(nearest)
            yield words_changed(nearest, sentence)
        else:
            yield [Piece("added", sentence)]
    yield from ([Piece("removed", sentence)] for sentence in gone)


def _likeness(one: str, other: str) -> float:
    """Share of the words of both that they have in common, 0–1."""
    a, b = set(one.split()), set(other.split())
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _sentences(version: Version) -> list[str]:
    return list(dict.fromkeys(claim.text for claim in version.draft.claims()))
