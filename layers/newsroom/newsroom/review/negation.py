"""Whether a sentence denies what its source states, or states what its source denies."""

import re

from newsroom.review.closest import clauses, closest, content, overlap

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|cannot|without|fail(?:s|ed)?\s+to|declin(?:e|es|ed)\s+to(?=\s[a-z])|turn(?:s|ed)?\s+down|den(?:y|ies|ied)|refus(?:e|es|ed)"
    r"|reject(?:s|ed)?|unable|unlikely|\w+n['’]t)\b",
    re.IGNORECASE,
)
# Words that deny without saying "not", or turn a denial into a figure of speech: with one of them, code cannot tell.
_EITHER_WAY = re.compile(
    r"\b(?:only|first\s+time|since|instead|rather|unchanged|kept|keeps?|lapsed?|miss(?:ed|es|ing)|default\w*|largest|biggest|highest|\w{3,}est|scrapp\w+|bar(?:s|red)|clos(?:e|es|ed)"
    r"|run\s+out|ends?|ended|few(?:er)?|hardly|barely|less|lowest|most|no\s+(?:more|less|fewer|longer)\s+than|too\s+early|until"
    r"|slow|against|in\s+vain|empty|withdr\w+|remov\w+|cancel\w*|suspend\w*|expir\w+|revok\w+|lack\w*|too\s+(?:little|few|late|low)|insufficient|un(?!der|it|ion|til|iver|less|ani)\w{4,}|rules?\s+out|prevents?|stop(?:s|ped)?|halt(?:s|ed)?|intact|but\s+\w+\s+of|excluding)\b",
    re.IGNORECASE,
)


_HALF_DENIED = re.compile(
    r"\b(?:yet\sto|spared?|exempt\w*|untouched|immune|hardly|barely|scarcely|in\svain|un(?!der|it|ion|til|iver|less|ani)\w{4,})\b",
    re.IGNORECASE,
)


def _either_way(text: str) -> frozenset[str]:
    return frozenset(match.group().lower()[:4] for match in _EITHER_WAY.finditer(text))


def denies(text: str) -> bool:
    """Whether it says not, no, never …; "cash not tied to flats" denies nothing."""
    return bool(_NEGATION.search(_MODIFIER.sub(" ", _DENIES_NOTHING.sub(" ", text))))


_DENIES_NOTHING = re.compile(
    r"\b(?:(?:likely|often)\s+than\s+not|not\s+least|no\s+(?:doubt|matter|later|earlier|sooner)"
    r"|not\s+to\s+mention|if\s+not)\b",
    re.IGNORECASE,
)
_MODIFIER = re.compile(
    r"(?<!\bdid)(?<!\bdo)(?<!\bdoes)(?<!\bcan)(?<!\bcould)(?<!\bmay)(?<!\bmight)(?<!\bshould)(?<!\bmust)(?<!\band)(?<!\bbut)"
    r"(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bhas)(?<!\bhave)(?<!\bhad)(?<!\bwill)(?<!\bwould)(?<!\bbe)(?<!\bbeen)"
    r"\snot\s(?:yet\s)?\w+ed\b"
)


def negation_turned(text: str, support: str, by_clause: bool = True) -> str:
    """Why a sentence says the opposite of what is closest to it; empty when it does not.

    Asked clause by clause against the spans that a sentence cites, as a whole against a document.
    """
    if by_clause and (reason := _contrast_turned(text, support) or _nobody(text, support)):
        return reason
    for part in clauses(text) if by_clause else [text]:
        if by_clause and _ATTRIBUTION.match(part):
            continue
        near = closest(part, support)
        if not near.sure or (by_clause and _either_way(part) ^ _either_way(near.clause)):
            continue
        nobody = by_clause and _NO_SUBJECT.match(part.strip())
        told = support if nobody else f"{near.sentence}\n{closest(text, support).sentence}"
        told = _without_adjuncts(told, part)
        if denies(part) and not denies(told) and not (_NOT_BEFORE.search(text) and _UNTIL.search(told)):
            return "It denies what its source states."
        denied = [near.clause, *(clause for clause in near.outwards if _all_of(clause, part))]
        if not (denies(text) or _HALF_DENIED.search(text) or _OPEN_STILL.search(text)) and any(
            denies(clause) for clause in denied
        ):
            return "It states what its source denies."
    return ""


def _without_adjuncts(told: str, part: str) -> str:
    """Without what was left undone besides ("without giving the split"), where a sentence leaves it out."""
    for adjunct in _ADJUNCT.findall(told):
        if not content(adjunct) & content(part):
            told = told.replace(adjunct, " ")
    return told


def _all_of(clause: str, part: str) -> bool:
    """Whether a sentence has nearly all the words of a clause of its source."""
    return len(content(clause)) >= 2 and overlap(clause, part) >= 0.66


def _nobody(text: str, support: str) -> str:
    """ "Nobody was hurt", "too early to say", "not tied" in the source, and somebody was, did, is here."""
    for match in (one for pattern in _UNDONE for one in pattern.finditer(support)):
        if (
            content(match["deed"])
            and content(match["deed"]) <= content(text)
            and not (denies(text) or _TOO_EARLY.search(text) or _OPEN_STILL.search(text))
        ):
            return "It states what its source denies."
    return ""


def _contrast_turned(text: str, support: str) -> str:
    """ "Liquidity rather than profit" where the source has "profit rather than liquidity"."""
    for ours in _CONTRAST.finditer(text):
        chosen, rejected = content(ours[1]), content(ours[2])
        for theirs in _CONTRAST.finditer(support):
            if (chosen & content(theirs[2])) and (rejected & content(theirs[1])):
                return f"It turns “{theirs.group()}” round."
    return ""


_ATTRIBUTION = re.compile(
    r"(?:and\s)?(?:according\sto\b|said\s|(?!it\b)[\w\s’'-]{3,40}\s(?:said|says|say|reported|noted)[.\s]*$)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no\sone|none)\s(?:was|were|is|are|has\sbeen|have\sbeen)\s(?P<deed>\w+)", re.IGNORECASE
)
_TOO_EARLY = re.compile(r"\btoo\s(?:early|soon)\sto\s(?P<deed>\w+)", re.IGNORECASE)
_NOT_SUCH = re.compile(r"\w+\snot\s(?P<deed>\w+ed)\sto\b", re.IGNORECASE)
_WHO_DOES_NOT = re.compile(r"\b(?:who|which|that)\s(?:is|are|was|were|has|have|had)\snot\s(?P<deed>\w+)", re.IGNORECASE)
_THOUGH_NOT = re.compile(r",\s(?:though|but|and)\snot\s(?:the\s|its\s|an?\s)?(?P<deed>\w+)(?=[.,;]|$)", re.IGNORECASE)
_YET_TO = re.compile(r"\byet\sto\s(?:be\s)?(?P<deed>\w+)", re.IGNORECASE)
_OPEN_STILL = re.compile(
    r"\b(?:yet\sto|surpris\w*|un(?:expected|foreseen)\w*|await\w*|pending|(?:remains?|still)\spossible|still\s(?:has|have|needs?)|ha(?:s|ve)\sstill)\b",
    re.IGNORECASE,
)
_UNDONE = (_YET_TO, _NOBODY, _TOO_EARLY, _NOT_SUCH, _WHO_DOES_NOT, _THOUGH_NOT)
_NOT_BEFORE = re.compile(r"\bnot\s(?:\w+\s){0,8}(?:before|until)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|from|at\sthe\searliest|only|in\s\d{4}|(?:later|next)\s\w+)\b", re.IGNORECASE)
"""What "not before" may stand for."""
_ADJUNCT = re.compile(r",\swithout\s\w+ing\b[^,.;]*", re.IGNORECASE)
_NO_SUBJECT = re.compile(r"(?:and\s)?(?:nobody|no\sone|none)\b", re.IGNORECASE)
_CONTRAST = re.compile(
    r"(\w+),?\s(?:rather\sthan|instead\sof|and\snot|not|but\snot)\s(?:to\s)?((?:\w+\s)?\w+)", re.IGNORECASE
)
