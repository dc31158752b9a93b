"""Digests of real articles: the review's checks find nothing to block in what the excerpt writer hands in."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

from newsroom.articles.article import Article
from newsroom.commands.one_story import story_of
from newsroom.review.reviewing import review
from newsroom.writing.assignment import Assignment
from newsroom.writing.excerpt_writer import ExcerptWriter

from tests.fakes.press import NOON

STORIES = 40


def test_digests_of_real_stories_pass_the_review(shared_data: Path) -> None:
    """Three outlets on each event, full text. At most one in twenty may be blocked."""
    blocked, empty = [], 0
    with gzip.open(shared_data / "clusters" / "basil_clusters.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(STORIES), lines, strict=False):
            articles = tuple(_article(row, place) for place, row in enumerate(json.loads(line)["articles"]))
            story = story_of(articles, {})
            draft = ExcerptWriter().write(Assignment(story, articles, {}, NOON))
            verdict = review(draft, articles, story, {}, None, NOON)
            blocked += [found.reason for found in verdict.findings if found.severity == "block"][:1]
            empty += len(draft.body) < 2
    assert len(blocked) <= STORIES / 20, blocked
    assert empty <= STORIES / 20


def _article(row: dict[str, object], place: int) -> Article:
    at = datetime.fromisoformat(str(row["date"])).replace(tzinfo=UTC)
    paragraphs = row["paragraphs"]
    assert isinstance(paragraphs, list)
    return Article(
        id=f"{row['source']}-{place}",
        title=str(row["title"]),
        text="\n\n".join(" ".join(paragraph) for paragraph in paragraphs),
        publisher_id=str(row["source"]),
        published_at=at,
        fetched_at=at,
    )
