"""Whether a summary says only what its document says, by code alone: figures, names, periods, negation, words."""

from collections.abc import Sequence

from newsroom.review.alternatives import exchanged_in_sentence
from newsroom.review.closest import closest, overlap
from newsroom.review.figure_places import misplaced
from newsroom.review.negation import negation_turned
from newsroom.review.quotes_verbatim import not_verbatim
from newsroom.review.speakers import another_speaker_in
from newsroom.review.submission import finding
from newsroom.review.support import LEAST_OVERLAP
from newsroom.review.verdict import Finding
from newsroom.writing.evidence import sentences
from newsroom.writing.figures import Figure, figures, grounded, movement, same
from newsroom.writing.names import names, unknown_parts
from newsroom.writing.periods import periods
from newsroom.writing.topic import terms


def ground(document: str, summary: str) -> list[Finding]:
    """What the summary says and the document does not; an empty list means supported, as far as code can tell.

    A figure must stand in the document with its unit, and not move the other way; a name, a period and a
    quotation must occur in it; no sentence may negate or turn round the sentence closest to it, give it another
    speaker, put a figure into another place of a comparison, or share hardly a word with the whole.
    """
    given = figures(document)
    faults = [
        ("figures", f"The figure {one.text} is not in it.") for one in figures(summary) if not grounded(one, given)
    ]
    for one in figures(summary):
        claimed, moved = movement(summary, one), {movement(document, other) for other in given if same(one, other)}
        if claimed and moved == {-claimed}:
            faults.append(("figures", f"{one.text}: the direction is turned round."))
    faults += [
        ("names", f"“{' '.join(missing)}” of “{name.text}” is not in it.")
        for name in names(summary)
        if (missing := unknown_parts(name, document))
    ]
    faults += [("periods", f"The period “{one}” is not in it.") for one in sorted(periods(summary) - periods(document))]
    faults += [("quotes", f"“{quote}” is not verbatim in it.") for quote in not_verbatim(summary, document)]
    for stretch in sentences(summary):
        sentence = stretch.of(summary)
        if turned := negation_turned(sentence, document, by_clause=False):
            faults.append(("negation", turned))
        if word := exchanged_in_sentence(sentence, document):
            faults.append(("opposites", f"“{word}”, where the document says the opposite."))
        if not any(fault[0] == "figures" for fault in faults) and (figure := _another_figure(sentence, document)):
            faults.append(("figures", f"{figure} is not the figure of its sentence."))
        if who := another_speaker_in(document, sentence):
            faults.append(("speakers", who))
        if place := misplaced(sentence, document):
            faults.append(("figures", place))
        if len(terms(sentence)) >= 4 and overlap(sentence, document) < LEAST_OVERLAP:
            faults.append(("words", "It shares hardly a word with it."))
    return [finding(check, "block", reason) for check, reason in faults]


SURELY = 0.75
"""Share of its content words that a sentence has in common with the one that it surely restates."""

WORD_FOR_WORD = 0.9
"""And this, when it repeats it word for word: then each of its figures is the one that stands there."""


def _another_figure(sentence: str, document: str) -> str:
    """A figure that the document has elsewhere, where the sentence restated has another one of its kind."""
    near = closest(sentence, document).sentence
    if overlap(sentence, near) < SURELY:
        return ""
    ours, given = figures(sentence), figures(near)
    for one in ours:
        of_kind = [other for other in given if other.kind == one.kind]
        lost = [other for other in of_kind if not grounded(other, ours)]
        alone = len(lost) == len(of_kind) or (lost and overlap(sentence, near) >= WORD_FOR_WORD)
        if of_kind and alone and not grounded(one, given):
            return one.text
        if lost and _times(one, ours) > _times(one, given) > 0:
            return one.text
    return ""


def _times(figure: Figure, among: Sequence[Figure]) -> int:
    return sum(1 for other in among if (other.kind, other.value) == (figure.kind, figure.value))
