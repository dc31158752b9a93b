"""Prices beside a story: what of, where, in which currency, as of when and how late; never a bare figure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsroom.markets.exchanges import exchanges
from newsroom.markets.quotes import Quote

IN_WORDS = {"points": "points", "percent": "%"}


@dataclass(frozen=True)
class PriceLine:
    """One price, in words. `change` is empty where the close before is not known."""

    name: str
    symbol: str
    venue: str
    price: str
    change: str
    as_of: datetime
    told: str
    """Which price it is and how late: `close`, `last, 15 min late`."""
    stale: bool
    """Whether a later session was over when the story was published."""
    benchmark: bool
    source: str


def price_lines(prices: Sequence[Quote], published: datetime) -> tuple[PriceLine, ...]:
    """`prices`: the story's instrument first, a benchmark behind it."""
    return tuple(
        PriceLine(
            name=one.name,
            symbol=one.symbol,
            venue=exchange.name if (exchange := exchanges().get(one.venue)) else one.venue,
            price=f"{_figure(one.price)} {IN_WORDS.get(one.currency, one.currency)}",
            change="" if one.change is None else f"{one.change * 100:+.2f} %".replace("-", "\u2212"),
            as_of=one.as_of,
            told=one.kind + (f", {one.delay_minutes} min late" if one.delay_minutes else ""),
            stale=one.stale(published),
            benchmark=number > 0,
            source=one.source,
        )
        for number, one in enumerate(prices)
    )


def _figure(price: float) -> str:
    """`6,012.40`; small ones with four digits that count: `0.006431`."""
    return f"{price:,.{max(2, 3 - math.floor(math.log10(price)))}f}" if price < 1 else f"{price:,.2f}"
