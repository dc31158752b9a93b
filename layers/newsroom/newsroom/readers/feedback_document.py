"""What readers told us, for programs: enough to compute every measured figure and every moved weight again."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from newsroom.boundary import Boundary
from newsroom.editions.ranking import Weights
from newsroom.readers.calibration import BandLine, Share
from newsroom.readers.clocks import Clocks
from newsroom.readers.reckoning import KEPT, Reckoning
from newsroom.readers.reliability import START
from newsroom.site.document import Document


class MeasuredShare(Boundary):
    """So many of so many, with the ends of Wilson's 95 % interval, 0–1."""

    some: int
    every: int
    low: float
    high: float

    @classmethod
    def of(cls, share: Share) -> "MeasuredShare":
        low, high = share.interval
        return cls(some=share.some, every=share.every, low=round(low, 6), high=round(high, 6))


class MeasuredBand(Boundary):
    band: str
    errors: MeasuredShare
    useful: MeasuredShare
    audited: MeasuredShare
    """Of sentences drawn by lot, those that the auditor found right."""
    reliability: float
    """0–1: what the band is worth by these audits, fitted a little at a time."""


class FeedbackDocument(Document):
    """`/feedback.json`: promises kept, what scores were worth, the ballots of the window and each weight they moved."""

    schema_name: ClassVar[str] = "feedback/1"

    until: str
    """The last day reckoned (UTC); empty before the first night."""
    days: int
    """Of the window."""
    reports: Clocks
    bands: tuple[MeasuredBand, ...]
    weights: Weights
    reckonings: tuple[Reckoning, ...]
    """Oldest first."""

    @classmethod
    def of(
        cls,
        reckonings: Sequence[Reckoning],
        measured: Clocks,
        bands: Sequence[BandLine],
        weights: Mapping[str, float],
        reliability: Mapping[str, float],
    ) -> "FeedbackDocument":
        return cls(
            until=reckonings[-1].day if reckonings else "",
            days=KEPT,
            reports=measured,
            bands=tuple(
                MeasuredBand(
                    band=one.band,
                    errors=MeasuredShare.of(one.errors),
                    useful=MeasuredShare.of(one.useful),
                    audited=MeasuredShare.of(one.audited),
                    reliability=reliability.get(one.band, START),
                )
                for one in bands
            ),
            weights=Weights(**weights),
            reckonings=tuple(reckonings),
        )
