"""What a source denies and a sentence states, and the many ways in which both deny the same."""

import pytest
from newsroom.review.negation import denies, negation_turned

MONEY = "Cash covers four quarters. Management said that it did not need to raise money before the autumn."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Management said that it did not, the paper reports, need to raise money before the autumn.", MONEY),
        ("It did not need, the paper reports, to raise money before the autumn.", MONEY),
        ("There is no need to raise money before the autumn.", MONEY),
        ("Before the autumn, money need not be raised.", MONEY),
        ("The bank would not comment on the matter.", "The bank declined to comment on the matter."),
        ("The offer was turned down by the union.", "The union rejected the offer."),
        ("Drivers no longer have accident cover.", "Accident cover had been withdrawn from drivers."),
        ("Too little of the flow was treated.", "Not enough of the flow was treated."),
        ("The warnings left dealers unimpressed.", "The warnings have not shaken dealers."),
        ("Not only the bank but also its owner was fined.", "The bank and its owner were fined."),
        ("Without a permit, no ship may sail.", "No ship may sail unless it has a permit."),
        ("The plan will hardly recover before May.", "The plan is unlikely to recover before May."),
        ("Pilots are spared.", "No pilots are affected."),
        ("The regulator has yet to be notified of the sale.", "The regulator has not yet been notified of the sale."),
        ("A cut in the rate is more likely than not.", "There is a better-than-even chance of a cut in the rate."),
        ("The cable is not to be shut down before 2040.", "The cable stays in service until at least 2040."),
        (
            "Analysts expected the cut, but the dissent was a surprise.",
            "Analysts expected the cut, though not the dissent.",
        ),
    ],
)
def test_both_deny_the_same(text: str, source: str) -> None:
    assert negation_turned(text, source) == ""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Management said that it needed to raise money before the autumn.", MONEY),
        ("The cables will be switched off and replaced.", "The cables will be switched off and not replaced."),
        ("The bank commented on the matter.", "The bank declined to comment on the matter."),
        ("The ship has not sailed from Lagos.", "The ship has sailed from Lagos."),
        ("The regulator was notified of the sale.", "The regulator has yet to be notified of the sale."),
        ("A salvage master at a yard is involved.", "A salvage master at a yard, who is not involved, spoke."),
        ("Analysts had expected the dissent.", "Analysts had expected the cut, though not the dissent."),
        (
            "The charge does not include compensation to suppliers.",
            "The charge includes compensation to suppliers, he said, without giving the split.",
        ),
    ],
)
def test_what_is_turned_is_found(text: str, source: str) -> None:
    assert negation_turned(text, source)


def test_a_fall_to_a_figure_denies_nothing() -> None:
    assert not denies("Cash declined to 88 million.")
    assert not denies("Deposits not tied to shares grew.")
    assert denies("It did not need money.")
