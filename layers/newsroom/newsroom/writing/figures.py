"""Figures in market prose, made comparable: "$4.2bn" and "4.2 billion dollars" are the same figure.

A figure has a kind, a value and, where the text gives them, a currency or the noun it counts. Whether it went
up or down stands in the words around it: see `movements`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Kind = Literal["percent", "points", "money", "year", "time", "number"]


@dataclass(frozen=True)
class Figure:
    """`value` is in whole units: percent, percentage points, the currency, or what is counted."""

    kind: Kind
    value: Decimal
    currency: str = ""
    """ISO 4217 where the sign tells it; `$` when it could be any dollar."""
    noun: str = ""
    """What a plain number counts, from a short table (barrels, jobs …), in the singular."""
    text: str = ""
    start: int = 0
    end: int = 0
    approximate: bool = False
    """About, nearly, more than …"""
    portion: bool = False
    """Said as a fraction ("a third"): any percentage that rounds to it is the same."""
    per: str = ""
    """The currency of which one unit costs this: `$` in "86.9 to the dollar"."""
    bare: bool = False
    """Nothing that is counted follows: its unit may have been said before."""


ELLIPSIS = 60
"""Characters over which "29 percent of the crop; 36 is usual" needs its unit only once."""
_SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "S$": "SGD", "NZ$": "NZD",
    "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₩": "KRW",
    "₺": "TRY", "₦": "NGN", "₽": "RUB", "RS": "INR", "RS.": "INR", "RM": "MYR", "RP": "IDR", "KSH": "KES",
    "DH": "AED", "DHS": "AED", "R": "ZAR",
}  # fmt: skip
_CODES = (  # noqa: SIM905
    "USD EUR GBP JPY CNY CNH INR KRW TRY NGN RUB AUD CAD HKD SGD NZD BRL MXN ZAR CHF SEK NOK DKK PLN AED SAR KES IDR "
    "MYR THB TWD PHP VND EGP ILS CZK HUF CLP COP ARS"
).split()
_CURRENCY_WORDS = {
    "dollar": "$", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": "INR", "won": "KRW", "lira": "TRY", "naira": "NGN", "rouble": "RUB", "ruble": "RUB", "rand": "ZAR",
    "real": "BRL", "reais": "BRL", "peso": "peso", "franc": "CHF", "riyal": "SAR", "dirham": "AED", "crown": "crown",
    "shilling": "KES", "rupiah": "IDR", "ringgit": "MYR", "baht": "THB", "krona": "SEK", "krone": "NOK",
}  # fmt: skip
_COIN = {
    "HK": "HKD", "HONG KONG": "HKD", "US": "USD", "U.S.": "USD", "EURO": "EUR", "AUSTRALIAN": "AUD",
    "CANADIAN": "CAD", "SINGAPORE": "SGD", "NEW ZEALAND": "NZD", "NZ": "NZD",
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "lakh": 100_000, "million": 10**6, "mn": 10**6, "mln": 10**6,
    "m": 10**6, "crore": 10**7, "billion": 10**9, "bn": 10**9, "bln": 10**9, "b": 10**9, "milliarden": 10**9,
    "trillion": 10**12, "tn": 10**12, "trn": 10**12, "millionen": 10**6, "dozen": 12,
}  # fmt: skip
# Nouns that are counted, and the class in which two of them may stand for each other.
_NOUNS = {
    **dict.fromkeys(
        ("barrel", "tonne", "ton", "share", "ounce", "bushel", "megawatt", "gigawatt", "cent", "point"), ""
    ),
    **dict.fromkeys(("month", "week", "day", "hour", "year", "quarter", "minute"), ""),
    **dict.fromkeys(("job", "worker", "employee", "people", "person", "position", "role", "member"), "people"),
    **dict.fromkeys(("vessel", "ship", "tanker", "vehicle", "car", "truck", "unit"), "vehicle"),
    **dict.fromkeys(("aircraft", "plane", "jet", "flight"), "aircraft"),
    **dict.fromkeys(("store", "branch", "site", "factory", "plant", "shop", "outlet"), "site"),
    **dict.fromkeys(("company", "firm", "bank", "lender"), "company"),
}
_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

_SIGN_PATTERN = "|".join(sorted((re.escape(sign) for sign in _SIGNS), key=len, reverse=True))
_SCALE_PATTERN = "|".join(sorted(_SCALES, key=len, reverse=True))
_WORD_PATTERN = "|".join(sorted(_SMALL, key=len, reverse=True))
_COINS = "HK|Hong\\sKong|US|U\\.S\\.|euro|Australian|Canadian|Singapore|New\\sZealand|NZ"
"""Whose cents they are, where a text says so."""
_FIGURE = re.compile(
    rf"""(?<![\w.,])(?<![A-Za-z][-–])
    (?P<minus>[-−–](?=[\d$€£¥₹.])|(?:minus|negative)\s)?
    (?:(?P<sign>{_SIGN_PATTERN})\s?|(?P<code>{"|".join(_CODES)})\s?)?
    (?P<number>\d{{1,3}}(?:[,\u2009\u00a0]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    (?P<german>,\d{{1,2}}(?=\s?(?:%|Prozent|Milliarden|Millionen|Euro)))?
    (?P<ordinal>st|nd|rd|th)?
    (?:[\s-]?(?P<scale>{_SCALE_PATTERN})\b)?
    (?P<unit>\s?%|[\s-](?:percent|per\s?cent|pct|prozent)\b(?:age\spoints?)?|[\s-]?(?:percentage[\s-]points?|ppts?|pps?)\b
      |[\s-]?(?:basis[\s-]points?|bps?)\b)?
    (?:[\s-](?P<of>{_COINS})(?=\scents?\b))?
    (?:[\s-](?P<noun>[A-Za-z]+))?""",
    re.VERBOSE | re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"""\b(?:(?P<tens>{_WORD_PATTERN})(?:[\s-](?P<ones>one|two|three|four|five|six|seven|eight|nine)\b)?|(?P<a>an?)(?=[\s-](?:hundred|thousand|million|billion|trillion|dozen)))
    (?P<scales>(?:[\s-](?:hundred|thousand|million|billion|trillion|dozen))*)\b
    (?P<unit>[\s-](?:percent|per\s?cent|pct)\b|[\s-]percentage[\s-]points?\b|[\s-]basis[\s-]points?\b)?
    (?:[\s-](?P<noun>[A-Za-z]+))?""",
    re.VERBOSE | re.IGNORECASE,
)
_FRACTIONS = re.compile(
    r"\b(?P<part>(?:three[\s-])?quarters?|half)[\s-](?:of\s)?(?:an?\s)?(?:percentage[\s-])?point\b", re.IGNORECASE
)
_PORTIONS = re.compile(
    r"""\b(?:(?P<halves>half)(?!\san?\s(?:year|hour|dozen|century|decade)\b)(?=\s(?:of|in|the|as|an?|its|their|his|what|all)\b)|by\s(?P<by>half|an?\squarter)\b(?!\sof\sa|[\s-](?:percentage[\s-])?point)
    |(?P<tens>one|two|three|four|five|six|seven|eight|nine)\sin\s(?:ten|10)\b
    |(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[\s-](?P<part>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?\b
        (?=\s(?:of\s(?!an?\s(?:cent|point|percent))|less|more|lower|higher|fewer|cheaper|smaller|larger|and|to|from|in|on|as|since|over|after
            |this|next|last|off|below|above)|[,.;:)]|\W*$)
    |(?P<quarters>an?|one|three)[\s-]quarters?(?=\s(?:of\s(?!an?\s|\d)|less|more|lower|higher|fewer|cheaper|smaller|larger)))""",
    re.VERBOSE | re.IGNORECASE,
)
_PARTS = {
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_MOVES = re.compile(
    r"""\b(?:(?P<up>r[io]s(?:e|es|en|ing)|gain(?:s|ed|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)
    |soar(?:s|ed|ing)?|gr[eo]w(?:s|n|ing|th)?|increas(?:e|es|ed|ing)|up(?!\sto\b)|higher|advanc(?:e|es|ed|ing)
    |rall(?:y|ies|ied)|add(?:s|ed)|expan(?:d|ds|ded|ding|sion)|widen(?:s|ed)?|rais(?:e|es|ed|ing)|lift(?:s|ed)?
    |hik(?:e|es|ed)|accelerat(?:e|es|ed)|rebound(?:s|ed)?|improv(?:e|es|ed))
    |(?P<down>f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|slid(?:e|es|ing)?|slip(?:s|ped|ping)?
    |los(?:e|es|t|ing|s)|s[iau]nk(?:s|ing)?|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|down
    |lower(?:s|ed|ing)?|cut(?:s|ting)?|reduc(?:e|es|ed|ing|tion)|shr[iau]nk(?:s|ing)?|contract(?:s|ed|ing|ion)
    |narrow(?:s|ed)?|eas(?:e|es|ed|ing)|slow(?:s|ed|ing)?|weaken(?:s|ed)?|shed(?:s)?|retreat(?:s|ed)?|dip(?:s|ped)?
    |trim(?:s|med)?|slump(?:s|ed)?|cost\sthe))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\s(more|less|fewer)(?=[,.;]|$|\s(?:in|for|on|and)\b)", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:$|[,.;:)–—]|(?:is|are|was|were|in|at|to|from|by|per|and|an?|the|on|for)\b)", re.IGNORECASE)
_PER_CURRENCY = re.compile(
    rf"\s(?:to|per|for|against|an?|each)\s(?:an?\s|one\s|the\s)?(?:U\.?S\.?\s)?({'|'.join(_CURRENCY_WORDS)})\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<=\d)-to-(?=\d)")
_TIME = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\s?(?:[ap]\.?m\.?|GMT|UTC|BST|ET|EST|EDT|CET|IST|JST)?\b")
_ROUGHLY = re.compile(
    r"\b(?:about|around|almost|nearly|roughly|approximately|some|more than|less than|over|under|just (?:over|under)"
    r"|at least|up to|close to|above|below)\s+(?:an?\s)?[^\s\d]{0,3}$",
    re.IGNORECASE,
)


def figures(text: str) -> list[Figure]:
    """Every figure of the text in order, digits and number words; ordinals of words ("second") are not figures."""
    return list(_read(text))


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[Figure, ...]:
    text = _RANGE.sub(" to ", text)
    readings = (*_fractions(text), *_portions(text), *_times(text), *_in_digits(text), *_in_words(text))
    found = [figure for figure in readings if figure]
    taken: list[Figure] = []
    for figure in sorted(found, key=lambda one: (one.start, -one.end)):
        if not taken or figure.start >= taken[-1].end:
            taken.append(figure)
    return tuple(_of_a_range(text, *pair) for pair in zip(taken, [*taken[1:], None], strict=False))


def movement(text: str, figure: Figure) -> int:
    """1 when the words around a figure say that it went up, -1 when down, 0 when they do not say (or it is a year).

    The nearest word counts, up to 60 characters before the figure and 30 after it, within the sentence's clause.
    """
    if figure.kind in ("year", "time"):
        return 0
    before = re.split(r"[;:.!?]\s|,\s(?:while|but|and|compared)", text[max(0, figure.start - 60) : figure.start])[-1]
    after = re.split(r"[;:.!?,]\s|\s(?:while|but|and|from|as)\s", text[figure.end : figure.end + 30])[0]
    nearest = [(len(before) - m.end(), m.lastgroup) for m in _MOVES.finditer(before)]
    nearest += [
        (3, "up" if said[1] == "more" else "down")
        for said in [_AFTERWARDS.match(after)]
        if said and figure.kind == "money"
    ]
    nearest += [(m.start() + 3, m.lastgroup) for m in _MOVES.finditer(after)]
    return {"up": 1, "down": -1}[str(min(nearest)[1])] if nearest else 0


def same(claimed: Figure, given: Figure) -> bool:
    """Whether a claimed figure is the given one: same kind, value, currency and counted thing, where both say."""
    if not _comparable(claimed, given):
        return False
    if claimed.value == given.value:
        return True
    if claimed.portion or given.portion:
        most = Decimal("2") if claimed.approximate or given.approximate else Decimal("0.5")
        return claimed.kind == "percent" and abs(claimed.value - given.value) <= most
    if not claimed.approximate or not given.value:
        return False
    # "about $4 billion" for $4.02 billion: half a unit of the claimed figure's last digit, at most 5 %.
    return abs(claimed.value - given.value) <= min(abs(given.value) * Decimal("0.05"), _half_a_digit(claimed.value))


def _of_a_range(text: str, figure: Figure, following: Figure | None) -> Figure:
    """In "3-4%" and "3 to 4 percent" the first number is a percentage too, in "1.2 to 1.4 million" in millions."""
    if following is None or figure.kind != "number" or figure.noun:
        return figure
    if not re.fullmatch(r"\s?[-–—]\s?|\sto\s|\sand\s", text[figure.end : following.start]):
        return figure
    if following.kind in ("percent", "points"):
        return replace(figure, kind=following.kind)
    scale = re.search(rf"\d[\s-]?({_SCALE_PATTERN})\b", following.text, re.IGNORECASE)
    if scale and figure.value < 1000:
        of_scale = figure.value * _SCALES[scale[1].lower()]
        return replace(figure, kind=following.kind, value=of_scale, currency=following.currency, noun=following.noun)
    return figure


def grounded(claimed: Figure, given: Iterable[Figure]) -> bool:
    """Whether one of the given figures is the claimed one, also where either text says its unit only once."""
    given = list(given)
    return any(same(claimed, one) or _unit_said_once(claimed, one, given) for one in given)


def _unit_said_once(claimed: Figure, one: Figure, given: list[Figure]) -> bool:
    """ "19 shillings" of "promised 24 shillings and may get 19"; "the 8.2 trillion forecast" of "8.2 trillion won"."""
    if claimed.value == one.value and bool(claimed.noun) != bool(one.noun) and claimed.kind == one.kind:
        return claimed.bare if one.noun else any(other.noun == claimed.noun for other in given)
    if claimed.value != one.value or claimed.noun or one.noun:
        return False
    if one.per and claimed.kind == "money":
        return one.kind == "number" and claimed.per in ("", one.per) and claimed.currency != one.per
    if (claimed.kind, one.kind) == ("percent", "number"):
        near = (other for other in given if abs(other.start - one.start) <= ELLIPSIS)
        return one.bare and any(other.kind == "percent" for other in near)
    if (claimed.kind, one.kind) == ("money", "number"):
        return any(other.kind == "money" and other.currency == claimed.currency for other in given)
    return (claimed.kind, one.kind) == ("number", "money") and claimed.value >= 10**6


def _comparable(claimed: Figure, given: Figure) -> bool:
    if claimed.per and given.per and claimed.per != given.per:
        return False
    if "time" in (claimed.kind, given.kind) and claimed.kind != given.kind:
        return False
    loose = {"number", "year"}
    if claimed.kind != given.kind and not {claimed.kind, given.kind} <= loose:
        return False
    if claimed.kind == "money":
        return claimed.currency == given.currency or {claimed.currency, given.currency} in ({"$", "USD"}, {"¥", "JPY"})
    if {claimed.noun, given.noun} & {"cent", "point"}:
        return claimed.noun == given.noun and len({claimed.currency, given.currency} - {""}) < 2
    return not (claimed.noun and given.noun and claimed.noun != given.noun)


def _half_a_digit(value: Decimal) -> Decimal:
    normal = value.normalize()
    exponent = normal.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def _in_digits(text: str) -> Iterable[Figure | None]:
    for match in _FIGURE.finditer(text):
        value = Decimal(re.sub(r"[,\u2009\u00a0]", "", match.group("number")))
        if match.group("german"):
            value = Decimal(f"{match.group('number')}.{match.group('german')[1:]}")
        yield _figure(text, match, value, match.group("scale") or "")


def _in_words(text: str) -> Iterable[Figure | None]:
    for match in _SPELLED.finditer(text):
        scales = re.findall(r"[a-z]+", match.group("scales").lower())
        bare = not scales and not match.group("unit")
        if match.group("a"):
            if not scales:
                continue
            value = Decimal(1)
        else:
            value = Decimal(
                _SMALL[match.group("tens").lower()] + _SMALL.get((match.group("ones") or "zero").lower(), 0)
            )
            if bare and value <= 1:
                continue  # "one" is mostly a pronoun
        for scale in scales:
            value *= _SCALES[scale]
        yield _figure(text, match, value, "")


def _figure(text: str, match: re.Match[str], value: Decimal, scale: str) -> Figure | None:
    groups = match.groupdict()
    currency = _SIGNS.get((groups.get("sign") or "").upper(), (groups.get("code") or "").upper())
    scale = scale.lower()
    if scale in ("m", "b", "k") and not currency and match.group().lower().find(" " + scale) >= 0:
        scale = ""  # "5 m" is metres, "5m" and "$5 m" are millions
    if scale:
        value *= _SCALES[scale]
    if groups.get("minus"):
        value = -value
    noun = _singular(groups.get("noun") or "")
    end = match.end("noun") if noun in _CURRENCY_WORDS else _end_without_noun(match)
    currency = currency or _CURRENCY_WORDS.get(noun, "")
    unit = re.sub(r"[\s-]+", " ", (groups.get("unit") or "").strip().lower())
    kind: Kind = "number"
    if unit.startswith(("basis", "bp")):
        kind, value = "points", value / 100
    elif "point" in unit or unit.startswith("pp"):
        kind = "points"
    elif unit:
        kind = "percent"
    elif currency:
        kind = "money"
    elif re.fullmatch(r"(?:19|20)\d\d", match.group().strip()[:4]) and not scale and value == value.to_integral():
        kind = "year" if 1900 <= value < 2100 and "," not in match.group() else "number"
    return Figure(
        kind=kind,
        value=value,
        currency=currency if kind == "money" else _COIN.get((groups.get("of") or "").upper(), ""),
        noun=(_NOUNS[noun] or noun) if kind == "number" and noun in _NOUNS else "",
        text=text[match.start() : end].strip(),
        start=match.start(),
        end=end,
        per=_priced(text[end:]),
        bare=bool(_BARE.match(text[end:])),
        approximate=bool(_ROUGHLY.search(text[max(0, match.start() - 30) : match.start()])),
    )


def _priced(after: str) -> str:
    match = _PER_CURRENCY.match(after)
    return _CURRENCY_WORDS[_singular(match[1])] if match else ""


def _end_without_noun(match: re.Match[str]) -> int:
    return match.start("noun") - 1 if match.group("noun") else match.end()


def _fractions(text: str) -> Iterable[Figure]:
    parts = {"quarter": "0.25", "quarters": "0.25", "half": "0.5"}
    for match in _FRACTIONS.finditer(text):
        part = match.group("part").lower()
        value = Decimal("0.75") if part.startswith("three") else Decimal(parts[part])
        yield Figure("points", value, text=match.group(), start=match.start(), end=match.end())


def _portions(text: str) -> Iterable[Figure]:
    """ "A fifth", "half of", "three quarters of" as percentages; a third is 33 and a bit, so approximate."""
    for match in _PORTIONS.finditer(text):
        if match["part"]:
            count, part = _SMALL.get(match["count"].lower(), 1), _PARTS[match["part"].lower()]
        elif match["quarters"]:
            count, part = _SMALL.get(match["quarters"].lower(), 1), 4
        elif match["tens"]:
            count, part = _SMALL[match["tens"].lower()], 10
        else:
            count, part = 1, 2 if "half" in match.group().lower() else 4
        value = (Decimal(100 * count) / part).quantize(Decimal("0.1"))
        roughly = bool(match["tens"] or _ROUGHLY.search(text[max(0, match.start() - 30) : match.start()]))
        yield Figure(
            "percent",
            value,
            text=match.group(),
            start=match.start(),
            end=match.end(),
            portion=True,
            approximate=roughly,
        )


def _times(text: str) -> Iterable[Figure]:
    for match in _TIME.finditer(text):
        if ":" in match.group() or re.search(r"[a-z]", match.group(), re.IGNORECASE):
            minutes = int(match.group(1)) * 60 + int(match.group(2))
            yield Figure("time", Decimal(minutes), text=match.group(), start=match.start(), end=match.end())


def _singular(word: str) -> str:
    word = word.lower()
    if word in _NOUNS or word in _CURRENCY_WORDS:
        return word
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and (word[: -len(ending)] + instead) in _NOUNS | _CURRENCY_WORDS.keys():
            return word[: -len(ending)] + instead
    return word
