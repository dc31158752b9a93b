"""What an answer costs."""

import pytest
from newsroom.writing.prices import Counted, at_most, price

MILLION = 1_000_000
ANSWER = Counted(input_tokens=MILLION, output_tokens=MILLION)


@pytest.mark.parametrize(
    ("model", "dollars"),
    [
        ("claude-haiku-5-5", 0.60),
        ("claude-sonnet-5-5", 12),
        ("claude-sonnet-5", 12),
        ("claude-opus-5-5", 24),
        ("global.anthropic.claude-opus-5-5-v1:0", 24),
    ],
)
def test_a_model_has_the_price_of_its_generation(model: str, dollars: float) -> None:
    assert price(model, ANSWER) == dollars * MILLION


@pytest.mark.parametrize(
    "model", ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-1", "claude-opus-5", "other"]
)
def test_a_model_that_is_not_in_the_table_is_taken_for_the_dearest_of_all(model: str) -> None:
    """Opus 4.1 was: 15 dollars and 75."""
    assert price(model, ANSWER) == 90 * MILLION


@pytest.mark.parametrize("profile", ["us.", "eu.", ""])
def test_an_answer_that_stays_in_a_part_of_the_world_costs_a_tenth_more(profile: str) -> None:
    assert price(f"{profile}anthropic.claude-sonnet-5-5-v1:0", ANSWER) == pytest.approx(13.2 * MILLION, abs=1)


def test_what_is_set_aside_covers_the_longest_answer_to_an_input_that_is_cached_anew() -> None:
    dearest = Counted(cache_creation_input_tokens=5_000, output_tokens=2_000)

    assert at_most("claude-sonnet-5-5", 5_000, 2_000) == price("claude-sonnet-5-5", dearest)
