"""The sample wire as the reviewer meets it: each event a story, its English articles with their text as published.

An event with several reports of its own counts twice: as it stood after the first of them, and with all of them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from newsroom.articles.article import Article
from newsroom.commands.one_story import story_of
from newsroom.publishers.publisher import Publisher
from newsroom.review.reviewing import review
from newsroom.review.verdict import Verdict
from newsroom.stories.story import Story
from newsroom.writing.assignment import Assignment
from newsroom.writing.draft import Draft
from newsroom.writing.excerpt_writer import ExcerptWriter

from infra.local.wire.event_file import Article as Written
from infra.local.wire.event_file import EventFile, dated_words, offset, paragraphs
from infra.local.wire.sample import SampleSource

ANCHOR = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RESERVING = "fairmont-journal"
"""The sample publisher that reserves its text: no draft may cite it."""

LOOKING_BACK = "solamar-five-years"
"""Held because it is no news; its sentences can be checked like all others."""


@dataclass(frozen=True)
class SampleStory:
    name: str
    story: Story
    articles: tuple[Article, ...]

    def assignment(self) -> Assignment:
        return Assignment(self.story, self.articles, publishers(), ANCHOR)

    def digest(self) -> Draft:
        return ExcerptWriter().write(self.assignment())

    def judged(self, draft: Draft) -> Verdict:
        """By code alone."""
        return review(draft, self.articles, self.story, publishers(), None, ANCHOR)


@cache
def publishers() -> dict[str, Publisher]:
    return SampleSource().publishers


@cache
def events() -> dict[str, SampleStory]:
    """Every event whose articles can be read, with all that are English."""
    found = {}
    for file in SampleSource().events:
        articles = tuple(_article(one) for one in file.articles if _usable(one, file))
        if articles:
            found[file.name] = _told(file.name, articles)
    return found


@cache
def stories() -> tuple[SampleStory, ...]:
    """The events, and those with two reports or more once again as they stood after the first."""
    early = []
    for name, event in events().items():
        own = [one for one in event.articles if one.kind == "report" and len(one.text.split()) >= 120]
        if len({one.text for one in own}) > 1:
            first = min(own, key=lambda one: (one.dated, one.id))
            early.append(_told(f"{name}, first report", (first,)))
    return (*events().values(), *early)


def filled(text: str) -> str:
    """Text of this folder's data with the calendar's words filled in, as the articles have them."""
    return dated_words(text, ANCHOR, "en")


def _told(name: str, articles: tuple[Article, ...]) -> SampleStory:
    return SampleStory(name, story_of(articles, publishers()), articles)


def _usable(written: Written, file: EventFile) -> bool:
    language = written.language or publishers()[written.publisher].language
    return (
        (file.event.expected == "published" or file.name == LOOKING_BACK)
        and language.startswith("en")
        and written.kind != "paywall"
        and written.at != "undated"
        and written.publisher != RESERVING
    )


def _article(written: Written) -> Article:
    revised = written.revised_text and offset(written.updated) <= offset("-0m")
    body = filled(written.revised_text if revised else written.text)
    text = "\n\n".join(one for one in paragraphs(body) if not one.startswith("<"))
    return Article(
        id=written.slug,
        url=f"https://{written.publisher}.example/{written.slug}",
        title=filled(written.title),
        text=text,
        publisher_id=written.publisher,
        published_at=ANCHOR + offset(written.at),
        fetched_at=max(ANCHOR, ANCHOR + offset(written.at)),
        credit=publishers()[written.credit].name if written.credit else "",
        kind="press-release" if written.kind in ("press-release", "statement") else "report",
    )
