from itertools import combinations

import pytest
from newsroom.stories.disagreement import disagreements
from newsroom.stories.quantities import measures, quantities

from tests.stories.story_values import an_article


def read(text: str, title: str = "Prices in Norland"):
    return quantities(an_article(title, text))


def told(*texts: str, minutes: float = 5):
    """Disagreements among reports of as many outlets, each an origin of its own."""
    articles = [
        an_article("Prices in Norland", text, publisher=f"paper-{n}", minutes=n * minutes, one=f"a{n}")
        for n, text in enumerate(texts)
    ]
    return disagreements(articles, {article.id: article.id for article in articles})


RATE = "Norland's inflation rate {} in October, the statistics office said on Monday."


def test_a_quantity_is_read_with_measure_subject_period_unit_and_place():
    article = an_article("Prices", "Consumer prices in Norland rose 3.1 percent in October. Shares rose 2 percent.")
    (found,) = quantities(article)
    assert (found.measure, found.unit, str(found.value), found.periods) == (
        "inflation",
        "percent",
        "3.1",
        frozenset({"october"}),
    )
    assert "norland" in found.subjects
    assert found.figure.of(article.evidence) == "3.1 percent"
    assert found.sentence.of(article.evidence).startswith("Consumer prices in Norland")


@pytest.mark.parametrize(
    "text",
    [
        "Economists had expected inflation of 3.4 percent.",
        "Inflation fell from 3.4 percent.",
        "Inflation may reach 3.4 percent by spring.",
        "Inflation rose by 0.4 percent.",
        "Shares of the company behind the inflation index fell 3.4 percent.",
        "Exports account for 15 percent of gross domestic product, and growth of 15 percent of that is new.",
        "Sales were 4 percent below those of a year ago.",
        "The tariff talks resume in 12 days.",
    ],
)
def test_what_was_expected_or_earlier_or_is_a_move_is_no_level(text):
    assert read(text) == []


def test_two_values_of_two_origins_are_one_disagreement_with_both_spans():
    first, second = RATE.format("rose to 3.1 percent"), RATE.format("stood at 3.4 percent")
    (found,) = told(first, second)
    assert found.name == "inflation"
    assert [position.quantity.text for position in found.positions] == ["3.1 percent", "3.4 percent"]
    assert [position.origin for position in found.positions] == ["a0", "a1"]


def test_a_third_report_stands_beside_the_side_that_it_supports():
    values = ("rose to 3.1 percent", "stood at 3.4 percent", "was 3.1%")
    (found,) = told(*map(RATE.format, values))
    assert [str(position.quantity.value) for position in found.positions] == ["3.1", "3.4", "3.1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose to 3.1 percent", "rose to 3.1 percent"),
        ("rose to 3.14 percent", "rose to 3.1 percent"),
        ("rose to about 3 percent", "rose to 3.1 percent"),
        ("rose to more than 3 percent", "rose to 3.4 percent"),
        ("rose to 3.1 percent", "rose to 31 percent"),
    ],
    ids=("equal", "rounded", "about", "a limit", "a slip of the pen"),
)
def test_rounding_and_limits_are_no_dispute(one, other):
    assert told(RATE.format(one), RATE.format(other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Norland's inflation rate rose to 3.1 percent in October.",
            "Sudland's inflation rate rose to 3.4 percent in October.",
        ),
        (
            "Norland's inflation rate rose to 3.1 percent in October.",
            "Norland's inflation rate rose to 3.4 percent in September.",
        ),
        (
            "Norland's inflation rate rose to 3.1 percent in October.",
            "Norland's core inflation rate rose to 3.4 percent in October.",
        ),
        (
            "Norland's inflation rate rose to 3.1 percent in October.",
            "Norland's inflation rate rose to 3.4 percent month on month in October.",
        ),
        (
            "Heliograph's net profit rose to $3.1 billion in the quarter.",
            "Heliograph's net profit rose to €3.4 billion in the quarter.",
        ),
        (
            "Heliograph's net profit rose to $3.1 billion in the quarter.",
            "Heliograph's operating profit rose to $3.4 billion in the quarter.",
        ),
        (
            "France's inflation rate rose to 3.1 percent in October.",
            "Germany's inflation rate rose to 3.4 percent in October.",
        ),
        (
            "French inflation rose to 3.1 percent in October, data showed.",
            "German inflation rose to 3.4 percent in October, data showed.",
        ),
    ],
    ids=("place", "period", "kind", "basis", "currency", "measure", "country", "adjective"),
)
def test_another_quantity_is_no_dispute(one, other):
    assert told(one, other) == []


def test_who_knows_the_other_value_tells_of_both():
    both = RATE.format("rose to 3.4 percent") + " An earlier estimate had put it at 3.1 percent."
    assert told(RATE.format("rose to 3.1 percent"), both) == []


def test_one_origin_does_not_disagree_with_itself():
    articles = [
        an_article("Prices", RATE.format(f"rose to {value} percent"), f"paper-{value}", one=value)
        for value in ("3.1", "3.4")
    ]
    assert disagreements(articles, {"3.1": "agency:x", "3.4": "agency:x"}) == []


def test_a_publishers_later_figure_replaces_its_earlier_one():
    articles = [
        an_article("Prices", RATE.format("rose to 3.4 percent"), "paper-a", minutes=0, one="a1"),
        an_article("Prices", RATE.format("rose to 3.1 percent"), "paper-a", minutes=30, one="a2"),
        an_article("Prices", RATE.format("stood at 3.1 percent"), "paper-b", minutes=40, one="b"),
    ]
    assert disagreements(articles, {"a1": "a1", "a2": "a2", "b": "b"}) == []


def test_a_toll_that_grows_with_the_hours_is_news_and_no_dispute():
    toll = "The fire at the Norland refinery killed {} people on Monday, the fire service said."
    assert told(toll.format(12), toll.format(15), minutes=300) == []
    assert len(told(toll.format(12), toll.format(15), minutes=30)) == 1


def test_reserved_texts_and_opinions_take_no_part():
    first = an_article("Prices", RATE.format("rose to 3.1 percent"), "a", one="a")
    for fields in ({"reserved": "robots.txt"}, {"kind": "opinion"}):
        other = an_article("Prices", RATE.format("stood at 3.4 percent"), "b", one="b", **fields)
        assert disagreements([first, other], {"a": "a", "b": "b"}) == []


def test_the_order_of_the_articles_plays_no_part():
    texts = [RATE.format(f"rose to {value} percent") for value in ("3.1", "3.4", "3.8")]
    articles = [an_article("Prices", text, f"p{n}", minutes=n, one=f"a{n}") for n, text in enumerate(texts)]
    origins = {article.id: article.id for article in articles}
    assert disagreements(articles, origins) == disagreements(articles[::-1], origins)
    assert len(disagreements(articles, origins)) == 1


def test_no_word_names_two_measures():
    for one, other in combinations(measures().values(), 2):
        assert not {word.lower() for word in one.words} & {word.lower() for word in other.words}
