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

ROUGHLY = {
    "index": 8000, "currency": 0.1, "commodity": 400, "rate": 4.2,
    "dow-jones-industrial-average": 44000, "nasdaq-composite": 19000, "russell-2000": 2300, "vix": 17, "dax": 21000,
    "s-and-p-500": 6000, "s-and-p-tsx-composite": 25000, "ftse-mib": 35000, "ibex-35": 12000, "aex": 900, "smi": 12000,
    "stoxx-europe-600": 520, "nikkei-225": 39000, "topix": 2700, "hang-seng": 20000, "shanghai-composite": 3300,
    "csi-300": 3900, "kospi": 2600, "taiex": 23000, "straits-times-index": 3800, "nifty-50": 24000, "sensex": 79000,
    "bank-nifty": 51000, "ibovespa": 128000, "ipc": 51000, "merval": 2000000, "msci-world": 3700,
    "msci-emerging-markets": 1100, "jse-all-share": 85000, "tadawul-all-share": 12000,
    "us-dollar": 103, "euro": 1.09, "japanese-yen": 0.0066, "pound-sterling": 1.27, "chinese-yuan": 0.139,
    "swiss-franc": 1.13, "canadian-dollar": 0.72, "australian-dollar": 0.65, "indian-rupee": 0.0118,
    "south-korean-won": 0.00071, "russian-rouble": 0.0105, "turkish-lira": 0.029, "brazilian-real": 0.175,
    "mexican-peso": 0.05, "south-african-rand": 0.055, "nigerian-naira": 0.0006, "argentine-peso": 0.001,
    "indonesian-rupiah": 0.000063, "malaysian-ringgit": 0.225, "thai-baht": 0.029, "singapore-dollar": 0.75,
    "new-zealand-dollar": 0.59, "norwegian-krone": 0.09, "swedish-krona": 0.092, "polish-zloty": 0.25,
    "egyptian-pound": 0.02, "kenyan-shilling": 0.0077, "bitcoin": 90000, "ether": 3100, "brent-crude": 73,
    "west-texas-intermediate": 69, "crude-oil": 71, "natural-gas": 3.1, "liquefied-natural-gas": 14, "coal": 140,
    "gold": 2600, "silver": 31, "platinum": 970, "palladium": 1000, "copper": 4.2, "aluminium": 2600, "nickel": 16000,
    "zinc": 3000, "tin-ore": 29000, "lithium": 11000, "iron-ore": 102, "steel": 700, "wheat": 5.6, "corn": 4.3,
    "soybeans": 9.9, "coffee": 2.9, "cocoa": 8500, "sugar": 0.22, "cotton": 0.71, "palm-oil": 1050, "rubber": 2.0,
    "rice": 15, "carbon-allowances": 71,
}  # fmt: skip
"""Of a kind, or of one instrument: in whose neighbourhood a price is invented, so that no page looks absurd."""


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
    if instrument.id == "us-dollar":
        return "sample market", "points"
    return "sample market", "percent" if instrument.kind == "rate" else "USD"


def _row(instrument: Instrument, venue: str, currency: str, now: datetime) -> dict[str, object]:
    """A price that is the same for the same instrument, whenever it is asked."""
    digits = int(hashlib.sha256(instrument.id.encode()).hexdigest()[:8], 16)
    before = _rounded(ROUGHLY.get(instrument.id, ROUGHLY[instrument.kind]) * (0.95 + digits % 1000 / 10_000))
    return {
        "instrument": instrument.id,
        "name": instrument.name,
        "symbol": instrument.symbol,
        "venue": venue,
        "currency": currency,
        "price": _rounded(before * (1 + (digits % 401 - 200) / 10_000)),
        "previous_close": before,
        "as_of": moment(last_close(exchanges().get(venue, exchanges()["XNYS"]), now)),
        "kind": "close",
        "delay_minutes": 0,
        "source": SOURCE,
    }


def _rounded(price: float) -> float:
    """To four digits that count, or to cents."""
    return round(price, 2) if price >= 100 else float(f"{price:.4g}")
