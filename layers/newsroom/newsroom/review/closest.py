"""Which sentence of its support a sentence speaks of, and which clause of that."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from newsroom.writing.evidence import sentences
from newsroom.writing.figures import Figure, figures, grounded
from newsroom.writing.names import names
from newsroom.writing.topic import terms

CLOSE = 0.4
"""Share of a sentence's content words that another must have to be about the same thing."""
_ENDING = re.compile(r"(?:ies|ied|ie|ing|es|ed|y|e|s|d)$")
_JOINTS = re.compile(
    r"[;:]\s|\s[–—]\s|,\s|\s(?=(?:and|but|while|whereas|although|though|because|which|who|after|before|when|if"
    r"|so that)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Closest:
    """`sentence` is the support's sentence, `clause` the part of it that the text shares most with."""

    text: str
    sentence: str
    clause: str

    @cached_property
    def sure(self) -> bool:
        """Whether both speak of one thing: a figure of both, or enough of the same words."""
        return self.twin or overlap(self.text, self.sentence) >= CLOSE

    @cached_property
    def twin(self) -> bool:
        """Whether both have a figure, the same."""
        given = figures(self.sentence)
        return any(grounded(one, given) for one in figures(self.text) if one.kind != "year")

    @cached_property
    def outwards(self) -> tuple[str, ...]:
        """The sentence's clauses by their distance from the closest one, those before it first."""
        parts = clauses(self.sentence)
        at = parts.index(self.clause) if self.clause in parts else 0
        return tuple(sorted(parts, key=lambda part: (abs(parts.index(part) - at), parts.index(part) > at)))


@lru_cache(maxsize=4096)
def closest(text: str, support: str) -> Closest:
    """Figures count three words, names two; ties go to the earlier. Empty strings when the support is empty."""
    ours = _Features.of(text)
    whole = [stretch.of(support) for stretch in sentences(support)]
    sentence = max(whole, key=ours.shared_with, default="")
    parts = clauses(sentence)
    return Closest(text, sentence, max(parts, key=ours.shared_with, default=""))


def clauses(sentence: str) -> list[str]:
    """A sentence cut at commas, colons and conjunctions."""
    return [part for part in _JOINTS.split(sentence) if part and part.strip()]


def overlap(text: str, support: str) -> float:
    """Share of a text's content words that the support has, 0–1; 1.0 when it has none."""
    ours = content(text)
    return len(ours & content(support)) / len(ours) if ours else 1.0


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """The content words of a text without their endings, so that "verify" and "verified" are one."""
    return frozenset(_ENDING.sub("", term) if len(term) > 3 else term for term in terms(text))


@dataclass(frozen=True)
class _Features:
    terms: frozenset[str]
    figures: tuple[Figure, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Features":
        named = frozenset(stem for name in names(text) for stem in content(name.text))
        return cls(content(text), tuple(one for one in figures(text) if one.kind != "time"), named)

    def shared_with(self, other: str) -> float:
        given = figures(other) if self.figures else []
        twins = sum(1 for one in self.figures if any(one.value == two.value for two in given))
        theirs = content(other)
        return 3 * twins + len(self.terms & theirs) + len(self.names & theirs)
