"""Who gives and who takes: between two names, buying, lending and paying go the way they go in the source."""

import re
from dataclasses import dataclass

from newsroom.review.closest import Closest
from newsroom.review.framing import unquoted
from newsroom.writing.names import all_names, names

_TAKING = (
    r"buy(?:s|ing)?|bought|acquir(?:e|es|ed|ing)|order(?:s|ed)|sign(?:s|ed)\sfor|borrow(?:s|ed)|import(?:s|ed)"
    r"|purchas(?:e|es|ed)|received?"
)
_GIVING = (
    r"sells?|sold|len[dt]s?|suppl(?:y|ies|ied)|exports?|exported|ships?|shipped|wins?\s(?:an?\s)?orders?|won\san\sorder"
)
_PAYING = r"pay(?:s|ing)?|paid|owes?|owed"
_DEEDS = tuple(
    (deed, re.compile(rf"\b(?:{verbs})\b", re.I))
    for deed, verbs in (("taking", _TAKING), ("giving", _GIVING), ("paying", _PAYING))
)


_OF_A_PLACE = re.compile(r"\b(?:from|in|of|at|near|for|to)\s$")


@dataclass(frozen=True)
class Part:
    """A name and the side on which it stands in one kind of deed."""

    side: str
    """`giver`, `taker` or `payer`."""
    name: str


def parts(text: str) -> frozenset[Part]:
    """The sides that a text gives to the names in it: subjects of its verbs, and whom they give to or take from."""
    found: set[Part] = set()
    named = all_names(text)
    for deed, verb in _DEEDS:
        for match in verb.finditer(text):
            before = [
                name for name in named if name.end <= match.start() and not _OF_A_PLACE.search(text[: name.start])
            ]
            subject = before[-1] if before and match.start() - (before[-1].end) < 60 else None
            passive = bool(
                re.search(r"\b(?:be|been|is|are|was|were)\s$", text[max(0, match.start() - 6) : match.start()])
            )
            other = _object(text[match.end() :], "from|of" if deed == "taking" else "to")
            if deed == "paying":
                found |= {Part("payer", _key(subject.text))} if subject and not passive else set()
                continue
            sides = ("taker", "giver") if deed == "taking" else ("giver", "taker")
            if subject and not passive:
                found.add(Part(sides[0], _key(subject.text)))
            if other:
                found.add(Part(sides[1], _key(other)))
    return frozenset(found)


def turned(near: Closest) -> str:
    """Why a name stands on the other side than in the source; empty when none does."""
    ours, theirs = parts(unquoted(near.text)), parts(near.sentence)
    for one in sorted(ours, key=lambda part: (part.side, part.name)):
        same_side = {other.name for other in theirs if other.side == one.side}
        elsewhere = {other.side for other in theirs if other.name == one.name}
        if one.name in same_side:
            continue
        if turned_to := elsewhere & _OPPOSITE[one.side]:
            return f"“{one.name.capitalize()}” is the {min(turned_to)} in the source, the {one.side} here."
        if same_side and one.side == "payer":
            return f"“{one.name.capitalize()}” pays here, {min(same_side).capitalize()} in the source."
    return ""


_OPPOSITE = {"giver": {"taker"}, "taker": {"giver"}, "payer": set[str]()}


def _object(after: str, preposition: str) -> str:
    match = re.match(rf"[^.;]{{0,60}}?\b(?:{preposition})\s(?:\w+,?\s){{0,5}}?(?=[A-Z])", after)
    found = names(f"of {after[match.end() :]}") if match else []
    return found[0].text if found else ""


def _key(name: str) -> str:
    """The first word of a name, without its possessive: "Borealis" of "Borealis Aircraft"."""
    return re.sub(r"[’']s?$", "", name.split()[0]).lower()
