"""What the review says of a draft, in a form from which anyone can compute the score again."""

from typing import Literal

from newsroom.boundary import Boundary, Moment
from newsroom.writing.draft import Usage

Outcome = Literal["accept", "revise", "hold"]


class Finding(Boundary):
    """One thing a check found, tied to the sentence it is about."""

    check: str
    """The name of the check, that of its file in `review/`."""
    severity: Literal["block", "warn", "note"]
    claim_id: str = ""
    article_id: str = ""
    reason: str


class Remark(Boundary):
    """A strength or a limitation, tied to the sentences it is about (none: the whole)."""

    text: str
    claim_ids: tuple[str, ...] = ()


class Cap(Boundary):
    """A limit put on the score after it was computed; it never raises a score."""

    id: str
    limit: int
    reason: str


class Component(Boundary):
    """One part of the score: `value` 0–100 times `weight`; the weights of a verdict sum to 1."""

    name: str
    value: float
    weight: float
    reason: str = ""


class Score(Boundary):
    """0–100. raw = Σ value·weight, rounded half up; final = min(raw, every cap's limit)."""

    components: tuple[Component, ...]
    raw: int
    caps: tuple[Cap, ...] = ()
    final: int
    band: str


Role = Literal["chief-editor", "duty-editor", "legal-editor"]
"""As which an editor acts; nobody's name is kept."""


class Clearance(Boundary):
    """An editor has read what a story says of people, and it may be published."""

    role: Role
    at: Moment
    draft_sha256: str
    """Of the draft that they read."""
    sentences: tuple[str, ...]
    """SHA-256 of each sentence about people that they read: later drafts may say the same again."""


class Verdict(Boundary):
    """The review of one draft."""

    draft_id: str
    draft_sha256: str = ""
    """Of the draft as it was judged; empty in verdicts of before this was kept, which nothing is published by."""
    story_id: str
    outcome: Outcome
    reviewed_at: Moment
    critic: str
    """Model id, or `code` when no second model took part; the page says so."""
    rubric: str
    """Version of the weights, caps and bands."""
    score: Score
    findings: tuple[Finding, ...] = ()
    strengths: tuple[Remark, ...] = ()
    limitations: tuple[Remark, ...]
    """Never empty."""
    checks: tuple[str, ...]
    """Names of all checks that ran, passed or not."""
    usage: Usage = Usage()
    held_because: str = ""
    """One sentence for the reader and the operator, when held."""
    awaits_editor: bool = False
    """Held for nothing but that an editor has to read it."""
    cleared: Clearance | None = None
    """Accepted because an editor has."""


class Held(Boundary):
    """A story that is not published, or not updated, and why: `insufficient evidence` is an outcome."""

    story_id: str
    draft_id: str
    headline: str
    reason: str
    at: Moment
