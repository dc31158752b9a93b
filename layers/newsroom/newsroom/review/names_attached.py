"""Of whom a figure is said: the name beside a figure is one that its source has beside it."""

import re

from newsroom.review.closest import clauses
from newsroom.writing.evidence import sentences
from newsroom.writing.figures import figures, same
from newsroom.writing.names import Name, all_names, unknown_parts


def reattached(text: str, support: str) -> str:
    """Why a figure is said of another name than in the support; empty when none is.

    Only names that the support has are asked about, and only where every sentence of the support with that figure
    names others and not them.
    """
    whole = [stretch.of(support) for stretch in sentences(support)]
    for clause in clauses(text):
        known = [name for name in all_names(clause) if not unknown_parts(name, support)]
        for figure in figures(clause):
            if figure.kind in ("year", "time"):
                continue
            homes = [one for one in whole if any(same(figure, other) for other in figures(one))]
            if not known or not homes:
                continue
            strangers = [
                name for name in known if all(unknown_parts(name, home) and _names_others(home) for home in homes)
            ]
            if len(strangers) == len(known):
                return f"{figure.text} is not said of {strangers[0].text} in the source."
    return ""


def _names_others(sentence: str) -> list[Name]:
    return [name for name in all_names(sentence) if not re.fullmatch(r"\w+day", name.text)]
