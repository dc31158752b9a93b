"""One figure of market prose: its kind, its value, and what the words beside it make of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["percent", "points", "money", "year", "time", "multiple", "number"]
Rounding = Literal["", "about", "above", "below"]


@dataclass(frozen=True)
class Figure:
    """`value` is in whole units: percent, percentage points, the currency, minutes of the day, or what is counted."""

    kind: Kind
    value: Decimal
    currency: str = ""
    """ISO 4217 where the sign tells it; `$` when it could be any dollar."""
    noun: str = ""
    """What a plain number counts, from a short table (barrels, jobs …), in the singular; the zone of a time of day."""
    text: str = ""
    start: int = 0
    end: int = 0
    rounding: Rounding = ""
    """On which side of it the true value lies: about, more than, nearly …"""
    portion: bool = False
    """Said as a fraction ("a third"): any percentage that rounds to it is the same."""
    per: str = ""
    """The currency of which one unit costs this: `$` in "86.9 to the dollar"."""
    bare: bool = False
    """Nothing that is counted follows: its unit may have been said before."""

    @property
    def approximate(self) -> bool:
        return bool(self.rounding)
