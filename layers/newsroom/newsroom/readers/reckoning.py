"""One night's reckoning of what readers said: ballots, errors, and the weights that follow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsroom.boundary import Boundary
from newsroom.editions import ranking
from newsroom.editions.correction import Correction
from newsroom.readers.auditing import Audit, days_of, judged_on
from newsroom.readers.calibration import judged_in
from newsroom.readers.clocks import LOOKS_BACK
from newsroom.readers.reliability import METHOD as AUDITED
from newsroom.readers.reliability import START, refitted
from newsroom.readers.tuning import METHOD, WINDOW, Ballot, moved, sway
from newsroom.review.rubric import rubric
from newsroom.stories.version import Head

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive

ERRORS = {"correction", "retraction"}
"""What confirms that something was wrong; clarifications and updates do not."""
KEPT = LOOKS_BACK.days
"""Days that the public page looks back on."""
LONGEST_GAP = 30
"""Days that are caught up on after the job did not run."""


class Move(Boundary):
    """An entry of the change-log: one parameter, why, and by which method."""

    parameter: str
    before: float
    after: float
    since: str
    """First day of the ballots it comes from."""
    until: str
    votes: int = 0
    stories: int = 0
    judged: int = 0
    """Sentences of audits that it comes from, where it does not come from ballots."""
    method: str


class Reckoning(Boundary):
    """Of one day (UTC), frozen; weights and moves follow from this and the days before alone."""

    day: str
    ballots: tuple[Ballot, ...] = ()
    published: dict[str, str] = {}
    """Stories first published on that day → the band they had when it was over."""
    errors: dict[str, str] = {}
    """Stories of which an error was confirmed on that day → the band of the version that had it."""
    judged: dict[str, tuple[int, int]] = {}
    """Band → sentences that auditors found right on that day, of how many."""
    weights: ranking.Weights
    """From the next day on."""
    reliability: dict[str, float] = {}
    """Band → what it is worth, from the next day on; a band that is not named is worth `reliability.START`."""
    moves: tuple[Move, ...] = ()


def ballots(votes: Mapping[str, tuple[int, int]], heads: Iterable[Head]) -> tuple[Ballot, ...]:
    """A day's votes with what their stories' places are made of."""
    found = []
    for head in sorted(heads, key=lambda one: one.story_id):
        useful, useless = votes[head.story_id]
        parts = ranking.read(head.headline, head.standfirst, head.tiers)
        found.append(
            Ballot(
                story_id=head.story_id, band=head.band, severity=parts.severity, breadth=round(parts.breadth, 2),
                standing=parts.standing, useful=useful, useless=useless,
            )
        )  # fmt: skip
    return tuple(found)


def reckon(
    day: str,
    cast: Sequence[Ballot],
    published: Mapping[str, str],
    errors: Mapping[str, str],
    before: Sequence[Reckoning],
    judged: Mapping[str, tuple[int, int]] = MappingProxyType({}),
) -> Reckoning:
    """`before`: the reckonings of the days before, oldest first; without any, the rules' own weights are in force."""
    recent = [one for one in before if one.day > _earlier(day, WINDOW)]
    now = before[-1].weights if before else ranking.rules().weights
    said = sway([ballot for one in recent for ballot in one.ballots] + list(cast))
    after = moved(now, ranking.rules().weights, said.shares) if said.shares else now
    since = min([day, *(one.day for one in recent)])
    moves = tuple(
        Move(
            parameter=f"weights.{name}", before=old, after=new, since=since, until=day,
            votes=said.votes, stories=said.stories, method=METHOD,
        )
        for name in ranking.Weights.model_fields
        if (old := getattr(now, name)) != (new := getattr(after, name))
    )  # fmt: skip
    known, window = before[-1].reliability if before else {}, _judged(day, judged, before)
    worth = refitted(known, window, [band.name for band in rubric().bands]) if judged else known
    first = min([day, *(one.day for one in before if one.judged and one.day > _earlier(day, KEPT))])
    refits = _refits(known, worth, sum(every for _, every in window.values()), first, day)
    return Reckoning(
        day=day, ballots=tuple(cast), published=dict(published), errors=dict(errors), judged=dict(judged),
        weights=after, reliability=worth, moves=moves + refits,
    )  # fmt: skip


def _refits(
    known: Mapping[str, float], worth: Mapping[str, float], judged: int, since: str, until: str
) -> tuple[Move, ...]:
    return tuple(
        Move(
            parameter=f"reliability.{band}", before=old, after=new, since=since, until=until, judged=judged,
            method=AUDITED,
        )
        for band, new in worth.items()
        if (old := known.get(band, START)) != new
    )  # fmt: skip


def _judged(day: str, judged: Mapping[str, tuple[int, int]], before: Sequence[Reckoning]) -> dict[str, tuple[int, int]]:
    """Of the window that ends with `day`."""
    found = judged_in(one for one in before if one.day > _earlier(day, KEPT))
    for band, (right, every) in judged.items():
        had = found.get(band, (0, 0))
        found[band] = (had[0] + right, had[1] + every)
    return found


def replayed(reckonings: Sequence[Reckoning]) -> list[Reckoning]:
    """The same days reckoned again from their ballots and judgements alone, oldest first: equal to what was given, or
    somebody moved a number by hand."""
    again: list[Reckoning] = []
    for one in reckonings:
        again.append(reckon(one.day, one.ballots, one.published, one.errors, again, one.judged))
    return again


def reckon_days(archive: "Archive", now: datetime) -> list[Reckoning]:
    """Reckon every day that is over and was not reckoned; those of the window, oldest first. Repeating is harmless."""
    known = archive.reckoned_days()
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    first = (
        max(date.fromisoformat(known[-1]) + timedelta(days=1), yesterday - timedelta(days=LONGEST_GAP))
        if (known)
        else yesterday
    )
    before = [archive.reckoning(day) for day in known if day > _earlier(yesterday.isoformat(), KEPT)]
    for number in range((yesterday - first).days + 1):
        day = (first + timedelta(days=number)).isoformat()
        before.append(archive.store_reckoning(_reckoned(archive, day, before)))
    if before:
        archive.store_weights(before[-1].weights)
    return before


def _reckoned(archive: "Archive", day: str, before: Sequence[Reckoning]) -> Reckoning:
    votes = archive.votes(day)
    heads = [head for story_id in sorted(votes) if (head := archive.head(story_id))]
    published = {head.story_id: head.band for head in archive.first_published_on(day)}
    wrong = [one for one in archive.corrections() if one.kind in ERRORS and f"{one.made_at:%Y-%m-%d}" == day]
    errors = {one.story_id: _band(archive, one) for one in wrong}
    return reckon(day, ballots(votes, heads), published, errors, before, judged_on(day, _audits(archive, day)))


def _audits(archive: "Archive", day: str) -> list[Audit]:
    """Those that somebody may still have been judging on a day."""
    recent = [week for week in archive.audit_weeks() if days_of(week)[0] > _earlier(day, KEPT)]
    return [found[0] for week in recent if (found := archive.find_audit(week))]


def _band(archive: "Archive", correction: Correction) -> str:
    """Of the version that had the error."""
    return archive.version(correction.story_id, max(1, correction.version - 1)).head.band


def _earlier(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
