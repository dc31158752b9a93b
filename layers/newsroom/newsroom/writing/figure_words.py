"""The words of which figures are made: signs, currencies, scales, what is counted, number words, rounding."""

import re

from newsroom.writing.figure import Rounding

SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "S$": "SGD", "NZ$": "NZD",
    "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₩": "KRW",
    "₺": "TRY", "₦": "NGN", "₽": "RUB", "RS": "INR", "RS.": "INR", "RM": "MYR", "RP": "IDR", "KSH": "KES",
    "DH": "AED", "DHS": "AED", "R": "ZAR",
}  # fmt: skip
CODES = (  # noqa: SIM905
    "USD EUR GBP JPY CNY CNH RMB INR KRW TRY NGN RUB AUD CAD HKD SGD NZD BRL MXN ZAR CHF SEK NOK DKK PLN AED SAR KES "
    "IDR MYR THB TWD PHP VND EGP ILS CZK HUF CLP COP ARS"
).split()
SAME_CODE = {"RMB": "CNY", "CNH": "CNY"}
CURRENCY_WORDS = {
    "dollar": "$", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": "INR", "won": "KRW", "lira": "TRY", "naira": "NGN", "rouble": "RUB", "ruble": "RUB", "rand": "ZAR",
    "real": "BRL", "reais": "BRL", "peso": "peso", "franc": "CHF", "riyal": "SAR", "dirham": "AED", "crown": "crown",
    "shilling": "KES", "rupiah": "IDR", "ringgit": "MYR", "baht": "THB", "krona": "SEK", "krone": "NOK",
    "kronor": "SEK", "kroner": "NOK", "zloty": "PLN", "forint": "HUF", "shekel": "ILS", "dong": "VND",
}  # fmt: skip
COINS = {
    "HK": "HKD", "HONG KONG": "HKD", "US": "USD", "U.S.": "USD", "EURO": "EUR", "AUSTRALIAN": "AUD",
    "CANADIAN": "CAD", "SINGAPORE": "SGD", "NEW ZEALAND": "NZD", "NZ": "NZD", "AMERICAN": "USD",
}  # fmt: skip
"""Whose dollars and cents they are, where a text says so."""
OWNERS = {
    ("MEXICAN", "peso"): "MXN", ("CHILEAN", "peso"): "CLP", ("ARGENTINE", "peso"): "ARS", ("PHILIPPINE", "peso"): "PHP",
    ("COLOMBIAN", "peso"): "COP", ("SWEDISH", "crown"): "SEK", ("NORWEGIAN", "crown"): "NOK",
    ("DANISH", "crown"): "DKK", ("CZECH", "crown"): "CZK", ("DANISH", "krone"): "DKK", ("DANISH", "kroner"): "DKK",
    ("TAIWAN", "dollar"): "TWD", ("INDONESIAN", "rupiah"): "IDR", ("EGYPTIAN", "pound"): "EGP",
}  # fmt: skip
NATIONAL = (
    "Mexican|Chilean|Argentine|Philippine|Colombian|Swedish|Norwegian|Danish|Czech|Taiwan|Indonesian|Egyptian|Kenyan"
    "|Nigerian|Turkish|Russian|South\\sAfrican|Brazilian|Swiss|Saudi|UAE|Emirati|Malaysian|Thai|Polish|Hungarian"
    "|Israeli|Indian|Japanese|Chinese|South\\sKorean|British"
)
SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "lakh": 100_000, "million": 10**6, "mn": 10**6, "mln": 10**6,
    "m": 10**6, "crore": 10**7, "billion": 10**9, "bn": 10**9, "bln": 10**9, "b": 10**9, "milliarden": 10**9,
    "trillion": 10**12, "tn": 10**12, "trn": 10**12, "millionen": 10**6, "dozen": 12,
}  # fmt: skip
# Nouns that are counted, and the class in which two of them may stand for each other.
NOUNS = {
    **dict.fromkeys(
        ("barrel", "tonne", "ton", "share", "ounce", "bushel", "megawatt", "gigawatt", "cent", "point"), ""
    ),
    **dict.fromkeys(("metre", "kilometre", "mile", "foot", "kilogram", "litre", "hectare", "acre"), ""),
    **dict.fromkeys(("month", "week", "day", "hour", "year", "quarter", "minute", "decade", "fortnight"), ""),
    **dict.fromkeys(("job", "worker", "employee", "people", "person", "position", "role", "member"), "people"),
    **dict.fromkeys(("vessel", "ship", "tanker", "vehicle", "car", "truck", "unit"), "vehicle"),
    **dict.fromkeys(("aircraft", "plane", "jet", "flight"), "aircraft"),
    **dict.fromkeys(("store", "branch", "site", "factory", "plant", "shop", "outlet"), "site"),
    **dict.fromkeys(("company", "firm", "bank", "lender"), "company"),
}
UNITS = {
    "mw": "megawatt", "gw": "gigawatt", "km": "kilometre", "kg": "kilogram", "meter": "metre", "kilometer": "kilometre",
    "feet": "foot", "liter": "litre", "p": "cent", "pence": "cent", "penny": "cent", "hr": "hour", "yr": "year",
    "lbs": "pound",
}  # fmt: skip
"""Short and other spellings of what is counted."""
SHORT_UNITS = "MW|GW|km|kg|p"
"""Those that follow a number without a space."""
ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
SMALL = ONES | {
    "zero": 0, "nil": 0, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
HALVES = {"½": "0.5", "¼": "0.25", "¾": "0.75"}

_ARTICLE = r"\s+(?:an?\s|the\s)?[^\s\d]{0,3}$"
_SIDES: tuple[tuple[Rounding, str], ...] = (
    (
        "above",
        r"(?:more|higher|greater|larger|longer)\sthan|over|above|upwards?\sof|north\sof|in\sexcess\sof|exceed(?:s|ed|ing)?"
        r"|topp(?:ed|ing)|tops|surpass(?:es|ed|ing)|at\sleast|no\s(?:less|fewer)\sthan",
    ),
    (
        "below",
        r"(?:less|fewer|lower|smaller|shorter)\sthan|under|below|almost|nearly|approaching|close\sto|short\sof|shy\sof"
        r"|not\squite|up\sto|at\smost|no\smore\sthan",
    ),
    (
        "about",
        r"about|around|roughly|approximately|some|circa|an?\sestimated|in\sthe\s(?:region|order)\sof|near|something\slike",
    ),
)
_ROUNDING = tuple((side, re.compile(rf"\b(?:{words}){_ARTICLE}", re.I)) for side, words in _SIDES)
_AFTERWARDS = re.compile(r"^(?:\s?-?odd\b|\s\w*\s?or\s(?:so|thereabouts)\b|-ish\b)", re.I)


def rounding(before: str, after: str = "") -> Rounding:
    """`about`, `above`, `below` or nothing, by the words that stand directly around a figure."""
    if _AFTERWARDS.match(after):
        return "about"
    return next((side for side, pattern in _ROUNDING if pattern.search(before)), "")


def singular(word: str) -> str:
    """The dictionary form of a currency or of what is counted; another word in small letters."""
    word = word.lower()
    known = NOUNS.keys() | CURRENCY_WORDS.keys() | UNITS.keys()
    if word in known:
        return UNITS.get(word, word)
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and (one := word[: -len(ending)] + instead) in known:
            return UNITS.get(one, one)
    return word
