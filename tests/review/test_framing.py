"""Whose report a sentence is, said anywhere in it, is no part of what its source must say."""

import pytest
from newsroom.review.framing import without_framing
from newsroom.review.support import support
from newsroom.writing.draft import Claim

from tests.evaluation.claims import span_of, submission
from tests.evaluation.sample_stories import events

TOLD = events()["brightwater-takeover"]
WORDS = "The boards of both companies have approved the terms"


def claim(text: str, words: str = WORDS, claim_id: str = "body-1-1") -> Claim:
    return Claim(id=claim_id, kind="fact", text=text, spans=(span_of(TOLD, words),))


@pytest.mark.parametrize(
    "text",
    [
        "The boards of both companies have approved the terms, {name} reports.",
        "The boards of both companies, {name} reports, have approved the terms.",
        "According to {name}, the boards of both companies have approved the terms.",
        "The boards of both companies have approved the terms, according to {name}.",
        "{name} reported that the boards of both companies have approved the terms.",
    ],
)
def test_an_attribution_to_the_cited_publisher_is_taken_out_wherever_it_stands(text: str) -> None:
    bare = claim(text)
    draft = submission(TOLD, (bare,))
    name = draft.name(draft.articles[bare.spans[0].article_id])
    told = claim(text.format(name=name))
    asked = submission(TOLD, (told,))
    assert without_framing(told, asked).lower() == "the boards of both companies have approved the terms."
    assert not [found for found in support(asked) if found.claim_id == told.id]


def test_an_attribution_to_somebody_else_stays() -> None:
    told = claim("The boards of both companies have approved the terms, Reuters reports.")
    assert without_framing(told, submission(TOLD, (told,))) == told.text


def test_a_last_line_s_watch_is_no_word_of_the_news() -> None:
    told = claim("Watch: The boards of both companies have approved the terms.", claim_id="tldr-3")
    assert without_framing(told, submission(TOLD, (told,))) == "The boards of both companies have approved the terms."


def test_a_publisher_that_is_part_of_the_news_keeps_its_name() -> None:
    polled = events()["ottawa-rate-decision"]
    words = "Twenty-six of 29 analysts polled by Harbour Wire had predicted the move"
    told = Claim(id="body-1-1", kind="fact", text=f"{words}, Harbour Wire reports.", spans=(span_of(polled, words),))
    asked = submission(polled, (told,))
    assert without_framing(told, asked) == f"{words}."
    assert not [found for found in support(asked) if found.claim_id == told.id]
