"""0–100, computed from the rubric so that a stranger gets the same number from the verdict alone."""

import math
from collections.abc import Sequence
from datetime import timedelta

from newsroom.review.rubric import Rubric
from newsroom.review.submission import Submission
from newsroom.review.verdict import Cap, Component, Finding, Score

WARNINGS_THAT_CAP = 3
_MODULES = ("standfirst", "tldr", "quick_take", "body", "why_it_matters", "watch")


def score(submission: Submission, findings: Sequence[Finding], critic: int | None, rubric: Rubric) -> Score:
    """Components by weight, rounded half up, then the caps; `critic` is the second model's mark, None without one."""
    weights = rubric.weights["code" if critic is None else "critic"]
    values = {
        "evidence": _evidence(submission, findings),
        "origins": _origins(submission, rubric),
        "standing": _standing(submission, rubric),
        "completeness": _completeness(submission),
        "freshness": _freshness(submission),
        "cleanness": _cleanness(findings),
        "critic": (float(critic or 0), "The second model's mark."),
    }
    components = tuple(
        Component(name=name, value=round(values[name][0], 1), weight=weight, reason=values[name][1])
        for name, weight in weights.items()
    )
    raw = rounded(components)
    caps = tuple(rubric.cap(one) for one in _caps(submission, findings, critic))
    final = min([raw, *(cap.limit for cap in caps)])
    return Score(components=components, raw=raw, caps=caps, final=final, band=rubric.band(final))


def rounded(components: Sequence[Component]) -> int:
    """Σ value·weight, rounded half up; the sum is first cut to six decimals, so that no binary fraction tips it."""
    return math.floor(round(sum(part.value * part.weight for part in components), 6) + 0.5)


def capped_by(score: Score) -> tuple[Cap, ...]:
    """The caps that took something off."""
    return tuple(cap for cap in score.caps if cap.limit < score.raw)


def _evidence(submission: Submission, findings: Sequence[Finding]) -> tuple[float, str]:
    facts = [claim for claim in submission.claims if claim.kind == "fact"]
    faulty = {found.claim_id for found in findings if found.severity == "block"}
    sound = sum(1 for claim in facts if claim.id not in faulty)
    share = 100 * sound / len(facts) if facts else 0.0
    plural = "sentence" if len(facts) == 1 else "sentences"
    return share, f"{sound} of {len(facts)} factual {plural} stand on their span of a source."


def _origins(submission: Submission, rubric: Rubric) -> tuple[float, str]:
    count = len(submission.cited_origins)
    value = rubric.origins.get(min(count, max(rubric.origins)), 0)
    return float(value), f"{count} independent {'origin is' if count == 1 else 'origins are'} cited."


def _standing(submission: Submission, rubric: Rubric) -> tuple[float, str]:
    best: dict[str, int] = {}
    for article in submission.cited:
        origin = submission.origins[article.id]
        best[origin] = min(best.get(origin, 3), submission.tier(article))
    if not best:
        return 0.0, "No source is cited."
    tiers = sorted(best.values())
    return sum(rubric.tiers[tier] for tier in tiers) / len(
        tiers
    ), f"Best tier of each origin: {', '.join(map(str, tiers))}."


def _completeness(submission: Submission) -> tuple[float, str]:
    there = [name for name in _MODULES if getattr(submission.draft, name)]
    return 100 * len(there) / len(_MODULES), f"{len(there)} of {len(_MODULES)} modules have evidence."


def _freshness(submission: Submission) -> tuple[float, str]:
    """Share of the cited articles within 24 hours of the newest one: the clock plays no part, so the score stays."""
    dates = [article.dated for article in submission.cited]
    if not dates:
        return 0.0, "No source is cited."
    recent = sum(1 for date in dates if max(dates) - date <= timedelta(hours=24))
    return 100 * recent / len(dates), f"{recent} of {len(dates)} cited articles are from the last day of reporting."


def _cleanness(findings: Sequence[Finding]) -> tuple[float, str]:
    blocks = sum(1 for found in findings if found.severity == "block")
    warnings = sum(1 for found in findings if found.severity == "warn")
    return max(0.0, 100.0 - 50 * blocks - 10 * warnings), f"{blocks} blocking findings, {warnings} warnings."


def _caps(submission: Submission, findings: Sequence[Finding], critic: int | None) -> list[str]:
    cited = submission.cited
    ids = []
    if len(submission.cited_origins) < 2:
        ids.append("single-origin")
    if submission.draft.writer == "excerpt":
        ids.append("excerpt-digest")
    elif critic is None:
        ids.append("no-second-model")
    if not any(submission.tier(article) < 3 for article in cited):
        ids.append("no-tier-1-or-2")
    if cited and all(article.kind == "press-release" for article in cited):
        ids.append("press-release-only")
    if sum(1 for found in findings if found.severity == "warn") >= WARNINGS_THAT_CAP:
        ids.append("warnings")
    return ids
