"""How a story spread: windows that add up."""

from datetime import timedelta

from newsroom.site.spread import MOST_WINDOWS, spread

from tests.fakes.newsroom_values import NOON, a_version


def test_the_running_total_never_falls_and_ends_with_all_articles() -> None:
    source = a_version().sources[0]
    sources = [
        source.model_copy(update={"article_id": f"a{n}", "published_at": NOON + timedelta(minutes=17 * n * n)})
        for n in range(13)
    ]
    found = spread(sources)
    totals = [window.total for window in found.windows]
    assert totals == sorted(totals)
    assert totals[-1] == 13
    assert sum(window.new for window in found.windows) == 13
    assert len(found.windows) <= MOST_WINDOWS + 1
    assert all(window.start <= window.end - found.step for window in found.windows)
    assert found.publishers == 1


def test_one_article_is_one_window() -> None:
    found = spread(a_version().sources[:1])
    assert [(window.new, window.total) for window in found.windows] == [(1, 1)]


def test_the_order_of_sources_changes_nothing() -> None:
    sources = a_version().sources
    assert spread(sources) == spread(tuple(reversed(sources)))
