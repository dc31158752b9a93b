import gc
import random
from datetime import timedelta

import pytest
from newsroom.stories.grouping import group
from newsroom.stories.open_index import OpenIndex
from newsroom.stories.placing import FULL

from tests.stories.story_values import NOON, OTHER_RATE_CUT, RATE_CUT, a_publisher, an_article


def stories_of(articles, publishers=None):
    """The titles of each story, as sets."""
    titles = {article.id: article.title for article in articles}
    stories = group(articles, OpenIndex(), publishers or {})
    return {frozenset(titles[member.article_id] for member in story.members) for story in stories}


def are_together(*articles) -> bool:
    return len(group(articles, OpenIndex(), {})) == 1


def test_two_reports_of_one_event_are_one_story_that_says_why():
    articles = [
        an_article("Copper rises as workers strike at Cerro Palido mine"),
        an_article("Strike halts Cerro Palido, sending copper to a record", minutes=30),
        an_article("Tokyo tram operator orders new carriages", minutes=31),
    ]
    stories = group(articles, OpenIndex(), {})
    copper = next(story for story in stories if story.articles == 2)
    opener, joined = copper.members
    assert (opener.similarity, opener.reason) == (1.0, "nothing like it is open")
    assert 0.25 <= joined.similarity < 1
    assert "cerro" in joined.reason
    assert len(stories) == 2


def test_the_nearest_rival_is_kept():
    articles = [
        an_article("Copper rises as workers strike at Cerro Palido mine"),
        an_article("Copper smelter in Halvorsen port resumes", minutes=5),
        an_article("Cerro Palido copper mine strike enters second day", minutes=10),
    ]
    stories = group(articles, OpenIndex(), {})
    joined = next(m for s in stories if s.articles == 2 for m in s.members if m.similarity < 1)
    assert joined.rival in {story.id for story in stories if story.articles == 1}
    assert 0 < joined.rival_similarity < joined.similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            an_article("Bank of Canada cuts rate to 2 per cent", RATE_CUT),
            an_article("Norges Bank cuts rate to 4 per cent", OTHER_RATE_CUT),
        ),
        (
            an_article("ECB raises interest rates by 25 basis points"),
            an_article("Bank of England raises interest rates by 25 basis points"),
        ),
        (
            an_article("Falkenrath third-quarter profit rises 12% on strong demand"),
            an_article("Tsukihara third-quarter profit rises 12% on strong demand"),
        ),
        (
            an_article("Veltrane Life Q1 net profit soars over 19-fold to Rs 55 crore"),
            an_article("Orvando Pharma Q1 net profit soars 26 per cent to Rs 22 crore"),
        ),
        (
            an_article("UK inflation slows to 2.7% as energy prices fall"),
            an_article("India inflation slows to 3.1% as food prices fall"),
        ),
        (
            an_article("Solamar exchange freezes withdrawals after hack"),
            an_article("Five years after Solamar exchange froze withdrawals: an anniversary"),
        ),
        (
            an_article("Davos 2025: leaders meet to discuss growth"),
            an_article("Davos 2026: leaders meet to discuss growth"),
        ),
    ],
    ids=[
        "two central banks, full text",
        "two central banks",
        "two companies",
        "two companies in rupees",
        "two countries",
        "anniversary",
        "years",
    ],
)
def test_events_that_share_most_words_stay_apart(one, other):
    assert not are_together(one, other)


def test_an_event_of_another_week_is_another_story():
    first = an_article("Cerro Palido copper mine workers strike over pay")
    again = an_article("Cerro Palido copper mine workers strike over pay again", minutes=6 * 24 * 60)
    assert not are_together(first, again)


def test_another_language_joins_by_names_and_figures_only():
    english = an_article(
        "Copper gains as Chilean miners walk out at Cerro Palido", "Copper rose 1.9% to $10,940 a tonne."
    )
    spanish = an_article(
        "Trabajadores de Cerro Pálido inician huelga y el cobre sube 1,9%",
        "El cobre subió 1,9% a 10.940 dólares; la mina Cerro Pálido está en Chile.",
        language="es",
        minutes=20,
    )
    unrelated = an_article("Trabajadores inician huelga en el puerto", "El sindicato anunció la huelga.", language="es")
    assert are_together(english, spanish)
    assert not are_together(english, unrelated)


DAY = [
    "Copper rises as workers strike at Cerro Palido mine",
    "Cerro Palido strike halts output, copper at record",
    "Bank of Canada cuts rate to 2 per cent",
    "Canada's central bank lowers rates to 2 per cent, hints at pause",
    "Heliograph faces EU antitrust probe over AI chips",
    "EU opens antitrust investigation into chipmaker Heliograph",
    "Fire shuts Noordhaven refinery in Rotterdam",
    "Rotterdam's Noordhaven refinery closed by fire, diesel jumps",
    "Naira hits five-month high after dollar sale",
    "Nigeria's naira strengthens on central bank dollar sale",
]


def test_the_order_of_the_input_does_not_matter():
    articles = [an_article(title, minutes=5 * place) for place, title in enumerate(DAY)]
    expected = group(articles, OpenIndex(), {})
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert group(shuffled, OpenIndex(), {}) == expected


def test_the_order_of_arrival_does_not_change_who_belongs_together():
    expected = {frozenset(DAY[n : n + 2]) for n in range(0, len(DAY), 2)}
    for seed in range(10):
        times = random.Random(seed).sample(range(60), len(DAY))
        articles = [an_article(title, minutes=at) for title, at in zip(DAY, times, strict=True)]
        assert stories_of(articles) == expected


def test_an_article_that_is_known_keeps_its_story():
    index = OpenIndex()
    articles = [an_article(title, minutes=n) for n, title in enumerate(DAY)]
    first = group(articles, index, {})
    before = index.dump()
    assert group(articles, index, {}) == first
    assert index.dump() == before


def test_articles_in_two_batches_find_their_story():
    index = OpenIndex()
    articles = [an_article(title, minutes=n) for n, title in enumerate(DAY)]
    group(articles[::2], index, {})
    stories = group(articles[1::2], OpenIndex.load(index.dump()), {})
    assert all(story.articles == 2 for story in stories)
    assert len(stories) == 5


def test_the_story_is_named_after_the_article_that_opened_it_whatever_came_later():
    index = OpenIndex()
    first = an_article(DAY[0])
    (story,) = group([first], index, {})
    (grown,) = group([an_article(DAY[1], minutes=3)], index, {})
    assert grown.id == story.id
    assert grown.opened_at == NOON
    assert grown.updated_at == NOON + timedelta(minutes=3)


@pytest.mark.parametrize("title", ["", "…", "\x00", "🙂", "?" * 1000, "the of and"])
def test_garbage_opens_a_story_of_its_own(title):
    articles = [an_article(title, one="a1"), an_article(title, one="a2"), an_article(DAY[0], one="a3")]
    assert len(group(articles, OpenIndex(), {})) == 3


def test_a_flood_of_equal_texts_neither_squares_the_work_nor_grows_one_story_without_end():
    flood = [an_article("Coin to the moon says coin", one=f"a{n:04}", publisher=f"p{n}") for n in range(1000)]
    stories = group(flood, OpenIndex(), {})
    assert max(story.articles for story in stories) == FULL
    assert len(stories) == 3


def test_three_numbers_of_one_agency_story_on_twelve_sites_and_one_original_report():
    piece = "LONDON (Harbour Wire) - Castellane agreed to buy Brightwater LNG for $18.6 billion in cash on Monday. " * 3
    own = (
        "Castellane outlasted two rivals for Brightwater LNG, people in the room said, with $18.6 billion in cash. " * 3
    )
    sites = [
        an_article(f"Castellane to buy Brightwater LNG ({n})", piece, f"site-{n}", minutes=n, one=f"a{n:02}")
        for n in range(12)
    ]
    original = an_article("How Castellane won Brightwater LNG", own, "the-ledger", minutes=60)
    publishers = {
        one.id: one
        for one in (a_publisher("harbour-wire", agency=True), *(a_publisher(f"site-{n}") for n in range(12)))
    }
    (story,) = group([*sites, original], OpenIndex(), publishers)
    assert (story.articles, story.unique, story.origins) == (13, 2, 2)


def test_a_link_without_text_counts_as_the_text_that_has_its_headline():
    text = "Castellane agreed to buy Brightwater LNG for $18.6 billion in cash on Monday, both companies said. " * 3
    full = an_article("Castellane agrees to buy Brightwater LNG", text, "site-1")
    link = an_article("Castellane agrees to buy Brightwater LNG", "", "site-2", minutes=4, thin="paywall")
    (story,) = group([full, link], OpenIndex(), {})
    assert (story.articles, story.unique) == (2, 1)


def test_a_story_gets_its_facets_from_its_articles():
    articles = [an_article(title, RATE_CUT, minutes=n) for n, title in enumerate(DAY[2:4])]
    (story,) = group(articles, OpenIndex(), {})
    assert (story.country, story.desk) == ("CA", "canada")
    assert "rates" in story.topics


def test_the_search_for_garbage_that_grouping_does_without_would_find_next_to_none():
    group([an_article(title, one=title) for title in DAY], OpenIndex(), {})  # tables are read and kept
    gc.collect()
    gc.disable()
    try:
        group([an_article(f"{title} {n}", one=f"{title} {n}") for title in DAY for n in range(50)], OpenIndex(), {})
        assert not gc.isenabled()
        assert gc.collect() < 50
    finally:
        gc.enable()
    group([an_article(DAY[0])], OpenIndex(), {})
    assert gc.isenabled()
