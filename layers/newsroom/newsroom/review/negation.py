"""Whether a sentence denies what its source states, or states what its source denies."""

import re

from newsroom.review.closest import clauses, closest, content, overlap

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|cannot|without|fail(?:s|ed)?\s+to|den(?:y|ies|ied)|refus(?:e|es|ed)"
    r"|reject(?:s|ed)?|unable|unlikely|\w+n['’]t)\b",
    re.IGNORECASE,
)
# Words that deny without saying "not", or turn a denial into a figure of speech: with one of them, code cannot tell.
_EITHER_WAY = re.compile(
    r"\b(?:only|first\s+time|since|instead|rather|unchanged|kept|keeps?|lapsed?|missed|scrapp\w+|bar(?:s|red)|clos(?:e|es|ed)"
    r"|run\s+out|ends?|ended|few(?:er)?|hardly|barely|less|lowest|most|no\s+(?:more|less|fewer|longer)\s+than|too\s+early"
    r"|slow|against|turned?\s+down|rules?\s+out|prevents?|stop(?:s|ped)?|halt(?:s|ed)?|intact|but\s+\w+\s+of|excluding)\b",
    re.IGNORECASE,
)


def _either_way(text: str) -> frozenset[str]:
    return frozenset(match.group().lower()[:4] for match in _EITHER_WAY.finditer(text))


def denies(text: str) -> bool:
    return bool(_NEGATION.search(text))


def negation_turned(text: str, support: str, by_clause: bool = True) -> str:
    """Why a sentence says the opposite of what is closest to it; empty when it does not.

    Asked clause by clause against the spans that a sentence cites, as a whole against a document.
    """
    for part in clauses(text) if by_clause else [text]:
        near = closest(part, support)
        if not near.sure or (by_clause and _either_way(part) ^ _either_way(near.clause)):
            continue
        if denies(part) and not denies(near.sentence):
            return "It denies what its source states."
        denied = [near.clause, *(clause for clause in near.outwards if _all_of(clause, part))]
        if not denies(text) and any(denies(clause) for clause in denied):
            return "It states what its source denies."
    return ""


def _all_of(clause: str, part: str) -> bool:
    """Whether a sentence has nearly all the words of a clause of its source."""
    return len(content(clause)) >= 2 and overlap(clause, part) >= 0.66
