"""Whether two figures are one: in two notations, rounded, in other units."""

from collections.abc import Iterable
from decimal import Decimal

from newsroom.writing.figure import Figure

ELLIPSIS = 60
"""Characters over which "29 percent of the crop; 36 is usual" needs its unit only once."""
NEARLY = Decimal("0.05")
"""By how much of the true value "about" may be wrong."""
ONE_SIDED = Decimal("0.15")
"""And "more than" and "nearly", which are true however far off, but soon say too little."""
_DOLLARS = ({"$", "USD"}, {"¥", "JPY"})


def same(claimed: Figure, given: Figure) -> bool:
    """Whether a claimed figure is the given one: same kind, value, currency and counted thing, where both say."""
    claimed, given = _in_whole_coins(claimed, given), _in_whole_coins(given, claimed)
    claimed = _in_metres(claimed, given)
    if not _comparable(claimed, given):
        return False
    return claimed.value == given.value or _in_its_decade(claimed, given) or rounds_to(claimed, given)


def rounds_to(claimed: Figure, given: Figure) -> bool:
    """Whether the claimed value, with the words beside it, is a fair rounding of the given one."""
    off = claimed.value - given.value
    if claimed.portion or given.portion:
        most = Decimal(2) if claimed.approximate or given.approximate else Decimal("0.5")
        return claimed.kind == "percent" and abs(off) <= most and _on_its_side(claimed, off, Decimal("0.1"))
    if not claimed.approximate or given.approximate or not given.value or not _on_its_side(claimed, off):
        return False
    # "about $4 billion" for $4.02 billion: half a unit of the claimed figure's last digit; on one side, a whole one.
    # "Nearly 1,150" of 1,140, but not "nearly 9" of 8: a whole unit off is near only where units are small.
    half = _half_a_digit(claimed.value)
    if claimed.rounding in ("above", "below"):
        most = ONE_SIDED if abs(off) < 2 * half else NEARLY
        return abs(off) <= min(abs(given.value) * most, 2 * half)
    return abs(off) <= min(abs(given.value) * NEARLY, half)


def grounded(claimed: Figure, given: Iterable[Figure]) -> bool:
    """Whether one of the given figures is the claimed one, also where either text says its unit only once."""
    given = list(given)
    return any(same(claimed, one) or _unit_said_once(claimed, one, given) for one in given)


def _on_its_side(claimed: Figure, off: Decimal, play: Decimal = Decimal(0)) -> bool:
    """ "More than four" of 4.2 and not of 3.9; "nearly four" the other way round."""
    return {"above": off <= play, "below": off >= -play}.get(claimed.rounding, True)


def _in_whole_coins(figure: Figure, other: Figure) -> Figure:
    """Ninety cents as 0.90 of the other's currency, where that can be."""
    if figure.noun != "cent" or figure.kind != "number" or other.kind != "money" or figure.value >= 100:
        return figure
    currency = figure.currency or other.currency
    return Figure("money", figure.value / 100, currency=currency, rounding=figure.rounding, text=figure.text)


def _in_metres(figure: Figure, other: Figure) -> Figure:
    """ "20.4m" where the other counts metres, "5.2t" where it counts tonnes."""
    if figure.kind == "number" and other.noun == "metre" and figure.text[-1:] == "m" and not figure.noun:
        return Figure("number", figure.value / 10**6, noun="metre", rounding=figure.rounding, text=figure.text)
    return figure


def _in_its_decade(claimed: Figure, given: Figure) -> bool:
    """ "The 2040s" of 2043; the year itself is more than the decade says."""
    return claimed.noun == "decade" and given.noun == "" and 0 <= given.value - claimed.value < 10


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
    if "time" in (claimed.kind, given.kind):
        return claimed.kind == given.kind and (claimed.noun == given.noun or not (claimed.noun and given.noun))
    if "decade" in (claimed.noun[-6:], given.noun[-6:]) and claimed.kind == "year" == given.kind:
        return claimed.noun in (given.noun, "decade")
    loose = {"number", "year"}
    if claimed.kind != given.kind and not {claimed.kind, given.kind} <= loose:
        return False
    if claimed.kind == "money":
        return claimed.currency == given.currency or {claimed.currency, given.currency} in _DOLLARS
    if {claimed.noun, given.noun} & {"cent", "point"}:
        return claimed.noun == given.noun and len({claimed.currency, given.currency} - {""}) < 2
    return not (claimed.noun and given.noun and claimed.noun != given.noun)


def _half_a_digit(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)
