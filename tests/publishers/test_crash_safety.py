"""A worker killed before or after any call to the archive or the web: repeated, it ends as if nothing had happened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from newsroom.articles.article import Article
from newsroom.errors import NewsroomError
from newsroom.publishers.collecting import collect
from newsroom.publishers.publisher import Publisher
from newsroom.wire.fetch import Fetched

from tests.fakes.archive import FakeArchive
from tests.fakes.open_web import FakeWeb

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FEED, BROKEN = "https://port.example/rss", "https://port.example/broken"
PORT = Publisher(
    id="port", name="Port", home="https://port.example/", country="SG", tier=2, reason="Shipping daily",
    feeds=(FEED, BROKEN),
)  # fmt: skip


class Killed(BaseException):
    """What a timeout does to a worker: nothing of ours catches it."""


class Fragile:
    """Stands before an archive or a web and counts calls with it; the fatal one kills, before or after it is done."""

    def __init__(self, real: Any, strike: "Strike") -> None:
        self._real, self._strike = real, strike

    def __getattr__(self, name: str) -> Any:
        called = getattr(self._real, name)
        return self._strike.around(called) if callable(called) else called


class Strike:
    def __init__(self, fatal: int, *, after: bool) -> None:
        self._fatal, self._after = fatal, after
        self.calls = 0

    def around(self, called: Callable[..., Any]) -> Callable[..., Any]:
        def fragile(*given: Any, **named: Any) -> Any:
            self.calls += 1
            fatal = self.calls == self._fatal
            if fatal and not self._after:
                raise Killed
            try:
                return called(*given, **named)
            finally:
                if fatal:
                    raise Killed

        return fragile


def page(figure: int) -> str:
    text = f"<p>The port authority said on Monday that freight rates rose by {figure} per cent in a week, because "
    text += "ships wait longer at the canal and charterers take what they can get, in every class and region.</p>"
    return f"<!doctype html><html lang='en'><body><article>{text * 5}</article></body></html>"


def web(titles: dict[str, str], **pages: object) -> FakeWeb:
    ages = {"oil": 1, "tin": 2, "ore": 3, "rates": 5}
    items = "".join(
        f"<item><title>{title}</title><link>https://port.example/{name}</link><guid>{name}</guid>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=ages[name]))}</pubDate></item>"
        for name, title in titles.items()
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Port</title>{items}</channel></rss>"
    known = {f"https://port.example/{name}": page(3) for name in ages}
    changed = {f"https://port.example/{name}": answer for name, answer in pages.items()}
    return FakeWeb({FEED: feed, BROKEN: b"<html/>", **known, **changed})  # type: ignore[dict-item]


FIRST = web({"oil": "oil", "tin": "tin", "rates": "rates"})
SECOND = web(
    {"oil": "oil, corrected", "ore": "ore", "rates": "rates"},
    oil=page(7),
    tin=Fetched("https://port.example/tin", 410),
)
"""One edited, one withdrawn, one new, one as it was."""


def edition(archive: Any, fetcher: Any, now: datetime) -> None:
    try:
        collect(PORT, archive=archive, fetcher=fetcher, limit=40, edition_id=f"{now:%H%M}", now=now)
    except NewsroomError:
        return


def kept(archive: FakeArchive) -> dict[str, object]:
    return {
        "states": archive.states,
        "articles": archive.all_articles,
        "older": archive.older,
        "shelf": archive.ungrouped,
    }


def told(article: Article) -> tuple[str, str, int, str]:
    return article.title, article.text, article.revision, article.thin


def undisturbed(*editions: tuple[FakeWeb, datetime]) -> FakeArchive:
    archive = FakeArchive()
    for fetcher, now in editions:
        edition(archive, fetcher, now)
        archive.mark_grouped(archive.ungrouped if now == NOW and len(editions) > 1 else ())
    return archive


BOTH = ((FIRST, NOW), (SECOND, LATER))


def calls(before: tuple[tuple[FakeWeb, datetime], ...], fetcher: FakeWeb, now: datetime) -> int:
    counting, archive = Strike(0, after=False), undisturbed(*before)
    edition(Fragile(archive, counting), Fragile(fetcher, counting), now)
    return counting.calls


def killed(count: int, *, after: bool, first: bool) -> FakeArchive:
    """The archive after an edition (the first or the second) that was killed at its `count`-th call."""
    archive = FakeArchive() if first else undisturbed((FIRST, NOW))
    if not first:
        archive.mark_grouped(set(archive.ungrouped))
    strike = Strike(count, after=after)
    fetcher, now = BOTH[0] if first else BOTH[1]
    with pytest.raises(Killed):
        edition(Fragile(archive, strike), Fragile(fetcher, strike), now)
    return archive


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("after", [False, True])
def test_the_same_edition_repeated_ends_as_if_nothing_had_happened(first: bool, after: bool) -> None:
    editions = BOTH[:1] if first else BOTH
    whole = kept(undisturbed(*editions))
    count = calls(editions[:-1], *editions[-1])
    assert count >= (10 if first else 12)
    for fatal in range(1, count + 1):
        archive = killed(fatal, after=after, first=first)
        edition(archive, *editions[-1])
        assert kept(archive) == whole, fatal


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("after", [False, True])
def test_the_next_edition_makes_up_for_it_and_loses_and_doubles_nothing(first: bool, after: bool) -> None:
    editions = BOTH[:1] if first else BOTH
    whole = undisturbed(*editions)
    fetcher, now = editions[-1]
    for fatal in range(1, calls(editions[:-1], fetcher, now) + 1):
        archive = killed(fatal, after=after, first=first)
        edition(archive, fetcher, now + timedelta(minutes=15))
        assert {one: told(article) for one, article in archive.all_articles.items()} == {
            one: told(article) for one, article in whole.all_articles.items()
        }, fatal
        assert archive.older == whole.older, fatal
        assert archive.ungrouped == whole.ungrouped, fatal
        health, expected = archive.publisher_state("port").health, whole.publisher_state("port").health
        assert health.articles == expected.articles, fatal
        assert archive.publisher_state("port").seen == whole.publisher_state("port").seen, fatal


class Calls(Strike):
    """Every call that leaves for AWS, counted; the fatal one kills before it is sent, or once its answer is there."""

    def watch(self, *clients: Any) -> None:
        for client in clients:
            client.meta.events.register("before-call.*.*", self._sent, unique_id=f"sent{id(self)}")
            client.meta.events.register("after-call.*.*", self._answered, unique_id=f"answered{id(self)}")

    def forget(self, *clients: Any) -> None:
        for client in clients:
            client.meta.events.unregister("before-call.*.*", unique_id=f"sent{id(self)}")
            client.meta.events.unregister("after-call.*.*", unique_id=f"answered{id(self)}")

    def _sent(self, **_: object) -> None:
        self.calls += 1
        if self.calls == self._fatal and not self._after:
            raise Killed

    def _answered(self, **_: object) -> None:
        if self.calls == self._fatal and self._after:
            raise Killed


class Stored:
    """The real archive on the local cloud, emptied before each use."""

    def __init__(self, cloud: Any, storage: tuple[str, str]) -> None:
        from newsroom.archive.archive import Archive
        from newsroom.archive.documents import Documents
        from newsroom.archive.items import ArticleItem

        self.table, self.bucket = storage
        self.s3, self.dynamodb = cloud.client("s3"), cloud.client("dynamodb")
        self.archive = Archive(self.table, Documents(self.s3, self.bucket))
        self.clients = (self.s3, ArticleItem._get_connection().connection.client)

    def emptied(self) -> Any:
        for row in self.dynamodb.scan(TableName=self.table)["Items"]:
            self.dynamodb.delete_item(TableName=self.table, Key={name: row[name] for name in ("pk", "sk")})
        for one in self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", ()):
            self.s3.delete_object(Bucket=self.bucket, Key=one["Key"])
        return self.archive

    def kept(self) -> dict[str, object]:
        rows = self.dynamodb.scan(TableName=self.table)["Items"]
        documents = self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", ())
        return {
            "rows": {str((row["pk"], row["sk"])): row for row in rows if not row["pk"]["S"].startswith("TALLY")},
            "documents": {one["Key"]: self.archive.document(one["Key"]) for one in documents},
            "count": self.archive.count_articles(),
        }

    def second_day(self) -> Any:
        archive = self.emptied()
        edition(archive, FIRST, NOW)
        archive.mark_grouped([article.id for article in archive.ungrouped_articles()])
        return archive


@pytest.mark.soak
@pytest.mark.cloud
@pytest.mark.enable_socket
@pytest.mark.parametrize("first", [True, False])
def test_killed_at_any_call_to_aws_the_real_archive_ends_the_same(
    first: bool, local_cloud: Any, empty_storage: tuple[str, str]
) -> None:
    stored = Stored(local_cloud, empty_storage)
    begun = stored.emptied if first else stored.second_day
    fetcher, now = BOTH[0] if first else BOTH[1]
    archive, counting = begun(), Calls(0, after=False)
    counting.watch(*stored.clients)
    edition(archive, fetcher, now)
    counting.forget(*stored.clients)
    whole = stored.kept()
    assert counting.calls >= 9
    for fatal in range(1, counting.calls + 1):
        for after in (False, True):
            archive, strike = begun(), Calls(fatal, after=after)
            strike.watch(*stored.clients)
            with pytest.raises(Killed):
                edition(archive, fetcher, now)
            strike.forget(*stored.clients)
            edition(archive, fetcher, now)
            assert stored.kept() == whole, (fatal, after)
