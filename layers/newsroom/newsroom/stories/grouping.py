"""From articles to stories: one event in the world, told by its articles.

New articles are joined by average linkage, together with the stories that are open: best pairs first, so that the
order in which they came has no say. It decides; it neither reads nor stores (`assembling.py` does). Nothing is drawn
by chance: the same articles give the same stories.
"""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from newsroom.articles.article import Article
from newsroom.articles.credits import credits_of
from newsroom.articles.fingerprint import sketch, unique_texts
from newsroom.articles.origin import Claim, settle
from newsroom.publishers.publisher import Publisher
from newsroom.stories.background import Background, background
from newsroom.stories.commonplace import as_today
from newsroom.stories.facets import ArticleFacets, facets_of, story_facets
from newsroom.stories.index_file import Member
from newsroom.stories.open_index import OpenIndex, OpenStory, remembered
from newsroom.stories.placing import Reading, place
from newsroom.stories.reconsidering import reconsider
from newsroom.stories.signals import Signals, signals
from newsroom.stories.story import Membership, Story
from newsroom.stories.words import words


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: grouping makes no cycles, and every search walks through all that is open.

    Measured: an eighth of the time of a batch against 100,000 open stories, at the same peak of memory.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def group(
    articles: Iterable[Article],
    index: OpenIndex,
    publishers: Mapping[str, Publisher],
    weights: Background | None = None,
) -> list[Story]:
    """Put articles into the index's stories or new ones; the stories that hold any of them, by id.

    The index is changed in place. An article that the index knows keeps its story, so that a repeated run
    answers the same. An article's date is `dated`: never later than it was seen. Stories that were split from one of
    them, or merged into it, are among the answer; a merged one has no members and says where they are.
    """
    given = {article.id: article for article in articles}
    new = [article for article in given.values() if article.id not in index.story_of]
    before = set(index.stories)
    place(as_today(read(new, publishers, weights or background())), index)
    reconsider(index, before & {index.story_of[article.id] for article in new})
    touched = {index.story_of[one] for one in given}
    return [told(one, index) for one in sorted(touched | _kin(touched, index))]


def _kin(touched: set[str], index: OpenIndex) -> set[str]:
    """Stories that were split from one of these, or these from them, and those that were merged into one of these."""
    parents = {past.story for one, past in index.lineage.items() if one in touched}
    children = {one for one, past in index.lineage.items() if past.story in touched}
    return {one for one in parents | children if one in index.stories or index.lineage[one].kind == "merge"}


def read(articles: Iterable[Article], publishers: Mapping[str, Publisher], weights: Background) -> list[Reading]:
    """What is compared of each article, oldest first."""
    credits = credits_of(publishers)
    readings = []
    for article in sorted(articles, key=lambda one: (one.dated, one.id)):
        publisher = publishers.get(article.publisher_id)
        found = facets_of(article)
        seen = signals(article, weights, found.country)
        member = _member(article, credits.claim(article, publisher), found, publisher, seen)
        readings.append(Reading(article, member, seen))
    return readings


def restore(story: Story, articles: Iterable[Article], index: OpenIndex, publishers: Mapping[str, Publisher]) -> None:
    """Put a stored story into an index that has lost it, with its id and its memberships as they were."""
    by_id = {one.article.id: one for one in read(articles, publishers, background())}
    open_story = index.open(story.id, int(story.opened_at.timestamp()))
    for one in story.members:
        reading = by_id[one.article_id]
        member = replace(
            reading.member,
            similarity=one.similarity,
            rival=one.rival,
            rival_similarity=one.rival_similarity,
            reason=one.reason,
        )
        index.join(open_story, member, reading.signals)


def told(story_id: str, index: OpenIndex) -> Story:
    """The stored form of a story, open or merged into another one."""
    if story_id in index.stories:
        return as_story(index.stories[story_id])
    past = index.lineage[story_id]
    return Story(
        id=story_id,
        opened_at=datetime.fromtimestamp(past.opened, UTC),
        updated_at=datetime.fromtimestamp(past.newest, UTC),
        members=(),
        merged_into=past.story,
    )


def _member(article: Article, claim: Claim, found: ArticleFacets, publisher: Publisher | None, seen: Signals) -> Member:
    heading = " ".join(word.stem for word in words(article.title))
    return Member(
        article_id=article.id,
        at=int(article.dated.timestamp()),
        publisher_id=article.publisher_id,
        claim=claim.written,
        credited=claim.is_credit,
        sketch=sketch(article.text),
        heading=hashlib.sha256(heading.encode()).hexdigest()[:12] if heading.count(" ") >= 3 else "",
        similarity=1.0,
        rival="",
        rival_similarity=0.0,
        reason="",
        country=found.country,
        topics=found.topics,
        tier=publisher.tier if publisher else 3,
        home=publisher.country if publisher else "",
        language=seen.language,
        fullness=round(seen.fullness, 2),
        terms=remembered(seen.terms),
    )


def as_story(story: OpenStory) -> Story:
    """The stored form of an open story: memberships with their origins, and its facets."""
    members = sorted(story.members, key=lambda one: (one.at, one.article_id))
    unique = _same_texts(members)
    origin = settle({one.article_id: Claim.read(one.claim) for one in members}, unique)
    facets = story_facets([(one.country, one.topics, one.home, unique[one.article_id]) for one in members])
    return Story(
        id=story.id,
        opened_at=datetime.fromtimestamp(story.opened, UTC),
        updated_at=datetime.fromtimestamp(story.newest, UTC),
        members=tuple(
            Membership(
                article_id=one.article_id,
                origin_id=origin[one.article_id].origin,
                origin_reason=origin[one.article_id].because,
                unique_id=unique[one.article_id],
                similarity=one.similarity,
                rival=one.rival,
                rival_similarity=one.rival_similarity,
                reason=one.reason,
                publisher_id=one.publisher_id,
                at=datetime.fromtimestamp(one.at, UTC),
            )
            for one in members
        ),
        country=facets.country,
        desk=facets.desk,
        topics=facets.topics,
    )


def _same_texts(members: Sequence[Member]) -> dict[str, str]:
    """Article id → id of the oldest article with its text; where one has no text, equal headlines are enough."""
    unique = unique_texts({one.article_id: one.sketch for one in members}, [one.article_id for one in members])
    by_heading: dict[str, str] = {}
    for one in members:
        if one.heading:
            by_heading.setdefault(one.heading, unique[one.article_id])
    return {
        one.article_id: unique[one.article_id]
        if one.sketch.hashes or not one.heading
        else unique[by_heading[one.heading]]
        for one in members
    }
