"""Useful or not: a vote without a voter."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from newsroom.readers.forms import Form


class Vote(Form):
    """The form as a reader sends it. No identifier comes with it and none is made."""

    story: Annotated[str, StringConstraints(pattern=r"^s[0-9a-f]{16}$")]
    useful: Literal["yes", "no"]
