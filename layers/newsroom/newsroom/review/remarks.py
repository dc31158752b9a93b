"""Strengths and limitations in words, each tied to the sentences and the figures that show it. Rules, not praise."""

from collections.abc import Sequence

from newsroom.publishers.publisher import TIERS
from newsroom.review.submission import Submission
from newsroom.review.verdict import Finding, Remark, Score


def strengths(submission: Submission, findings: Sequence[Finding]) -> tuple[Remark, ...]:
    faulty = {found.claim_id for found in findings if found.severity == "block"}
    facts = [c for c in submission.claims if c.kind == "fact" and c.id not in faulty]
    found = []
    if len(submission.cited_origins) > 1:
        by_origin = {submission.origins[a.id]: submission.name(a) for a in reversed(submission.cited)}
        who = listed([by_origin[origin] for origin in submission.cited_origins][:4])
        count = len(submission.cited_origins)
        text = f"{count} independent origins are cited: {who}{'' if count <= 4 else ' and others'}."
        found.append(Remark(text=text, claim_ids=_citing(submission, [a.id for a in submission.cited])))
    best = min(submission.cited, key=lambda a: (submission.tier(a), a.dated, a.id), default=None)
    if best and submission.tier(best) < 3:
        tier = submission.tier(best)
        text = f"It rests on {submission.name(best)}, of tier {tier} ({TIERS[tier]})."
        found.append(Remark(text=text, claim_ids=_citing(submission, [best.id])))
    if submission.draft.disputes:
        ids = tuple(position.claim.id for one in submission.draft.disputes for position in one.positions)
        found.append(Remark(text="Where the sources differ on a figure, both values are shown.", claim_ids=ids))
    if facts:
        text = f"{_sentences(len(facts))} can be checked against the passage of the source that supports it."
        found.append(Remark(text=text, claim_ids=tuple(claim.id for claim in facts)))
    return tuple(found)


def limitations(submission: Submission, findings: Sequence[Finding], score: Score) -> tuple[Remark, ...]:
    """Never empty: even the best-sourced page was written by a machine."""
    draft = submission.draft
    found = []
    origins = submission.cited_origins
    if len(origins) == 1:
        who = next(
            (submission.name(a) for a in submission.cited if submission.origins[a.id] == origins[0]), "one source"
        )
        found.append(Remark(text=f"It rests on one origin, {who}: nobody else's reporting confirms it."))
    if draft.writer == "excerpt":
        found.append(
            Remark(text="It is a digest of quotations chosen by code: the sources are not weighed or explained.")
        )
    links = [a for one in draft.sources if (a := submission.articles.get(one)) and a not in submission.quotable]
    if links:
        verb = "is a link" if len(links) == 1 else "are links"
        text = f"{len(links)} of {len(draft.sources)} articles {verb} only: reserved, walled off, undated or too short."
        found.append(Remark(text=text))
    disputes = [position.claim.id for one in draft.disputes for position in one.positions]
    if disputes:
        found.append(Remark(text="The sources do not agree on every figure.", claim_ids=tuple(disputes)))
    absent = [name for name in ("tldr", "why_it_matters", "watch") if not getattr(draft, name)]
    if absent:
        found.append(
            Remark(text=f"Absent for want of evidence: {listed([name.replace('_', ' ') for name in absent])}.")
        )
    if draft.fallen:
        text = f"{draft.fallen} of the model's sentences fell, because their quotations are in no source."
        found.append(Remark(text=text))
    warned = tuple(dict.fromkeys(f.claim_id for f in findings if f.severity == "warn" and f.claim_id))
    if warned:
        found.append(Remark(text="The checks left warnings on some sentences.", claim_ids=warned))
    if not found:
        found.append(
            Remark(text=f"Written and reviewed by machines; the score of {score.final} follows the published rubric.")
        )
    return tuple(found)


def _citing(submission: Submission, article_ids: Sequence[str]) -> tuple[str, ...]:
    wanted = set(article_ids)
    return tuple(c.id for c in submission.claims if any(span.article_id in wanted for span in c.spans))


def _sentences(count: int) -> str:
    return "One factual sentence" if count == 1 else f"Each of {count} factual sentences"


def listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
