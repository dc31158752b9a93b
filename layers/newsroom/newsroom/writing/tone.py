"""How one origin's report reads for its subject: a count of words from a small finance lexicon, nothing more.

Tone is not a forecast of prices. The words and their sides are ours, in the manner of the published finance
word lists (negative words far outnumber positive ones in filings, so the margin is asked of both sides).
"""

import re
from collections.abc import Sequence
from typing import Literal

from newsroom.articles.article import Article
from newsroom.writing.draft import Stance
from newsroom.writing.evidence import sentences

MARGIN = 3
"""Words by which one side must lead, and it must have at least twice the other's: less is neutral."""

# What goes up or down is good or bad news only for some subjects: inflation and interest rates are not among them.
_SUBJECT = re.compile(
    r"\b(?:shares?|stocks?|profits?|revenues?|sales|orders|output|earnings|income|deliveries|bookings|bonds?|margins?"
    r"|exports|production|dividend)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:gain(?:s|ed)?|ris(?:e|es|ing)|rose|surg(?:e|ed)|jump(?:ed)?|climb(?:ed)?|soar(?:ed)?|gr[eo]wn?|growth|rais(?:e|ed)"
    r"|lift(?:s|ed)?|higher)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:falls?|fallen|falling|fell|drop(?:s|ped)?|declin(?:e|es|ed)|plung(?:e|ed)|tumbl(?:e|ed)|slid(?:es?)?|cuts?|lower"
    r"|slow(?:ed|er|down)|contract(?:ed|ion)|shr[aiu]nk)\b",
    re.IGNORECASE,
)
_BRIGHT = re.compile(
    r"\b(?:rall(?:y|ied)|record\s+high|beats?|stronger|strength|improv(?:e|ed|ing)|upgrade[sd]?|profitable|recover(?:y|ed)"
    r"|optimis(?:m|tic)|boost(?:ed)?|expan(?:d|ded|sion)|wins?|won|resilien(?:t|ce)|rebound(?:ed)?|outpac(?:e|ed)|sold\s+out)\b",
    re.IGNORECASE,
)
_DARK = re.compile(
    r"\b(?:slump(?:ed)?|loss(?:es)?|lost|weak(?:er|ness|ened)?|miss(?:es|ed)?|warn(?:s|ed|ing)?|default(?:s|ed)?|bankrupt(?:cy)?"
    r"|insolven(?:t|cy)|fraud|probe|fined|lay-?offs?|recession|downgrade[sd]?|fear(?:s|ed)?|crisis|delay(?:s|ed)?|halt(?:s|ed)?"
    r"|shortage|strikes?|sanction(?:s|ed)?|collapse[sd]?|worse(?:n|ned)?|freez(?:e|es)|frozen|shed(?:ding)?|blow)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|never|without|n't|despite|avoid(?:ed|s)?|less)\s+(?:\w+\s+)?$", re.IGNORECASE)


def stances(articles: Sequence[Article], origins: dict[str, str]) -> tuple[Stance, ...]:
    """One stance per origin, from its first article in the order given; `origins` is article id → origin id."""
    found: dict[str, Stance] = {}
    for article in articles:
        origin = origins[article.id]
        if origin not in found:
            found[origin] = _stance(article, origin)
    return tuple(found.values())


def _stance(article: Article, origin: str) -> Stance:
    moving = " ".join(
        s.of(article.evidence) for s in sentences(article.evidence) if _SUBJECT.search(s.of(article.evidence))
    )
    bright = _count(_BRIGHT, article.evidence) + _count(_UP, moving)
    dark = _count(_DARK, article.evidence) + _count(_DOWN, moving)
    label: Literal["bullish", "neutral", "bearish"] = "neutral"
    if bright - dark >= MARGIN and bright >= 2 * dark:
        label = "bullish"
    elif dark - bright >= MARGIN and dark >= 2 * bright:
        label = "bearish"
    reason = f"{bright} {'word' if bright == 1 else 'words'} of gain and {dark} of loss in its text, by a word list."
    return Stance(origin_id=origin, article_id=article.id, label=label, reason=reason)


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for match in pattern.finditer(text) if not _NEGATED.search(text[: match.start()][-30:]))
