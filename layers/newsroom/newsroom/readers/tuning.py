"""How votes move the weights of importance: a little a night, within bounds, the same from the same votes.

Deterministic, so that anybody who has the ballots can replay every move that was ever made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsroom.boundary import Boundary
from newsroom.editions.ranking import Weights

METHOD = "1"
"""Of what is computed here: another way of computing gets another name, and each move says by which it was made."""
WINDOW = 28
"""Nights of ballots that a move looks back on."""
LEAST_VOTES = 300
LEAST_STORIES = 30
"""Below either, nothing moves: the standard error of a share of 300 votes is 3 points."""
MOST_OF_A_STORY = 100
"""Votes from which more of them do not add to a story's say."""
STEP = 0.005
"""The most that one weight moves in a night."""
REACH = 0.10
"""The most that it is ever away from the rules' own value."""
RIDGE = 1e-6

Vector = list[float]


class Ballot(Boundary):
    """A day's votes on one story, with what its place was made of: parts 0–100, and the band of its score."""

    story_id: str
    band: str
    severity: float
    breadth: float
    standing: float
    useful: int
    useless: int

    @property
    def votes(self) -> int:
        return self.useful + self.useless


@dataclass(frozen=True)
class Sway:
    """What the ballots say: the shares that tell useful stories best, from how many votes and stories."""

    shares: Weights | None
    """None where there is too little to go by, or where no part tells useful stories from others."""
    votes: int
    stories: int


def sway(ballots: Iterable[Ballot]) -> Sway:
    """By weighted least squares of the share of "useful" on the three parts; parts that tell against count nothing."""
    listed = _by_story(ballots)
    votes = sum(one.votes for one in listed)
    if votes < LEAST_VOTES or len(listed) < LEAST_STORIES:
        return Sway(None, votes, len(listed))
    matrix = [[0.0] * 4 for _ in range(4)]
    right = [0.0] * 4
    for one in listed:
        row = [1.0, one.severity / 100, one.breadth / 100, one.standing / 100]
        weight = min(one.votes, MOST_OF_A_STORY)
        for i in range(4):
            right[i] += weight * row[i] * one.useful / one.votes
            for j in range(4):
                matrix[i][j] += weight * row[i] * row[j]
    for i in range(1, 4):
        matrix[i][i] += RIDGE * votes
    slopes = [max(0.0, slope) for slope in _solved(matrix, right)[1:]]
    total = sum(slopes)
    if total <= 0:
        return Sway(None, votes, len(listed))
    severity, breadth, standing = (slope / total for slope in slopes)
    return Sway(Weights(severity=severity, breadth=breadth, standing=standing), votes, len(listed))


def moved(now: Weights, rules: Weights, wanted: Weights) -> Weights:
    """One night's move from `now` towards `wanted`: `STEP` at most, never further than `REACH` from `rules`."""
    way = [to - at for at, to in zip(_values(now), _values(wanted), strict=True)]
    longest = max(abs(one) for one in way)
    if longest == 0:
        return now
    part = min(1.0, STEP / longest)
    for at, middle, one in zip(_values(now), _values(rules), way, strict=True):
        room = middle + REACH - at if one > 0 else at - (middle - REACH)
        if one:
            part = min(part, max(0.0, room) / abs(one))
    severity, breadth, _ = (round(at + part * one, 6) for at, one in zip(_values(now), way, strict=True))
    return Weights(severity=severity, breadth=breadth, standing=round(1 - severity - breadth, 6))


def _values(weights: Weights) -> tuple[float, float, float]:
    return weights.severity, weights.breadth, weights.standing


def _by_story(ballots: Iterable[Ballot]) -> list[Ballot]:
    """Votes of several days together, under the newest parts; in order of id, so that sums are the same to the bit."""
    found: dict[str, Ballot] = {}
    for one in ballots:
        known = found.get(one.story_id)
        useful, useless = (known.useful, known.useless) if known else (0, 0)
        found[one.story_id] = one.model_copy(update={"useful": one.useful + useful, "useless": one.useless + useless})
    return [found[one] for one in sorted(found) if found[one].votes]


def _solved(matrix: Sequence[Vector], right: Vector) -> Vector:
    """Gaussian elimination with pivoting; zeros where the rows say nothing (all stories have the same parts)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda at: abs(rows[at][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        if abs(rows[column][column]) < 1e-12:
            return [0.0] * size
        for other in range(size):
            if other != column:
                factor = rows[other][column] / rows[column][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]
