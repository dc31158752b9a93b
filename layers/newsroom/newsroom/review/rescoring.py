"""The score of a published review, computed again from its own `review.json`: no other input, no clock, no model."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from newsroom.boundary import Boundary
from newsroom.review.rubric import Band
from newsroom.review.score import rounded
from newsroom.review.verdict import Cap, Component, Score


class PublishedReview(Boundary, extra="ignore"):
    """What of `review.json` the score follows from."""

    score: Score
    bands: tuple[Band, ...] = Field(min_length=1)


class Rescored(Boundary):
    """The score as it follows, and where the document says otherwise."""

    components: tuple[Component, ...]
    caps: tuple[Cap, ...]
    """Those that took something off."""
    raw: int
    final: int
    band: str
    differs: tuple[str, ...] = ()
    """One sentence for each number that the document states and that does not follow."""


def rescore(document: Any) -> Rescored:
    """Raises pydantic's ValidationError for what is no review; never for one that does not add up."""
    review = PublishedReview.model_validate(document)
    stated = review.score
    raw = rounded(stated.components)
    final = min([raw, *(cap.limit for cap in stated.caps)])
    band = _band(final, review.bands)
    weights = sum(part.weight for part in stated.components)
    differs = [
        f"{name} is stated as {said} and follows as {follows}."
        for name, said, follows in (
            ("raw", stated.raw, raw),
            ("final", stated.final, final),
            ("band", stated.band, band),
            ("the sum of the weights", round(weights, 6), 1.0),
        )
        if said != follows
    ]
    return Rescored(
        components=stated.components,
        caps=tuple(cap for cap in stated.caps if cap.limit < raw),
        raw=raw,
        final=final,
        band=band,
        differs=tuple(differs),
    )


def _band(final: int, bands: Sequence[Band]) -> str:
    reached = [band for band in bands if final >= band.lowest]
    return max(reached, key=lambda band: band.lowest).name if reached else ""
