"""How many origins give a figure alike."""

from newsroom.articles.article import Article
from newsroom.stories.agreement import Agreed, agreed
from newsroom.writing.draft import digest

from tests.fakes.press import an_article

FIRST = "Consumer price inflation in Norland rose to {value} percent in October, officials said. Rents went up."
SECOND = "Officials said that inflation in Norland stood at {value} percent in October. Bond traders were calm."


def reports(one: str = "3.1", two: str = "3.1", **more: str) -> tuple[Article, ...]:
    return (
        an_article("a-1", "harbour-wire", "Norland inflation at a high", FIRST.format(value=one), 3),
        an_article("b-1", "meridian-ledger", "Prices in Norland", SECOND.format(value=two), 2, **more),
        an_article("c-1", "fjord-gazette", "Norland waits", "The bank of Norland has said nothing yet.", 1),
    )


def found(*articles: Article, headline: str = "", origins: dict[str, str] | None = None) -> tuple[Agreed, ...]:
    return agreed(articles, origins or {one.id: one.publisher_id for one in articles}, headline)


def test_two_of_three_origins_give_a_figure_each_with_its_place() -> None:
    articles = reports()
    (one,) = found(*articles)
    assert (one.name, one.value, len(one.spans), one.compared) == ("inflation", "3.1 percent", 2, 3)
    for span, article in zip(one.spans, articles, strict=False):
        assert article.evidence[span.start : span.end] == "3.1 percent"
        assert digest("3.1 percent") == span.sha256


def test_a_figure_that_somebody_gives_otherwise_is_disputed_and_not_listed() -> None:
    assert found(*reports(two="3.4")) == ()
    assert found(*reports(two="3.4"), headline="Norland inflation rises to 3.1%") == ()


def test_one_origin_agrees_with_nobody_however_many_carry_it() -> None:
    assert found(*reports(), origins=dict.fromkeys(("a-1", "b-1", "c-1"), "agency:one")) == ()


def test_what_may_not_be_read_or_is_in_another_language_is_not_compared() -> None:
    assert found(*reports(reserved="robots.txt")) == ()
    assert found(*reports(language="de")) == ()
    assert found(*reports(kind="opinion")) == ()


def test_a_figure_of_the_headline_counts_where_a_sentence_is_about_its_matter() -> None:
    deal = "Castellane pays $18.6 billion for Brightwater. The boards of both have agreed to the terms."
    price = "At $18.6 billion with debt, Brightwater costs Castellane nine times its profit."
    aside = "A bank in Norland lost $18.6 billion to fraud. Nobody has been charged so far."
    articles = (
        an_article("a-1", "harbour-wire", "A deal", deal, 3),
        an_article("b-1", "meridian-ledger", "Its price", price, 2),
        an_article("c-1", "fjord-gazette", "Fraud", aside, 1),
    )
    (one,) = found(*articles, headline="Castellane buys Brightwater for $18.6 billion")
    assert (one.name, one.value, len(one.spans), one.compared) == ("", "$18.6 billion", 2, 3)
    assert found(*articles, headline="Castellane buys two of Brightwater's 3 ten-year plants") == ()
