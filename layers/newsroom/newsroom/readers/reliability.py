"""What a band of scores is worth, as a number: the share of its sentences that stand up to an audit.

Fitted by audits, a little at a time and within bounds, the same from the same judgements. It is published beside the
scores and changes none of them: a score follows from its verdict alone, so that anybody can compute it again.
"""

from collections.abc import Mapping, Sequence

METHOD = "audit 1"
"""Of what is computed here; each move says by which it was made."""
START = 0.90
"""Of every band, before anybody has looked."""
DOUBT = 20
"""Judgements that the start counts for."""
STEP = 0.05
"""The most that one band moves in a night on which judgements came in."""
REACH = 0.30
"""The most that it is ever away from the start."""


def refitted(now: Mapping[str, float], judged: Mapping[str, tuple[int, int]], bands: Sequence[str]) -> dict[str, float]:
    """Band → share, one night on. `judged`: (right, of so many) in the window; `bands`: the best first.

    A better band is never worth less than a worse one: where the figures say so, they are pooled (isotonic regression
    by pooling adjacent violators; Ayer et al. 1955).
    """
    wanted = _rising([_fit(judged.get(band, (0, 0))) for band in reversed(bands)])
    found = {}
    for band, to in zip(reversed(bands), wanted, strict=True):
        at = now.get(band, START)
        moved = min(max(to, at - STEP), at + STEP)
        found[band] = round(min(max(moved, START - REACH), 1.0), 4)
    return {band: found[band] for band in bands}


def _fit(judged: tuple[int, int]) -> tuple[float, float]:
    """(share, weight)."""
    right, every = judged
    return (right + DOUBT * START) / (every + DOUBT), float(every + DOUBT)


def _rising(points: Sequence[tuple[float, float]]) -> list[float]:
    """Never falling, and as near to the points as that allows."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in points:
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, lighter, first), (high, heavier, second) = pools[-2:]
            pooled = (low * lighter + high * heavier) / (lighter + heavier)
            pools[-2:] = [(pooled, lighter + heavier, first + second)]
    return [value for value, _, count in pools for _ in range(count)]
