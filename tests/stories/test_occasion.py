import pytest
from newsroom.stories.occasion import occasion_of, occasion_of_story


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Central bank cuts rates to 2.00%", "news"),
        ("Copper rises as Chilean miners strike", "news"),
        ("Five years after Solamar froze withdrawals, its customers have a third back", "anniversary"),
        ("Ten years on, the bank's rescue still divides the town", "anniversary"),
        ("On this day: the exchange closes for four months", "anniversary"),
        ("Zehn Jahre nach der Pleite klagen die Anleger noch", "anniversary"),
        ("Dix ans, 10 ans après la faillite", "anniversary"),
        ("Week ahead: wages and a speech", "preview"),
        ("What to watch when the retailer reports", "preview"),
        ("Earnings preview: chips in focus", "preview"),
        ("Explainer: how the repo market works", "explainer"),
        ("Why the yen keeps falling", "explainer"),
        ("Wie die Zinswende wirkt", "explainer"),
        ("Morning briefing: oil, tariffs and a takeover", "roundup"),
        ("Live updates: markets after the vote", "roundup"),
        ("Firm marks strongest quarter since 2019", "news"),
        ("House prices rise for a tenth month", "news"),
        ("Five-year bond auction draws weak demand", "news"),
        ("Wholesale inflation hits three-year low", "news"),
    ],
)
def test_the_headline_tells_the_occasion(title, expected):
    found = occasion_of(title)
    assert found.occasion == expected
    assert found.words in title
    assert bool(found.words) == (expected != "news")


def test_a_first_sentence_that_looks_back_makes_an_anniversary():
    text = "Ten years ago today the exchange closed its doors for the last time."
    assert occasion_of("The last bell", text).occasion == "anniversary"
    assert occasion_of("Profit rises", "Profit was higher than two years ago, the company said.").occasion == "news"


def test_one_report_beside_an_explainer_is_news_and_reprints_have_one_voice():
    explainer, report = ("Why the yen falls", "", "a"), ("Yen falls to 170", "", "b")
    assert occasion_of_story([explainer, report]) == "news"
    assert occasion_of_story([explainer, ("What is intervention?", "", "c"), report]) == "explainer"
    assert occasion_of_story([explainer] * 12 + [report]) == "news"
    assert occasion_of_story([]) == "news"
