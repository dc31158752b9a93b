"""Figures in market prose, made comparable: "$4.2bn" and "4.2 billion dollars" are the same figure.

A figure has a kind, a value and, where the text gives them, a currency or the noun it counts. What two of them have
in common is in `equal_figures`, whether one went up or down in `movements`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from newsroom.writing.equal_figures import grounded, same
from newsroom.writing.figure import Figure, Kind
from newsroom.writing.figure_words import (
    CODES,
    COINS,
    CURRENCY_WORDS,
    HALVES,
    NATIONAL,
    NOUNS,
    ONES,
    OWNERS,
    PARTS,
    SAME_CODE,
    SCALES,
    SHORT_UNITS,
    SIGNS,
    SMALL,
    rounding,
    singular,
)
from newsroom.writing.movements import movement

__all__ = ["Figure", "figures", "grounded", "movement", "same"]

_SIGN = "|".join(sorted((re.escape(sign) for sign in SIGNS), key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_SPOKEN_SCALE = "hundred|thousand|million|billion|trillion|dozen|crore|lakh"
_WORD = "|".join(sorted(SMALL, key=len, reverse=True))
_OWNER = f"(?:HK|Hong\\sKong|US|U\\.S\\.|American|euro|Australian|Canadian|Singapore|New\\sZealand|NZ|{NATIONAL})"
_COIN = f"cents?|{'|'.join(f'{one}s?' for one in CURRENCY_WORDS)}"
_UNIT = r"(?:percent|per\s?cent|pct|prozent|(?:percentage|basis)[\s-]points?|ppts?|pps?|bps?)\b"
_ORDINAL = "fourth|fifth|sixth|seventh|eighth|ninth"
_COUNTED = rf"(?:[\s-](?P<of>{_OWNER})(?=\s(?:{_COIN})\b))?(?:[\s-](?:metric\s|deadweight[\s-])?(?P<noun>[A-Za-z]+))?"
_FIGURE = re.compile(
    rf"""(?<![\w.,])(?<![A-Za-z][-–])
    (?P<minus>[-−–](?=[\d$€£¥₹.])|(?:minus|negative)\s)?
    (?:(?P<sign>{_SIGN})\s?|(?P<code>{"|".join(CODES)})\s?)?
    (?P<number>\d{{1,3}}(?:[,\u2009\u00a0]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)?
    (?P<vulgar>(?<=\d)\s?[½¼¾]|(?<!\d)[½¼¾])?(?(number)|(?(vulgar)|(?!)))
    (?P<german>,\d{{1,2}}(?=\s?(?:%|Prozent|Milliarden|Millionen|Euro)))?
    (?P<ordinal>st|nd|rd|th)?
    (?:(?P<gap>[\s-])?(?P<scale>{_SCALE})\b)?(?:\s(?P<more>million|billion|crore)\b)?
    (?P<unit>\s?%|[\s-]?(?:{_UNIT}))?
    (?:(?P<short>{SHORT_UNITS})\b)?
    {_COUNTED}""",
    re.VERBOSE | re.IGNORECASE,
)
_BELOW_THOUSAND = rf"""(?:(?:{_WORD}|an?)[\s-]hundred(?:\s(?:and\s)?(?:{_WORD})(?:[\s-](?:{"|".join(ONES)})\b)?)?
    |(?:{_WORD})(?:[\s-](?:{"|".join(ONES)})\b)?)\b"""
_SPELLED = re.compile(
    rf"""\b(?P<minus>(?:minus|negative)\s)?
    (?:(?P<part>half|(?:a|one|three)[\s-]quarters?\sof)\s(?:an?\s)?(?=(?:{_SPOKEN_SCALE}|per\s?cent)\b)
      |(?P<words>{_BELOW_THOUSAND})(?!-(?:first|second|third|{_ORDINAL})\b)
      |(?P<a>an?)(?=[\s-](?:{_SPOKEN_SCALE})\b|\s(?:percentage|basis)[\s-]point\b|\sper\s?cent\b))
    (?P<extra>[\s-]and[\s-](?:a[\s-](?:half|quarter)|three[\s-]quarters)\b)?
    (?P<scales>(?:[\s-]?(?:{_SPOKEN_SCALE})\b)*)
    (?P<late>\sand\sa\shalf(?!\s(?:an?|per)\b)(?=\s\w))?
    (?:(?:(?<=thousand)|(?<=million))\s(?:and\s)?(?P<rest>{_BELOW_THOUSAND})
        (?!\s?(?:%|of\b|in\b|out\b|percent|per\scent|{_SPOKEN_SCALE})))?
    (?P<unit>[\s-]?(?:{_UNIT}))?
    {_COUNTED}""",
    re.VERBOSE | re.IGNORECASE,
)
_POINT_PARTS = re.compile(
    r"\b(?P<part>(?:three[\s-])?quarters?|half)[\s-](?:of\s)?(?:an?\s)?(?:percentage[\s-])?point\b", re.IGNORECASE
)
_FEW = "|".join((*ONES, "ten"))
_OF_A_FRACTION = r"of\s(?!an?\s(?:cent|point|percent|million|billion|trillion|dozen|century))"
_GOES_ON = rf"""(?=\s(?:{_OF_A_FRACTION}|less|more|lower|higher|fewer|cheaper|dearer|smaller|larger|and|to|from|in|on|as
    |since|over|after|this|next|last|off|below|above|by|than|during|within|through|between)\b|[,.;:)”"]|\W*$)"""
_PORTIONS = re.compile(
    rf"""\b(?:(?P<halves>half)(?!\san?\s(?:year|hour|dozen|century|decade|million|billion|trillion|percentage|point|day|month)\b)
        (?=\s(?:of|in|the|as|an?|its|their|his|what|all|those|these)\b)
    |by\s(?P<by>half|an?\squarter)\b(?!\sof\sa|(?:\san?)?[\s-](?:percentage[\s-])?point)
    |(?P<some>{_FEW}|\d{{1,2}})\s(?:in|(?:in|of|out\sof)\severy)\s(?P<among>{_FEW}|100|10|[2-9])\b
        (?![\s-]?(?:,\d|\.\d|%|percent|per\scent|million|billion|bn|years?|months?|weeks?|days?|quarters?|minutes?|hours?))
    |(?P<count>an?|{_FEW})[\s-](?P<part>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth)s?{_GOES_ON}
    |(?P<counts>two|three|four|five|six|seven|eight|nine)[\s-](?P<parts>third|fifth|sixth|seventh|eighth|ninth|tenth)s\b
    |(?P<quarters>an?|one|three)[\s-]quarters?
        (?=\s(?:{_OF_A_FRACTION}(?!\d)|less|more|lower|higher|fewer|cheaper|dearer|smaller|larger)))""",
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(r"\s*(?:$|[,.;:)–—]|(?:is|are|was|were|in|at|to|from|by|per|and|an?|the|on|for)\b)", re.IGNORECASE)
_PER_CURRENCY = re.compile(
    rf"\s(?:to|per|for|against|an?|each)\s(?:an?\s|one\s|the\s)?(?:U\.?S\.?\s)?({'|'.join(CURRENCY_WORDS)})\b",
    re.IGNORECASE,
)
_DATED_PAPER = re.compile(r"\s(?:bonds?|notes?|debts?|eurobonds?|paper|maturit\w+)\b", re.I)
_RANGE = re.compile(r"(?<=\d)-to-(?=\d)")
_ZONE = r"(?:GMT|UTC|BST|EST|EDT|ET|CET|IST|JST|universal\stime|local\stime)"
_TIME = re.compile(
    rf"""\b(?:(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?(?:\s(?P<zone>{_ZONE})\b)?
    |(?P<hours>[01]?\d|2[0-3])[:.](?P<minutes>[0-5]\d)(?P<exact>(?<=:\d\d)|(?=\s?{_ZONE}))(?:\s?(?P<of>{_ZONE})\b)?
    |(?P<noon>noon|midday)|(?P<midnight>midnight))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DECADE = re.compile(r"\b(?:(?P<part>early|mid|late)[\s-])?(?:the\s)?(?P<year>(?:19|20)\d0)s\b", re.IGNORECASE)


def figures(text: str) -> list[Figure]:
    """Every figure of the text in order, digits and number words; ordinals of words ("second") are not figures."""
    return list(_read(text))


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[Figure, ...]:
    text = _RANGE.sub(" to ", text)
    readings = (_fractions, _portions, _times, _decades, _in_digits, _in_words)
    found = [figure for reading in readings for figure in reading(text) if figure]
    taken: list[Figure] = []
    for figure in sorted(found, key=lambda one: (one.start, -one.end)):
        if not taken or figure.start >= taken[-1].end:
            taken.append(figure)
    return tuple(_of_a_range(text, *pair) for pair in zip(taken, [*taken[1:], None], strict=False))


def _of_a_range(text: str, figure: Figure, following: Figure | None) -> Figure:
    """In "3-4%" and "3 to 4 percent" the first number is a percentage too, in "1.2 to 1.4 million" in millions."""
    if following is None or figure.kind != "number" or figure.noun:
        return figure
    if not re.fullmatch(r"\s?[-–—]\s?|\sto\s|\sand\s", text[figure.end : following.start]):
        return figure
    if following.kind in ("percent", "points"):
        return replace(figure, kind=following.kind)
    scale = re.search(rf"\d[\s-]?({_SCALE})\b", following.text, re.IGNORECASE)
    if scale and figure.value < 1000:
        of_scale = figure.value * SCALES[scale[1].lower()]
        return replace(figure, kind=following.kind, value=of_scale, currency=following.currency, noun=following.noun)
    return figure


def _in_digits(text: str) -> Iterable[Figure | None]:
    for match in _FIGURE.finditer(text):
        value = Decimal(re.sub(r"[,\u2009\u00a0]", "", match["number"] or "0"))
        if match["german"]:
            value = Decimal(f"{match['number']}.{match['german'][1:]}")
        value += Decimal(HALVES.get((match["vulgar"] or "").strip(), 0))
        scale = (match["scale"] or "").lower()
        if scale in ("m", "b", "k") and match["gap"] and not (match["sign"] or match["code"]):
            scale = ""  # "5 m" is metres, "5m" and "$5 m" are millions
        for one in (scale, (match["more"] or "").lower()):
            value *= SCALES.get(one, 1)
        yield _figure(text, match, value, bool(scale))


def _in_words(text: str) -> Iterable[Figure | None]:
    for match in _SPELLED.finditer(text):
        scales = re.findall(r"[a-z]+", match["scales"].lower())
        said = match["part"] or match["words"] or match["a"]
        if match["part"]:
            parts = {"h": "0.5", "a": "0.25", "o": "0.25", "t": "0.75"}
            value = Decimal(parts[match["part"][0].lower()])
        else:
            value = Decimal(1) if match["a"] else _below_thousand(said)
        if value <= 1 and not (scales or match["unit"] or match["extra"]):
            continue  # "one" is mostly a pronoun
        if match["extra"]:
            value += Decimal("0.75" if "three" in match["extra"] else "0.25" if "quarter" in match["extra"] else "0.5")
        for scale in scales:
            value *= SCALES[scale]
        if match["late"]:
            value += Decimal("0.5") * (SCALES[scales[-1]] if scales else 1)
        if match["rest"]:
            value += _below_thousand(match["rest"])
        yield _figure(text, match, value, bool(scales))


def _below_thousand(words: str) -> Decimal:
    value = Decimal(0)
    for word in re.split(r"[\s-]", words.lower()):
        value = (value or Decimal(1)) * 100 if word == "hundred" else value + SMALL.get(word, 0)
    return value


def _figure(text: str, match: re.Match[str], value: Decimal, scaled: bool) -> Figure | None:
    groups = match.groupdict()
    code = (groups.get("code") or "").upper()
    currency = SIGNS.get((groups.get("sign") or "").upper(), SAME_CODE.get(code, code))
    if match["minus"]:
        value = -value
    noun, owner = singular(groups.get("short") or match["noun"] or ""), re.sub(r"\s+", " ", match["of"] or "").upper()
    if noun == "ton" and re.search(r"\bmetric\s\w+$", match.group(), re.I):
        noun = "tonne"
    is_year = re.fullmatch(r"(?:19|20)\d\d", match.group().strip()[:4]) and not scaled and _whole_number(match, value)
    if is_year and noun in CURRENCY_WORDS and _DATED_PAPER.match(text[match.end() :]):
        noun = ""
    end = match.end("noun") if noun in CURRENCY_WORDS else _end_without_noun(match)
    currency = currency or OWNERS.get((owner, noun), COINS.get(owner, "") if noun in ("dollar", "") else "")
    currency = currency or CURRENCY_WORDS.get(noun, "")
    unit = re.sub(r"[\s-]+", " ", (match["unit"] or "").strip().lower())
    kind: Kind = "number"
    if unit.startswith(("basis", "bp")):
        kind, value = "points", value / 100
    elif "point" in unit or unit.startswith("pp"):
        kind = "points"
    elif unit:
        kind = "percent"
    elif currency:
        kind = "money"
    elif is_year:
        kind = "year"
    before = text[max(0, match.start() - 40) : match.start()]
    return Figure(
        kind=kind,
        value=value,
        currency=currency if kind == "money" else COINS.get(owner, ""),
        noun=(NOUNS[noun] or noun) if kind == "number" and noun in NOUNS else "",
        text=text[match.start() : end].strip(),
        start=match.start(),
        end=end,
        per=_priced(text[end:]),
        bare=bool(_BARE.match(text[end:])),
        rounding=rounding(before, text[end:]),
    )


def _whole_number(match: re.Match[str], value: Decimal) -> bool:
    return value == value.to_integral() and 1900 <= value < 2100 and "," not in match.group()


def _priced(after: str) -> str:
    match = _PER_CURRENCY.match(after)
    return CURRENCY_WORDS[singular(match[1])] if match else ""


def _end_without_noun(match: re.Match[str]) -> int:
    end = match.start("of") - 1 if match["of"] else match.start("noun") - 1 if match["noun"] else match.end()
    return match.start() + len(
        re.sub(r"[\s-](?:metric|deadweight)$", "", match.string[match.start() : end], flags=re.I)
    )


def _fractions(text: str) -> Iterable[Figure]:
    for match in _POINT_PARTS.finditer(text):
        part = match["part"].lower()
        value = Decimal("0.75" if part.startswith("three") else "0.5" if part == "half" else "0.25")
        yield Figure("points", value, text=match.group(), start=match.start(), end=match.end())


def _portions(text: str) -> Iterable[Figure]:
    """ "A fifth", "half of", "two in three" as percentages; a third is 33 and a bit."""
    for match in _PORTIONS.finditer(text):
        said = {name: word.lower() for name, word in match.groupdict().items() if word}
        among = int(said.get("among", 0)) if said.get("among", "").isdigit() else SMALL.get(said.get("among", ""), 0)
        part = among or PARTS.get(said.get("part") or said.get("parts") or "", 0)
        part = part or (4 if "quarter" in match.group().lower() else 2)
        word = said.get("some") or said.get("count") or said.get("counts") or said.get("quarters") or "a"
        count = int(word) if word.isdigit() else SMALL.get(word, 1)
        if count > part:
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        yield Figure(
            "percent",
            (Decimal(100 * count) / part).quantize(Decimal("0.1")),
            text=match.group(),
            start=match.start(),
            end=match.end(),
            portion=True,
            rounding=rounding(before, text[match.end() :]) or ("about" if among else ""),
        )


def _times(text: str) -> Iterable[Figure]:
    for match in _TIME.finditer(text):
        if match["noon"] or match["midnight"]:
            minutes = 720 if match["noon"] else 0
        elif match["half"]:
            minutes = int(match["hour"]) % 12 * 60 + int(match["minute"] or 0) + 720 * (match["half"].lower() == "p")
        else:
            minutes = int(match["hours"]) * 60 + int(match["minutes"])
        zone = re.sub("universal time|gmt", "utc", (match["zone"] or match["of"] or "").lower())
        yield Figure("time", Decimal(minutes), noun=zone, text=match.group(), start=match.start(), end=match.end())


def _decades(text: str) -> Iterable[Figure]:
    """ "The mid-2040s": the first year of the decade, and which part of it."""
    for match in _DECADE.finditer(text):
        noun = f"{(match['part'] or '').lower()} decade".strip()
        yield Figure(
            "year", Decimal(match["year"]), noun=noun, text=match.group(), start=match.start(), end=match.end()
        )
