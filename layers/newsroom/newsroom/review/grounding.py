"""Whether a summary says only what its document says, by code alone: figures, names, periods, negation, words."""

import re

from newsroom.review.submission import finding
from newsroom.review.verdict import Finding
from newsroom.writing.evidence import sentences
from newsroom.writing.figures import figures, grounded, movement, same
from newsroom.writing.names import names, unknown_parts
from newsroom.writing.periods import periods
from newsroom.writing.quotations import terms

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|fail(?:s|ed)?\s+to|den(?:y|ies|ied)|refus(?:e|es|ed)|reject(?:s|ed)?"
    r"|unable|unlikely|\w+n['’]t)\b",
    re.IGNORECASE,
)

LEAST_OVERLAP = 0.34
"""Share of content words below which a sentence is about something else: mixed-up drafts had .07, good ones .64–.88."""
CLOSE = 0.4
"""Share of a sentence's content words that another must have to be about the same thing."""

# Pairs of which a source says one and a false summary the other; each side a group of words with one meaning.
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (
            r"increas\w*|r[io]s(?:e|es|en|ing)|gr[eo]w\w*|growth|gain\w*|higher|up|improv\w*|rais(?:e|es|ed|ing)|expan\w+"
            r"|surg\w+|climb\w*|jump\w*|boost\w*|lift\w*|accelerat\w*|strength\w*|advanc\w+|widen\w*",
            r"decreas\w*|f[ae]ll\w*|declin\w*|drop\w*|lower\w*|down|reduc\w+|worsen\w*|cut\w*|shr[aiu]nk\w*|contract(?:ed|ion)"
            r"|slump\w*|plung\w+|tumbl\w+|slow\w*|weak\w*|decelerat\w*|narrow\w*|deteriorat\w+|diminish\w*",
        ),
        (
            r"above|over|more than|exceed\w*|beat\w*|outperform\w*|at least",
            r"below|under|less than|miss\w*|underperform\w*|at most",
        ),
        (r"includ\w+", r"exclud\w+"),
        (r"prior|previous\w*|before|earlier|pre", r"later|after|subsequent\w*|following|post"),
        (r"first|begin\w*|start\w*|open\w*", r"last|final|end\w*|clos(?:e|es|ed|ing)"),
        (
            r"significant\w*|substantial\w*|major|large|big|strong\w*|sharp\w*",
            r"insignificant\w*|slight\w*|minor|small|modest\w*",
        ),
        (r"positive\w*|favou?rabl\w+|optimis\w+", r"negative\w*|unfavou?rabl\w+|adverse\w*|pessimis\w+"),
        (r"profit\w*|net income", r"loss(?:es)?"),
        (
            r"support\w*|approv\w+|back(?:s|ed)|accept\w*|agree\w*|allow\w*",
            r"oppos\w+|reject\w*|refus\w+|deni\w+|den(?:y|ies)|block\w*|ban\w*",
        ),
        (r"buy\w*|bought|acquir\w+|purchas\w+", r"sell\w*|sold|divest\w*|dispos\w+"),
        (r"GAAP", r"non-GAAP|adjusted"),
        (r"short-?term|temporar\w+", r"long-?term|permanent\w*"),
        (r"maximum|upper", r"minimum"),
        (r"success\w*|succeed\w*", r"fail\w*|unsuccess\w*"),
        (r"win\w*|won", r"lose\w*|lost"),
        (r"guilty|convicted", r"innocent|not guilty|acquitted"),
    )
)  # fmt: skip

_PREFIX = re.compile(r"^(?:un|in|dis|im)(?=\w{4,})")


def opposed(text: str, support: str) -> str:
    """The word of a sentence whose opposite stands in the sentence closest to it, in its place; empty when none."""
    closest = max((s.of(support) for s in sentences(support)), key=lambda one: overlap(text, one), default="")
    if overlap(text, closest) < CLOSE:
        return ""
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            said = one.search(text)
            if said and not one.search(closest) and other.search(closest) and not other.search(text):
                return said.group()
    plain = set(re.findall(r"\w+", closest.lower()))
    word: str
    for word in re.findall(r"\w{4,}", text.lower()):
        bare = _PREFIX.sub("", word)
        turned = plain & ({bare} if bare != word else {f"{prefix}{word}" for prefix in ("un", "in", "dis", "im")})
        if word not in plain and turned:
            return word
    return ""


def overlap(text: str, support: str) -> float:
    """Share of a text's content words that the support has, 0–1; 1.0 when it has none."""
    ours = terms(text)
    return len(ours & terms(support)) / len(ours) if ours else 1.0


def negation_turned(text: str, support: str) -> str:
    """Why a sentence says the opposite of the sentence closest to it; empty when it does not."""
    closest = max((s.of(support) for s in sentences(support)), key=lambda one: overlap(text, one), default="")
    if overlap(text, closest) < CLOSE:
        return ""
    here, there = bool(_NEGATION.search(text)), bool(_NEGATION.search(closest))
    if here == there:
        return ""
    return "It denies what its source states." if here else "It states what its source denies."


def ground(document: str, summary: str) -> list[Finding]:
    """What the summary says and the document does not; an empty list means supported, as far as code can tell.

    A figure must stand in the document with its unit, and not move the other way; a name and a period must occur
    in it; no sentence may negate or turn round the sentence closest to it, or share hardly a word with the whole.
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
    for stretch in sentences(summary):
        sentence = stretch.of(summary)
        if turned := negation_turned(sentence, document):
            faults.append(("negation", turned))
        if word := opposed(sentence, document):
            faults.append(("opposites", f"“{word}”, where the document says the opposite."))
        if len(terms(sentence)) >= 4 and overlap(sentence, document) < LEAST_OVERLAP:
            faults.append(("words", "It shares hardly a word with it."))
    return [finding(check, "block", reason) for check, reason in faults]
