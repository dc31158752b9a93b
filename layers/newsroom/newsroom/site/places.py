"""Names of countries, desks and subjects, as breadcrumbs and lists show them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsroom.site import addresses
from newsroom.site.wording import flag
from newsroom.stories.facets import desks
from newsroom.stories.mentions import companies, sectors

WORLD = "world"
OF_NO_COUNTRY = {"UN": "United Nations", "ZZ": "International"}
"""Codes of publishers that belong to no country; ISO 3166-1 leaves ZZ to its users."""
OF_PUBLISHERS_ONLY = {
    "BA": "Bosnia and Herzegovina", "BB": "Barbados", "BM": "Bermuda", "BN": "Brunei", "CR": "Costa Rica",
    "CY": "Cyprus", "DO": "Dominican Republic", "GT": "Guatemala", "JM": "Jamaica", "KH": "Cambodia",
    "ME": "Montenegro", "MO": "Macao", "MT": "Malta", "NA": "Namibia", "SI": "Slovenia", "TL": "Timor-Leste",
    "UY": "Uruguay", "ZW": "Zimbabwe",
}  # fmt: skip
"""Countries that publishers of the catalogue come from and that no story is given to by its words."""


@dataclass(frozen=True)
class Place:
    """A country, a desk or a subject with its page; `flag` is decoration, `name` says the same in words."""

    name: str
    path: str
    flag: str = ""


@dataclass(frozen=True)
class Places:
    """Code → name for countries (ISO 3166-1 alpha-2), id → name for desks."""

    countries: Mapping[str, str]
    desks: Mapping[str, str]

    def country(self, code: str) -> Place:
        """A story without a country stands under World; a code without a name is shown as it is."""
        if not code:
            return Place("World", addresses.country(WORLD))
        return Place(self.countries.get(code, code), addresses.country(code), flag(code))

    def desk(self, desk_id: str) -> Place:
        desk_id = desk_id or WORLD
        return Place(self.desks.get(desk_id, desk_id.replace("-", " ").title() + " desk"), addresses.desk(desk_id))


TOPIC_NAMES = {
    "rates": "Interest rates", "jobs": "Jobs and pay", "listings": "Listings", "climate": "Climate and weather",
    "crypto": "Digital currencies", "autos": "Cars", "deals": "Deals", "labour": "Strikes and unions",
}  # fmt: skip
"""Topics whose id alone would say too little; the others are their own names."""


def topic(topic_id: str) -> Place:
    return Place(TOPIC_NAMES.get(topic_id, topic_id.capitalize()), addresses.topic(topic_id))


def sector(sector_id: str) -> Place:
    known = sectors().get(sector_id)
    return Place(known.name if known else sector_id.capitalize(), addresses.sector(sector_id))


def company(company_id: str) -> Place:
    known = companies().get(company_id)
    return Place(known.name if known else company_id.replace("-", " ").title(), addresses.company(company_id))


@cache
def packaged_places() -> Places:
    """From the tables by which stories are given their country and desk."""
    countries = tomllib.loads(files("newsroom.stories").joinpath("countries.toml").read_text(encoding="utf-8"))
    return Places(
        OF_NO_COUNTRY
        | OF_PUBLISHERS_ONLY
        | {code.upper(): str(country["name"]) for code, country in countries.items()},
        {desk.id: f"{desk.name} desk" for desk in desks()},
    )
