"""What the fast readers find, beside feedparser; and what no document brings them to."""

import json
import random
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom.errors import FeedUnreadable
from newsroom.wire import feed_repair
from newsroom.wire.feed_document import FeedDocument, read_feed

from tests.benchmarks.feeds import FIELDS, agreement, documents, same_fields, theirs
from tests.wire.test_feed_formats import DOCUMENTS, atom, rss

URL = "https://feeds.example/news/rss.xml"
FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["feeds"]
BODIES = [document.encode() for document, _meant in DOCUMENTS.values()]


def test_it_agrees_with_feedparser_on_recorded_feeds(shared_data: Path) -> None:
    found = agreement(shared_data / "feeds")
    assert found["entries"] > 4_000
    for field in FIELDS:
        assert found[field] >= FLOORS[field], field


def test_no_recorded_feed_needs_the_slow_reader(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.wire.feed_repair.confined", None)
    for body in documents(shared_data / "feeds").values():
        _read_or_refused(body)


words = st.text(st.sampled_from("abcdeé ÜЖ株&'\"-–,.%$€"), min_size=1, max_size=40).filter(str.strip)
addresses = st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9/._~-]{0,20}(\?[a-z]=[a-z0-9]&b=[0-9])?", fullmatch=True)
moments = st.builds(
    lambda seconds, minutes: datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes))),
    st.integers(820_500_000, 2_051_000_000),
    st.integers(-720, 840),
)


@st.composite
def items(draw: st.DrawFn) -> str:
    title, link, at = draw(words), draw(addresses), draw(moments)
    shown = draw(
        st.sampled_from([escape(title), f"<![CDATA[{escape(title)}]]>", f"<![CDATA[<b>{escape(title)}</b>]]>"])
    )
    html = shown if "[" in shown else escape(shown)
    documents = (
        rss(f"<title>{shown}</title><link>{escape(link)}</link><pubDate>{format_datetime(at)}</pubDate>"),
        rss(f"<pubDate>{at.isoformat()}</pubDate><guid>{escape(link)}</guid><title>{shown}</title>"),
        atom(f'<title type="html">{html}</title><link href="{escape(link)}"/><updated>{at.isoformat()}</updated>'),
    )
    return draw(st.sampled_from(documents))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(items())
def test_it_agrees_with_feedparser_on_documents_made_up(document: str) -> None:
    (entry,) = read_feed(document.encode(), URL).entries
    (expected,) = theirs(document.encode()).entries
    assert same_fields(entry, expected) == dict.fromkeys(FIELDS, True)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    body = draw(st.sampled_from(BODIES))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(body)))
        piece = draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from([b"<", b"&", b"&#xD800;", b"]]>", b"<![CDATA[", b"<item>", b"</x>", b"\0", b"{"]),
            )
        )
        body = body[:place] + piece + body[place + draw(st.integers(0, 8)) :]
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=damaged(), content_type=st.sampled_from(["", "text/xml; charset=koi8-r", "application/rss+xml"]))
def test_a_damaged_document_is_read_or_refused(body: bytes, content_type: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """feedparser, which may raise what it likes where it works, is left out."""
    monkeypatch.setattr(feed_repair, "repair_feed", _nobody)
    _read_or_refused(body, content_type=content_type)


@pytest.mark.soak
@settings(max_examples=100, deadline=None)
@given(damaged())
def test_a_damaged_document_is_read_or_refused_by_feedparser_too(body: bytes) -> None:
    _read_or_refused(body)


@pytest.mark.soak
def test_a_damaged_recorded_feed_is_read_or_refused(shared_data: Path) -> None:
    chance = random.Random(1996)
    for body in documents(shared_data / "feeds").values():
        for _ in range(3):
            place, size = chance.randrange(len(body) + 1), chance.randrange(200)
            _read_or_refused(body[:place] + chance.randbytes(chance.randrange(4)) + body[place + size :])


def _read_or_refused(body: bytes, **options: Any) -> None:
    try:
        feed = read_feed(body, URL, **options)
    except FeedUnreadable as refused:
        assert str(refused)  # noqa: PT017  (either way is right; nothing else is)
        return
    assert isinstance(feed, FeedDocument)
    for entry in feed.entries:
        assert entry.link.startswith(("http://", "https://")) or entry.link == ""
        assert not set(entry.title + entry.author + entry.source + entry.id) & set("\n\t\0\u202e\u200b")


def _nobody(_text: str, url: str) -> None:
    raise FeedUnreadable("left to feedparser", about=url)
