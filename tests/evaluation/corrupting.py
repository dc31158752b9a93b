"""Rules that make a true sentence false in one place. Each returns None where it finds nothing to change."""

import random
import re
from collections.abc import Callable

from newsroom.writing.names import names

Rule = Callable[[str, random.Random, str], str | None]
"""(sentence, chance, a sentence of another story) → the corrupted sentence."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_TURNS = (
    ("rose", "fell"), ("gained", "lost"), ("climbed", "dropped"), ("up", "down"), ("higher", "lower"),
    ("raised", "cut"), ("increased", "decreased"), ("jumped", "plunged"), ("above", "below"),
    ("more than", "less than"), ("widened", "narrowed"), ("largest", "smallest"), ("highest", "lowest"),
    ("premium", "discount"), ("rise", "fall"), ("gain", "drop"),
)  # fmt: skip
_SPEAKER = re.compile(
    r",[\s”\"]*(?:said\s)?((?:the|an?|one)\s[a-z][\w\s’'-]{3,40}?)(?:\s(?:said|told|estimates|calculates)\b|\.$)"
)
_ORDINALS = ("first", "second", "third", "fourth")


def number(text: str, chance: random.Random, _: str) -> str | None:
    """One figure in digits with another value."""
    every = re.finditer(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])", text)
    found = [match for match in every if not re.fullmatch(r"20\d\d", match.group())]
    if not found:
        return None
    match = chance.choice(found)
    digits = match.group()
    at = chance.choice([i for i, character in enumerate(digits) if character.isdigit()])
    other = chance.choice([d for d in "123456789" if d != digits[at]])
    return text[: match.start()] + digits[:at] + other + digits[at + 1 :] + text[match.end() :]


def scale(text: str, _chance: random.Random, _: str) -> str | None:
    return _swapped(text, (("billion", "million"), ("bn", "m"), ("trillion", "billion"), ("crore", "lakh")))


def unit(text: str, _chance: random.Random, _: str) -> str | None:
    for one in (" percent", " per cent", "%"):
        if one in text and f"{one}age" not in text:
            return text.replace(one, " percentage points", 1)
    others = (("basis points", "percent"), ("tonnes", "barrels"), ("barrels", "tonnes"), ("weeks", "months"))
    return _swapped(text, others)


def currency(text: str, _chance: random.Random, _: str) -> str | None:
    words = (("euros", "dollars"), ("yen", "won"), ("won", "yen"), ("yuan", "dollars"), ("Rs ", "$"))
    return _swapped(text, (("US$", "€"), ("$", "€"), ("€", "$"), ("£", "€"), *words))


def sign(text: str, _chance: random.Random, _: str) -> str | None:
    """The direction beside a figure turned round."""
    for one, other in (*_TURNS, *((b, a) for a, b in _TURNS)):
        near = re.search(rf"\b{one}\b(?=[^.;,]{{0,40}}\d)", text)
        if near and not re.search(rf"\b{other}\b", text):
            return text[: near.start()] + other + text[near.end() :]
    return None


def period(text: str, chance: random.Random, _: str) -> str | None:
    match = re.search(r"\b(first|second|third|fourth)(?=[\s-](?:quarter|half)\b)", text)
    if match:
        most = 2 if "half" in text[match.end() :][:6] else 4
        other = chance.choice([one for one in _ORDINALS[:most] if one != match.group()])
        return text[: match.start()] + other + text[match.end() :]
    match = re.search(rf"\b({'|'.join(_MONTHS)})\b", text)
    if match and match.group() != "May":
        return text.replace(match.group(), chance.choice([m for m in _MONTHS if m not in (match.group(), "May")]), 1)
    return None


def date(text: str, chance: random.Random, _: str) -> str | None:
    match = re.search(rf"\b({'|'.join(_DAYS)})\b", text)
    if match:
        return text.replace(match.group(), chance.choice([d for d in _DAYS if d != match.group()]), 1)
    match = re.search(r"\b20(\d\d)\b", text)
    return text.replace(match.group(), str(int(match.group()) + chance.choice((-2, -1, 1, 2))), 1) if match else None


def negation(text: str, _chance: random.Random, _: str) -> str | None:
    """A "not" more, or one less."""
    match = re.search(r"\b(?:did|do|does|will|would|could|can|has|have|had|is|are|was|were)\snot\b", text)
    if match:
        return text[: match.start()] + match.group().removesuffix(" not") + text[match.end() :]
    match = re.search(r"\b(?:will|would|has|have|is|are|was|were)\b(?!\snot)", text)
    return f"{text[: match.end()]} not{text[match.end() :]}" if match and "no " not in text.lower() else None


def entity(text: str, _chance: random.Random, stranger: str) -> str | None:
    """A name inside the sentence exchanged for one of another story."""
    theirs = [name for name in names(stranger) if name.start > 0 and not set(name.parts) & set(text.lower().split())]
    ours = [name for name in names(text) if name.start > 0]
    return text[: ours[0].start] + theirs[0].text + text[ours[0].end :] if ours and theirs else None


def speaker(text: str, chance: random.Random, _: str) -> str | None:
    match = _SPEAKER.search(text)
    if not match or not re.search(r"\bsaid|told|estimates|calculates\b", match.group()):
        return None
    others = ("a union leader", "the finance minister", "an environmental campaigner", "a rival's chairwoman")
    return text[: match.start(1)] + chance.choice(others) + text[match.end(1) :]


def cross_story(text: str, _chance: random.Random, stranger: str) -> str | None:
    return stranger


def invented_quote(text: str, chance: random.Random, _: str) -> str | None:
    said = chance.choice(("the worst is clearly behind all of us", "nobody in this market saw it coming"))
    return f"{text.rstrip('.')}, adding: “{said}”."


RULES: dict[str, Rule] = {
    "number": number, "scale": scale, "unit": unit, "currency": currency, "sign": sign, "period": period, "date": date,
    "negation": negation, "entity": entity, "speaker": speaker, "cross-story": cross_story,
    "invented quote": invented_quote,
}  # fmt: skip


def _swapped(text: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    for one, other in pairs:
        pattern = rf"(?<!\w){re.escape(one)}" if not one[0].isalpha() else rf"(?<=[\d\s]){re.escape(one)}(?!\w)"
        found = re.search(pattern, text)
        if found:
            return text[: found.start()] + other + text[found.end() :]
    return None
