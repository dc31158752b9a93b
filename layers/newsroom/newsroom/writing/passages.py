"""Which sentences of an article could be quoted, and what each of them is good for."""

import re
from dataclasses import dataclass
from functools import cached_property

from newsroom.articles.article import Article
from newsroom.writing.copy_limits import QUOTATION_WORDS
from newsroom.writing.days_ahead import looks_ahead
from newsroom.writing.evidence import Stretch, sentences, words
from newsroom.writing.figures import figures
from newsroom.writing.house_rules import advises, carries_a_link, is_furniture, speaks_to_a_machine
from newsroom.writing.topic import terms

_DANGLING = re.compile(
    r"^[\"“‘'(]*(?:he|she|it|they|this|that|these|those|his|her|their|its|such|both|but|and|or|so|also|however|still|yet"
    r"|meanwhile|moreover|instead|then|there|here|the\s+(?:former|latter|same|move|company|bank|report|decision))\b",
    re.IGNORECASE,
)
# What such a sentence speaks of stands in the one before it.
_PRONOUN = re.compile(
    r"^[\"“‘'(]*(?:he|she|it|they|this|that|these|those|his|her|their|its|such|both|the\s+(?:former|latter|same))\b"
    r"|\b(?:the\s+same|disagreed|the\s+other\s+(?:one|two|half))\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:,\s[^–—()]{2,40}?)?\s*(?:\([^)]{2,40}\))?\s*"
    r"(?:[–—―]-?|--|-(?=\s))\s*(?=[A-ZÀ-Þ“\"‘0-9])"
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|my|us|me|you|your)\b")


@dataclass(frozen=True)
class Passage:
    """A sentence that could be quoted, with what it is good for."""

    article: Article
    stretch: Stretch
    position: int
    """Its number in its article's body, from 0."""
    score: float = 0.0

    @cached_property
    def text(self) -> str:
        return self.stretch.of(self.article.evidence)

    @cached_property
    def forward(self) -> bool:
        return looks_ahead(self.text)

    @cached_property
    def measured(self) -> bool:
        return any(figure.kind in ("percent", "points", "money", "number") for figure in figures(self.text))

    @cached_property
    def points_back(self) -> bool:
        """Whether it speaks of something that only the sentence before it names."""
        short = len(words(self.text)) < 9 and re.search(r"\b(?:it|they|he|she|them)\b", self.text)
        return bool(short or _PRONOUN.search(self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        return terms(self.text)


def passages(article: Article, topic: frozenset[str]) -> list[Passage]:
    """The body's sentences that are fit to stand alone, each with its score, in the order of the text.

    Score, in points: 3 for the lead falling by 0.3 a sentence; 1.5 for a figure; 2 × the share of the topic's terms
    (the titles' words) that it has; less 1.5 for a beginning that points back, and for every word past 25, 0.05.
    """
    evidence, offset = article.evidence, len(article.title) + 2
    found = []
    for position, inner in enumerate(sentences(article.text)):
        stretch = Stretch(inner.start + offset, inner.end + offset)
        if position == 0 and (dateline := _DATELINE.match(stretch.of(evidence))):
            stretch = Stretch(stretch.start + dateline.end(), stretch.end)
        text = stretch.of(evidence)
        if not fit(text):
            continue
        length = len(words(text))
        passage = Passage(article, stretch, position)
        score = max(0.0, 3 - 0.3 * position) + 1.5 * passage.measured
        score += 2 * len(passage.terms & topic) / max(1, len(topic))
        score -= 1.5 * bool(_DANGLING.search(text)) + 0.05 * max(0, length - QUOTATION_WORDS)
        found.append(Passage(article, stretch, position, round(score, 6)))
    return found


def fit(text: str) -> bool:
    """Whether a sentence can be quoted alone: complete, by the article, about its matter, to a reader."""
    length = len(words(text))
    if (
        not 6 <= length <= 60
        or not re.search(r"[.!][\"”’')]*$", text)
        or not re.match(r"[\"“‘'(]?[A-Z0-9À-Þ$€£¥]", text)
    ):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if re.match(r"^(?:UPDATED?|CORRECTION|BREAKING)\b|^[\"“][^\"”]*[\"”]?$", text) or (
        _FIRST_PERSON.search(re.sub(r"[\"“][^\"”]*[\"”]", "", text))
    ):
        return False  # speech without its speaker, or the page speaking of itself
    return not (is_furniture(text) or advises(text) or carries_a_link(text) or speaks_to_a_machine(text))
