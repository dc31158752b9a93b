"""The published rubric as the methodology page prints it, read from the table that scores are made with."""

import tomllib
from importlib.resources import files
from typing import Any

from newsroom.site.standing_pages import Row, Rubric, Weight
from newsroom.site.wording import percent

MEANINGS = {
    "evidence": "Share of sentences that are tied to the words of a source.",
    "origins": "Independent origins: reports that do not copy each other.",
    "standing": "Tiers of the publishers, the best of each origin.",
    "completeness": "Modules that could be filled from the sources.",
    "freshness": "Time between the newest source and the review.",
    "cleanness": "Absence of warnings from the checks.",
    "critic": "What the second model says of it.",
}


def rubric_table() -> Rubric:
    return rubric_of(tomllib.loads(files("newsroom.review").joinpath("rubric.toml").read_text(encoding="utf-8")))


def rubric_of(table: dict[str, Any]) -> Rubric:
    """From `review/rubric.toml`: weights with and without a second model, caps, bands."""
    alone, both = table["weights"]["code"], table["weights"]["critic"]
    names = list(dict.fromkeys([*alone, *both]))
    weights = tuple(
        Weight(
            name.replace("_", " ").capitalize(),
            percent(alone.get(name, 0)),
            percent(both.get(name, 0)),
            MEANINGS.get(name, ""),
        )
        for name in names
    )
    caps = tuple(
        Row(cap["id"].replace("-", " ").capitalize(), str(cap["limit"]), cap["reason"]) for cap in table["caps"]
    )
    bands = tuple(Row(band["name"], str(band["from"]), band["meaning"]) for band in table["bands"])
    return Rubric(str(table["version"]), weights, caps, bands)
