"""What we said wrong, what is right, when we were told and when we said so."""

from typing import Literal

from newsroom.boundary import Boundary, Moment


class Correction(Boundary):
    """One entry of the public log."""

    id: str
    """`COR-` and the day and a running letter or digest."""
    story_id: str
    slug: str
    headline: str
    version: int
    """The version that carries the notice."""
    kind: Literal["correction", "clarification", "update", "retraction"]
    was: str
    now_reads: str
    reported_at: Moment | None = None
    made_at: Moment
