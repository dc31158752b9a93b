"""Prices, each with all that makes it a fact: of what, where, in which currency, as of when, how late, by whom.

A provider answers with the newest price at or before a moment. A story's version keeps the prices of its own time;
they never change with the market, so neither does its page.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

from pydantic import Field, ValidationError

from newsroom.boundary import Boundary, Moment
from newsroom.errors import BadInput
from newsroom.markets.exchanges import exchanges, last_close

OUTDATED = timedelta(days=7)
"""Older prices are not shown: a week holds the longest run of holidays of the exchanges in the table."""


class Quote(Boundary):
    """One price. There is none without its venue, currency, time and delay."""

    instrument: str
    """Id of `companies.toml` or `instruments.toml`."""
    name: str = Field(min_length=1)
    symbol: str = Field(min_length=1)
    venue: str = Field(min_length=1)
    """MIC, or the provider's name of where it is traded."""
    currency: str = Field(pattern=r"^([A-Z]{3}|points|percent)$")
    price: float = Field(gt=0, allow_inf_nan=False)
    previous_close: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    as_of: Moment
    kind: Literal["close", "last"] = "close"
    delay_minutes: int = Field(ge=0)
    """Of the provider; 0 for a close."""
    source: str = Field(min_length=1)
    """Who gives the price, as its licence asks to be named."""

    @property
    def change(self) -> float | None:
        """Since the previous close, as a share."""
        return self.price / self.previous_close - 1 if self.previous_close else None

    def stale(self, at: datetime) -> bool:
        """Whether its exchange has closed a session since. Of a venue that is not in the table: after a day."""
        exchange = exchanges().get(self.venue)
        if exchange is None:
            return at - self.as_of > timedelta(days=1)
        return self.as_of < last_close(exchange, at) - timedelta(minutes=self.delay_minutes)


class Quotes(Protocol):
    """A provider. Raises Transient or Permanent errors of `newsroom.errors` where it cannot be asked."""

    def quotes(self, instruments: Sequence[str], at: datetime) -> dict[str, Quote]:
        """Instrument → its newest price at or before `at`; without those it has none of."""
        ...


def newest(rows: Iterable[Quote], at: datetime) -> dict[str, Quote]:
    """Of each instrument the newest price at or before `at` that is not outdated."""
    found: dict[str, Quote] = {}
    for row in sorted(rows, key=lambda row: row.as_of):
        if at - OUTDATED <= row.as_of <= at:
            found[row.instrument] = row
    return found


def read_quotes(text: str) -> list[Quote]:
    """A provider's document: CSV with the fields of `Quote` as its header, or JSON `{"quotes": [{…}]}`.

    Raises BadInput with the first row that is no price.
    """
    try:
        rows: Iterable[Mapping[str, object]]
        if text.lstrip().startswith("{"):
            rows = json.loads(text)["quotes"]
        else:
            rows = ({name: value for name, value in row.items() if value} for row in csv.DictReader(io.StringIO(text)))
        return [Quote.model_validate(row) for row in rows]
    except (ValidationError, ValueError, KeyError, TypeError) as exc:
        raise BadInput(f"no document of prices: {str(exc).splitlines()[0]}", about="quotes") from exc
