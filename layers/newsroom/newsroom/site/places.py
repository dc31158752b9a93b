"""Names of countries and desks, as breadcrumbs and lists show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from newsroom.site import addresses
from newsroom.site.wording import flag

WORLD = "world"


@dataclass(frozen=True)
class Place:
    """A country or a desk with its page; `flag` is decoration, `name` says the same in words."""

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
