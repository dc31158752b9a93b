"""Bounds, rates and exchange rates: the same said in other words, and another thing said of the same figure."""

import pytest
from newsroom.review.figure_places import misplaced, rates
from newsroom.writing.figures import figures, grounded

MAY_REACH = "Imports from Paraguay may reach 7 million tonnes."
REFINERY = "Two tankers slowed within an hour of the fire that shut its 210,000-barrel-a-day unit."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("As much as 7 million tonnes may be imported.", MAY_REACH),
        ("Under a 15-year contract it pays by the hour.", "The contract lasts 15 years."),
        ("Items are becoming dearer by more than 3%.", "Items are rising faster than 3 percent."),
        ("The unit processes 210,000 barrels a day.", REFINERY),
        ("Less than an hour after the fire two tankers slowed.", REFINERY),
        ("One has lent $45mn; a second has lent more.", "Of two lenders one has lent $45 million."),
        ("Annual revenue will be $245mn.", "It sees full-year revenue of $245 million."),
        ("Within two years it will buy back shares.", "It will buy back shares over two years."),
        ("Two members out of nine voted for it.", "Two of the nine members voted for it."),
        ("It loses income of 300 million a year.", "It loses 300 million a year of income."),
    ],
)
def test_the_same_bound_or_rate_in_other_words_passes(text: str, source: str) -> None:
    assert misplaced(text, source) == ""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("At least 7 million tonnes may be imported.", MAY_REACH),
        ("Items are becoming dearer by less than 3%.", "Items are rising faster than 3 percent."),
        ("The unit processes 210,000 barrels a month.", REFINERY),
        ("The contract is worth £3 billion a year.", "Analysts put the contract at £3 billion."),
        ("Quarterly revenue will be $245mn.", "It sees full-year revenue of $245 million."),
    ],
)
def test_another_bound_or_rate_is_found(text: str, source: str) -> None:
    assert misplaced(text, source)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("210,000 barrels per day", {"day"}),
        ("a 210,000-barrel-a-day unit", {"day"}),
        ("hourly pay of 14 euros", {"hour"}),
        ("in less than an hour", set()),
        ("a second lender", set()),
    ],
)
def test_a_rate_is_no_span_of_time_and_no_ordinal(text: str, units: set[str]) -> None:
    assert rates(text) == units


@pytest.mark.parametrize("text", ["A dollar cost 86.9 rupees.", "At 86.9 rupees to the dollar.", "At 86.9 per dollar."])
def test_a_price_of_a_currency_may_leave_out_either_of_the_two(text: str) -> None:
    given = figures("The rupee closed at 86.9 to the dollar.")
    assert all(grounded(one, given) for one in figures(text) if one.value != 1)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It closed at 86.9 to the euro.", "It closed at 86.9 to the dollar."),
        ("It closed at $86.9.", "It closed at 86.9 to the dollar."),
        ("The shares stood at 34 US cents.", "The shares stood at 34 HK cents."),
    ],
)
def test_another_currency_is_another_figure(text: str, source: str) -> None:
    assert not grounded(figures(text)[0], figures(source))
