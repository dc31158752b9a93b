"""Edited and withdrawn articles: a feed hints, the page is asked, the archive keeps every revision."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from newsroom.articles.article import Article
from newsroom.errors import PublisherUnreachable
from newsroom.publishers.collecting import Collected, collect
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.rereading import WITHDRAWN, revision
from newsroom.wire.fetch import Fetched

from tests.fakes.archive import FakeArchive
from tests.fakes.open_web import FakeWeb

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
FEED = "https://port.example/rss"
PORT = Publisher(
    id="port", name="Port", home="https://port.example/", country="SG", tier=2, reason="Shipping daily", feeds=(FEED,)
)
AGE = {"oil": timedelta(hours=1), "tin": timedelta(hours=2), "rates": timedelta(hours=5), "old": timedelta(days=3)}


def address(name: str) -> str:
    return f"https://port.example/news/{name}"


def feed(*names: str, **edited: str) -> str:
    """Entries by name; `edited` gives some another title, and so another look. Guids may be `name@guid`."""
    items = ""
    for given in names:
        name, _, guid = given.partition("@")
        items += (
            f"<item><title>{edited.get(name, name)}</title><link>{address(name)}</link><guid>{guid or name}</guid>"
            f"<pubDate>{format_datetime(NOW - AGE[name])}</pubDate></item>"
        )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Port</title>{items}</channel></rss>"


def page(figure: int) -> str:
    body = "".join(
        f"<p>Paragraph {number}: the port authority said on Monday that freight rates rose by {figure} per cent in a "
        "week, because ships wait longer at the canal and charterers take what they can get.</p>"
        for number in range(4)
    )
    return f"<!doctype html><html lang='en'><head><title>p</title></head><body><article>{body}</article></body></html>"


def web(document: str, **pages: object) -> FakeWeb:
    known = {address(name): page(3) for name in AGE} | {address(name): answer for name, answer in pages.items()}
    return FakeWeb({FEED: document, **known})  # type: ignore[dict-item]


def run(archive: FakeArchive, fetcher: FakeWeb, after: timedelta = timedelta(0), **options: object) -> Collected:
    now = NOW + after
    given = {"limit": 40, **options}
    return collect(PORT, archive=archive, fetcher=fetcher, edition_id=f"{now:%H%M%S}", now=now, **given)  # type: ignore[arg-type]


def article(archive: FakeArchive, name: str) -> Article:
    return next(one for one in archive.all_articles.values() if one.url == address(name))


@pytest.fixture
def archive() -> FakeArchive:
    """Oil, tin and rates were read and grouped."""
    archive = FakeArchive()
    run(archive, web(feed("oil", "tin", "rates", "old")))
    archive.mark_grouped(archive.all_articles)
    return archive


LATER = timedelta(minutes=30)


def test_an_edited_article_gets_a_revision_and_stands_on_the_shelf_again(archive: FakeArchive) -> None:
    first = article(archive, "oil")
    edit = web(feed("oil", "tin", "rates", oil="oil, corrected"), oil=page(7))
    collected = run(archive, edit, LATER)
    now = article(archive, "oil")
    assert (collected.articles_new, collected.articles_revised) == (0, 1)
    assert (now.id, now.revision, now.title) == (first.id, 2, "oil, corrected")
    assert "by 7 per cent" in now.text
    assert now.modified_at == NOW + LATER
    assert archive.article(first.id, 1) == first
    assert [one.id for one in archive.ungrouped_articles()] == [first.id]
    assert [url for url in edit.asked if "/news/" in url] == [address("oil")]
    health = archive.publisher_state("port").health
    assert (health.articles, health.days[-1].revised) == (4, 1)


def test_an_entry_that_looks_as_before_is_not_read_again(archive: FakeArchive) -> None:
    same = web(feed("oil", "tin", "rates"), oil=page(7))
    assert run(archive, same, LATER).articles_revised == 0
    assert same.asked == [FEED]


def test_an_edit_of_nothing_that_matters_makes_no_revision(archive: FakeArchive) -> None:
    archive.all_articles[article(archive, "oil").id] = article(archive, "oil").model_copy(update={"title": "new look"})
    assert run(archive, web(feed("oil", "tin", "rates", oil="new look")), LATER).articles_revised == 0
    assert article(archive, "oil").revision == 1
    assert archive.ungrouped_articles() == []


def test_a_wall_that_went_up_later_takes_nothing_back(archive: FakeArchive) -> None:
    wall = web(feed("oil", "tin", "rates", oil="oil!"), oil=Fetched(address("oil"), 403))
    assert run(archive, wall, LATER).articles_revised == 0
    assert article(archive, "oil").text


def test_a_reservation_that_is_new_leaves_a_link_alone(archive: FakeArchive) -> None:
    head = "<meta name='robots' content='noai'></head>"
    reserved = web(feed("oil", "tin", "rates", oil="oil!"), oil=page(3).replace("</head>", head))
    run(archive, reserved, LATER)
    now = article(archive, "oil")
    assert (now.revision, now.text, now.summary, bool(now.reserved)) == (2, "", "", True)


def test_a_page_that_is_gone_is_withdrawn(archive: FakeArchive) -> None:
    gone = web(feed("oil", "tin", "rates", oil="oil!"), oil=Fetched(address("oil"), 410))
    assert run(archive, gone, LATER).articles_revised == 1
    now = article(archive, "oil")
    assert (now.thin, now.text, now.revision) == (WITHDRAWN, "", 2)
    assert archive.article(now.id, 1).text


def test_an_entry_left_out_of_a_feed_that_shows_older_ones_is_looked_after(archive: FakeArchive) -> None:
    gone = web(feed("oil", "rates"), tin=Fetched(address("tin"), 404))
    assert run(archive, gone, LATER).articles_revised == 1
    assert article(archive, "tin").thin == WITHDRAWN
    still_there = web(feed("rates"))
    assert run(archive, still_there, 2 * LATER).articles_revised == 0
    assert address("oil") in still_there.asked
    assert article(archive, "oil").revision == 1


def test_an_entry_that_has_scrolled_out_of_its_feed_is_let_go(archive: FakeArchive) -> None:
    scrolled = web(feed("oil", "tin"), rates=Fetched(address("rates"), 404))
    assert run(archive, scrolled, LATER).articles_revised == 0
    assert scrolled.asked == [FEED]


def test_pages_are_read_again_less_often_each_time_and_not_for_ever(archive: FakeArchive) -> None:
    asked = 0
    for number in range(1, 4 * 24 * 4):
        always_new = web(feed("oil", "rates", oil=f"oil {number}"), oil=page(number))
        run(archive, always_new, number * timedelta(minutes=15))
        asked += always_new.asked.count(address("oil"))
    assert 4 <= asked <= 9
    assert article(archive, "oil").revision == asked + 1


def test_old_articles_are_left_alone(archive: FakeArchive) -> None:
    old = web(feed("oil", "tin", "rates", "old", old="old!"), old=page(9))
    assert run(archive, old, LATER).articles_revised == 0


def test_a_page_that_does_not_answer_is_tried_another_time(archive: FakeArchive) -> None:
    edit = feed("oil", "tin", "rates", oil="oil!")
    run(archive, web(edit, oil=PublisherUnreachable("no answer")), LATER)
    assert article(archive, "oil").revision == 1
    run(archive, web(edit, oil=page(7)), 2 * LATER)
    assert article(archive, "oil").revision == 2


def test_with_little_time_left_edits_wait(archive: FakeArchive) -> None:
    edit = web(feed("oil", "tin", "rates", oil="oil!"), oil=page(7))
    run(archive, edit, LATER, seconds_left=lambda: 10.0)
    assert edit.asked == [FEED]
    run(archive, edit, 2 * LATER)
    assert article(archive, "oil").revision == 2


def test_a_changed_guid_of_the_same_page_is_the_same_article(archive: FakeArchive) -> None:
    renamed = web(feed("oil@oil-v2", "tin", "rates"))
    collected = run(archive, renamed, LATER)
    assert (collected.articles_new, collected.articles_revised) == (0, 0)
    assert len(archive.all_articles) == 4
    assert archive.publisher_state("port").health.articles == 4


def test_a_changed_guid_with_a_changed_text_is_a_revision(archive: FakeArchive) -> None:
    assert run(archive, web(feed("oil@oil-v2", "tin", "rates"), oil=page(7)), LATER).articles_revised == 1
    assert article(archive, "oil").revision == 2


def test_a_feed_that_moves_keeps_what_is_known_of_its_entries(archive: FakeArchive) -> None:
    moved = "https://feeds.port.example/rss"
    answer = Fetched(moved, 200, {}, feed("oil", "tin", "rates").encode(), moved_to=moved)
    there = FakeWeb({FEED: answer})
    assert run(archive, there, LATER).articles_new == 0
    assert there.asked == [FEED]
    state = archive.publisher_state("port")
    assert state.health.feeds[FEED].moved_to == moved
    assert len(state.seen) == 3


def test_a_revision_keeps_what_a_story_knows_of_the_article() -> None:
    before = Article(id="a1", url="https://port.example/1", title="A", text="one", published_at=NOW, fetched_at=NOW)
    read = before.model_copy(update={"id": "a2", "url": "https://port.example/2", "text": "two", "published_at": None})
    after = revision(before, read)
    assert after is not None
    assert (after.id, after.url, after.published_at, after.revision) == ("a1", before.url, NOW, 2)
