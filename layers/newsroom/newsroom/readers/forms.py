"""What readers send in about themselves: the fields of each form, and nothing beside them."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, WithJsonSchema

from newsroom.boundary import Boundary
from newsroom.readers.preferences import REGIONS, Days, Preferences, is_zone


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("is not a time zone that can be chosen")
    return name


class Form(Boundary):
    """What a reader sends in; a request has one form, and should not pay for building the others."""

    model_config = ConfigDict(defer_build=True)


class GivenAddress(Form):
    email: Annotated[str, WithJsonSchema({"type": "string", "format": "email", "maxLength": 254})]
    """Judged by `read_address`."""


class GivenChoice(Form):
    """Preferences as a form sends them: what it does not name stays as it is.

    A browser does not send a box that is not ticked, so a form that has the boxes of the regions says so (`boxes`).
    """

    days: Days | None = None
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    boxes: Literal["regions"] | None = None
    asia: Literal["yes"] | None = None
    europe: Literal["yes"] | None = None
    americas: Literal["yes"] | None = None
    mea: Literal["yes"] | None = None

    def over(self, known: Preferences) -> Preferences:
        """What somebody who had `known` has now."""
        ticked = tuple(region for region in REGIONS if getattr(self, region))
        return Preferences(
            days=self.days or known.days,
            regions=ticked if ticked or self.boxes else known.regions,
            zone=self.zone or known.zone,
        )


class GivenSignUp(GivenAddress, GivenChoice):
    pass


class GivenPreferences(GivenChoice):
    token: str
