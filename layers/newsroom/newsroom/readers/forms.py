"""What readers send in about themselves: the fields of each form, and nothing beside them."""

from newsroom.boundary import Boundary
from newsroom.readers.subscriber import Days


class GivenAddress(Boundary):
    email: str = ""


class GivenSignUp(GivenAddress):
    days: Days = "daily"


class GivenPreference(Boundary):
    token: str
    days: Days
