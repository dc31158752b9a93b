"""When New York trades."""

from datetime import date, timedelta

import pytest
from newsroom.markets.trading_days import holiday, market_note

PUBLISHED = {
    2025: "01-01 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25",
    2026: "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
    2027: "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24",
    2028: "01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25",
}
"""Month and day, from the exchange's own calendar (nyse.com, hours and calendars)."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_holidays_are_those_that_the_exchange_publishes(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))

    assert [f"{day:%m-%d}" for day in days if holiday(day)] == PUBLISHED[year].split()


def test_a_new_year_s_day_on_a_saturday_is_not_made_up_for() -> None:
    assert holiday(date(2027, 12, 31)) == ""
    assert holiday(date(2028, 1, 1)) == ""


def test_no_holiday_is_on_a_weekend() -> None:
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(3652))

    assert all(day.weekday() < 5 for day in days if holiday(day))


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2026, 11, 24), "New York’s stock exchanges open at 9:30 a.m. today."),
        (date(2026, 11, 26), "New York’s stock exchanges are closed today for Thanksgiving Day."),
        (date(2026, 11, 29), "It is the weekend: New York’s stock exchanges are closed today."),
    ],
)
def test_the_note_is_true_of_the_day(day: date, note: str) -> None:
    assert market_note(day) == note
