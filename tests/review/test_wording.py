"""Word for word beside a source: what is the same in other words, and what is another thing in the same words."""

import pytest
from newsroom.review.alternatives import exchanged
from newsroom.review.changed_places import another_s_figure, figures_swapped, turned_round
from newsroom.review.deeds import deed_changed, deeds
from newsroom.review.word_places import added_clause, another_word
from newsroom.review.wording import akin, form_of, read

SOURCE = "The retailer's board accepted a return on assets of 6 percent and moved 14 stores from Lyon to Nantes."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bought", "purchase"),
        ("lenders", "bank"),
        ("fell", "tumbled"),
        ("closings", "closed"),
        ("recovery", "recovers"),
        ("workforce", "staff"),
    ],
)
def test_words_that_may_stand_for_one_another_are_akin(one: str, other: str) -> None:
    assert akin(form_of(one), form_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("rise", "fall"), ("buy", "sell"), ("month", "year"), ("insured", "uninsured"), ("best", "worst")],
)
def test_opposites_are_not_akin(one: str, other: str) -> None:
    assert not akin(form_of(one), form_of(other))


def test_a_figure_stays_as_it_is_written_and_percent_is_one_word() -> None:
    assert [word.form for word in read("3.5 per cent of 1,200")] == ["3.5", "percent", "of", "1,200"]


@pytest.mark.parametrize(
    "text",
    [
        "The retailer's board accepted a return on equity of 6 percent.",
        "It moved 14 stores from Nantes to Lyon.",
        "The retailer's board accepted a return on assets of 6 percent and moved 15 stores from Lyon to Nantes.",
    ],
)
def test_another_thing_in_a_word_s_place_is_found(text: str) -> None:
    assert another_word(text, SOURCE) or turned_round(text, SOURCE)


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        "A return on assets of 6% was approved by the board of the retailer.",
        "From Lyon to Nantes the retailer relocated 14 shops.",
    ],
)
def test_the_same_in_other_words_passes(text: str) -> None:
    checks = (another_word, turned_round, deed_changed, added_clause, figures_swapped, another_s_figure)
    assert [check(text, SOURCE) for check in checks] == [""] * len(checks)


def test_two_that_changed_places_are_found() -> None:
    source = "Coal earned more than gas, and the grid paid the miners."
    assert turned_round("Gas earned more than coal.", source)
    assert turned_round("The miners paid the grid.", source)
    assert not turned_round("The miners were paid by the grid.", source)


def test_figures_that_changed_places_are_found() -> None:
    source = "Profit was 68 million euros on sales of 412 million euros."
    assert figures_swapped("Profit was 412 million euros on sales of 68 million euros.", source)
    assert not figures_swapped("On sales of 412 million euros, profit was 68 million euros.", source)


def test_a_figure_in_the_clause_of_another_is_found() -> None:
    source = "Ledgers put the tokens in the wallets at $1.9 billion. The exchange had vouched for $2.7 billion."
    assert another_s_figure("Ledgers put the tokens at $2.7 billion.", source)
    assert not another_s_figure("Ledgers put the tokens at $1.9 billion.", source)


def test_a_clause_of_nobody_s_is_found_and_one_with_a_figure_of_the_source_is_not() -> None:
    source = "Barge rates rose by five euros a tonne, an association said."
    assert added_clause("Barge rates rose, and chemical plants upstream reduced output.", source)
    assert added_clause("Barge rates rose, which will force farmers to pay more.", source)
    assert not added_clause("Barge rates rose, dearer now for everyone by five euros.", source)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The mill was sold.", "done"),
        ("The owner has sold the mill.", "done"),
        ("The owner has been selling the mill.", "done"),
        ("The owner is selling the mill.", "under way"),
        ("The mill will be sold.", "planned"),
        ("The owner plans to sell the mill.", "meant"),
        ("The owner is considering selling the mill.", "meant"),
        ("The mill may be sold.", "possible"),
        ("The owner must sell the mill.", "owed"),
        ("A pact obliges it to sell the mill.", "owed"),
    ],
)
def test_what_becomes_of_a_deed_stands_in_the_words_before_it(text: str, state: str) -> None:
    assert state in {deed.state for deed in deeds(text) if deed.verb == form_of("sell")}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The owner sold the mill.", "The owner plans to sell the mill."),
        ("The mill may be sold.", "The owner has sold the mill."),
        ("The mill will be sold.", "The mill may be sold."),
        ("The owner may sell the mill.", "A court obliges it to sell the mill."),
        ("The owner sells the mill.", "The owner intends to sell the mill."),
    ],
)
def test_a_sentence_makes_no_more_and_no_less_of_a_deed_than_its_source(text: str, source: str) -> None:
    assert deed_changed(text, source)
    assert not deed_changed(source, source)


def test_a_noun_of_general_meaning_may_take_up_whatever_was_said() -> None:
    source = "Durability in hot airports decided the matter."
    assert another_word("Durability in hot airports decided the choice.", source) == ""
    assert another_word("Durability in hot airports decided the auction.", source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Inquiries are under way at three companies.", "Three companies are being investigated over spills."),
        ("A coupon due in October is unpaid.", "It has not paid a coupon due in October."),
        ("Core measures have come down to 2.3%.", "Core measures have eased to 2.3%; fewer items rise faster than 3%."),
    ],
)
def test_an_idiom_is_no_opposite(text: str, source: str) -> None:
    assert exchanged(text, source) == ""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Output ran over the quota.", "Output ran below the quota."),
        ("The cable stays until 2040 at the latest.", "The cable stays until at least 2040."),
        ("The prospect is unlikely.", "The prospect is likely."),
    ],
)
def test_an_opposite_is_found(text: str, source: str) -> None:
    assert exchanged(text, source)
