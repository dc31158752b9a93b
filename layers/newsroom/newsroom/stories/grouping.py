"""From articles to stories: one event in the world, told by its articles.

A single pass in the order of the articles' dates, then a second look at what opened in this run. It decides;
it neither reads nor stores (`assembling.py` does). Nothing is drawn by chance and nothing depends on the order of
the input: the same articles give the same stories.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from newsroom.articles.article import Article
from newsroom.articles.credits import Credits, credits_of
from newsroom.articles.fingerprint import sketch, unique_texts
from newsroom.articles.origin import Claim, settle
from newsroom.publishers.publisher import Publisher
from newsroom.stories.background import Background, background
from newsroom.stories.facets import ArticleFacets, facets_of, story_facets
from newsroom.stories.open_index import Member, OpenIndex, OpenStory
from newsroom.stories.signals import Signals, signals
from newsroom.stories.story import Membership, Story, story_id
from newsroom.stories.words import words

JOIN = 0.25
"""Cosine similarity from which an article joins a story: see `tests/benchmarks/grouping.py` for how it was set."""

JOIN_FOREIGN = 0.12
"""The same for an article in another language, whose plain words find no partner."""

CARRIED = 3
"""Names and figures that such an article must share with the story."""

MERGE = 0.2
"""Cosine similarity from which two stories that opened in the same run are one."""

STEP = 0.03
"""Added to `MERGE` for every doubling of the smaller story: a stray piece may find home, two grown stories about
one country are two stories."""

FULL = 400
"""Articles in one story at most. Whatever is written about more often than that is a topic, or an attack; what
comes after opens the next story on it."""

DIFFERENT_ACTOR = 0.25
"""Left of the similarity where another central bank, company, year, or country's statistics are meant: equal
headlines but for the one name that matters must end below `JOIN`."""

DIFFERENT_COUNTRY = 0.6
"""For any other event whose country differs: reports of one event do name different ones, so it is a doubt only."""


def group(
    articles: Iterable[Article],
    index: OpenIndex,
    publishers: Mapping[str, Publisher],
    weights: Background | None = None,
) -> list[Story]:
    """Put articles into the index's stories or new ones; the stories that hold any of them, by id.

    The index is changed in place. An article that the index knows keeps its story, so that a repeated run
    answers the same. An article's date is `dated`: never later than it was seen.
    """
    weights = weights or background()
    credits = credits_of(publishers)
    touched: dict[str, None] = {}
    opened: list[str] = []
    for article in sorted(articles, key=lambda one: (one.dated, one.id)):
        known = index.story_of.get(article.id)
        if known is None:
            known = _place(article, index, credits, publishers.get(article.publisher_id), weights)
            if len(index.stories[known].members) == 1:
                opened.append(known)
        touched[known] = None
    merged = _second_look(index, opened)
    return [as_story(index.stories[one]) for one in sorted({merged.get(one, one) for one in touched})]


def restore(story: Story, articles: Iterable[Article], index: OpenIndex, publishers: Mapping[str, Publisher]) -> None:
    """Put a stored story into an index that has lost it, with its id and its memberships as they were."""
    credits = credits_of(publishers)
    by_id = {article.id: article for article in articles}
    open_story = index.open(story.id, int(story.opened_at.timestamp()))
    for one in story.members:
        article = by_id[one.article_id]
        publisher = publishers.get(article.publisher_id)
        member = replace(
            _member(article, credits.claim(article, publisher), facets_of(article), publisher),
            similarity=one.similarity,
            rival=one.rival,
            rival_similarity=one.rival_similarity,
            reason=one.reason,
        )
        index.join(open_story, member, signals(article, background(), member.country))


def _place(
    article: Article, index: OpenIndex, credits: Credits, publisher: Publisher | None, weights: Background
) -> str:
    """Join the nearest story that will have it, or open one; the story's id."""
    found = facets_of(article)
    marks = signals(article, weights, found.country)
    at = int(article.dated.timestamp())
    ranked = sorted(
        ((*against(similarity, marks, story), story) for similarity, story in index.nearest(marks.terms, at)),
        key=lambda one: (-one[0], one[2].id),
    )
    member = _member(article, credits.claim(article, publisher), found, publisher)
    best = next((one for one in ranked if _belongs(one[0], marks, one[2], index) and len(one[2].members) < FULL), None)
    rival = next((one for one in ranked if one is not best), None)
    if rival:
        member = replace(member, rival=rival[2].id, rival_similarity=round(rival[0], 3))
    if best:
        similarity, objection, story = best
        shared = ", ".join(shared_terms(marks, index.vector(story)))
        reason = f"shares {shared}" + (f"; {objection}" if objection else "")
    else:
        similarity, story = 1.0, index.open(_free_id(article.id, index), at)
        reason = f"nearest story too far: {rival[1] or 'little in common'}" if rival else "nothing like it is open"
    index.join(story, replace(member, similarity=round(similarity, 3), reason=reason), marks)
    return story.id


def _belongs(similarity: float, marks: Signals, story: OpenStory, index: OpenIndex) -> bool:
    """Near enough; an article in another language by at least three names or figures that it shares."""
    if similarity >= JOIN:
        return True
    if similarity < JOIN_FOREIGN or not marks.carried:
        return False
    return len(marks.carried & index.vector(story).keys()) >= CARRIED


def against(similarity: float, marks: Signals, story: OpenStory) -> tuple[float, str]:
    """Similarity after what speaks against it, and the objection in words (empty when nothing does).

    Two central banks' decisions, two companies' results, an anniversary and the event itself share most of
    their words; what tells them apart is who and when.
    """
    if marks.anniversary != story.anniversary:
        return similarity * DIFFERENT_ACTOR, "one of them looks back on an earlier event"
    if marks.banks and story.banks and marks.banks.isdisjoint(story.banks):
        return similarity * DIFFERENT_ACTOR, "another central bank"
    if marks.years and story.years and marks.years.isdisjoint(story.years):
        return similarity * DIFFERENT_ACTOR, "another year"
    if marks.results and story.results and marks.names and story.names and marks.names.isdisjoint(story.names):
        return similarity * DIFFERENT_ACTOR, "another company's figures"
    if marks.countries and story.countries and marks.countries.isdisjoint(story.countries):
        statistics = marks.statistics and story.statistics
        return similarity * (DIFFERENT_ACTOR if statistics else DIFFERENT_COUNTRY), "another country"
    return similarity, ""


def shared_terms(marks: Signals, other: Mapping[str, float], most: int = 4) -> list[str]:
    """The terms that speak most for belonging together, for people: figures and countries without their signs."""
    common = sorted(
        (t for t in marks.terms if t in other and " " not in t), key=lambda t: (-marks.terms[t] * other[t], t)
    )
    return [term.lstrip("#@").upper() if term[0] == "@" else term.lstrip("#") for term in common[:most]]


def _second_look(index: OpenIndex, opened: Sequence[str]) -> dict[str, str]:
    """Merge stories that opened in this run into what they turn out to belong to; old id → new id.

    Best pairs first, until none is left: what came first in the pass has no say in it. Stories of earlier runs
    stay apart, since they may be published.
    """
    moved: dict[str, str] = {}
    fresh = {one for one in opened if one in index.stories}
    waiting = sorted(fresh)
    while waiting:
        pairs: set[tuple[float, str, str]] = set()
        for story in (index.stories[one] for one in waiting):
            marks = _marks(index, story)
            for similarity, other in index.nearest(marks.terms, story.opened, besides=story.id):
                score = against(similarity, marks, other)[0]
                smaller = min(len(story.members), len(other.members))
                if score >= MERGE + STEP * math.log2(smaller) and len(story.members) + len(other.members) <= FULL:
                    first, second = sorted((story.id, other.id))
                    pairs.add((-score, first, second))
        waiting = []
        used: set[str] = set()
        for _, one_id, other_id in sorted(pairs):
            if used & {one_id, other_id}:
                continue
            used |= {one_id, other_id}
            keep, gone = _older(index.stories[one_id], index.stories[other_id], fresh)
            index.absorb(keep, gone)
            moved[gone.id] = keep.id
            waiting.append(keep.id)
        waiting = sorted(set(waiting) & fresh)
    return {one: _end(one, moved) for one in moved}


def _end(one: str, moved: Mapping[str, str]) -> str:
    while one in moved:
        one = moved[one]
    return one


def _older(one: OpenStory, other: OpenStory, fresh: set[str]) -> tuple[OpenStory, OpenStory]:
    first, second = sorted((one, other), key=lambda story: (story.id in fresh, story.opened, story.id))
    return first, second


def _marks(index: OpenIndex, story: OpenStory) -> Signals:
    vector = index.vector(story)
    terms = {term: weight / story.length for term, weight in vector.items()} if story.length else {}
    return Signals(
        *(terms, story.banks, story.countries, story.names, story.years),
        *(story.results, story.statistics, story.anniversary),
    )


def _free_id(article_id: str, index: OpenIndex) -> str:
    """The story's id; the article that opened it may have moved on when its story was merged."""
    one = story_id(article_id)
    while one in index.stories:
        one = story_id(one)
    return one


def _member(article: Article, claim: Claim, found: ArticleFacets, publisher: Publisher | None) -> Member:
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
