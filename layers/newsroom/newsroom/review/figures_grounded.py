"""Every figure of every sentence stands in its sources: value, unit, currency, scale, sign, direction and period."""

import re
from collections.abc import Sequence
from datetime import datetime

from newsroom.review.computed_figures import computed
from newsroom.review.figure_places import is_rate_of_change, places
from newsroom.review.framing import quoted_dates, without_framing
from newsroom.review.periods_told import strange_periods
from newsroom.review.restated_figures import restated, unsaid
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.review.wording import akin, form_of
from newsroom.writing.draft import Claim
from newsroom.writing.figures import Figure, figures, grounded, movement, same
from newsroom.writing.periods import a_period

NAME = "figures_grounded"


def figures_grounded(submission: Submission) -> list[Finding]:
    """A fact's figures in its own spans; an inference's in any source; context has none."""
    findings = []
    everywhere = [figure for article in submission.quotable for figure in figures(article.evidence)]
    for claim in submission.claims:
        text = without_framing(claim, submission)
        claimed = [one for one in figures(text) if not quoted_dates(one, claim, submission)]
        if claim.kind == "fact":
            dated = [
                submission.articles[s.article_id].dated for s in claim.spans if s.article_id in submission.articles
            ]
            reasons = figure_faults(text, submission.support(claim), dated, claimed)
            findings += [finding(NAME, "block", reason, claim.id) for reason in reasons]
        elif claim.kind == "inference":
            findings += [_missing(claim, one) for one in claimed if not grounded(one, everywhere)]
        elif claimed:
            findings.append(
                finding(NAME, "block", f"Context may hold no figure of its own: {claimed[0].text}.", claim.id)
            )
    for watch in submission.draft.watch:
        for figure in figures(watch.trigger):
            if not grounded(figure, everywhere):
                findings.append(_missing(watch.claim, figure))
    return findings


def figure_faults(
    text: str, support: str, dated: Sequence[datetime] = (), claimed: Sequence[Figure] | None = None
) -> list[str]:
    """Why the figures and periods of a sentence are not those of its spans; `dated`: when its articles are of.

    `claimed` are those of its figures that are asked about; all of them without it.
    """
    given = figures(support)
    ours = figures(text) if claimed is None else claimed
    missing = [
        one
        for one in ours
        if not (
            grounded(one, given)
            or a_period(one, support)
            or restated(one, text, support, dated)
            or computed(one, text, support)
        )
    ]
    return [
        *(f"The figure {one.text} is not in its span." for one in missing),
        *(
            f"{one.text}: the sentence turns the source's direction round."
            for one in ours
            if _turned(one, text, support)
        ),
        *(f"The period “{period}” is not in the span." for period in strange_periods(text, support, dated)),
        *(f"“{words}” is not in the span." for words in unsaid(text, support, dated)),
        *(reason for one in ours if (reason := _another_rate(one, text, support))),
    ]


def _missing(claim: Claim, figure: Figure) -> Finding:
    return finding(NAME, "block", f"The figure {figure.text} is not in any source.", claim.id)


def _turned(one: Figure, text: str, support: str) -> bool:
    """Whether every place of the figure in the support moves the other way; what it is compared with is left out."""
    prices = re.search(r"\bprices?\b", text) and is_rate_of_change(one, support)
    rates = is_rate_of_change(one, text), is_rate_of_change(one, support)
    if (
        prices
        or (rates[0] and not rates[1])
        or any(place.figure == one and place.role == "base" for place in places(text))
    ):
        return False
    claimed = movement(text, one)
    given = {movement(support, other) for other in figures(support) if same(one, other)}
    return bool(claimed and given and given == {-claimed})


def _another_rate(one: Figure, text: str, support: str) -> str:
    """What a price is paid for here, where its source has it for something else: a truck, a tonne."""
    unit = _EACH.match(text[one.end :])
    if not unit or one.kind not in ("money", "number"):
        return ""
    twins = [other for other in figures(support) if same(one, other)]
    theirs = [match["unit"].lower() for other in twins if (match := _EACH.match(support[other.end :]))]
    ours = unit["unit"].lower()
    strange = twins and len(theirs) == len(twins) and not any(akin(form_of(ours), form_of(other)) for other in theirs)
    return f"{one.text} is for a {theirs[0]} in its source, not a {ours}." if strange else ""


_EACH = re.compile(
    r"^(?:\s(?:metric\s)?[a-z]+)?\s(?:an?|per|each|every|for\seach|for\severy)\s(?:metric\s)?(?P<unit>[a-z]{3,})"
    r"(?!\s(?:earlier|ago|before|later|after|low|high|record|rise|fall|gain|loss))\b",
    re.I,
)
