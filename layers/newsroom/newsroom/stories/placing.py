"""A batch of new articles finds its stories: among the open ones, and with each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsroom.articles.article import Article
from newsroom.stories.agglomerating import Sums, agglomerate, end_of
from newsroom.stories.index_file import Member
from newsroom.stories.likeness import JOIN, TRANSLATED, Group, Likeness, across_languages
from newsroom.stories.marks import objection
from newsroom.stories.open_index import FAINT, OpenIndex, OpenStory
from newsroom.stories.signals import Signals
from newsroom.stories.story import story_id

FULL = 400
"""Articles in one story at most. Whatever is written about more often than that is a topic, or an attack; what
comes after opens the next story on it."""

RIVALS = 3
"""Other stories whose objections are weighed to name the nearest one."""

SAME_DAY = 24 * 3600
"""Seconds within which equal words are the same news."""


@dataclass(frozen=True)
class Reading:
    """One new article with what is compared of it."""

    article: Article
    member: Member
    signals: Signals


@dataclass(frozen=True)
class Rival:
    """A story that an article could have joined."""

    similarity: float
    story_id: str
    objection: str


def place(readings: Sequence[Reading], index: OpenIndex) -> None:
    """Put articles into the index: with each other, into the open stories that will have them, or into new ones.

    `readings` oldest first. What is equal word for word is one node, so that a flood of it stays linear.
    """
    batch = _Batch(readings, index)
    roots = batch.joined()
    parts: dict[int, list[int]] = defaultdict(list)
    for node, root in enumerate(roots):
        parts[root].append(node)
    homes: dict[int, OpenStory] = {}
    for root, nodes in parts.items():
        first = min((batch.nodes[node][0] for node in nodes), key=lambda one: (one.member.at, one.article.id))
        homes[root] = batch.likeness.groups[root].story or index.open(free_id(first.article.id, index), first.member.at)
    members = batch.explained(roots, homes)
    for reading, home, member in members:
        index.join(home, member, reading.signals)


def free_id(article_id: str, index: OpenIndex) -> str:
    """A story's id, of the article that opens it; that article may have opened another one before it moved on."""
    one = story_id(article_id)
    while one in index.stories or one in index.lineage:
        one = story_id(one)
    return one


def shared_terms(terms: Mapping[str, float], other: Mapping[str, float], most: int = 4) -> list[str]:
    """The terms that speak most for belonging together, for people: figures and countries without their signs."""
    common = sorted((t for t in terms if t in other and " " not in t), key=lambda t: (-terms[t] * other[t], t))
    return [term.lstrip("#@").upper() if term[0] == "@" else term.lstrip("#") for term in common[:most]]


class _Batch:
    """The new articles of one run: nodes of equal articles, and what they are alike to."""

    def __init__(self, readings: Sequence[Reading], index: OpenIndex) -> None:
        self._index = index
        self.nodes = _nodes(readings)
        self._alike = _alike([node[0] for node in self.nodes])
        self._near = self._open_stories()
        stories = {story.id: story for near in self._near for _, story in near}
        self._places = {one: len(self.nodes) + place for place, one in enumerate(sorted(stories))}
        groups = [_group(node) for node in self.nodes] + [_group_of(stories[one]) for one in sorted(stories)]
        self.likeness = Likeness(groups, FULL)

    def joined(self) -> list[int]:
        """Node → the group that holds it in the end."""
        groups = self.likeness.groups
        sums: list[Sums] = [{} for _ in groups]
        for node, others in enumerate(self._alike):
            for other, similarity in others.items():
                sums[node][other] = similarity * groups[node].size * groups[other].size
            for similarity, story in self._near[node]:
                place = self._places[story.id]
                sums[node][place] = sums[place][node] = similarity * groups[node].size * groups[place].size
        taken = agglomerate(sums, [group.size for group in groups], self.likeness.score, self.likeness.unite, JOIN)
        return [end_of(node, taken) for node in range(len(self.nodes))]

    def explained(
        self, roots: Sequence[int], homes: Mapping[int, OpenStory]
    ) -> list[tuple[Reading, OpenStory, Member]]:
        """Every article with its story, and why it is there and not elsewhere; oldest first."""
        vectors = {root: self._index.vector(home) for root, home in homes.items()}
        fresh = {root for root, home in homes.items() if not home.size}
        places = {home.id: root for root, home in homes.items()}
        for node, root in enumerate(roots):
            count = len(self.nodes[node])
            for term, weight in self.nodes[node][0].signals.terms.items():
                vectors[root][term] = vectors[root].get(term, 0.0) + weight * count
        found = []
        for node, root in enumerate(roots):
            own, rival = self._own_and_rival(node, roots, homes, places)
            terms = self.nodes[node][0].signals.terms
            others = {term: rest for term, weight in terms.items() if (rest := vectors[root][term] - weight) > 1e-6}
            for reading in self.nodes[node]:
                member = reading.member
                if rival:
                    member = replace(member, rival=rival.story_id, rival_similarity=round(rival.similarity, 3))
                if root in fresh:
                    fresh.discard(root)
                    far = f"nearest story too far: {rival.objection or 'little in common'}" if rival else ""
                    member = replace(member, similarity=1.0, reason=far or "nothing like it is open")
                else:
                    shared = ", ".join(shared_terms(terms, others))
                    member = replace(member, similarity=round(own, 3), reason=f"shares {shared}")
                found.append((reading, homes[root], member))
        return sorted(found, key=lambda one: (one[2].at, one[2].article_id))

    def _own_and_rival(
        self, node: int, roots: Sequence[int], homes: Mapping[int, OpenStory], places: Mapping[str, int]
    ) -> tuple[float, Rival | None]:
        """Mean similarity of a node's article to the others of its story, and the next best story."""
        totals: dict[str, float] = {homes[roots[node]].id: float(len(self.nodes[node]) - 1)}
        for other, similarity in self._alike[node].items():
            one = homes[roots[other]].id
            totals[one] = totals.get(one, 0.0) + similarity * len(self.nodes[other])
        for similarity, story in self._near[node]:
            totals[story.id] = totals.get(story.id, 0.0) + similarity * story.size
        groups = self.likeness.groups
        own = totals.pop(homes[roots[node]].id) / max(1, groups[roots[node]].size - 1)
        group_of = {one: groups[places[one] if one in places else self._places[one]] for one in totals}
        best = sorted(((total / group_of[one].size, one) for one, total in totals.items()), reverse=True)[:RIVALS]
        rivals = []
        for similarity, one in best:
            share, why = objection(groups[node].marks, group_of[one].marks)
            rivals.append(Rival(similarity * share, one, why))
        return min(1.0, own), max(rivals, key=lambda rival: (rival.similarity, rival.story_id), default=None)

    def _open_stories(self) -> list[list[tuple[float, OpenStory]]]:
        """Of every node (similarity, open story): of the stories that one of all nodes reaches, the others stay packed.

        Whatever a group and a story are alike on the mean, one of the group is as alike to it as that.
        """
        firsts = [node[0] for node in self.nodes]
        shelf = self._index.stories
        found = [self._index.candidates(one.signals.terms, one.member.at) for one in firsts]
        reached = {
            slot
            for one, near in zip(firsts, found, strict=True)
            for slot, similarity in near
            if similarity >= (JOIN if one.signals.language == "en" and shelf.is_english(slot) else JOIN / TRANSLATED)
        }
        stories = {slot: shelf.at(slot) for slot in reached}
        return [
            [
                (self._over_languages(similarity, one, stories[slot]), stories[slot])
                for slot, similarity in near
                if slot in stories
            ]
            for one, near in zip(firsts, found, strict=True)
        ]

    def _over_languages(self, similarity: float, reading: Reading, story: OpenStory) -> float:
        if reading.signals.language in story.languages:
            return similarity
        return across_languages(similarity, len(reading.signals.carried & self._index.vector(story).keys()))


def _nodes(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Articles with the same words on the same day together, others alone; at most `FULL` in one node."""
    nodes: list[list[Reading]] = []
    latest: dict[tuple[object, ...], int] = {}
    for one in readings:
        key = (tuple(one.signals.terms.items()), one.signals.marks, one.signals.language)
        place = latest.get(key) if one.signals.terms else None
        if place is not None:
            node = nodes[place]
            if len(node) < FULL and one.member.at - node[0].member.at <= SAME_DAY:
                node.append(one)
                continue
        latest[key] = len(nodes)
        nodes.append([one])
    return nodes


def _alike(readings: Sequence[Reading]) -> list[dict[int, float]]:
    """For every article the others that share anything worth counting, with their cosine similarity."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    alike: list[dict[int, float]] = [{} for _ in readings]
    for one, reading in enumerate(readings):
        sums: dict[int, float] = defaultdict(float)
        for term, weight in reading.signals.terms.items():
            row = holders[term]
            for other, other_weight in row:
                sums[other] += weight * other_weight
            row.append((one, weight))
        for other, similarity in sums.items():
            theirs = readings[other].signals
            if theirs.language != reading.signals.language:
                similarity = across_languages(similarity, len(reading.signals.carried & theirs.carried))
            if similarity >= FAINT:
                alike[one][other] = alike[other][one] = min(1.0, similarity)
    return alike


def _group(node: Sequence[Reading]) -> Group:
    first = node[0]
    fullness = sum(one.signals.fullness for one in node)
    return Group(len(node), fullness, first.member.at, node[-1].member.at, first.signals.marks)


def _group_of(story: OpenStory) -> Group:
    return Group(story.size, story.fullness, story.opened, story.newest, story.marks, story)
