"""What a writer hands in: sentences, each with its evidence."""

import hashlib
from collections.abc import Iterator
from typing import Literal

from newsroom.boundary import Boundary, Moment, as_json

Region = Literal["asia", "europe", "americas", "mea"]
Writer = Literal["claude", "excerpt", "scripted"]
"""A model; code that quotes; a stand-in for a model, which pages and mail call so."""


class Span(Boundary):
    """A stretch of one article's `evidence` that supports a claim. Offsets count Unicode code points."""

    article_id: str
    start: int
    end: int
    sha256: str
    """Of the stretch in UTF-8: whoever holds the article can check that nothing moved."""

    @classmethod
    def over(cls, article_id: str, evidence: str, start: int, end: int) -> "Span":
        return cls(article_id=article_id, start=start, end=end, sha256=digest(evidence[start:end]))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Claim(Boundary):
    """One sentence that would be published.

    `fact` has at least one span. `inference` is ours, labelled as such, with its mechanism. `context` is
    neither: how the page came about, a definition, a date; it may not contain figures or names of its own.
    """

    id: str
    """Unique in its draft: `headline`, `tldr-1`, `body-2-3` …"""
    kind: Literal["fact", "inference", "context"]
    text: str
    spans: tuple[Span, ...] = ()
    mechanism: str = ""
    """For an inference: how the cause brings about the effect."""


class Ripple(Boundary):
    """Who else is affected, how: always an inference."""

    entity: str
    claim: Claim
    direction: Literal["up", "down", "mixed", "unclear"]
    confidence: Literal["low", "medium", "high"]


class Watch(Boundary):
    """What would tell how it goes on."""

    entity: str
    trigger: str
    by: str = ""
    """ISO date; empty when no source gives one."""
    claim: Claim


class Stance(Boundary):
    """How one origin's report reads for the subject: tone, not a forecast of prices."""

    origin_id: str
    article_id: str
    label: Literal["bullish", "neutral", "bearish"]
    reason: str


class Position(Boundary):
    """One side of a dispute."""

    article_id: str
    value: str
    claim: Claim


class Dispute(Boundary):
    """The same quantity with different values; never averaged."""

    subject: str
    positions: tuple[Position, ...]


class Usage(Boundary):
    """What one model call took; zeros for the excerpt writer."""

    model: str = ""
    prompt_sha256: str = ""
    """Of the prompt's file."""
    question_sha256: str = ""
    """Of the whole request: the recorded answer is kept under it."""
    answer_sha256: str = ""
    """Of the answer's text: a record that was altered is found by whoever holds the receipt."""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    micro_dollars: int = 0
    milliseconds: int = 0


class Draft(Boundary):
    """A story as a writer would publish it. A module that has no evidence is absent, and `absent` says why."""

    id: str
    story_id: str
    attempt: int = 0
    writer: Writer
    written_at: Moment
    language: str = "en"
    inputs: str
    """The story's `inputs` digest that it was written from."""
    sources: tuple[str, ...]
    """Article ids, in the order in which readers see them numbered."""
    headline: Claim
    standfirst: Claim | None = None
    tldr: tuple[Claim, ...] = ()
    """Three, or none: what happened, so what, "Watch: …"."""
    quick_take: tuple[Claim, ...] = ()
    body: tuple[tuple[Claim, ...], ...] = ()
    """Paragraphs of sentences."""
    why_it_matters: tuple[Claim, ...] = ()
    ripples: tuple[Ripple, ...] = ()
    watch: tuple[Watch, ...] = ()
    lenses: dict[Region, tuple[Claim, ...]] = {}
    stances: tuple[Stance, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    gaps: tuple[Claim, ...] = ()
    """What none of the sources reports."""
    absent: dict[str, str] = {}
    """Module → why it is not there; `model` → why a model did not write it."""
    fallen: int = 0
    """Sentences that a model gave and code dropped, because their quotations are in no source."""
    usage: Usage = Usage()

    @property
    def sha256(self) -> str:
        """Of the draft as it is stored: a verdict names it, so that what is published is what was judged."""
        return hashlib.sha256(as_json(self.model_dump(mode="json"))).hexdigest()

    def claims(self) -> Iterator[Claim]:
        """Every sentence that would be published, in reading order."""
        yield self.headline
        if self.standfirst:
            yield self.standfirst
        yield from self.tldr
        yield from self.quick_take
        for paragraph in self.body:
            yield from paragraph
        yield from self.why_it_matters
        yield from (ripple.claim for ripple in self.ripples)
        yield from (watch.claim for watch in self.watch)
        for _, lens in sorted(self.lenses.items()):  # as it comes back from storage, whoever made it
            yield from lens
        for dispute in self.disputes:
            yield from (position.claim for position in dispute.positions)
        yield from self.gaps

    def printed(self) -> tuple[tuple[str, str], ...]:
        """(claim id, text) of every field that a page shows, one by one; the id is empty where it has none."""
        fields = [(claim.id, text) for claim in self.claims() for text in (claim.text, claim.mechanism)]
        fields += [(watch.claim.id, text) for watch in self.watch for text in (watch.entity, watch.trigger, watch.by)]
        fields += [(ripple.claim.id, ripple.entity) for ripple in self.ripples]
        fields += [("", stance.reason) for stance in self.stances]
        fields += [("", dispute.subject) for dispute in self.disputes]
        fields += [(one.claim.id, one.value) for dispute in self.disputes for one in dispute.positions]
        fields += [("", reason) for reason in self.absent.values()]
        return tuple((claim_id, text) for claim_id, text in fields if text)


def draft_id(story_id: str, inputs: str, writer: str, prompt_sha256: str, attempt: int) -> str:
    """Derived from all that decides a draft, so that a repeated state finds the draft it had made."""
    key = "\n".join((story_id, inputs, writer, prompt_sha256, str(attempt)))
    return f"{story_id}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
