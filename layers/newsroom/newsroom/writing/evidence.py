"""Where a sentence begins and ends, and where a quotation stands in an article's evidence.

All offsets count Unicode code points, like those of a `Span`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTE_MARKS = "\"“”„‟«»″'‘’‚‛′`´"
DASHES = "-‐‑‒–—―−"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen col lt sgt rev hon gov sen rep pres st jr sr inc corp co cos ltd plc llc bros dept univ
    assn ave blvd jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun vs no nos
    est approx fig vol pp ed al cf ca incl excl avg max min eq sec art op""".split()  # noqa: SIM905
)
# A dotted abbreviation ends a sentence only where one of these goes on ("in the U.S. The index …").
_OPENERS = frozenset(
    """the a an in it its on at but and he she they we this that these those however meanwhile for as by from with
    after before while when if there analysts shares investors""".split()  # noqa: SIM905
)
_TERMINAL = re.compile(r"(?P<stop>[.!?…]+)(?P<close>[\"”’'»)\]]*)(?P<gap>\s+)(?=(?P<next>[\"“‘'«(\[]*[^\W_]\S*))")
_UNSPACED = re.compile(
    r"(?<=[a-z0-9)%][.!?])[\"”’')]?(?=[\"“‘'(]?[A-Z][a-z])"
)  # two paragraphs run together in extraction
_IDEOGRAPHIC = re.compile(r"[。！？]+[」』”）]*")
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Stretch:
    """`text[start:end]` of something longer."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def sentences(text: str) -> list[Stretch]:
    """The sentences of plain text, in order, without surrounding white space; a line break always ends one."""
    found: list[Stretch] = []
    for paragraph in _PARAGRAPH.finditer(text):
        start = paragraph.start()
        for stop in sorted(_stops(paragraph.group())):
            found.append(_trimmed(text, start, paragraph.start() + stop))
            start = paragraph.start() + stop
        found.append(_trimmed(text, start, paragraph.end()))
    return [one for one in found if one.end > one.start]


def locate(quote: str, evidence: str) -> Stretch | None:
    """Where a quotation stands: verbatim, else with white space, quotation marks and dashes taken as equal.

    Case and every letter, digit and punctuation mark must agree. None when it is nowhere.
    """
    quote = quote.strip()
    if not quote:
        return None
    at = evidence.find(quote)
    if at >= 0:
        return Stretch(at, at + len(quote))
    plain, _ = plainly(quote)
    running, origin = plainly(evidence)
    plain = plain.strip()
    at = running.find(plain) if plain else -1
    if at < 0:
        return None
    return Stretch(origin[at], origin[at + len(plain) - 1] + 1)


def plainly(text: str) -> tuple[str, list[int]]:
    """Text with white space, quotation marks and dashes made one kind each, and each character's old offset."""
    kept: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        if character in INVISIBLE:
            continue
        if character.isspace():
            if kept and kept[-1] == " ":
                continue
            character = " "
        elif character in QUOTE_MARKS:
            character = "'"
        elif character in DASHES:
            character = "-"
        kept.append(character)
        origin.append(offset)
    return "".join(kept), origin


def words(text: str) -> list[str]:
    """Words and figures as a reader would count them."""
    return re.findall(r"[^\W_]+(?:[.,'’&-][^\W_]+)*", text)


def _stops(paragraph: str) -> Iterator[int]:
    for match in _TERMINAL.finditer(paragraph):
        if _ends_sentence(paragraph, match):
            yield match.end("close")
    for match in _UNSPACED.finditer(paragraph):
        yield match.end()
    for match in _IDEOGRAPHIC.finditer(paragraph):
        yield match.end()


def _ends_sentence(paragraph: str, match: re.Match[str]) -> bool:
    before = re.search(r"(\S*)$", paragraph[: match.start()])
    token = (before.group(1) if before else "").lstrip("\"“‘'«([")
    following = match.group("next").lstrip("\"“‘'«([")
    if following[:1].islower():
        return False
    if match.group("stop") != "." or match.group("close"):
        return True
    opener = re.sub(r"\W+$", "", following).lower() in _OPENERS
    if token.lower() in _ABBREVIATIONS:
        return token.lower() in ("inc", "corp", "co", "ltd", "plc", "llc") and opener
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", token):
        return opener
    return not re.fullmatch(r"[A-Z]", token)


def _trimmed(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)
