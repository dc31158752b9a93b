"""Sentences as a page shows them: each with the numbers of its sources and a note that quotes them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from newsroom.stories.version import Version
from newsroom.writing.draft import Claim

KINDS = {"fact": "", "inference": "our inference", "context": "context"}


@dataclass(frozen=True)
class Sentence:
    """One claim on the page. `note` is 0 when it has no span; `sources` are the numbers in the source list."""

    id: str
    text: str
    label: str
    mechanism: str
    note: int
    sources: tuple[int, ...]

    @property
    def marker(self) -> str:
        return ",".join(map(str, self.sources))

    @property
    def marker_name(self) -> str:
        """What a screen reader says instead of bare figures."""
        return (
            f"{'Source' if len(self.sources) == 1 else 'Sources'} {', '.join(map(str, self.sources))}, note {self.note}"
        )


@dataclass(frozen=True)
class Quotation:
    """The words of one source that support a sentence."""

    source: int
    text: str
    publisher: str
    language: str = ""
    """Of the words, where it is not English."""


@dataclass(frozen=True)
class Note:
    """The evidence of a sentence, or of several that stand on the same words."""

    number: int
    sentences: tuple[str, ...]
    quotations: tuple[Quotation, ...]


class Notebook:
    """Numbers notes in the order in which sentences are asked for, so that a page reads them upwards."""

    def __init__(self, version: Version) -> None:
        self._numbers = {source.article_id: place for place, source in enumerate(version.sources, 1)}
        self._publishers = {source.article_id: source.publisher for source in version.sources}
        self._languages = {
            source.article_id: "" if source.language.lower().startswith("en") else source.language
            for source in version.sources
        }
        self._reserved = {source.article_id for source in version.sources if source.reserved}
        self._quotes = version.quotes
        self._notes: dict[tuple[Quotation, ...], Note] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())

    def number_of(self, article_id: str) -> int:
        """The source's number; 0 for an article that the version does not list."""
        return self._numbers.get(article_id, 0)

    def sentence(self, claim: Claim) -> Sentence:
        quotations = tuple(self._quotations(claim))
        note = self._noted(claim.id, quotations) if quotations else 0
        sources = tuple(dict.fromkeys(quotation.source for quotation in quotations))
        return Sentence(claim.id, claim.text, KINDS[claim.kind], claim.mechanism, note, sources)

    def sentences(self, claims: Iterable[Claim]) -> tuple[Sentence, ...]:
        return tuple(self.sentence(claim) for claim in claims)

    def _noted(self, claim_id: str, quotations: tuple[Quotation, ...]) -> int:
        note = self._notes.get(quotations) or Note(len(self._notes) + 1, (), quotations)
        if claim_id not in note.sentences:
            note = replace(note, sentences=(*note.sentences, claim_id))
        self._notes[quotations] = note
        return note.number

    def _quotations(self, claim: Claim) -> Iterator[Quotation]:
        """Only of sources that the page lists and that do not reserve their text."""
        for span in claim.spans:
            text = self._quotes.get(span.sha256, "")
            if text and span.article_id in self._numbers and span.article_id not in self._reserved:
                one = span.article_id
                yield Quotation(self._numbers[one], text, self._publishers[one], self._languages[one])


def unrepeated(claims: Iterable[Claim], shown: set[str]) -> list[Claim]:
    """Those whose text no earlier module has shown: a page says a thing once."""
    fresh = []
    for claim in claims:
        text = " ".join(claim.text.lower().split())
        if text not in shown:
            shown.add(text)
            fresh.append(claim)
    return fresh
