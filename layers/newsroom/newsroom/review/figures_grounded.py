"""Every figure of every sentence stands in its sources: value, unit, currency, scale, sign, direction and period."""

import re

from newsroom.review.figure_places import is_rate_of_change, places
from newsroom.review.framing import quoted_dates, without_framing
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.draft import Claim
from newsroom.writing.figures import Figure, figures, grounded, movement, same
from newsroom.writing.periods import a_period, periods

NAME = "figures_grounded"


def figures_grounded(submission: Submission) -> list[Finding]:
    """A fact's figures in its own spans; an inference's in any source; context has none."""
    findings = []
    everywhere = [figure for article in submission.quotable for figure in figures(article.evidence)]
    for claim in submission.claims:
        text = without_framing(claim, submission)
        claimed = [one for one in figures(text) if not quoted_dates(one, claim, submission)]
        if claim.kind == "fact":
            support = submission.support(claim)
            findings += [
                _missing(claim, one)
                for one in claimed
                if not (grounded(one, figures(support)) or a_period(one, support))
            ]
            findings += [
                finding(NAME, "block", f"{one.text}: the sentence turns the source's direction round.", claim.id)
                for one in claimed
                if _turned(one, text, support)
            ]
            findings += [
                finding(NAME, "block", f"The period “{period}” is not in the span.", claim.id)
                for period in sorted(periods(text) - periods(_with_context(claim, submission)))
            ]
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


def _missing(claim: Claim, figure: Figure) -> Finding:
    where = "its span" if claim.kind == "fact" else "any source"
    return finding(NAME, "block", f"The figure {figure.text} is not in {where}.", claim.id)


def _turned(one: Figure, text: str, support: str) -> bool:
    """Whether every place of the figure in the support moves the other way; what it is compared with is left out."""
    if is_rate_of_change(one, text) or any(place.figure == one and place.role == "base" for place in places(text)):
        return False
    claimed = movement(text, one)
    given = {movement(support, other) for other in figures(support) if same(one, other)}
    return bool(claimed and given and given == {-claimed})


def _with_context(claim: Claim, submission: Submission) -> str:
    """The spans, the cited articles' weekdays, and their dates where the sentence names just these."""
    text = without_framing(claim, submission)
    dated = [submission.articles[s.article_id].dated for s in claim.spans if s.article_id in submission.articles]
    own = [f"{at:%A}" for at in dated] + [f"in {at:%B}" for at in dated if f"{at.day} {at:%B}" in text]
    given = submission.support(claim)
    own += ["annual"] if _OVER_A_YEAR.search(given) else []
    return "\n".join((given, *own))


_OVER_A_YEAR = re.compile(
    r"\b(?:(?:12|twelve) months to|(?:than|from|over) (?:a|the) year\b|a year (?:ago|earlier|before))", re.I
)
