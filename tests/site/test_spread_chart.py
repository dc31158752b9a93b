"""How a story spread: rows that add up, a line that ends where they do."""

from datetime import timedelta

from newsroom.site.spread_chart import HEIGHT, WIDTH, spread_chart

from tests.fakes.newsroom_values import NOON, a_version
from tests.fakes.sample_house import PLACES


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
    chart = spread_chart(sources, PLACES)
    totals = [row.total for row in chart.rows]
    assert totals == sorted(totals)
    assert totals[-1] == chart.publishers == sum(row.new for row in chart.rows) == 7
    assert sorted(name for row in chart.rows for name in row.publishers) == [f"Paper {n}" for n in range(7)]


def test_one_article_is_one_row() -> None:
    chart = spread_chart(a_version().sources[:1], PLACES)
    assert [(row.new, row.total) for row in chart.rows] == [(1, 1)]


def test_the_line_stays_within_its_drawing() -> None:
    chart = spread_chart(a_version().sources, PLACES)
    assert len(chart.dots) == 3
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in chart.dots)


def test_the_order_of_sources_changes_nothing() -> None:
    sources = a_version().sources
    assert spread_chart(sources, PLACES) == spread_chart(tuple(reversed(sources)), PLACES)


def test_the_caption_names_tiers_countries_and_who_was_first_with_each_origin() -> None:
    wire, ledger, grid = a_version().sources
    reprint = wire.model_copy(update={"article_id": "r", "publisher_id": "r", "publisher": "Reprint", "country": "JP"})
    chart = spread_chart([wire, reprint, ledger, grid], PLACES)
    assert chart.who == "Tier 1: 2 · Tier 2: 1 · Tier 3: 1 · Germany 2, United Kingdom 1 and Japan 1"
    assert chart.fastest == "Harbour Wire first, Meridian Ledger 2 hours later, Grid & Turbine 2 hours later"
    assert spread_chart([wire, reprint], PLACES).fastest == "", "one origin was not faster than another"


def test_windows_say_their_hours_and_a_day_only_where_it_begins() -> None:
    first = a_version().sources[0]
    at = (NOON, NOON + timedelta(hours=5), NOON + timedelta(hours=11, minutes=50), NOON + timedelta(hours=14))
    sources = [
        first.model_copy(update={"article_id": f"a{n}", "publisher_id": f"p{n}", "published_at": one})
        for n, one in enumerate(at)
    ]
    rows = spread_chart(sources, PLACES).rows
    assert [(row.day, row.hours) for row in rows] == [
        ("23 November 2026", "12:00 – 14:00"),
        ("", "16:00 – 18:00"),
        ("", "22:00 – 24 Nov, 00:00"),
        ("24 November 2026", "from 02:00"),
    ]
