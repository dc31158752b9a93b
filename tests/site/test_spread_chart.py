"""How a story spread: rows that add up, a line that ends where they do."""

from datetime import timedelta

from newsroom.site.spread_chart import HEIGHT, WIDTH, spread_chart

from tests.fakes.newsroom_values import NOON, a_version


def test_the_running_total_never_falls_and_ends_with_all_publishers() -> None:
    source = a_version().sources[0]
    sources = [
        source.model_copy(
            update={
                "article_id": f"a{n}",
                "publisher_id": f"p{n % 7}",
                "publisher": f"Paper {n % 7}",
                "published_at": NOON + timedelta(minutes=17 * n * n),
            }
        )
        for n in range(13)
    ]
    chart = spread_chart(sources)
    totals = [row.total for row in chart.rows]
    assert totals == sorted(totals)
    assert totals[-1] == chart.publishers == sum(row.new for row in chart.rows) == 7
    assert sorted(name for row in chart.rows for name in row.publishers) == [f"Paper {n}" for n in range(7)]


def test_one_article_is_one_row() -> None:
    chart = spread_chart(a_version().sources[:1])
    assert [(row.new, row.total) for row in chart.rows] == [(1, 1)]


def test_the_line_stays_within_its_drawing() -> None:
    chart = spread_chart(a_version().sources)
    assert len(chart.dots) == 3
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in chart.dots)


def test_the_order_of_sources_changes_nothing() -> None:
    sources = a_version().sources
    assert spread_chart(sources) == spread_chart(tuple(reversed(sources)))
