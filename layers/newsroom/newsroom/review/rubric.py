"""The rubric file, read and checked: weights, values, caps, bands."""

import tomllib
from functools import cache
from importlib import resources
from typing import Self

from pydantic import Field, model_validator

from newsroom.boundary import Boundary
from newsroom.review.verdict import Cap


class Band(Boundary):
    name: str
    lowest: int = Field(alias="from", ge=0, le=100)
    meaning: str


class Floor(Boundary):
    publish_from: int
    """Below this final score a draft is held."""


class Rubric(Boundary):
    """`rubric.toml`. The site prints it as it stands."""

    version: str
    weights: dict[str, dict[str, float]]
    origins: dict[int, int]
    tiers: dict[int, int]
    caps: tuple[Cap, ...]
    bands: tuple[Band, ...]
    floor: Floor

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name, table in self.weights.items():
            if abs(sum(table.values()) - 1) > 1e-9:
                raise ValueError(f"the weights of {name!r} do not sum to 1")
        if self.bands[-1].lowest != 0 or list(self.bands) != sorted(self.bands, key=lambda b: -b.lowest):
            raise ValueError("the bands do not go down to 0 in order")
        return self

    def cap(self, cap_id: str) -> Cap:
        return next(cap for cap in self.caps if cap.id == cap_id)

    def band(self, final: int) -> str:
        return next(band.name for band in self.bands if final >= band.lowest)


@cache
def rubric() -> Rubric:
    """The one in the package."""
    text = resources.files("newsroom.review").joinpath("rubric.toml").read_text(encoding="utf-8")
    return Rubric.model_validate(tomllib.loads(text))
