import tomllib
from importlib.resources import files

import pytest
from newsroom.stories.facets import country_name, desk_of, desks, facets, facets_of, story_facets
from newsroom.stories.words import countries

from tests.stories.story_values import RATE_CUT, a_publisher, an_article


@pytest.mark.parametrize(
    ("title", "text", "country"),
    [
        ("Nickel jumps as Indonesia slashes ore quota", "", "ID"),
        ("Bank holds rates", RATE_CUT, "CA"),
        ("Dutch pension fund puts off switch", "", "NL"),
        ("Nikkei falls most since March", "The yen rose in Tokyo.", "JP"),
        ("European Commission opens case against Heliograph", "", "EU"),
        ("The week ahead: wages and a speech", "Iron ore demand from China is in view.", ""),
        ("It tells us nothing", "", ""),
        ("Golden Heron misses US$38 million coupon", "", ""),
    ],
)
def test_the_country_is_the_one_the_event_is_in(title, text, country):
    assert facets_of(an_article(title, text)).country == country


def test_evidence_stands_in_the_text():
    article = an_article("Copper rises as Chilean miners strike", "Copper rose after the walkout in Chile.")
    found = facets_of(article)
    assert found.topics[:2] == ("commodities", "labour")
    assert {"Chilean", "Chile", "Copper", "strike"} <= set(found.evidence)
    assert all(words in article.evidence for words in found.evidence)


def test_without_a_place_in_the_text_the_publishers_country_is_taken():
    articles = [an_article("Home values rise for a tenth month", publisher="coast-daily")]
    found = facets(articles, {"coast-daily": a_publisher("coast-daily", country="AU")})
    assert (found.country, found.desk) == ("AU", "asia-pacific")


def test_a_piece_that_twelve_sites_carry_has_one_voice():
    carried = [("US", ("energy",), "GB", "one text")] * 12
    others = [("FR", ("deals",), "GB", "second"), ("FR", ("deals",), "GB", "third")]
    assert story_facets([*carried, *others]).country == "FR"


def test_nothing_known_is_the_worlds_desk():
    found = story_facets([("", (), "", "a")])
    assert (found.country, found.desk, found.topics) == ("", "world", ())


def test_every_country_of_the_table_has_a_desk_and_every_desk_known_countries():
    for code in countries():
        assert desk_of(code) != "world", code
        assert desk_of(code.upper()) == desk_of(code)
    listed = [country for desk in desks() for country in desk.countries]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(countries())
    assert [desk.id for desk in desks() if not desk.countries] == ["world"]
    assert country_name("GB") == "United Kingdom"
    assert country_name("XX") == "XX"


def test_no_word_stands_for_two_topics():
    table = tomllib.loads(files("newsroom.stories").joinpath("topics.toml").read_text("utf-8"))
    words = [word.casefold() for names in table.values() for word in names]
    assert sorted({word for word in words if words.count(word) > 1}) == []
