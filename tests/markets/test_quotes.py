"""Prices: none without all that makes it a fact, none that is not of the story."""

import csv
import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from newsroom.errors import BadInput, PublisherUnreachable
from newsroom.markets.exchanges import exchanges
from newsroom.markets.instruments import SNAPSHOT, benchmark, of_story
from newsroom.markets.prices import FRESH, NO_PRICES, Prices, QuotesAt
from newsroom.markets.quotes import OUTDATED, Quote, newest, read_quotes
from newsroom.site.market_panel import price_lines
from newsroom.stories.mentions import companies, instruments

from infra.local.sample_quotes import sample_quotes
from tests.fakes.newsroom_values import a_version

AT = datetime(2026, 11, 23, 19, tzinfo=UTC)
CLOSE = datetime(2026, 11, 20, 21, tzinfo=UTC)
HEADER = "instrument,name,symbol,venue,currency,price,previous_close,as_of,kind,delay_minutes,source\n"
ROWS = (
    "apple,Apple,AAPL,XNAS,USD,201.5,200,2026-11-20T21:00:00Z,close,0,A sample\n"
    "s-and-p-500,S&P 500,SPX,XNYS,points,6000,,2026-11-20T21:00:00Z,close,0,A sample\n"
)


def a_quote(**changes: Any) -> Quote:
    return read_quotes(HEADER + ROWS)[0].model_copy(update=changes)


def a_head(**changes: Any) -> Any:
    return a_version().head.model_copy(update={"companies": (), "instruments": (), **changes})


@pytest.mark.parametrize("field", ["as_of", "currency", "venue", "delay_minutes", "source", "symbol"])
def test_a_price_without_what_makes_it_a_fact_is_none(field: str) -> None:
    row = {name: value for name, value in json.loads(a_quote().model_dump_json()).items() if name != field}

    with pytest.raises(BadInput):
        read_quotes(json.dumps({"quotes": [row]}))


@pytest.mark.parametrize(
    "change", [{"price": 0}, {"price": "NaN"}, {"price": -1}, {"currency": "dollars"}, {"as_of": "2026-11-20T21:00:00"}]
)
def test_what_cannot_be_a_price_is_refused(change: dict[str, object]) -> None:
    row = json.loads(a_quote().model_dump_json()) | change

    with pytest.raises(BadInput):
        read_quotes(json.dumps({"quotes": [row]}))


def test_csv_and_json_say_the_same() -> None:
    rows = read_quotes(HEADER + ROWS)

    assert read_quotes(json.dumps({"quotes": [json.loads(row.model_dump_json()) for row in rows]})) == rows
    assert rows[0].change == pytest.approx(0.0075)
    assert rows[1].change is None


def test_the_newest_price_at_a_moment_is_taken_and_none_that_is_outdated() -> None:
    older, later = a_quote(as_of=CLOSE - timedelta(days=1), price=1.0), a_quote(as_of=AT + timedelta(hours=2))

    assert newest([later, a_quote(), older], AT) == {"apple": a_quote()}
    assert newest([a_quote()], CLOSE + OUTDATED + timedelta(minutes=1)) == {}


def test_a_price_is_stale_once_its_exchange_has_closed_again() -> None:
    assert not a_quote().stale(AT)
    assert a_quote().stale(datetime(2026, 11, 23, 21, 1, tzinfo=UTC))
    assert not a_quote(venue="somewhere").stale(CLOSE + timedelta(hours=20))
    assert a_quote(venue="somewhere").stale(CLOSE + timedelta(hours=25))


def test_the_instrument_is_the_story_s_company_and_the_benchmark_its_country_s_index() -> None:
    assert of_story(a_head(companies=("apple", "microsoft"), country="DE")) == ("apple", "s-and-p-500")
    assert of_story(a_head(instruments=("federal-reserve", "brent-crude"))) == ("brent-crude",)
    assert of_story(a_head(instruments=("japanese-yen",))) == ("japanese-yen", "nikkei-225")
    assert of_story(a_head(instruments=("s-and-p-500",))) == ("s-and-p-500",)
    assert of_story(a_head(country="CN")) == (), "no index merely because of a country"
    assert benchmark("") == ""


@pytest.mark.parametrize(
    ("about", "shown"),
    [
        ({"country": "CA", "topics": ("rates", "banks")}, ("canadian-dollar", "s-and-p-tsx-composite")),
        ({"country": "GB", "topics": ("inflation", "rates")}, ("pound-sterling", "ftse-100")),
        ({"country": "IN", "topics": ("inflation",), "instruments": ("crude-oil",)}, ("indian-rupee", "nifty-50")),
        ({"country": "DE", "topics": ("inflation",)}, ("euro", "dax")),
        ({"country": "IE", "topics": ("inflation",)}, ("euro", "stoxx-europe-600")),
        ({"country": "US", "topics": ("bonds", "rates")}, ("10-year-us-treasury", "s-and-p-500")),
        ({"country": "TR", "topics": ("bonds", "currencies")}, ("turkish-lira", "bist-100")),
        (
            {"country": "US", "topics": ("currencies",), "instruments": ("japanese-yen",)},
            ("japanese-yen", "nikkei-225"),
        ),
        ({"country": "US", "topics": ("rates",), "companies": ("apple",)}, ("apple", "s-and-p-500")),
        ({"country": "NL", "topics": ("bonds",)}, ()),
        ({"country": "CA", "topics": ("banks", "rates")}, ()),
        ({"country": "CL", "topics": ("inflation",)}, ()),
    ],
)
def test_a_story_about_a_country_s_money_shows_its_currency_or_bond_and_its_index(
    about: dict[str, Any], shown: tuple[str, ...]
) -> None:
    assert of_story(a_head(**about)) == shown


def test_the_snapshot_is_of_the_table() -> None:
    assert set(SNAPSHOT) <= set(instruments())


def test_a_provider_is_asked_once_for_all_stories_of_an_edition() -> None:
    asked = []

    def read(address: str) -> bytes:
        asked.append(address)
        return (HEADER + ROWS).encode()

    prices = Prices(QuotesAt("quotes.csv", read))
    head = a_head(companies=("apple",))

    found = prices.of(head, AT)

    assert [one.instrument for one in found] == ["apple", "s-and-p-500"]
    assert prices.of(head, AT + timedelta(minutes=1)) == found
    assert [one.instrument for one in prices.snapshot(AT)] == ["s-and-p-500"]
    assert asked == ["quotes.csv"]
    assert prices.of(a_head(companies=("tesla",)), AT) == (), "no benchmark without the instrument"
    prices.of(head, AT + FRESH)
    assert len(asked) == 2


def test_ids_stand_in_the_address_where_the_provider_wants_them() -> None:
    asked: list[str] = []

    def read(address: str) -> bytes:
        asked.append(address)
        return (HEADER + ROWS).encode()

    QuotesAt("https://prices.example/v1?ids={ids}", read).quotes(["s-and-p-500", "apple"], AT)

    assert asked == ["https://prices.example/v1?ids=apple,s-and-p-500"]


def test_a_provider_that_fails_gives_no_price_and_is_left_alone_for_a_while() -> None:
    calls = []

    def read(address: str) -> bytes:
        calls.append(address)
        raise PublisherUnreachable("HTTP 503", about="prices.example")

    prices = Prices(QuotesAt("https://prices.example/", read))

    assert prices.of(a_head(companies=("apple",)), AT) == ()
    assert prices.of(a_head(companies=("apple",)), AT + timedelta(seconds=9)) == ()
    assert len(calls) == 1
    assert "503" in prices.failing(AT)
    assert "503" in prices.failing(AT + timedelta(seconds=9))
    assert prices.failing(AT + FRESH) == NO_PRICES.failing(AT) == ""
    prices.of(a_head(companies=("apple",)), AT + FRESH)
    assert len(calls) == 2


def test_without_a_provider_there_is_no_price() -> None:
    assert NO_PRICES.of(a_head(companies=("apple",)), AT) == NO_PRICES.snapshot(AT) == ()


def test_a_price_is_told_with_currency_venue_time_delay_and_source() -> None:
    quotes = read_quotes(HEADER + ROWS)
    lines = price_lines([quotes[0].model_copy(update={"kind": "last", "delay_minutes": 15}), quotes[1]], AT)

    assert (lines[0].price, lines[0].change, lines[0].told) == ("201.50 USD", "+0.75 %", "last, 15 min late")
    assert (lines[0].venue, lines[0].as_of, lines[0].source) == ("Nasdaq", CLOSE, "A sample")
    assert (lines[1].price, lines[1].change, lines[1].benchmark) == ("6,000.00 points", "", True)


def test_the_sample_is_a_document_of_prices_and_calls_itself_one() -> None:
    quotes = newest(read_quotes(sample_quotes(AT).decode()), AT)

    assert {"brent-crude", "nikkei-225", "japanese-yen"} <= set(quotes)
    assert {one.source for one in quotes.values()} == {"Sample data, not a market"}
    assert not any(one.stale(AT) for one in quotes.values() if one.venue in exchanges())


def test_recorded_quotes_of_one_day_become_prices(shared_data: Path) -> None:
    """7,182 quotes as their provider lists them: what has no price is left out, nothing else."""
    listed = {
        row.listing.partition(":")[2]: row for row in companies().values() if row.listing.startswith(("XNAS", "XNYS"))
    }
    rows = []
    with gzip.open(shared_data / "markets/us_quotes_snapshot_2026-08-21.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            company = listed.get(row["symbol"])
            if company and row["lastsale"].startswith("$"):
                price, moved = float(row["lastsale"][1:].replace(",", "")), float(row["netchange"])
                rows.append(
                    {
                        "instrument": company.id,
                        "name": company.name,
                        "symbol": row["symbol"],
                        "currency": "USD",
                        "venue": company.listing[:4],
                        "price": price,
                        "previous_close": price - moved,
                        "as_of": "2026-08-21T20:00:00Z",
                        "delay_minutes": 0,
                        "source": "recorded",
                    }
                )
    at = datetime(2026, 8, 22, 12, tzinfo=UTC)
    quotes = read_quotes(json.dumps({"quotes": rows}))

    assert len(quotes) > 150
    assert len(newest(quotes, at)) == len({one.instrument for one in quotes})
    assert not any(one.stale(at) for one in quotes), "a Saturday: no session since"


def test_a_small_price_keeps_the_digits_that_count() -> None:
    shown = [price_lines([a_quote(price=price)], AT)[0].price for price in (6012.4, 1.0, 0.7213, 0.00006155)]

    assert shown == ["6,012.40 USD", "1.00 USD", "0.7213 USD", "0.00006155 USD"]
