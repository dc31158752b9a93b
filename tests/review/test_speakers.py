"""Who says it: the same speaker described otherwise, and another one."""

import pytest
from newsroom.review.speakers import another_speaker

PLANT = "A plant in southern Sweden that recovers nickel from scrap said its margin turned positive."
STRATEGIST = "One strategist saw more in it. “At some point supply is the story,” he wrote to clients."
MANAGER = "Her manager said the steering gear had failed before the grounding."
CONTRACT = "Port staff struck over a contract that analysts value at £3 billion."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A plant that extracts nickel from scrap in southern Sweden said its margin became positive.", PLANT),
        ("“At some point supply is the story,” a strategist told clients.", STRATEGIST),
        ("The ship's manager said the steering gear had failed.", MANAGER),
        ("Analysts put the contract's value at £3 billion.", CONTRACT),
        (
            "All had foreseen the cut, but the dissent was not expected.",
            "Analysts had expected the cut, not the dissent.",
        ),
    ],
)
def test_the_same_speaker_described_otherwise_passes(text: str, source: str) -> None:
    assert another_speaker(text, source) == ""


def test_who_says_the_second_of_two_things_is_who_did_the_first() -> None:
    assert another_speaker("The bank sees risks to growth.", "The bank left its rate and said risks had grown.") == ""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“At some point supply is the story,” traders said.", STRATEGIST),
        ("The port authority said the steering gear had failed before the grounding.", MANAGER),
        ("A ministry said its margin turned positive.", PLANT),
    ],
)
def test_another_speaker_is_found(text: str, source: str) -> None:
    assert another_speaker(text, source)
