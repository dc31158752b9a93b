"""What changed between two versions, word for word: nothing is lost, nothing is told that did not change."""

from hypothesis import given
from hypothesis import strategies as st
from newsroom.site.log_pages import history_page
from newsroom.site.rendering import render
from newsroom.site.word_diff import diff_of, words_changed

from tests.fakes.newsroom_values import a_draft, a_version
from tests.fakes.sample_house import HOUSE
from tests.site import reading

SENTENCES = st.lists(st.sampled_from(["rates", "rise", "fall", "by", "2%", "in", "May,", "June."]), max_size=9)


def side(pieces: list[tuple[str, str]], other: str) -> list[str]:
    return "".join(text for kind, text in pieces if kind != other).split()


@given(SENTENCES, SENTENCES)
def test_either_sentence_can_be_read_off_the_pieces(old: list[str], new: list[str]) -> None:
    pieces = [(piece.kind, piece.text) for piece in words_changed(" ".join(old), " ".join(new))]
    assert sorted(side(pieces, "added")) == sorted(old)
    assert side(pieces, "removed") == new


def test_a_changed_figure_is_one_struck_and_one_added_word() -> None:
    (changed,) = diff_of(["Profit rose 3% in May.", "Shares fell."], ["Profit rose 4% in May.", "Shares fell."])
    assert [(piece.kind, piece.text.strip()) for piece in changed.pieces] == [
        ("same", "Profit rose"), ("removed", "3%"), ("added", "4%"), ("same", "in May."),
    ]  # fmt: skip


def test_sentences_that_have_little_in_common_are_told_whole() -> None:
    told = diff_of(["Shares fell in Frankfurt."], ["The regulator will decide in May."])
    assert [[piece.kind for piece in one.pieces] for one in told] == [["added"], ["removed"]]


def test_equal_versions_have_nothing_to_tell() -> None:
    assert diff_of(["One.", "Two."], ["One.", "Two."]) == ()


def test_the_history_shows_the_words_that_changed_and_keeps_every_version() -> None:
    first = a_version()
    headline = first.draft.headline.model_copy(
        update={"text": "Nordlicht Energie will close its Ostholm coal plant by April"}
    )
    second = a_version(draft=a_draft(headline=headline), number=2)
    body = render(history_page([first, second], HOUSE))
    tree = reading.parsed(body)
    paragraph = next(one for one in tree.iter("p") if one.get("class") == "diff")
    assert [(one.tag, one.text) for one in paragraph] == [("del", "March"), ("ins", "April")]
    assert {f"/story/{first.slug}/v/1/", f"/story/{first.slug}/v/2/"} <= reading.internal_links(body)
