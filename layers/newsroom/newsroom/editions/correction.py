"""What we said wrong, what is right, when we were told and when we said so."""

from typing import Literal

from newsroom.boundary import Boundary, Moment
from newsroom.writing.draft import Span

Kind = Literal["correction", "clarification", "update", "retraction"]


class Edit(Boundary):
    """One sentence put right, wherever it stands in the story."""

    was: str
    """As published, to the letter."""
    reads: str = ""
    """Empty: the sentence is withdrawn."""
    spans: tuple[Span, ...] = ()
    """New evidence; empty: it stands on what it stood on."""
    quotes: dict[str, str] = {}
    """Of the new evidence: SHA-256 of a span → its words."""


class Correction(Boundary):
    """One entry of the public log."""

    id: str
    """`COR-` and the day and a running letter or digest."""
    story_id: str
    slug: str
    headline: str
    version: int
    """The version that carries the notice."""
    kind: Kind
    was: str
    now_reads: str
    reported_at: Moment | None = None
    made_at: Moment
    edits: tuple[Edit, ...] = ()
    """They hold for every later draft too: a writer that knows only the sources would repeat the error."""
