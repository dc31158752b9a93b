"""What comes next, whose it is, and by when."""

from datetime import date

import pytest
from newsroom.writing.next_steps import next_step

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("sentence", "actor", "by"),
    [
        ("The unions will meet the company on 2 December, and a ministry decides.", "Unions", "2026-12-02"),
        ("A sale of thirty-year bonds follows on Tuesday.", "Sale of thirty-year bonds", "2026-11-24"),
        ("Trading in Abu Dhabi begins next Monday.", "Trading in Abu Dhabi", "2026-11-30"),
        ("The plant is set to close at the end of the year.", "Plant", "2026-12-31"),
        ("Fjordkraft must pay within 28 days, the regulator said.", "Fjordkraft", "2026-12-21"),
        ("The duty takes effect on January 15.", "Duty", "2027-01-15"),
        ("A shareholder vote is planned for February.", "Shareholder vote", ""),
        ("The High Court in Bengaluru hears the company's appeal in January.", "High Court in Bengaluru", ""),
        ("The committee meets in the first week of December; economists expect a cut.", "Committee", ""),
        ("Harbour Bank, whose rate is 5.5 percent, next decides on policy in early December.", "Harbour Bank", ""),
        ("Aurelia Airways has signed for forty jets, and will retire its old ones by 2033.", "Aurelia Airways", ""),
        ("Fjordkraft said it would stop two lines by 31 January.", "Fjordkraft", "2027-01-31"),
        ("The Department of Justice will hold a press conference.", "Department of Justice", ""),
    ],
)  # fmt: skip
def test_a_step_has_its_actor_and_the_day_that_the_words_give(sentence: str, actor: str, by: str) -> None:
    step = next_step(sentence, MONDAY)
    assert step
    assert (step.actor, step.by) == (actor, by)


@pytest.mark.parametrize(
    "sentence",
    [
        "Households on the lowest block pay 6.2 percent more.",
        "A spokesperson said the two matters “are not connected”.",
        "Analysts expect the bank to cut its rate in December.",
        "The bank will not decide before Friday.",
        "He believes that the ministry will decide on Friday.",
        "“This will be a key factor in December,” the bank said.",
        "Housing starts fell in October while sales rose.",
        "The capacity of the plant is 22 million tonnes a year.",
        "The new advertisement follows a statement of Tuesday.",
        "Swaps imply a 54 percent chance that the bank will raise its rate next month.",
        "High water is due in about seven hours.",
        "It will decide on Friday.",
        "Net debt is high, and £480m falls due in June.",
    ],
)
def test_a_guess_a_refusal_speech_or_what_nobody_does_is_no_step(sentence: str) -> None:
    assert next_step(sentence, MONDAY) is None


def test_a_publisher_is_not_its_own_news() -> None:
    sentence = "Harbour Wire will publish its survey on Friday."
    assert next_step(sentence, MONDAY)
    assert next_step(sentence, MONDAY, frozenset({"harbour wire"})) is None
