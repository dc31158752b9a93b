"""How far the sources of a story bear each other out: two ratios, each of two counts that the page's own data give.

Evidence ratio: of the page's factual sentences, those that two origins or more carry. Contestedness: of the quantities
that two origins or more give, those on which they differ. Neither enters score or importance.
"""

from newsroom.boundary import Boundary
from newsroom.stories.agreement import Agreed
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim

ORIGINS = 2
"""From as many on, sources can bear each other out."""


class Corroboration(Boundary):
    """A ratio is null where there is nothing to divide by."""

    facts: int
    """Factual sentences, each once; the sides of a dispute apart."""
    borne_out: int
    """Of them those that cite two origins or more, or the place of a figure that as many give alike."""
    evidence_ratio: float | None
    compared: int
    """Quantities that two origins or more give, alike or not."""
    disputed: int
    contestedness: float | None


def corroboration(version: Version) -> Corroboration:
    """Of one version, from nothing but what is published with it. Ratios are rounded to two places."""
    draft = version.draft
    sides = {position.claim.id for dispute in draft.disputes for position in dispute.positions}
    facts = {claim.text: claim for claim in draft.claims() if claim.kind == "fact" and claim.id not in sides}
    origins = {source.article_id: source.origin_id for source in version.sources}
    borne_out = sum(len(_origins(claim, version.agreed, origins)) >= ORIGINS for claim in facts.values())
    disputed = len(draft.disputes)
    compared = disputed + len(version.agreed)
    return Corroboration(
        facts=len(facts),
        borne_out=borne_out,
        evidence_ratio=_ratio(borne_out, len(facts)),
        compared=compared,
        disputed=disputed,
        contestedness=_ratio(disputed, compared),
    )


def _origins(claim: Claim, agreed: tuple[Agreed, ...], origins: dict[str, str]) -> set[str]:
    """Origins that carry a sentence: those it cites, and those that give the same figure where it cites one."""
    found = {origins[span.article_id] for span in claim.spans if span.article_id in origins}
    for figure in agreed:
        places = {(one.article_id, one.start, one.end) for one in figure.spans}
        if any(
            a == span.article_id and span.start <= b and c <= span.end for span in claim.spans for a, b, c in places
        ):
            found |= {origins[one.article_id] for one in figure.spans if one.article_id in origins}
    return found


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 2) if whole else None
