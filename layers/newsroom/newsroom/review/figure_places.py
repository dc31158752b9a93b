"""What the words around a figure make of it: a bound, where a change began or ended, a rate, a part of a whole."""

import re
from dataclasses import dataclass

from newsroom.writing.figures import Figure, figures, same

_FILLER = (
    r"(?:\s(?:an?|the|its|their|about|around|some|nearly|almost|roughly|only|just|average|loss|profit|forecast|of|usual"
    r"|level))*\s?[^\s\w]{0,3}(?:Rs\s|US|HK)?[$€£¥₹]?$"
)
_AT_MOST = (
    r"at (?:the )?most|(?<!went )(?<!go )(?<!goes )(?<!gone )(?<!moved )up to"
    r"|as much as|as many as|(?:no|not) more than|within|(?:maximum|limit|cap|ceiling) of|less than|fewer than|under"
    r"|below|short of|not exceed(?:ing)?"
)
_AT_LEAST = (
    r"at least|no less than|no fewer than|not less than|minimum of|more than|over|above|exceed(?:s|ed|ing)?"
    r"|greater than|upwards? of|topp(?:ed|ing)"
)
_BOUNDS = tuple(
    (name, re.compile(rf"\b(?:{words}){_FILLER}", re.I)) for name, words in (("most", _AT_MOST), ("least", _AT_LEAST))
)
_FASTER = re.compile(
    rf"\b(?:faster|quicker|higher|longer|larger|bigger|dearer|in excess of|north of)(?:\sthan)?{_FILLER}", re.I
)
_DURATION = re.compile(r"\b(?:within|over)\s(?:the\s)?(?:\w+\s)?$", re.I)
_ARTICLE = re.compile(r"\b(?:an?|the|its|their)\s$", re.I)
_REACH = re.compile(rf"\b(?:may|might|could|can)\s(?:reach|rise to|grow to|total|come to|amount to){_FILLER}", re.I)
"""Words of a source that make a bound of a figure, where a sentence may say so outright."""
_OR_MORE = re.compile(r"^[^.;]{0,30}?\bor\s(?:more|later|longer|larger|above|upwards)\b", re.I)
_OR_LESS = re.compile(r"^[^.;]{0,30}?\bor\s(?:less|fewer|earlier|shorter|smaller|below)\b", re.I)
_BASE = re.compile(
    r"\b(?:from|after|against|versus|vs|(?:as\s)?compared\s(?:with|to)|rather\sthan|(?<=,\s)not|instead\sof"
    r"|(?:%|cent|percent|quarter|third|half|fifth|tenth)\s(?:less|more|lower|higher|fewer)\sthan)" + _FILLER,
    re.I,
)
_LEVEL = re.compile(r"\bto" + _FILLER, re.I)
_CHANGE = re.compile(r"\bby" + _FILLER, re.I)
_USUAL = re.compile(r"^[^.;,]{0,12}?\b(?:is|was|are|were|had\sbeen)\s(?:usual|normal|planned)\b", re.I)
_WHOLE = re.compile(r"(?:(?<![\d$€£¥₹.,])\b(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?)\s|^)of\s(?:the\s|its\s)?$", re.I)
_OUT_OF = re.compile(r"\bout\sof\s(?:the\s|its\s)?$", re.I)
_PART = re.compile(
    r"^(?:\s(?:percent|per cent))?\sof\s(?:the\s|its\s)?(?=\d|two|three|four|five|six|seven|eight|nine|ten)"
)
_RATE = re.compile(
    r"\b(?:an?|per|each|every)[\s-](?P<unit>minute|hour|day|week|month|quarter|year|share|barrel|tonne|ton|kilogram"
    r"|kilowatt-hour|megawatt-hour|ounce|bushel|litre|gallon|kg)\b(?!\s(?:of\s(?:the|its|this|each)|ago|earlier|before|later|after|into|since|long|and\sa\shalf|on\syear|in\swhich))",
    re.I,
)
_PAID = re.compile(
    r"[$€£¥₹]\d[\d.,]*(?:\s?(?:million|billion|bn|mn|m|tn|trillion))?\s(?:an?|per|each)\s(?:hour|day|week|month|quarter|year)\b",
    re.I,
)
"""Money at a rate, which no source may leave out."""
_SPAN_OF_TIME = re.compile(
    r"\b(?:for|in|within|over|after|under|than|half|about|around|almost|nearly|roughly|quarter\sof|three-quarters\sof)"
    r"\san?\s\w+",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:full|whole|fiscal|financial|calendar|this|last|next|coming|past)[\s-](?P<unit>day|week|month|quarter|year)\b",
    re.I,
)
_ADJECTIVES = {"hourly": "hour", "daily": "day",
               "weekly": "week", "monthly": "month", "quarterly": "quarter", "annual": "year",
               "annually": "year", "annualized": "year", "annualised": "year", "yearly": "year"}  # fmt: skip
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})


@dataclass(frozen=True)
class Place:
    """One figure where it stands."""

    figure: Figure
    bound: str = ""
    """`least`, `most` or neither."""
    role: str = ""
    """`base` of a comparison or change, the `level` that it reached, the `change` itself, or unsaid."""
    share: str = ""
    """`part` or `whole` in "26 of 29"."""
    implied: str = ""
    """The bound that looser words make of it: "faster than", "may reach"."""


def places(text: str) -> list[Place]:
    return [_place(text, figure) for figure in figures(text) if figure.kind not in ("year", "time")]


def is_rate_of_change(figure: Figure, text: str) -> bool:
    """A rate of inflation or growth: prices that "rose by 2.7%" are inflation that "fell to 2.7%"."""
    return figure.kind == "percent" and bool(re.search(r"\b(?:inflation|growth|pace)\b", text, re.I))


def rates(text: str) -> frozenset[str]:
    """Units of a rate that a text names: `year` of "a year" and of "annual", `barrel` of "a barrel"."""
    text = _SPAN_OF_TIME.sub(" ", text)
    found = {match["unit"].lower() for match in _RATE.finditer(text)}
    return frozenset(found | {unit for word, unit in _ADJECTIVES.items() if re.search(rf"\b{word}\b", text, re.I)})


def misplaced(text: str, support: str) -> str:
    """Why a figure that its source has does not stand there as it stands here; empty when all do.

    A figure is faulted only when every place of it in the support contradicts the place it has here.
    """
    here, there = [one for one in places(text) if not is_rate_of_change(one.figure, text)], places(support)
    for one in here:
        twins = [other for other in there if same(one.figure, other.figure)]
        if twins and all(_contradicts(one, other) for other in twins):
            return f"{one.figure.text}: {_why(one, twins[0])}"
    return _swapped(here, there) or _wrong_side(text, here, there) or _another_rate(text, support, here, there)


def _contradicts(one: Place, other: Place) -> bool:
    return bool(_why(one, other))


def _why(one: Place, other: Place) -> str:
    if one.bound and one.bound not in (other.bound, other.implied):
        return f"“at {one.bound}” is not what the source says of it."
    if {one.role, other.role} in ({"base", "level"}, {"change", "level"}, {"change", "base"}):
        return f"it is the {other.role} in the source, the {one.role} here."
    if (other.share == "whole" and one.share != "whole") or {one.share, other.share} == {"part", "whole"}:
        return f"it is the {other.share} in the source and not here."
    return ""


def _swapped(here: list[Place], there: list[Place]) -> str:
    """Of two figures that are compared, the one compared with has become the one that is."""
    roles = {
        index: {other.role == "base" for other in there if same(one.figure, other.figure)}
        for index, one in enumerate(here)
    }
    turned_base = [one for i, one in enumerate(here) if one.role == "base" and roles[i] == {False}]
    turned_new = [one for i, one in enumerate(here) if one.role != "base" and roles[i] == {True}]
    if turned_base and turned_new and turned_base[0].figure.kind == turned_new[0].figure.kind:
        return f"{turned_new[0].figure.text} and {turned_base[0].figure.text} have changed places."
    return ""


def _wrong_side(text: str, here: list[Place], there: list[Place]) -> str:
    """ "Missed the forecast" of a figure that is larger than the one it is compared with, and the other way round."""
    side = _ABOVE.search(text), _BELOW.search(text)
    if bool(side[0]) == bool(side[1]):
        return ""
    for one in here:
        twins = [other for other in there if same(one.figure, other.figure) and other.role != "base"]
        bases = [other for other in there if other.role == "base" and other.figure.kind == one.figure.kind]
        if twins and len(bases) == 1 and one.role != "base" and len(here) == 1:
            larger = twins[0].figure.value - bases[0].figure.value
            if larger and (larger > 0) != bool(side[0]):
                return f"{one.figure.text} is on the other side of {bases[0].figure.text} in the source."
    return ""


_EXPECTED = r"\s(?:\w+\s){0,3}?(?:forecasts?|expectations?|estimates?|consensus|average)\b"
_ABOVE = re.compile(rf"\b(?:beat|above|exceeded|topped|higher than|better than){_EXPECTED}", re.I)
_BELOW = re.compile(rf"\b(?:missed|below|fell short of|lower than|worse than){_EXPECTED}", re.I)


def _another_rate(text: str, support: str, here: list[Place], there: list[Place]) -> str:
    if not any(same(one.figure, other.figure) for one in here for other in there):
        return ""
    ours, theirs = rates(text), rates(support) | {match["unit"].lower() for match in _PERIOD.finditer(support)}
    for group in (_TIMES, frozenset(one for one in ours | theirs if one not in _TIMES)):
        mine, given = ours & group, theirs & group
        if mine and not mine & given and (given or (group is _TIMES and _PAID.search(text))):
            return f"“a {min(mine)}” is not in its source."
    return ""


def _place(text: str, figure: Figure) -> Place:
    before, after = text[max(0, figure.start - 48) : figure.start], text[figure.end :]
    before = re.split(r"[;:.!?]\s", before)[-1]
    described = after.startswith("-") and _ARTICLE.search(before)
    bound = "" if described else next((name for name, pattern in _BOUNDS if pattern.search(before)), "")
    if not bound and figure.kind != "percent":
        bound = "least" if _OR_MORE.search(after) else "most" if _OR_LESS.search(after) else ""
    role = ""
    if _BASE.search(before) or _USUAL.search(after):
        role = "base"
    elif _LEVEL.search(before):
        role = "level"
    elif figure.kind in ("percent", "points", "money") and _CHANGE.search(before):
        role = "change"
    share = ""
    if figure.kind == "number" and not after.startswith("-"):
        share = (
            "part"
            if _PART.search(after)
            else "whole"
            if _OUT_OF.search(before) or (_WHOLE.search(before) and _counted(before))
            else ""
        )
    lasting = bound if figure.noun in _TIMES and _DURATION.search(before) else ""
    if lasting:
        bound = ""
    implied = lasting or ("least" if _FASTER.search(before) else "most" if _REACH.search(before) else "")
    return Place(figure, bound, role, share, implied)


def _counted(before: str) -> bool:
    """Whether what stands before "of" is itself a figure: "26 of 29", not "forecast of 29"."""
    counted = re.search(r"(\S+)\sof\s(?:the\s|its\s)?$", before)
    if re.search(r"\b(?:half|quarters?|thirds?|fifths?|percent|cent|most|part)\sof\s(?:the\s|its\s)?$", before):
        return True
    return before.lower().startswith("of ") or bool(counted and figures(f"{counted[1]} x"))
