"""The desk decides on a report, or on a story by itself: rejected, confirmed, or put right in the next edition."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, cast

from pydantic import Field, StringConstraints, ValidationError, model_validator

from newsroom.boundary import Boundary, as_json, first_fault
from newsroom.editions.correction import Edit, Kind
from newsroom.editions.rewording import reworded
from newsroom.editions.ruling import Ruling
from newsroom.errors import BadInput, DraftInvalid
from newsroom.readers.reports import Report, decided
from newsroom.review.grounding import ground
from newsroom.writing.draft import Claim, Span

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.stories.version import Version

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
MOST_EDITS = 20


class GivenEdit(Boundary):
    """One sentence: as it stands, as it is to read (empty: withdrawn), evidence where the old one does not carry it."""

    was: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    reads: Words = ""
    article_id: str = ""
    quote: Words = ""
    """Of the article's title or text, to the letter."""

    @model_validator(mode="after")
    def _evidence_is_whole(self) -> Self:
        if bool(self.article_id) != bool(self.quote):
            raise ValueError("new evidence is an article and a quotation from it")
        return self


class GivenDecision(Boundary):
    """The payload of `decide_report`."""

    report_id: str = ""
    story_id: str = ""
    """Instead of a report, when the desk found the error itself."""
    outcome: Literal["rejected", "confirmed", "correction", "clarification", "update", "retraction"]
    reason: Words = ""
    """For the report's public page."""
    was: Words = ""
    now_reads: Words = ""
    """The two halves of the notice; the first edit's words where they are empty."""
    edits: tuple[GivenEdit, ...] = Field(default=(), max_length=MOST_EDITS)

    @model_validator(mode="after")
    def _says_what_it_must(self) -> Self:
        changes = self.outcome not in ("rejected", "confirmed")
        if bool(self.report_id) == bool(self.story_id):
            raise ValueError("a decision is on a report or on a story")
        if not changes and (not self.report_id or self.edits or not self.reason):
            raise ValueError("without a change of the story it is on a report, with a reason and no edits")
        if self.outcome == "correction" and not self.edits:
            raise ValueError("a correction changes a sentence")
        if self.outcome == "retraction" and (self.edits or not self.now_reads):
            raise ValueError("a retraction says why in now_reads and edits nothing: the words stay, struck through")
        if changes and not self.edits and not (self.was and self.now_reads):
            raise ValueError("a notice says what stood there and what is right")
        return self


@dataclass(frozen=True)
class Outcome:
    """What became of a decision. Without a `ruling` the story stays as it is; `repeated`: it was taken before."""

    report: Report | None
    ruling: Ruling | None
    repeated: bool = False

    @property
    def answer(self) -> dict[str, str | bool]:
        """What the operator is told; the next edition does the rest."""
        return {
            "report_id": self.report.id if self.report else "",
            "state": self.report.state if self.report else "",
            "ruling_id": self.ruling.id if self.ruling else "",
            "kind": self.ruling.kind if self.ruling else "",
            "repeated": self.repeated,
        }


def read_decision(event: Mapping[str, Any]) -> GivenDecision:
    """The payload, checked; BadInput says which field does not fit."""
    try:
        return GivenDecision.model_validate(event)
    except ValidationError as exc:
        raise BadInput(first_fault(exc), about="decision") from exc


def decide(given: GivenDecision, archive: "Archive", now: datetime) -> Outcome:
    """Check a decision against what is published, and keep it: the next edition makes the version, the notice, the
    log's entry and the feeds. The same decision again is the one that was taken.

    Raises NotFound for a report or story that is none, BadInput for words that are not published, for a sentence that
    its evidence does not carry, and for a report that was decided otherwise.
    """
    report = archive.report(given.report_id) if given.report_id else None
    story_id = report.story_id if report else given.story_id
    if given.outcome in ("rejected", "confirmed") and report:
        return _answered(given, report, archive, now)
    ruling_id = _ruling_id(given, story_id)
    if taken := archive.find_ruling(ruling_id):
        return Outcome(report, taken, repeated=True)
    if report and (report.state in ("rejected", "fixed") or report.ruling_id):
        raise BadInput("was decided already", about=report.id)
    head = archive.head(story_id)
    if head is None or head.retracted:
        raise BadInput("is not published, or was retracted", about=story_id)
    version = archive.version(story_id, head.version)
    edits = _edits(given, version, archive)
    ruling = Ruling(
        id=ruling_id,
        story_id=story_id,
        report_id=given.report_id,
        kind=cast("Kind", given.outcome),
        was=given.was or (edits[0].was if edits else ""),
        now_reads=given.now_reads or (edits[0].reads or "We have withdrawn this sentence." if edits else ""),
        edits=edits,
        reported_at=report.received_at if report else None,
        decided_at=now.replace(microsecond=0),
    )
    if report:
        report = decided(report, "confirmed", given.reason, ruling.id, now)
    return Outcome(report, ruling, repeated=not archive.store_ruling(ruling, report))


def _answered(given: GivenDecision, report: Report, archive: "Archive", now: datetime) -> Outcome:
    """The story stays as it is, for now (`confirmed`) or for good (`rejected`)."""
    state: Literal["rejected", "confirmed"] = "rejected" if given.outcome == "rejected" else "confirmed"
    if (report.state, report.reason) == (state, given.reason):
        return Outcome(report, None, repeated=True)
    if report.state != "received" and not (report.state == "confirmed" and not report.ruling_id):
        raise BadInput("was decided already", about=report.id)
    report = decided(report, state, given.reason, "", now)
    archive.store_report(report)
    return Outcome(report, None)


def _edits(given: GivenDecision, version: "Version", archive: "Archive") -> tuple[Edit, ...]:
    published = {claim.text: claim for claim in version.draft.claims()}
    edits = tuple(_edit(one, published.get(one.was), version, archive) for one in given.edits)
    try:
        reworded(version.draft, edits)
    except DraftInvalid as exc:
        raise BadInput(str(exc), about=version.story_id) from exc
    return edits


def _edit(given: GivenEdit, claim: Claim | None, version: "Version", archive: "Archive") -> Edit:
    if claim is None:
        raise BadInput(f"“{given.was[:80]}” does not stand in version {version.number}", about=version.story_id)
    span, words = _evidence(given, version, archive) if given.quote else (None, "")
    quotes: Mapping[str, str] = {span.sha256: words} if span else version.quotes
    spans = (span,) if span else claim.spans
    if given.reads and claim.kind == "fact":
        carried = " ".join(quotes.get(one.sha256, "") for one in spans)
        if findings := ground(carried, given.reads):
            raise BadInput(f"its evidence does not say so: {findings[0].reason}", about=version.story_id)
    return Edit(
        was=given.was,
        reads=given.reads,
        spans=(span,) if span else (),
        quotes={span.sha256: words} if span else {},
    )


def _evidence(given: GivenEdit, version: "Version", archive: "Archive") -> tuple[Span, str]:
    """The stretch of a source of this version in which the quotation stands."""
    if given.article_id not in {source.article_id for source in version.sources if not source.reserved}:
        raise BadInput("is no source of the story that may be quoted", about=given.article_id)
    evidence = archive.article(given.article_id).evidence
    start = evidence.find(given.quote)
    if start < 0:
        raise BadInput("does not say that, to the letter", about=given.article_id)
    return Span.over(given.article_id, evidence, start, start + len(given.quote)), given.quote


def _ruling_id(given: GivenDecision, story_id: str) -> str:
    key = as_json({**given.model_dump(mode="json", exclude={"reason"}), "story": story_id})
    return "DEC-" + base64.b32encode(hashlib.sha256(key).digest()[:10]).decode()
