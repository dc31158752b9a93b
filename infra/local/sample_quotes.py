"""Prices for the local cloud: invented, and called so on every page. One close each, of the last session before now."""

import csv
import hashlib
import io
from datetime import datetime

from newsroom.boundary import moment
from newsroom.markets.exchanges import exchanges, last_close
from newsroom.markets.instruments import QUOTED
from newsroom.stories.mentions import Instrument, instruments

KEY = "markets/sample-quotes.csv"
SOURCE = "Sample data, not a market"
HOME = {
    "US": "XNYS", "CA": "XTSE", "GB": "XLON", "DE": "XETR", "FR": "XPAR", "IT": "XMIL", "ES": "XMAD", "NL": "XAMS",
    "CH": "XSWX", "EU": "XETR", "JP": "XTKS", "HK": "XHKG", "CN": "XSHG", "KR": "XKRX", "TW": "XTAI", "AU": "XASX",
    "SG": "XSES", "IN": "XNSE", "BR": "BVMF", "MX": "XMEX", "ZA": "XJSE",
}  # fmt: skip
"""Where an index of a country is at home."""


def sample_quotes(now: datetime) -> bytes:
    """The document as a provider would give it (`newsroom.markets.quotes.read_quotes`)."""
    rows = [_row(one, *_traded(one), now) for one in instruments().values() if one.kind in QUOTED]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _traded(instrument: Instrument) -> tuple[str, str]:
    """Venue and currency."""
    if instrument.kind == "index":
        return HOME.get(instrument.country, "XNYS"), "points"
    return "sample market", "percent" if instrument.kind == "rate" else "USD"


def _row(instrument: Instrument, venue: str, currency: str, now: datetime) -> dict[str, object]:
    """A price that is the same for the same instrument, whenever it is asked."""
    digits = int(hashlib.sha256(instrument.id.encode()).hexdigest()[:8], 16)
    before = round(4 + digits % 100 / 50 if currency == "percent" else 10 + digits % 90_000 / 100, 2)
    return {
        "instrument": instrument.id,
        "name": instrument.name,
        "symbol": instrument.symbol,
        "venue": venue,
        "currency": currency,
        "price": round(before * (1 + (digits % 401 - 200) / 10_000), 2),
        "previous_close": before,
        "as_of": moment(last_close(exchanges().get(venue, exchanges()["XNYS"]), now)),
        "kind": "close",
        "delay_minutes": 0,
        "source": SOURCE,
    }
