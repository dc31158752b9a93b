"""Words of the day: telling where their headlines agree otherwise, commonplace where they do not."""

import math

import pytest
from newsroom.stories.background import background
from newsroom.stories.commonplace import ASKED, HEAVIEST, LIGHTEST, as_today, telling_today, weighed
from newsroom.stories.grouping import read

from tests.stories.story_values import an_article


def a_headline(*terms: str) -> dict[str, float]:
    """A vector of length 1 of equal weights."""
    return dict.fromkeys(terms, 1 / math.sqrt(len(terms)))


def test_a_word_whose_headlines_share_nothing_else_is_made_lighter():
    times = telling_today(a_headline("javoria", f"one{n}", f"two{n}") for n in range(20))
    assert LIGHTEST <= times["javoria"] < 0.5


def test_a_word_whose_headlines_share_other_words_is_made_heavier():
    times = telling_today(a_headline("velmont", "recall", f"one{n}") for n in range(20))
    assert 1.5 < times["velmont"] <= HEAVIEST


def test_what_two_headlines_share_is_hardly_weighed_otherwise():
    times = telling_today([a_headline("javoria", "fire"), a_headline("javoria", "visit")])
    assert times == {"javoria": pytest.approx(1.0, abs=0.05)}


def test_a_flood_of_one_headline_counts_once():
    flood = [a_headline("velmont", "recall", "brakes")] * 50
    assert telling_today(flood) == {}
    others = [a_headline("velmont", f"one{n}") for n in range(3)]
    assert telling_today([*flood, *others]) == telling_today([flood[0], *others])


def test_the_order_of_headlines_has_no_say_however_many_they_are():
    headlines = [a_headline("javoria", f"one{n % 7}", f"two{n}") for n in range(2 * ASKED)]
    assert telling_today(headlines) == telling_today(reversed(headlines))


def test_a_weighed_vector_has_length_one_and_its_heaviest_term_first():
    terms = weighed(a_headline("javoria", "recall", "velmont"), {"javoria": 0.3, "velmont": 1.7}, 1.0)
    assert list(terms) == ["velmont", "recall", "javoria"]
    assert math.fsum(weight**2 for weight in terms.values()) == pytest.approx(1)


def test_a_full_text_keeps_its_weights_and_a_headline_does_not():
    text = " ".join(f"word{n}" for n in range(200))
    articles = [an_article(f"Javoria {word} talks", one=word) for word in ("fishing", "budget", "border", "opera")]
    readings = read([*articles, an_article("Javoria holiday plans", text, one="text")], {}, background())
    after = {one.article.id: one for one in as_today(readings)}
    before = {one.article.id: one for one in readings}
    assert after["text"].signals.terms == before["text"].signals.terms
    assert after["opera"].signals.terms != before["opera"].signals.terms
    assert dict(after["opera"].member.terms)["javoria"] == pytest.approx(
        after["opera"].signals.terms["javoria"], abs=1e-3
    )
