"""Facts that a page states in its markup: who signs, who pays, when the event is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from newsroom.wire.page import read_page
from newsroom.wire.page_reading import Page

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
URL = "https://www.port.example/oil"
BODY = "<p>Brent crude fell 3 per cent on Monday after producers agreed to raise output, the ministry said.</p>" * 4


def read(body: str = "", head: str = "") -> Page:
    document = f"<html lang=en><head><title>Oil falls</title>{head}</head><body>{body}<div>{BODY}</div></body></html>"
    return read_page(document.encode(), URL, now=NOW, dated_by_feed=True)


def linked(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


@pytest.mark.parametrize(
    ("markup", "byline"),
    [
        ("<p class=byline>By <a href=/a>The oil desk</a> and <a href=/b>The shipping desk</a></p>",
         "The oil desk, The shipping desk"),
        ("<p class='byline'>By The oil desk · Port News · 23 November 2026</p>", "The oil desk"),
        ("<p class=author>The oil desk | desk@port.example</p>", "The oil desk"),
        ("<span itemprop=author itemscope><b itemprop=name>The oil desk</b><i>in the north</i></span>", "The oil desk"),
        ("<a rel=author href=/desk>The oil desk</a>", "The oil desk"),
        ("<p class=author>See full bio</p>", ""),
        ("<p class=byline>Posted 23 November</p>", ""),
    ],
)  # fmt: skip
def test_a_byline_is_names_alone(markup: str, byline: str) -> None:
    assert read(markup).byline == byline


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", linked({"@type": "BusinessEvent", "startDate": "2027-03-03T10:00:00+01:00"})),
        ("", linked({"@type": "NewsArticle", "about": {"@type": "Event", "startDate": "2027-03-03T09:00Z"}})),
        ("", linked({"@graph": [{"@type": "WebSite"}, {"@type": ["Event"], "startDate": ["2027-03-03T09:00Z"]}]})),
        ("<p>On <time itemprop=startDate datetime=2027-03-03T09:00Z>Wednesday</time></p>", ""),
        ("<div><meta itemprop=startDate content='2027-03-03T09:00:00Z'></div>", ""),
    ],
)
def test_the_event_is_dated_where_the_markup_says_when(body: str, head: str) -> None:
    assert read(body, head).event_at == datetime(2027, 3, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        linked({"@type": "NewsArticle", "datePublished": "2026-11-23T09:00Z"}),
        linked({"@type": "Event", "startDate": "2027-03-03"}, {"@type": "Event", "startDate": "2027-03-10"}),
        linked({"@type": "PublicationEvent", "startDate": "2027-03-03"}),
        linked({"@type": "Event", "startDate": (NOW + timedelta(days=4000)).isoformat()}),
        linked({"@type": "Event", "startDate": "soon"}),
    ],
)
def test_an_event_without_one_clear_date_has_none(head: str) -> None:
    assert read(head=head).event_at is None


@pytest.mark.parametrize(
    "stated",
    [
        {"isAccessibleForFree": "False"},
        {"isAccessibleForFree": "http://schema.org/False"},
        {"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"}},
        {"hasPart": [{"isAccessibleForFree": True}, {"isAccessibleForFree": "false"}]},
    ],
)
def test_what_costs_money_is_a_paywall_by_its_publishers_word(stated: dict[str, object]) -> None:
    assert read(head=linked({"@type": "NewsArticle"} | stated)).thin == "paywall"
    assert read(head=linked({"@type": "NewsArticle", "isAccessibleForFree": True, "hasPart": "x"})).thin == ""
