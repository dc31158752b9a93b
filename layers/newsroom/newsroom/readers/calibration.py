"""What a score was worth: by band, how many stories, how many confirmed errors, how many useful votes."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.readers.reckoning import Reckoning

Z = 1.959964
"""Of the normal distribution, for 95 %."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's 95 % interval (Wilson 1927; as in Brown, Cai, DasGupta 2001)."""

    some: int
    every: int

    @property
    def value(self) -> float | None:
        return self.some / self.every if self.every else None

    @property
    def interval(self) -> tuple[float, float]:
        """0–1; (0, 1) of nothing."""
        if not self.every:
            return 0.0, 1.0
        n, p = self.every, self.some / self.every
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        reach = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True)
class BandLine:
    """One band: stories first published in the window, those of them that were corrected or retracted, votes; and
    sentences that an auditor found right, of those drawn by lot."""

    band: str
    errors: Share
    useful: Share
    audited: Share


def calibration(reckonings: Sequence["Reckoning"], bands: Sequence[str]) -> tuple[BandLine, ...]:
    """Every band, in the order given. A story that was corrected twice is one error, counted in the band that the
    wrong version had; errors of stories from before the window are left out, as those stories are."""
    published: dict[str, str] = {}
    wrong: dict[str, str] = {}
    useful = dict.fromkeys(bands, 0)
    votes = dict.fromkeys(bands, 0)
    audited = judged_in(reckonings)
    for one in reckonings:
        published |= one.published
        for story_id, band in one.errors.items():
            wrong.setdefault(story_id, band)
        for ballot in one.ballots:
            useful[ballot.band] = useful.get(ballot.band, 0) + ballot.useful
            votes[ballot.band] = votes.get(ballot.band, 0) + ballot.votes
    standing = published | {story_id: band for story_id, band in wrong.items() if story_id in published}
    return tuple(
        BandLine(
            band,
            Share(
                sum(standing[story_id] == band for story_id in wrong if story_id in standing),
                sum(own == band for own in standing.values()),
            ),
            Share(useful[band], votes[band]),
            Share(*audited.get(band, (0, 0))),
        )
        for band in bands
    )


def judged_in(reckonings: Iterable["Reckoning"]) -> dict[str, tuple[int, int]]:
    """Band → (right, of so many) in the audits of these days."""
    found: dict[str, tuple[int, int]] = {}
    for one in reckonings:
        for band, (right, every) in one.judged.items():
            before = found.get(band, (0, 0))
            found[band] = (before[0] + right, before[1] + every)
    return found
