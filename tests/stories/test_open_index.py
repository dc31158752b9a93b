import random
from datetime import timedelta

import pytest
from newsroom.errors import BadInput
from newsroom.stories.grouping import group
from newsroom.stories.index_file import FORMAT
from newsroom.stories.open_index import OpenIndex

from tests.stories.story_values import NOON, an_article

TITLES = [
    f"{place} {thing} {verb}"
    for place in ("Oslo", "Lima")
    for thing in ("tram", "bond", "mine")
    for verb in ("sold", "shut")
]


def an_index(titles=TITLES) -> OpenIndex:
    index = OpenIndex()
    for number, title in enumerate(titles):
        group([an_article(title, minutes=number)], index, {})
    return index


def test_an_index_comes_back_from_its_bytes_as_it_was():
    index = an_index()
    again = OpenIndex.load(index.dump())
    assert again.dump() == index.dump()
    assert again.story_of == index.story_of
    question = {"oslo": 0.6, "tram": 0.8}
    at = int(NOON.timestamp())
    near = [[(score, story.id) for score, story in one.nearest(question, at)] for one in (index, again)]
    assert near[0] == near[1] != []


def test_an_empty_index_is_kept_too():
    assert OpenIndex.load(OpenIndex().dump()).stories == {}


def test_equal_content_gives_equal_bytes_whatever_the_order_in_which_it_came_about():
    articles = [
        an_article(title, minutes=200 * number) for number, title in enumerate(["Oslo tram sold", "Lima bond shut"])
    ]
    one, other = OpenIndex(), OpenIndex()
    for article in articles:
        group([article], one, {})
    for article in reversed(articles):
        group([article], other, {})
    assert list(one.stories) != list(other.stories)
    strip = lambda index: {i: [m.article_id for m in s.members] for i, s in index.stories.items()}  # noqa: E731
    assert strip(OpenIndex.load(one.dump())) == strip(OpenIndex.load(other.dump()))


@pytest.mark.parametrize("seed", range(8))
def test_damaged_bytes_are_refused(seed):
    body = bytearray(an_index().dump())
    chance = random.Random(seed)
    place = chance.randrange(len(body))
    body[place] ^= 1 << chance.randrange(8)
    with pytest.raises(BadInput):
        OpenIndex.load(bytes(body))


@pytest.mark.parametrize("body", [b"", b"{}", FORMAT, FORMAT + b"x" * 40, an_index().dump()[:-5]])
def test_what_is_no_index_is_refused(body):
    with pytest.raises(BadInput):
        OpenIndex.load(body)


def test_a_story_that_can_take_no_more_is_closed():
    index = an_index(["Oslo tram sold", "Lima bond shut"])
    index.close_before(NOON + timedelta(seconds=30))
    assert len(index.stories) == len(index.story_of) == 1
    assert len(OpenIndex.load(index.dump()).stories) == 1


def test_a_term_that_every_story_holds_costs_no_more_than_its_share():
    index = an_index([f"Oslo tram number{n} sold" for n in range(300)])
    assert index.nearest({"number7": 0.9, "tram": 0.1}, int(NOON.timestamp()))[0][0] > 0


def test_a_loaded_index_groups_as_the_one_in_memory_did():
    """Nothing is decided by what is still packed: languages, times, and the terms of an article that was alone."""
    first = [
        an_article("Deutsche Bahn Streik Berlin Weselsky 3,1 Prozent", language="de"),
        an_article("Oslo tram depot fire shuts line", minutes=5),
    ]
    then = [
        an_article("Strike at Deutsche Bahn in Berlin: Weselsky wants 3.1 percent", minutes=20),
        an_article("Oslo tram depot fire shuts the whole line", minutes=30),
    ]
    memory = OpenIndex()
    group(first, memory, {})
    loaded = OpenIndex.load(memory.dump())
    assert group(then, memory, {}) == group(then, loaded, {})
    assert memory.dump() == loaded.dump()
    assert len(loaded.stories) == 2
