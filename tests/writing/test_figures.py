"""Figures of market prose made comparable."""

import pytest
from newsroom.writing.figures import figures, grounded, movement
from newsroom.writing.periods import periods


def only(text: str) -> tuple[str, str, str]:
    (one,) = figures(text)
    return one.kind, f"{one.value.normalize():f}", one.currency


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$4.2bn", ("money", "4200000000", "$")),
        ("4.2 billion dollars", ("money", "4200000000", "$")),
        ("US$1,234.5m", ("money", "1234500000", "USD")),
        ("€3.5 billion", ("money", "3500000000", "EUR")),
        ("Rs 500 crore", ("money", "5000000000", "INR")),
        ("350 million yen", ("money", "350000000", "JPY")),
        ("3.1 %", ("percent", "3.1", "")),
        ("3.1 per cent", ("percent", "3.1", "")),
        ("twenty-five percent", ("percent", "25", "")),
        ("3,1 Prozent", ("percent", "3.1", "")),
        ("-0.3%", ("percent", "-0.3", "")),
        ("minus 0.3 pct", ("percent", "-0.3", "")),
        ("25 basis points", ("points", "0.25", "")),
        ("25bp", ("points", "0.25", "")),
        ("a quarter of a percentage point", ("points", "0.25", "")),
        ("quarter-point", ("points", "0.25", "")),
        ("2026", ("year", "2026", "")),
        ("14:30 GMT", ("time", "870", "")),
        ("two hundred thousand", ("number", "200000", "")),
        ("1,250,000", ("number", "1250000", "")),
    ],
)
def test_kind_value_and_currency(text: str, expected: tuple[str, str, str]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize("text", ["COVID-19", "the G20", "Q3", "one of them", "the A320", "S&P500", "a company"])
def test_digits_in_a_name_and_the_pronoun_one_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("$4.2bn", "4.2 billion dollars"),
        ("0.25 percentage points", "25 basis points"),
        ("12 ships", "twelve vessels"),
        ("about $4 billion", "$4.02 billion"),
        ("3%", "between 3 and 4 percent"),
        ("US$5m", "$5 million"),
        ("310 jobs", "310 workers"),
    ],
)
def test_one_figure_in_two_notations_is_grounded(claimed: str, source: str) -> None:
    assert all(grounded(one, figures(source)) for one in figures(claimed))


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("$42bn", "$4.2bn"),
        ("$4.2m", "$4.2bn"),
        ("€4.2bn", "$4.2bn"),
        ("4.2%", "4.2 percentage points"),
        ("25%", "25 basis points"),
        ("-3.1%", "3.1%"),
        ("$4 billion", "$4.02 billion"),
        ("about $4 billion", "$4.6 billion"),
        ("5m barrels", "5m tonnes"),
        ("three months", "three weeks"),
        ("A$5m", "$5m"),
    ],
)
def test_another_value_unit_currency_scale_or_sign_is_not_grounded(claimed: str, source: str) -> None:
    assert not any(grounded(one, figures(source)) for one in figures(claimed))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Profit rose 3% to a record", 1),
        ("Sales fell to $4.2bn", -1),
        ("a 3% drop in sales", -1),
        ("a 3% gain", 1),
        ("The rate is 3%", 0),
        ("It rose in 2026", 0),
    ],
)
def test_the_words_around_a_figure_say_which_way_it_went(text: str, expected: int) -> None:
    (one,) = figures(text)
    assert movement(text, one) == expected


def test_periods_are_named_alike_however_they_are_written() -> None:
    assert periods("Q3") == periods("the third quarter") == periods("third-quarter profit") == {"q3"}
    assert periods("in Sept. and in May") == {"september", "may"}
    assert periods("It may rise") == frozenset()
    assert periods("year-on-year in the first half on Monday") == {"yearly", "h1", "monday"}
