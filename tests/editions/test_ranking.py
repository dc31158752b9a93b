"""What leads: grave, widely reported, by trusted voices; then fresh. Never by the clock."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from newsroom.editions import ranking
from newsroom.stories.occasion import Occasion
from newsroom.stories.version import Head

from tests.fakes.newsroom_values import NOON, a_version


def a_head(place: int, **changes: Any) -> Head:
    return a_version().head.model_copy(update={"story_id": f"s{place}"} | changes)


def test_the_weights_of_the_published_formula_sum_to_one() -> None:
    weights = ranking.rules().weights
    assert weights.severity + weights.breadth + weights.standing == pytest.approx(1)


@pytest.mark.parametrize(
    ("grave", "light"),
    [
        ("State defaults on its bonds", "Central bank holds key rate"),
        ("Central bank holds key rate", "Kestrel Air agrees takeover of rival"),
        ("Kestrel Air agrees takeover of rival", "Kestrel Air raises its dividend"),
        ("Kestrel Air raises its dividend", "Kestrel Air paints its hangar"),
    ],
)
def test_a_graver_word_weighs_more(grave: str, light: str) -> None:
    tiers = {1: 1}
    assert ranking.read(grave, "", tiers).importance() > ranking.read(light, "", tiers).importance()


def test_words_count_whole() -> None:
    assert ranking.read("Warsaw exchange opens", "", {1: 1}).word == ""
    assert ranking.read("War closes the strait", "", {1: 1}).word == "war"


def test_more_origins_and_better_ones_weigh_more_up_to_a_limit() -> None:
    readings = [ranking.read("Output", "", {1: 0, 2: number, 3: 0}).importance() for number in (1, 3, 6, 12)]
    assert readings[0] < readings[1] < readings[2] == readings[3]
    assert ranking.read("Output", "", {1: 1}).importance() > ranking.read("Output", "", {3: 1}).importance()


def test_importance_lies_between_zero_and_a_hundred() -> None:
    assert 0 <= ranking.read("", "", {}).importance() <= ranking.read("War", "", {1: 9}).importance() == 100


def test_a_story_halves_with_every_half_life_behind_the_newest() -> None:
    hours = ranking.rules().recency.half_life_hours
    old = a_head(1, importance=80.0, newest_source_at=NOON - timedelta(hours=hours))
    assert ranking.prominence(old, NOON) == pytest.approx(40)


@pytest.mark.parametrize("occasion", ["preview", "explainer", "roundup", "anniversary"])
def test_what_is_no_news_does_not_lead(occasion: str) -> None:
    grave = a_head(1, importance=100.0, occasion=occasion)
    light = a_head(2, importance=62.0)
    assert ranking.front_page([grave, light])[0] == light
    assert occasion in ranking.why(grave, NOON)


def test_an_old_event_in_a_new_article_does_not_lead() -> None:
    reported = NOON - timedelta(hours=2)
    old = a_head(1, importance=100.0, event_on="2021-03-02", first_reported_at=reported)
    fresh = a_head(2, importance=40.0, event_on=NOON.date().isoformat(), first_reported_at=reported)
    assert ranking.front_page([old, fresh])[0] == fresh
    assert "an event of 2021-03-02" in ranking.why(old, NOON)


def test_every_occasion_has_its_public_factor() -> None:
    assert set(ranking.rules().occasion) == set(get_args(Occasion))
    assert max(ranking.rules().occasion.values()) == ranking.rules().occasion["news"] == 1


def test_the_front_page_depends_on_nothing_but_its_stories() -> None:
    heads = [a_head(n, importance=50.0 + n % 3, newest_source_at=NOON - timedelta(hours=n)) for n in range(9)]
    front = ranking.front_page(heads)
    assert ranking.front_page(list(reversed(heads))) == front
    later = timedelta(days=400)
    moved = [h.model_copy(update={"newest_source_at": h.newest_source_at + later}) for h in heads]
    assert [h.story_id for h in ranking.front_page(moved)] == [h.story_id for h in front]


def test_it_is_said_why_a_story_stands_where_it_stands() -> None:
    head = a_head(
        1, headline="Central bank holds key rate", standfirst="", importance=78.0, origins=3, tiers={1: 1, 2: 2, 3: 0}
    )
    assert ranking.why(head, head.newest_source_at) == "Importance 78: “key rate”, 3 origins, tier 1"
    assert ranking.why(head, head.newest_source_at + timedelta(hours=5)).endswith("; 5 h behind the newest")
