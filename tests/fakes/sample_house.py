"""A small newsroom of fakes with accepted drafts on its shelf: what publishing starts from."""

from datetime import datetime, timedelta

from newsroom.articles.article import Article
from newsroom.editions.news import PublisherList
from newsroom.editions.publishing import PublishedEdition, publish
from newsroom.settings import SiteSettings
from newsroom.site.places import Places
from newsroom.site.rendering import House
from newsroom.writing.draft import Draft

from tests.fakes.archive import FakeArchive
from tests.fakes.newsroom_values import NOON, PUBLISHERS, a_draft, a_story, a_verdict, an_article, three_articles
from tests.fakes.published_files import FakePublishedFiles

HOUSE = House.of(SiteSettings(site_address="https://footnote.example"))
PLACES = Places(
    {"DE": "Germany", "GB": "United Kingdom", "JP": "Japan"}, {"europe": "Europe desk", "asia": "Asia desk"}
)


class ACatalogue:
    def __init__(self) -> None:
        self.publishers = tuple(PUBLISHERS.values())
        self.families = {"meridian-group": "Meridian Group"}


class SampleHouse:
    """Archive, bucket and CDN of fakes; `invalidated` is what the CDN was told."""

    def __init__(self, archive: FakeArchive | None = None, files: FakePublishedFiles | None = None) -> None:
        self.archive = archive or FakeArchive()
        self.files = files or FakePublishedFiles()
        self.catalogue: PublisherList = ACatalogue()
        self.places = PLACES
        self.invalidated: list[str] = []

    def accept(self, articles: tuple[Article, ...], draft: Draft | None = None, **story: object) -> str:
        """Put a story with its articles, draft and verdict where the review leaves it; its id."""
        one = a_story(articles, **story)
        draft = draft or a_draft(articles, one)
        for article in articles:
            self.archive.all_articles[article.id] = article
        self.archive.store_story(one)
        self.archive.store_draft(draft)
        self.archive.record_verdict(a_verdict(draft), one.inputs)
        return one.id

    def accept_several(self, number: int) -> list[str]:
        """The same event at so many plants: stories with headlines, slugs and ids of their own."""
        return [
            self.accept(articles_at(place), country="DE" if place % 2 else "JP", desk="europe" if place % 2 else "asia")
            for place in range(number)
        ]

    def publish(self, now: datetime = NOON, edition_id: str = "20261123T1200Z") -> PublishedEdition:
        return publish(
            self.archive, self.files, self.catalogue, HOUSE, self.places, edition_id, now, self.invalidated.extend
        )

    def pages(self) -> dict[str, bytes]:
        return {key: file.body for key, file in self.files.files.items()}


def articles_at(place: int) -> tuple[Article, ...]:
    """The three articles of the Ostholm story as published of another plant, some hours apart."""
    moved = []
    for article in three_articles():
        url = f"{article.url}-{place}"
        moved.append(
            an_article(
                article.publisher_id,
                url=url,
                title=article.title,
                text=article.text,
                reserved=article.reserved,
                published_at=article.dated - timedelta(hours=place),
                fetched_at=article.fetched_at,
            )
        )
    return tuple(moved)
