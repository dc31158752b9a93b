"""Whose reporting it is: what each article of a story claims, and what follows for all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

OWN = "own reporting, as far as the page says"

SAME_TEXT = "the same text as another article of the story"


@dataclass(frozen=True)
class Claim:
    """To whom an article itself, or its publisher's nature, gives the work."""

    origin: str
    """`agency:<id>`, `publisher:<family>`, `release:<article id>`, `named:<name>` for an outlet that nobody knows."""
    reason: str
    """In words, for the reader and the operator."""
    is_credit: bool = False
    """It names somebody else than the publisher of the page, or the page's publisher is the agency itself."""
    words: str = ""
    """What decided, as it stands in the article, its byline or its feed; empty for own reporting."""
    at: int = -1
    """Where these words begin in the article's `evidence`; -1 when they stand elsewhere."""
    own: str = ""
    """The publisher's own origin, where the article retells the reporting of `origin`."""

    @property
    def because(self) -> str:
        """Reason and words in one line."""
        return f"{self.reason}: “{self.words}”" if self.words else self.reason

    @property
    def written(self) -> str:
        """The claim in a line, as the open index keeps it."""
        return (
            "\t".join((self.origin, self.own, str(self.at), self.reason, self.words)) if self.is_credit else self.origin
        )

    @classmethod
    def read(cls, line: str) -> "Claim":
        """The claim from its line."""
        origin, *rest = line.split("\t")
        if len(rest) != 4:
            return cls(origin, OWN)
        own, at, reason, words = rest
        return cls(origin, reason, is_credit=True, words=words, at=int(at), own=own)


def settle(claims: Mapping[str, Claim], unique: Mapping[str, str]) -> dict[str, Claim]:
    """Article id → the claim that holds for it, from what each claims (`claims`: oldest first) and equal texts.

    All articles of one text share an origin: that of an article that retells another's reporting, else the first
    credit that any of them gives, else that of the oldest. Who retells a report has the origin of that report; two
    outlets that cite nobody but each other are one origin, the one that was first.
    """
    chosen: dict[str, Claim] = {}
    for one, claim in claims.items():
        text = unique.get(one, one)
        kept = chosen.get(text)
        if kept is None or (claim.is_credit, bool(claim.own)) > (kept.is_credit, bool(kept.own)):
            chosen[text] = claim
    first_hand = {claim.origin for claim in chosen.values() if not claim.own}
    retold: dict[str, str] = {}
    for claim in chosen.values():
        if claim.own and claim.own not in first_hand:
            retold.setdefault(claim.own, claim.origin)
    found = {}
    for one, own in claims.items():
        claim = chosen[unique.get(one, one)]
        reason = own.reason if own == claim else f"{SAME_TEXT}; {claim.reason}"
        found[one] = replace(claim, origin=_first_hand(claim.origin, retold), reason=reason)
    return found


def origins(claims: Mapping[str, Claim], unique: Mapping[str, str]) -> dict[str, str]:
    """Article id → origin id, as `settle` decides."""
    return {one: claim.origin for one, claim in settle(claims, unique).items()}


def _first_hand(origin: str, retold: Mapping[str, str]) -> str:
    """Who reported first-hand, at the end of the citations; of outlets that cite in a circle, the first in `retold`."""
    path = [origin]
    while (source := retold.get(path[-1])) is not None:
        if source in path:
            circle = path[path.index(source) :]
            return min(circle, key=list(retold).index)
        path.append(source)
    return path[-1]
