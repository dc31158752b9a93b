"""The weekly audit: published sentences, drawn by lot from every band of scores, that a person reads beside their
evidence. What they find says what a score is worth, whether or not a reader ever reported anything."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from newsroom.boundary import Boundary, Moment, first_fault
from newsroom.errors import ArchiveConflict, BadInput

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.stories.version import Head, Version

PER_BAND = 12
"""Sentences a week and band: five bands are an hour of somebody's week, and 150 of a band in the window of 90 days."""
TRIES = 4
"""Of a write that somebody else's write got in the way of."""


class DrawnSentence(Boundary):
    """A factual sentence as it was published, with what it stands on."""

    id: str
    """`story/version/claim`."""
    slug: str
    score: int
    band: str
    text: str
    evidence: tuple[str, ...]
    """The sources' words, as the page shows them."""


class Judgement(Boundary):
    """What the auditor found. The first one of a sentence stands."""

    sentence: str
    right: bool | None
    """None: it cannot be told from the sources; it counts for nothing."""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Judged(Judgement):
    at: Moment


class Audit(Boundary):
    """The sentences of one week's stories, and what has been found of them so far."""

    week: Annotated[str, StringConstraints(pattern=r"^\d{4}-W\d\d$")]
    """By ISO 8601, in UTC."""
    sentences: tuple[DrawnSentence, ...]
    judged: tuple[Judged, ...] = ()


class GivenJudgements(Boundary):
    """The payload of `judge_audit`. Without a week the newest audit is meant, without judgements it is only shown."""

    week: str = ""
    judgements: tuple[Judgement, ...] = Field(default=(), max_length=500)


def read_judgements(event: Mapping[str, Any]) -> GivenJudgements:
    """BadInput says which field does not fit."""
    try:
        return GivenJudgements.model_validate(event)
    except ValidationError as exc:
        raise BadInput(first_fault(exc), about="audit") from exc


def week_before(now: datetime) -> str:
    """The last week that is over."""
    year, week, _ = (now.astimezone(UTC).date() - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02}"


def days_of(week: str) -> tuple[str, ...]:
    """Monday to Sunday, as ISO dates."""
    year, _, number = week.partition("-W")
    return tuple(date.fromisocalendar(int(year), int(number), day).isoformat() for day in range(1, 8))


def draw(week: str, heads: Iterable["Head"], version_of: Callable[["Head"], "Version"]) -> Audit:
    """`PER_BAND` stories of each band and one factual sentence of each, all by a lot that the week alone decides: the
    same stories give the same sample, and nobody picks. Only the versions of drawn stories are read.

    So a share of wrong sentences is a mean over stories, in which a short story counts as much as a long one.
    """
    drawn: list[DrawnSentence] = []
    full: Counter[str] = Counter()
    for head in sorted(heads, key=lambda one: _lot(week, one.story_id)):
        if head.retracted or full[head.band] == PER_BAND:
            continue
        if sentence := _sentence(week, version_of(head)):
            drawn.append(sentence)
            full[head.band] += 1
    return Audit(week=week, sentences=tuple(sorted(drawn, key=lambda one: (-one.score, one.id))))


def with_judgements(audit: Audit, given: Iterable[Judgement], now: datetime) -> Audit:
    """The same again changes nothing; BadInput for a sentence that was not drawn, or was judged otherwise before."""
    known = {one.sentence: one for one in audit.judged}
    drawn = {one.id for one in audit.sentences}
    for one in given:
        if one.sentence not in drawn:
            raise BadInput(f"“{one.sentence[:80]}” is no sentence of that week’s audit", about=audit.week)
        before = known.get(one.sentence)
        if before and before.right != one.right:
            raise BadInput(f"{one.sentence} was judged already", about=audit.week)
        known.setdefault(one.sentence, Judged(**one.model_dump(), at=now))
    return audit.model_copy(update={"judged": tuple(known.values())})


def judged_on(day: str, audits: Iterable[Audit]) -> dict[str, tuple[int, int]]:
    """Band → how many sentences were found right on a day (UTC), of how many that could be told."""
    found: dict[str, tuple[int, int]] = {}
    for audit in audits:
        bands = {one.id: one.band for one in audit.sentences}
        for one in audit.judged:
            if one.right is not None and f"{one.at.astimezone(UTC):%Y-%m-%d}" == day:
                right, every = found.get(bands[one.sentence], (0, 0))
                found[bands[one.sentence]] = (right + one.right, every + 1)
    return dict(sorted(found.items()))


def audit_last_week(archive: "Archive", now: datetime) -> Audit:
    """Of the week that is over, drawn now when it was not yet; a repeated job finds the same."""
    week = week_before(now)
    found = archive.find_audit(week)
    if found:
        return found[0]
    heads = [head for day in days_of(week) for head in archive.first_published_on(day)]
    return archive.store_audit(draw(week, heads, lambda head: archive.version(head.story_id, head.version)))


def judge(given: GivenJudgements, archive: "Archive", now: datetime) -> Audit:
    """The audit, with what is handed in. BadInput for what does not belong to it, and where none is drawn yet."""
    week = given.week or max(archive.audit_weeks(), default="")
    for attempt in range(TRIES):
        found = archive.find_audit(week)
        if found is None:
            raise BadInput("there is no audit of that week", about=week or "any week")
        audit, tag = found
        judged = with_judgements(audit, given.judgements, now)
        if judged == audit:
            return audit
        try:
            return archive.store_audit(judged, tag)
        except ArchiveConflict:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("the last try returns or raises")


def _sentence(week: str, version: "Version") -> DrawnSentence | None:
    """One fact of a version; None when it has none."""
    facts = [claim for claim in version.draft.claims() if claim.kind == "fact" and claim.spans]
    if not facts:
        return None
    claim = min(facts, key=lambda one: _lot(week, version.story_id, one.id))
    return DrawnSentence(
        id=f"{version.story_id}/{version.number}/{claim.id}",
        slug=version.slug,
        score=version.head.score,
        band=version.head.band,
        text=claim.text,
        evidence=tuple(version.quotes[span.sha256] for span in claim.spans if span.sha256 in version.quotes),
    )


def _lot(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
