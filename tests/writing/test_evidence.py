"""Sentences of market prose, and quotations found where they stand."""

import pytest
from newsroom.writing.evidence import locate, sentences


@pytest.mark.parametrize(
    "expected",
    [
        ["Shares of Acme Inc. rose 3.1% to $4.20.", "The index fell."],
        ["Sales in the U.S. grew 2.3 per cent.", "Mr. Smith said so."],
        ["It trades in the U.S.", "The index fell."],
        ["No. 5 was “fine.”", "He left!", "J. P. Morgan Co. said so on Jan. 5."],
        ["Growth was 2.3 per cent vs. 1.2 per cent.", "“Really?” she asked.", "It was."],
        ["Trading starts at 9.30 a.m. London time.", "It ends at 4.30 p.m.", "The rest follows."],
        ["物価は3.1%上昇した。", "日銀は据え置いた。"],
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_one_ends(expected: list[str]) -> None:
    text = " ".join(expected) if expected[0].isascii() or "“" in expected[0] else "".join(expected)
    assert [one.of(text) for one in sentences(text)] == expected


def test_a_line_break_always_ends_a_sentence_and_offsets_count_in_the_whole() -> None:
    text = "First line without a stop\n\n  Second one."
    assert [(one.start, one.of(text)) for one in sentences(text)] == [
        (0, "First line without a stop"),
        (29, "Second one."),
    ]


def test_two_paragraphs_that_extraction_ran_together_are_parted() -> None:
    assert len(sentences("Prices fell in London.No wonder.")) == 2


@pytest.mark.parametrize(
    "quote",
    ["profit rose 3.1%", "the “worst”  is\nover", "the 'worst' is over", "well-known", "well–known"],
)
def test_a_quotation_is_found_whatever_its_white_space_quotation_marks_and_dashes(quote: str) -> None:
    evidence = 'Its profit rose 3.1%, and the "worst" is\u00a0over, said the well\u2010known firm.'
    found = locate(quote, evidence)
    assert found
    assert found.of(evidence)[0] in 'pt"w'


@pytest.mark.parametrize("quote", ["profit rose 3.2%", "Profit rose", "", "   ", "the best is over"])
def test_another_letter_figure_or_case_is_not_found(quote: str) -> None:
    assert locate(quote, "Its profit rose 3.1%, and the worst is over.") is None


def test_the_stretch_of_a_loose_match_covers_exactly_the_evidence_s_own_characters() -> None:
    evidence = "He said:\u00a0 “No   comment” again."
    found = locate("'No comment'", evidence)
    assert found
    assert found.of(evidence) == "“No   comment”"
