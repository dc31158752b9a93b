"""The sample content as a source: publishers.toml, wire.toml and the event files, dated from an anchor."""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from newsroom.publishers.publisher import Publisher

from infra.local.wire.event_file import Article, EventFile, body_html, dated_words, offset, paragraphs, read_event_file
from infra.local.wire.outlets import Item, Outlet, Presentation, read_catalogue, read_presentations
from infra.local.wire.page_design import Designs, PageContext, RelatedLink

HERE = Path(__file__).parent
RELATED_LINKS = 4


@dataclass(frozen=True)
class GoldLabel:
    """What is true of an article: its event, the article whose reporting it carries (its own slug when original)."""

    event: str
    expected: str
    origin: str
    kind: str
    publisher: str


@dataclass(frozen=True)
class SampleSource:
    """Reads the content directory once; OSError where a file is missing, EventFileError where one is malformed."""

    directory: Path = HERE

    @cached_property
    def publishers(self) -> dict[str, Publisher]:
        return {publisher.id: publisher for publisher in read_catalogue(self.catalogue_toml())}

    @cached_property
    def presentations(self) -> dict[str, Presentation]:
        return dict(read_presentations(self.directory / "wire.toml"))

    @cached_property
    def events(self) -> tuple[EventFile, ...]:
        return tuple(read_event_file(path) for path in sorted((self.directory / "events").glob("*.md")))

    def catalogue_toml(self) -> str:
        return (self.directory / "publishers.toml").read_text(encoding="utf-8")

    def gold(self, anchor: datetime) -> dict[str, GoldLabel]:
        """Canonical address → what is true of the article there: the truth that grouping is measured against."""
        labels = {}
        for file in self.events:
            for article in file.articles:
                publisher = self.publishers[article.publisher]
                address = publisher.home.rstrip("/") + self._target(article, anchor)
                labels[address] = GoldLabel(
                    event=file.name,
                    expected=file.event.expected,
                    origin=article.copy_of or article.slug,
                    kind=article.kind,
                    publisher=article.publisher,
                )
        return labels

    def outlets(self, anchor: datetime) -> tuple[Outlet, ...]:
        designs = Designs(self.directory / "designs")
        carried: dict[str, list[Article]] = {publisher: [] for publisher in self.publishers}
        for file in self.events:
            for article in file.articles:
                carried[article.publisher].append(article)
        return tuple(
            self._outlet(publisher, carried[publisher.id], anchor, designs) for publisher in self.publishers.values()
        )

    def _outlet(self, publisher: Publisher, articles: list[Article], anchor: datetime, designs: Designs) -> Outlet:
        presentation = self.presentations[publisher.id]
        order = lambda article: (self._appears(article, anchor), article.slug)  # noqa: E731
        newest_first = sorted(articles, key=order, reverse=True)
        items = []
        for position, article in enumerate(newest_first):
            older = newest_first[position + 1 : position + 1 + RELATED_LINKS]
            related = tuple(
                RelatedLink(dated_words(other.title, anchor, publisher.language), self._target(other, anchor))
                for other in older
            )
            items.append(self._item(publisher, presentation, article, related, anchor, designs))
        return Outlet(publisher, presentation, tuple(items))

    def _item(
        self,
        publisher: Publisher,
        presentation: Presentation,
        article: Article,
        related: tuple[RelatedLink, ...],
        anchor: datetime,
        designs: Designs,
    ) -> Item:
        language = article.language or publisher.language
        at = None if article.at == "undated" else anchor + offset(article.at)
        updated = anchor + offset(article.updated) if article.updated else None
        title = dated_words(article.title, anchor, language)
        target = self._target(article, anchor)
        address = publisher.home.rstrip("/") + target
        credit = self.publishers[article.credit] if article.credit else None

        def text(now: datetime) -> str:
            revised = article.revised_text and updated is not None and updated <= now
            return dated_words(article.revised_text if revised else article.text, anchor, language)

        summary = dated_words(article.summary, anchor, language) or paragraphs(text(anchor))[0]

        def page(now: datetime) -> bytes:
            context = PageContext(
                publisher=publisher,
                presentation=presentation,
                title=title,
                summary=summary,
                byline=article.byline,
                language=language,
                kind=article.kind,
                tags=article.tags,
                address=address,
                published=at,
                updated=updated if updated and updated <= now else None,
                body=body_html(text(now)),
                related=related,
                credit=credit.name if credit else "",
            )
            return designs.page(context)

        return Item(
            address=address,
            target=target,
            title=title,
            summary=summary,
            byline=article.byline,
            tags=article.tags,
            language=language,
            at=at,
            appears=self._appears(article, anchor),
            updated=updated,
            credit=credit,
            body_html=lambda now: str(body_html(text(now))),
            page=page,
            content_type=f"text/html; charset={presentation.charset}",
        )

    def _appears(self, article: Article, anchor: datetime) -> datetime:
        written = article.appears or ("-1h" if article.at == "undated" else article.at)
        return anchor + offset(written)

    def _target(self, article: Article, anchor: datetime) -> str:
        style = self.presentations[article.publisher].addresses
        number = zlib.crc32(f"{article.publisher}/{article.slug}".encode())
        section = _section(article)
        match style:
            case "dated" if article.at == "undated":
                return f"/{section}/{article.slug}"
            case "dated":
                return f"/{anchor + offset(article.at):%Y/%m/%d}/{article.slug}"
            case "section":
                return f"/{section}/{article.slug}.html"
            case "numbered":
                return f"/{section}/{article.slug}/articleshow/{number}.cms"
            case "query":
                return f"/story?id={number}"
            case "short":
                return f"/a/{number:08x}"


def _section(article: Article) -> str:
    """The first tag as an address writes it: lower case, ASCII, hyphens."""
    folded = unicodedata.normalize("NFKD", article.tags[0] if article.tags else "news")
    return re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode().lower()).strip("-") or "news"
