from datetime import date

import pytest
from newsroom.stories.event_date import dates_in, event_date, is_old

from tests.stories.story_values import NOON, an_article

# NOON is Friday, 20 November 2026.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bank cut its rate on Wednesday.", "2026-11-18"),
        ("The bank cut its rate on Friday.", "2026-11-20"),
        ("The bank cut its rate last Friday.", "2026-11-13"),
        ("The bank cut its rate today.", "2026-11-20"),
        ("The bank cut its rate yesterday.", "2026-11-19"),
        ("The bank cut its rate on 3 November.", "2026-11-03"),
        ("The bank cut its rate on November 3, 2025.", "2025-11-03"),
        ("The bank cut its rate on Dec. 30.", "2025-12-30"),
        ("Five years ago the exchange failed.", "2021"),
        ("The exchange failed ten years ago today.", "2016"),
    ],
)
def test_the_day_of_the_event_is_what_the_first_sentences_say(text, expected):
    article = an_article("Rates", text)
    found = event_date([article])
    assert found is not None
    assert found.on == expected
    assert article.evidence[found.start : found.end] == found.words


@pytest.mark.parametrize(
    "text",
    [
        "The bank will decide on Wednesday.",
        "The offer is open until 3 November.",
        "The next meeting is due on 30 November.",
        "It happened on 31 February.",
        "The bank cut its rate.",
        "Prices rose 3.1 percent from a year ago, and more than two years ago.",
    ],
)
def test_what_is_to_come_or_no_day_is_no_day_of_the_event(text):
    assert dates_in(an_article("Rates", text)) == []
    assert event_date([an_article("Rates", text)]) is None


def test_most_articles_decide_and_the_oldest_gives_its_words():
    articles = [
        an_article("One", "The bank moved on Thursday.", one="a"),
        an_article("Two", "The bank moved on Wednesday.", one="b", minutes=5),
        an_article("Three", "The bank moved on 18 November.", one="c", minutes=9),
    ]
    found = event_date(articles)
    assert found is not None
    assert (found.on, found.article_id, found.words) == ("2026-11-18", "b", "Wednesday")


def test_an_event_is_old_when_it_was_over_for_days_at_its_first_report():
    reported = NOON.date()
    assert is_old("2021", reported)
    assert is_old("2026-11-16", reported)
    assert not is_old("2026-11-17", reported)
    assert not is_old("2026", date(2026, 1, 1))
