"""Hard pairs: what shares most words and is two events, what shares few and is one."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from newsroom.stories.grouping import group
from newsroom.stories.open_index import OpenIndex

from tests.stories.story_values import an_article

PAIRS = tomllib.loads((Path(__file__).parent / "event_pairs.toml").read_text("utf-8"))


def stories_of(pair: dict[str, Any], in_one_batch: bool) -> int:
    """How many stories a pair makes, when both come at once or one edition after the other."""
    one = an_article(pair["one"], one="a1")
    other = an_article(
        pair["other"], one="a2", minutes=60 * pair.get("hours", 0.25), language=pair.get("language", "en")
    )
    index = OpenIndex()
    for batch in [[one, other]] if in_one_batch else [[one], [other]]:
        group(batch, index, {})
    return len(index.stories)


@pytest.mark.parametrize("in_one_batch", [True, False], ids=["at once", "one after the other"])
@pytest.mark.parametrize("pair", PAIRS["apart"], ids=lambda pair: f"{pair['kind']}: {pair['other'][:40]}")
def test_two_events_that_share_most_words_stay_apart(pair: dict[str, Any], in_one_batch: bool) -> None:
    assert stories_of(pair, in_one_batch) == 2


@pytest.mark.parametrize("in_one_batch", [True, False], ids=["at once", "one after the other"])
@pytest.mark.parametrize("pair", PAIRS["together"], ids=lambda pair: f"{pair['kind']}: {pair['other'][:40]}")
def test_one_event_in_other_words_is_one_story(pair: dict[str, Any], in_one_batch: bool) -> None:
    assert stories_of(pair, in_one_batch) == 1


def test_there_are_forty_pairs_of_each_kind() -> None:
    assert min(len(PAIRS["apart"]), len(PAIRS["together"])) >= 40
