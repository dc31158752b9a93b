"""Sentences of a draft are put right or taken out, wherever they stand: the same words are wrong in every module."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from newsroom.editions.correction import Edit
from newsroom.errors import DraftInvalid
from newsroom.writing.draft import Claim, Draft, Position, Ripple, Watch

LEAST_SIDES = 2
"""Of a dispute."""
WITHDRAWN = "A sentence of it was withdrawn by a correction."

Line = TypeVar("Line", Ripple, Watch, Position)
Change = Callable[[Claim], Claim | None]


def reworded(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft with every sentence that reads as an edit's `was` changed or, when the edit has no new words, left out.

    The draft itself when none does. Raises DraftInvalid when the headline would be left out: then the story is to
    be retracted.
    """
    by_words = {edit.was: edit for edit in edits}
    if not any(claim.text in by_words for claim in draft.claims()):
        return draft

    def change(claim: Claim) -> Claim | None:
        edit = by_words.get(claim.text)
        if edit is None:
            return claim
        if not edit.reads:
            return None
        return claim.model_copy(update={"text": edit.reads, "spans": edit.spans or claim.spans})

    headline = change(draft.headline)
    if headline is None:
        raise DraftInvalid("a story without its headline is to be retracted", about=draft.id)
    return draft.model_copy(update={"headline": headline, **_modules(draft, change)})


def _modules(draft: Draft, change: Change) -> Mapping[str, object]:
    tldr = _kept(draft.tldr, change)
    whole = len(tldr) == len(draft.tldr)  # the rule of the module: three, or none
    standfirst = change(draft.standfirst) if draft.standfirst else None
    disputes = (
        one.model_copy(update={"positions": tuple(_with_claims(one.positions, change))}) for one in draft.disputes
    )
    return {
        "standfirst": standfirst,
        "tldr": tldr if whole else (),
        "absent": draft.absent if whole else draft.absent | {"tldr": WITHDRAWN},
        "quick_take": _kept(draft.quick_take, change),
        "body": tuple(kept for paragraph in draft.body if (kept := _kept(paragraph, change))),
        "why_it_matters": _kept(draft.why_it_matters, change),
        "ripples": tuple(_with_claims(draft.ripples, change)),
        "watch": tuple(_with_claims(draft.watch, change)),
        "lenses": {region: kept for region, claims in draft.lenses.items() if (kept := _kept(claims, change))},
        "disputes": tuple(one for one in disputes if len(one.positions) >= LEAST_SIDES),
        "gaps": _kept(draft.gaps, change),
    }


def _kept(claims: Iterable[Claim], change: Change) -> tuple[Claim, ...]:
    return tuple(kept for claim in claims if (kept := change(claim)))


def _with_claims(lines: Iterable[Line], change: Change) -> list[Line]:
    return [line.model_copy(update={"claim": kept}) for line in lines if (kept := change(line.claim))]
