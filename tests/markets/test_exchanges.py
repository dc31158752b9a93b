"""When exchanges trade."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from newsroom.markets.exchanges import exchanges, holiday, last_close, trading

HOLIDAYS = {
    ("XLON", 2026): "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    ("XLON", 2027): "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    ("XETR", 2026): "01-01 04-03 04-06 05-01 12-24 12-25 12-31",
    ("XPAR", 2026): "01-01 04-03 04-06 05-01 12-25",
    ("XTSE", 2026): "01-01 02-16 04-03 05-18 07-01 08-03 09-07 10-12 12-25 12-28",
    ("XASX", 2026): "01-01 01-26 04-03 04-06 06-08 12-25 12-28",
    ("XSWX", 2026): "01-01 01-02 04-03 04-06 05-01 05-14 05-25 12-24 12-25 12-31",
    ("XNAS", 2026): "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
}
"""Weekdays without trading, month and day, from the exchanges' own calendars."""


@pytest.mark.parametrize(("mic", "year"), HOLIDAYS)
def test_holidays_are_those_that_the_exchange_publishes(mic: str, year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))

    found = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and holiday(exchanges()[mic], day)]

    assert found == HOLIDAYS[mic, year].split()


def test_hours_and_zones_are_those_of_an_independent_table(shared_data: Path) -> None:
    with (shared_data / "markets/exchanges_hours.csv").open(encoding="utf-8") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    compared = 0
    for mic, exchange in exchanges().items():
        row = rows.get(mic)
        if row is None:
            continue
        compared += 1
        at = datetime(2026, 7, 1, 12, tzinfo=UTC)
        assert at.astimezone(ZoneInfo(exchange.zone)).utcoffset() == at.astimezone(ZoneInfo(row["tz"])).utcoffset(), mic
        assert [row["open"][:5], row["close"][:5]] == list(exchange.session), mic
        pause = (row["break_start"][:5], row["break_end"][:5]) if row["break_start"][:1].isdigit() else None
        assert pause == exchange.pause, mic
    assert compared >= 20


@pytest.mark.parametrize(
    ("mic", "at", "state", "sure"),
    [
        ("XNYS", "2026-11-23T14:29:00+00:00", "closed", True),
        ("XNYS", "2026-11-23T14:30:00+00:00", "open", True),
        ("XNYS", "2026-11-23T21:00:00+00:00", "closed", True),
        ("XNYS", "2026-11-26T16:00:00+00:00", "holiday", True),
        ("XNYS", "2026-11-28T16:00:00+00:00", "weekend", True),
        ("XTKS", "2026-11-24T03:00:00+00:00", "pause", False),
        ("XTKS", "2026-11-23T01:00:00+00:00", "open", False),
        ("XETR", "2026-12-24T10:00:00+00:00", "holiday", True),
    ],
)
def test_an_exchange_is_open_or_says_why_not_and_whether_that_is_sure(
    mic: str, at: str, state: str, sure: bool
) -> None:
    found = trading(exchanges()[mic], datetime.fromisoformat(at))

    assert (found.state, found.sure) == (state, sure)


def test_the_last_close_is_before_weekends_and_holidays() -> None:
    thanksgiving = datetime(2026, 11, 26, 18, tzinfo=UTC)
    sunday = datetime(2026, 11, 29, 18, tzinfo=UTC)

    assert last_close(exchanges()["XNYS"], thanksgiving) == datetime(2026, 11, 25, 21, tzinfo=UTC)
    assert last_close(exchanges()["XNYS"], sunday) == datetime(2026, 11, 27, 21, tzinfo=UTC)
