"""What may come, what is planned and what has happened: a sentence is no surer than its source."""

import re

from newsroom.review.closest import Closest, clauses, closest
from newsroom.review.framing import unquoted
from newsroom.review.wording import lexicon, read

_POSSIBLE = re.compile(
    r"\b(?:may(?!\s\d|\snot)(?<!in\sMay)|might|could|possib\w+|potential(?:ly)?|consider(?:s|ed|ing)?|in\stalks|on\sreview|if|unless"
    r"|explor(?:es?|ing)|weigh(?:s|ing)|appears?)\b"
)
_EXPECTED = re.compile(
    r"\b(?:expect(?:s|ed|ing|ations?)?|forecasts?|likely|estimat\w+|predict\w*|should|would|project(?:s|ed)|aims?|hopes?|chances?|probability|odds|negotiat\w+|seeks?"
    r"|offer(?:s|ed)?\sto|points?\sto|pointed\sto|propos\w+|intends?|wants?|asks?|case)\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|plans?\s(?:to|for)|planned|(?:is|are|be|was|were)\s+(?:to|due|set|scheduled|planned|building|under)\b|to\sbe\b"
    r"|due\s(?:to|in|on|by)|set\sto|agree(?:s|d)?\sto(?=\s\w)(?!\s(?:the|an?|its)\b)|promis\w+|next\s(?:week|month|quarter|year)|tomorrow|by\s20\d\d|until"
    r"|still\sdue|follows\son|under\sway|stood?\sready|commit(?:s|ted)?\s(?:\w+sel(?:f|ves)\s)?to)\b",
    re.I,
)
_SAID_IT_WOULD = re.compile(r"\b(?:sa(?:id|ys)|told|announced|promised)\b[^.;]{0,60}?\bwould\b", re.I)
_DONE = re.compile(
    r"\b(?:ha(?:s|ve|d)\s+(?:already\s+|since\s+|now\s+)?(?:been\s+)?(?P<perfect>\w+(?:ed|en|un|ne|ld|nt|ght|id|ade|pt|st|ft|ut|ome|ell|ost))"
    r"|(?:was|were)\s+(?:\w+ly\s+)?(?P<passive>\w+(?:ed|en|un|ne|ld|nt|ght|id|ade|pt|ut))"
    r"|(?P<past>(?:re)?(?:rose|fell|grew|took|sold|bought|paid|cut|raised|lowered|returned|lost|won|began|started|voted|removed"
    r"|converted|downgraded|upgraded|made|put|gave|sank|closed|opened|agreed|approved|harvested|reached)))\b",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:analysts?|economists?|traders?|brokers?|dealers?|bankers?|swaps|markets?|investors?)\b", re.I
)


def surer(text: str, support: str) -> str:
    """Why a sentence is surer of a thing than its source, or less sure of what has happened; empty when neither."""
    plain = unquoted(text)
    parts = clauses(plain) if len(clauses(plain)) > 1 else []
    return next((reason for part in (plain, *parts) if (reason := _surer(closest(part, support), plain))), "")


def _surer(near: Closest, whole: str) -> str:
    text = near.text
    if not near.sure:
        return ""
    done = _DONE.search(text)
    clause = _clause_of_deed(done, near) if done else near.clause
    ours, theirs = _level(text), min(_level(clause), _level_of_frame(near, clause))
    if not (_PAST.search(near.sentence) or any(word.small in lexicon().past for word in read(near.sentence))):
        theirs = min(theirs, _level(near.sentence))
    if ours < 2 and _OPEN.search(text) and _level(near.sentence) == 3 and _PAST.search(near.sentence) and near.twin:
        return "It leaves open what its source states."
    if ours == 3 and _level(whole) == 3 and theirs < 3 and done and not _same_deed(done, near.sentence, clause):
        return f"It has “{done.group()}” as done, which its source only {_NAMES[theirs]}."
    if ours == 3 and _level(whole) == 3 and _WAS.search(text) and _WOULD_BE.search(clause):
        return f"It states what its source only {_NAMES[theirs]}."
    if ours == 2 and (theirs == 0 or (theirs == 1 and _OTHERS.search(near.sentence) and not _OTHERS.search(whole))):
        return f"It is sure of what its source only {_NAMES[theirs]}."
    given = _DONE.search(clause)
    if ours < 2 and theirs == 3 and given and given["perfect"] and _left_open(given, text):
        return f"It leaves open what has happened: “{given.group()}”."
    return ""


def _left_open(given: re.Match[str], text: str) -> bool:
    """Whether a sentence has the verb of a deed, but not as done."""
    return given.group() not in text and given["perfect"][:4].lower() in text.lower()


_OPEN = re.compile(r"\b(?:(?:is|are)\s(?:expected|likely|forecast)\sto|could|might)\b(?!\snot)", re.I)
_PAST = re.compile(
    r"\b(?:was|were|had|did|spent|rose|fell|grew|took|sold|bought|paid|lost|won|began|made|gave|sank|came|went|held|kept|left|met|stood"
    r"|\w{2,}(?<!ne)ed)\b",
    re.I,
)
_WAS = re.compile(r"\b(?:was|were)\b", re.I)
_WOULD_BE = re.compile(r"\b(?:would|will|could|may|might|should)\sbe\b", re.I)
_NAMES = ("calls possible", "expects", "has planned")


def _level(text: str) -> int:
    """0 possible, 1 expected, 2 planned, 3 stated."""
    if _POSSIBLE.search(text):
        return 0
    if _SAID_IT_WOULD.search(text):
        return 2
    if _EXPECTED.search(text):
        return 1
    return 2 if _PLANNED.search(text) else 3


def _level_of_frame(near: Closest, clause: str) -> int:
    """That of the words that lead into the clause, up to the joint before: "expect it to", "is considering"."""
    at = near.sentence.find(clause)
    lead = re.split(r"[;.]\s|,\s", near.sentence[:at])[-1] if at > 0 else ""
    return _level(lead) if lead and not _DONE.search(clause) else 3


def _clause_of_deed(done: re.Match[str], near: Closest) -> str:
    """The clause with the same verb, where there is one."""
    return next((part for part in near.outwards if _stem_of(done, part)), near.clause)


def _same_deed(done: re.Match[str], sentence: str, clause: str) -> bool:
    """Whether the source has the same verb as done, or any deed beside its plan."""
    stem = _verb(done)[:4]
    deeds = [
        one for one in (*_DONE.finditer(sentence), *_DONE.finditer(clause)) if not _TO.match(one.string[one.end() :])
    ]
    if any(_verb(one)[:4].lower() == stem.lower() for one in deeds) or re.search(
        rf"(?<!\bbe\s)\b{stem}\w*ed\b(?!\sto\b)|\bafter\s{stem}\w*ing\b", sentence, re.I
    ):
        return True
    return any(not _TO.match(clause[one.end() :]) for one in _DONE.finditer(clause))


_TO = re.compile(r"\sto\b")


def _verb(done: re.Match[str]) -> str:
    return next(group for group in done.groups() if group)


def _stem_of(done: re.Match[str], part: str) -> bool:
    return bool(re.search(rf"\b{_verb(done)[:4]}", part, re.I))
