"""The checks, in the order in which they run: what a later one takes for granted, an earlier one has looked at."""

from collections.abc import Callable

from newsroom.review import (
    advice_language,
    copy_distance,
    disputes_shown,
    evidence_exists,
    figures_grounded,
    instructions_left,
    labels,
    length_language,
    names_grounded,
    people_accused,
    quotes_verbatim,
    repetition,
    speakers,
    staleness,
    support,
)
from newsroom.review.submission import Submission
from newsroom.review.verdict import Finding

Check = Callable[[Submission], list[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    (evidence_exists.NAME, evidence_exists.evidence_exists),
    (quotes_verbatim.NAME, quotes_verbatim.quotes_verbatim),
    (figures_grounded.NAME, figures_grounded.figures_grounded),
    (names_grounded.NAME, names_grounded.names_grounded),
    (support.NAME, support.support),
    (speakers.NAME, speakers.speakers),
    (disputes_shown.NAME, disputes_shown.disputes_shown),
    (copy_distance.NAME, copy_distance.copy_distance),
    (advice_language.NAME, advice_language.advice_language),
    (instructions_left.NAME, instructions_left.instructions_left),
    (repetition.NAME, repetition.repetition),
    (staleness.NAME, staleness.staleness),
    (length_language.NAME, length_language.length_language),
    (labels.NAME, labels.labels),
    (people_accused.NAME, people_accused.people_accused),
)


def run_checks(submission: Submission) -> tuple[Finding, ...]:
    """All findings of all checks, in the checks' order."""
    return tuple(found for _, check in CHECKS for found in check(submission))
