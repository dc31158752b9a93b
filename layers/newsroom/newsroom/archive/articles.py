"""Publishers' state and articles, as they are stored."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from newsroom.archive.documents import Documents
from newsroom.archive.items import ArticleItem, HealthItem, TallyItem
from newsroom.archive.translating import translated
from newsroom.articles.article import Article
from newsroom.boundary import as_json, moment
from newsroom.errors import ArchiveConflict
from newsroom.publishers.health import Health, PublisherState

if TYPE_CHECKING:
    from pynamodb.exceptions import TransactWriteError

SHARDS = 8
"""Shelves of ungrouped articles: 20,000 articles in one edition stay far below 1,000 writes/s a partition."""
TALLIES = 16
READERS = 8
"""Documents read at a time: one GET takes some 20 ms, nearly all of it waiting."""


class ArticleRows:
    """The part of the archive that ingestion fills."""

    documents: Documents

    def publisher_state(self, publisher_id: str) -> PublisherState:
        """What is remembered of a publisher; a new state when it was never asked."""
        body = self.documents.find(f"publishers/{publisher_id}.json")
        if body is None:
            return PublisherState(publisher_id=publisher_id, health=Health(publisher_id=publisher_id))
        return PublisherState.model_validate_json(body)

    def record_publisher_state(self, state: PublisherState) -> None:
        """Body first, then the row that lists show."""
        self.documents.put(f"publishers/{state.publisher_id}.json", as_json(state.model_dump(mode="json")))
        row = HealthItem(f"PUBLISHER#{state.publisher_id}", "HEALTH", document=state.health.model_dump_json())
        with translated(state.publisher_id):
            row.save()

    def healths(self, publisher_ids: Sequence[str]) -> dict[str, Health]:
        """By publisher id; those never asked are absent."""
        keys = [(f"PUBLISHER#{one}", "HEALTH") for one in publisher_ids]
        with translated("healths"):
            found = [Health.model_validate_json(row.document) for row in HealthItem.batch_get(keys)]
        return {health.publisher_id: health for health in found}

    def store_article(self, article: Article) -> bool:
        """Keep a new article and shelve it for grouping; False when its id was there already.

        The row and the count change in one transaction, so that a repeated call counts once. A body that is there
        stays as it is, for spans may point into it: `revise_article` puts another in its place.
        """
        from pynamodb.exceptions import TransactWriteError
        from pynamodb.transactions import TransactWrite

        try:
            self.documents.put_if(self._article_key(article.id), as_json(article.model_dump(mode="json")), None)
        except ArchiveConflict:
            article = self.article(article.id)
        tally = TallyItem(*_tally(_number(article.id) % TALLIES))
        with translated(article.id):
            try:
                with TransactWrite(connection=ArticleItem._get_connection().connection) as transaction:
                    transaction.save(self._article_row(article), condition=ArticleItem.pk.does_not_exist())
                    transaction.update(tally, actions=[TallyItem.amount.add(1)])
            except TransactWriteError as exc:
                if _known(exc):
                    return False
                raise
        return True

    def revise_article(self, article: Article) -> None:
        """Put the next revision in the place of the present one, which is kept beside it; shelve it for grouping.

        The shelf comes before the body: whoever was stopped between the two finds the old body and does it again,
        while a body without its shelf would never be told to its story. NotFound when there is no such article,
        ArchiveConflict when the present revision is not the one before.
        """
        body, tag = self.documents.get_with_tag(self._article_key(article.id))
        before = Article.model_validate_json(body)
        if before.revision + 1 != article.revision:
            raise ArchiveConflict(f"revision {before.revision} is followed by another", about=article.id)
        self.documents.put(self._article_key(article.id, before.revision), body)
        with translated(article.id):
            self._article_row(article).save(condition=ArticleItem.pk.exists())
        self.documents.put_if(self._article_key(article.id), as_json(article.model_dump(mode="json")), tag)

    def article(self, article_id: str, revision: int | None = None) -> Article:
        """With its text, as it is now or as it was in a revision; NotFound."""
        article = Article.model_validate_json(self.documents.get(self._article_key(article_id)))
        if revision in (None, article.revision):
            return article
        return Article.model_validate_json(self.documents.get(self._article_key(article_id, revision)))

    def articles(self, article_ids: Iterable[str]) -> list[Article]:
        """In the order asked; NotFound when one is unknown."""
        with ThreadPoolExecutor(READERS) as readers:
            return list(readers.map(self.article, article_ids))

    def ungrouped_articles(self, limit: int = 2000) -> list[Article]:
        """The oldest articles that belong to no story yet, by (dated, id)."""
        found: list[tuple[str, str]] = []
        with translated("ungrouped"):
            for shard in range(SHARDS):
                rows = ArticleItem.by_shelf.query(f"UNGROUPED#{shard}", limit=limit)
                found += [(str(row.shelved_at), row.pk.removeprefix("ARTICLE#")) for row in rows]
        return self.articles(article_id for _, article_id in sorted(found)[:limit])

    def mark_grouped(self, article_ids: Iterable[str]) -> None:
        """Take articles off the shelf; repeating it is harmless."""
        for article_id in article_ids:
            with translated(article_id):
                ArticleItem(f"ARTICLE#{article_id}", "ARTICLE").update(
                    actions=[ArticleItem.shelf.remove(), ArticleItem.shelved_at.remove()],
                    condition=ArticleItem.pk.exists(),
                )

    def count_articles(self) -> int:
        """How many articles the archive holds."""
        with translated("articles"):
            return int(sum(row.amount for row in TallyItem.batch_get([_tally(number) for number in range(TALLIES)])))

    @staticmethod
    def _article_key(article_id: str, revision: int | None = None) -> str:
        return f"articles/{article_id}/{revision:04}.json" if revision else f"articles/{article_id}.json"

    @staticmethod
    def _article_row(article: Article) -> ArticleItem:
        return ArticleItem(
            f"ARTICLE#{article.id}",
            "ARTICLE",
            document=article.model_dump_json(exclude={"text"}),
            shelf=f"UNGROUPED#{_number(article.id) % SHARDS}",
            shelved_at=moment(article.dated),
        )

    def document(self, key: str) -> bytes:
        """A document by its key; NotFound."""
        return self.documents.get(key)

    def put_document(self, key: str, body: bytes) -> None:
        self.documents.put(key, body)

    def put_first(self, key: str, body: bytes) -> bytes:
        """What is there afterwards: this, or what somebody else had put before."""
        try:
            self.documents.put_if(key, body, None)
        except ArchiveConflict:
            return self.documents.get(key)
        return body


def _tally(number: int) -> tuple[str, str]:
    """Key of one of the counters: each a partition of its own, for one takes 1,000 writes/s and workers are many."""
    return f"TALLY#articles#{number}", "AMOUNT"


def _number(article_id: str) -> int:
    """Spreads articles over shelves and counters."""
    return int(article_id[-4:], 16) if article_id[-4:].isalnum() else 0


def _known(error: "TransactWriteError") -> bool:
    """Whether the row was there; a clash with another transaction on the tally is not that."""
    first = error.cancellation_reasons[0] if error.cancellation_reasons else None
    return first is not None and first.code == "ConditionalCheckFailed"
