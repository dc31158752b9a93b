"""Later evidence: two open stories turn out to be one, or one turns out to be two.

Bounded: only stories that took an article in this run are looked at, and only a few of them change. The older
story keeps its id; what a younger one was published as redirects there.
"""

from collections.abc import Collection
from dataclasses import replace

from newsroom.stories.agglomerating import Sums, agglomerate, end_of
from newsroom.stories.index_file import Lineage, Member
from newsroom.stories.likeness import JOIN, Group, Likeness, mean_similarity
from newsroom.stories.marks import Marks, objection
from newsroom.stories.open_index import OpenIndex, OpenStory
from newsroom.stories.placing import FULL, free_id, shared_terms

MERGE = 0.16
"""Mean similarity over all pairs from which two open stories are one: more than an article needs to join, since
both may be published."""

APART = 0.04
"""Mean similarity between two parts of a story below which they are two: less than half of what joins, since a story
that is followed for days moves on."""

FEWEST = 2
"""Articles in each half: a stray article opens no story of its own afterwards."""

LOOKED_THROUGH = 60
"""Articles of a story that is looked through, at most: a large one is a topic by now, and would cost by its square."""

CHANGES = 20
"""Merges and splits in one run, at most."""


def reconsider(index: OpenIndex, touched: Collection[str]) -> None:
    """Merge and split the stories of earlier runs that took an article in this one, where the evidence says so."""
    left = CHANGES
    for one in sorted(touched):
        if left and one in index.stories and _merged(index, index.stories[one]):
            left -= 1
    for one in sorted(touched):
        if left and one in index.stories and _split(index, index.stories[one]):
            left -= 1


def _merged(index: OpenIndex, story: OpenStory) -> bool:
    """Whether the story and the open one that is most like it are one story now."""
    for similarity, other in index.nearest(_mean(index, story), story.newest, besides=story.id):
        total = similarity * story.size * other.size
        likeness = mean_similarity(total, story.size, story.fullness, other.size, other.fullness)
        likeness *= objection(story.marks, other.marks)[0]
        if likeness >= MERGE and story.size + other.size <= FULL:
            keep, gone = sorted((story, other), key=lambda one: (one.opened, one.id))
            shared = ", ".join(shared_terms(index.vector(gone), index.vector(keep)))
            index.absorb(keep, gone, f"came with {gone.id}, which is the same story: shares {shared}")
            return True
    return False


def _mean(index: OpenIndex, story: OpenStory) -> dict[str, float]:
    return {term: weight / story.size for term, weight in index.vector(story).items()}


def _split(index: OpenIndex, story: OpenStory) -> bool:
    """Whether the story fell apart; the half with its oldest article keeps the id."""
    if not 2 * FEWEST <= story.size <= LOOKED_THROUGH:
        return False
    members = sorted(story.members, key=lambda one: (one.at, one.article_id))
    go = _leaving(members)
    if not go:
        return False
    index.release(story, go)
    young = index.open(free_id(go[0].article_id, index), go[0].at)
    shared = ", ".join(shared_terms(dict(go[0].terms), dict(go[1].terms)))
    for member in go:
        index.put(young, replace(member, reason=f"left {story.id} with what is another event: shares {shared}"))
    index.lineage[young.id] = Lineage("split", story.id, young.opened, young.newest)
    return True


def _leaving(members: list[Member]) -> list[Member]:
    """The largest part that has nothing to do with the part of the oldest article; nothing, mostly."""
    terms = [dict(member.terms) for member in members]
    sums: list[Sums] = [
        {b: total for b in range(len(terms)) if b != a and (total := _product(terms[a], terms[b])) > 0}
        for a in range(len(terms))
    ]
    between = [dict(row) for row in sums]
    likeness = Likeness([Group(1, one.fullness, one.at, one.at, Marks()) for one in members], FULL)
    taken = agglomerate(sums, [1] * len(sums), likeness.score, likeness.unite, JOIN)
    roots = [end_of(one, taken) for one in range(len(members))]
    parts = {root: [one for one, its in enumerate(roots) if its == root] for root in roots}
    first = parts.pop(roots[0])
    others = sorted((part for part in parts.values() if len(part) >= FEWEST), key=lambda part: (-len(part), part))
    for other in others:
        total = sum(between[a].get(b, 0.0) for a in first for b in other)
        if len(first) >= FEWEST and total / (len(first) * len(other)) < APART:
            return [members[n] for n in other]
    return []


def _product(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)
