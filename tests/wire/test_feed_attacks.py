"""C4: whatever the document, at most 5 seconds and 64 MB more, and the worker lives."""

import os
import resource
import sys
from pathlib import Path

import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import FeedDocument, read_feed

from tests.wire.hostile_feeds import HOSTILE, ITEM, whole

URL = "https://port.example/rss"
SECONDS = 5.0
MEMORY = 64 << 20
LIBRARIES = 34 << 20
"""What a fresh process takes to load feedparser."""
SLOW = frozenset({"prefixes that nobody declared", "a long author, broken", "unclosed paragraphs", "UTF-7"})
"""They keep feedparser busy until it is killed."""


@pytest.fixture(scope="module")
def warm() -> None:
    """The libraries are loaded before anything is measured."""
    import charset_normalizer  # noqa: F401
    import newsroom.wire.feed_json
    import newsroom.wire.feed_repair  # noqa: F401

    read_feed(whole(b""), URL)


def in_a_child(body: bytes) -> tuple[float, int, int, bytes]:
    """Seconds of processor, of all processes; more memory here; memory of a further process; and how it ended.

    Waiting is bounded by `feed_repair.SECONDS` and one more.
    """
    came, went = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(went, _measured(body))
        finally:
            os._exit(0)
    os.close(went)
    with os.fdopen(came, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    seconds, memory, further, outcome = told.split(b"|", 3)
    return float(seconds), int(memory), int(further), outcome


def _measured(body: bytes) -> bytes:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _peak()
    try:
        outcome = b"read" if isinstance(read_feed(body, URL), FeedDocument) else b"nothing"
    except FeedUnreadable:
        outcome = b"refused"
    except BaseException as exc:  # the worker's report of what must never be
        outcome = repr(exc).encode()
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in spent)
    return b"%f|%d|%d|" % (seconds, _peak() - before, spent[1].ru_maxrss << 10) + outcome


def _peak() -> int:
    """Bytes resident at most since the mark was last cleared."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) << 10


def bounded(body: bytes) -> None:
    seconds, memory, further, outcome = in_a_child(body)
    assert outcome in (b"read", b"refused")
    assert seconds < SECONDS
    assert memory < MEMORY
    assert further < LIBRARIES + MEMORY


pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")


@on_linux
@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in SLOW])
def test_a_hostile_document_costs_little(name: str) -> None:
    bounded(HOSTILE[name]())


@on_linux
@pytest.mark.soak
@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_document_that_hangs_its_parser_is_left(name: str) -> None:
    bounded(HOSTILE[name]())


@on_linux
@pytest.mark.usefixtures("warm")
def test_the_attacks_of_the_corpus_cost_little(shared_data: Path) -> None:
    bombs = sorted((shared_data / "attacks" / "xml").iterdir())
    assert len(bombs) >= 7
    for bomb in bombs:
        bounded(bomb.read_bytes())


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-canary")
    document = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><title>&x;</title>'
        "<item><title>a &x; b</title><link>https://feeds.example/1</link></item></channel></rss>"
    )
    for one in (document, document.replace("</title>", "</tilte>", 1)):
        try:
            assert "the-canary" not in str(read_feed(one.encode(), URL))
        except FeedUnreadable as refused:
            assert "the-canary" not in str(refused)  # noqa: PT017  (refusing is right as well)


def test_of_ten_thousand_entries_the_newest_five_thousand_are_kept_in_order() -> None:
    feed = read_feed(HOSTILE["ten thousand entries"](), URL)
    assert [entry.title for entry in feed.entries] == [f"Story {one}" for one in range(5_000, 10_000)]


def test_undated_entries_are_the_first_to_go() -> None:
    feed = read_feed(whole(ITEM * 5_000 + b"<item><title>New</title><pubDate>23 Nov 2026</pubDate></item>"), URL)
    assert len(feed.entries) == 5_000
    assert [entry.title for entry in feed.entries if entry.published_at] == ["New"]


def test_long_identifiers_stay_apart() -> None:
    feed = read_feed(HOSTILE["long identifiers"](), URL)
    same_start = whole(b"".join(b"<item><guid>" + b"g" * 10_000 + b"%d</guid></item>" % one for one in range(3)))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 481
    assert len({entry.id for entry in read_feed(same_start, URL).entries}) == 4
    assert max(len(entry.id) for entry in feed.entries) <= 500
