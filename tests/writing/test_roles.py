"""Which sentence may say what follows, how much it is, and what happened."""

import pytest
from newsroom.writing.roles import matter, says_how_much, says_what_follows, stands_alone, tells_what_happened

HEADLINE = matter("Harbour bank cuts key rate to 2 percent", "Costly power closes two Ålvik smelter lines")


@pytest.mark.parametrize(
    "sentence",
    [
        "Homeowners with mortgages at the key rate will see payments drop by $68 a month.",
        "Every week without the smelter would remove about 7,900 tonnes from the market.",
        "Analysts expect the cut in the rate to lower the cost of loans by a tenth.",
        "The stock slumped 17.5 percent, dragging down other lenders and the smelter.",
        "Power makes up half of the smelter's costs, which means that the lines lose money.",
    ],
)
def test_a_consequence_of_the_matter_fills_the_role(sentence: str) -> None:
    assert says_what_follows(sentence, HEADLINE)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank says that the wait for its rate reflected “ordinary capacity planning”.",
        "Lines at the smelter stopped because transformers arrived late, the company said.",
        "The bank will cut its key rate to 2 percent.",
        "A lower rate would not raise the price of houses, the governor said.",
        "If the rate falls again, lenders would lose a tenth of their income.",
        "Losing it would lower the smelter's revenue by a tenth.",
        "He could raise the rate if prices rise.",
        "The smelter would have forced out its rivals ten years ago.",
        "“A lower rate will hurt savers,” the governor said of the bank.",
        "Heavy rain would shrink the harvest by a tenth.",
    ],
    ids=["excuse", "cause", "the news itself", "denial", "condition", "pronoun", "his plan", "past", "speech", "other"],
)
def test_what_only_looks_like_a_consequence_does_not(sentence: str) -> None:
    assert not says_what_follows(sentence, HEADLINE)


@pytest.mark.parametrize(
    ("sentence", "taken"),
    [
        ("The rate of the bank is at its lowest since 2016, at 2 percent.", True),
        ("Power costs the smelter 45 percent, compared with 31 percent before.", True),
        ("Shares in the bank and the smelter fell 2.7 percent.", True),
        ("The bank, the largest holder of the smelter, has 11 percent.", False),
        ("The bank and the smelter have more than 900 lines.", False),
        ("The power of the bank is greater than ever.", False),
    ],
)
def test_a_figure_counts_beside_what_it_is_held_against(sentence: str, taken: bool) -> None:
    assert says_how_much(sentence, HEADLINE) == taken


@pytest.mark.parametrize(
    ("sentence", "understood"),
    [
        ("The increase of 1.9 million tons was near the top of expectations.", False),
        ("The episode has revived a bill in the Senate.", False),
        ("It adds to the pressure on the bank.", False),
        ("Meanwhile the bank looks on.", False),
        ("The announcement, though, came late for the bank.", False),
        ("As a result, demand fell by a tenth.", False),
        ("The regulator has fined the company.", True),
        ("The lines at Ålvik stop in January.", True),
        ("Nigeria's currency climbed to its highest in five months.", True),
    ],
)
def test_a_sentence_stands_alone_when_the_headline_says_what_it_means(sentence: str, understood: bool) -> None:
    assert stands_alone(sentence, HEADLINE) == understood


def test_what_happened_is_what_the_headline_tells() -> None:
    assert tells_what_happened("The bank of the harbour lowered its key rate on Monday.", HEADLINE)
    assert not tells_what_happened("No oil has leaked and the 26 crew are safe, the authority said.", HEADLINE)
    assert not tells_what_happened("The bank had spoken of its key rate before.", HEADLINE)
