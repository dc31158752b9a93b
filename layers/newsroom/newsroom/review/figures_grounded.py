"""Every figure of every sentence stands in its sources: value, unit, currency, scale, sign, direction and period."""

import re
from calendar import month_name
from collections.abc import Iterable
from datetime import datetime

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
                if not (
                    grounded(one, figures(support)) or a_period(one, support) or _said_otherwise(one, claim, submission)
                )
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


def _said_otherwise(figure: Figure, claim: Claim, submission: Submission) -> bool:
    """ "Five years ago" of 2021 in an article of 2026; "two times" of "twice"; "four of the five" of one of five."""
    dated = [submission.articles[s.article_id].dated for s in claim.spans if s.article_id in submission.articles]
    years = {int(one.value) for one in figures(submission.support(claim)) if one.kind == "year"}
    if (
        f"{figure.text.lower()} times" in claim.text.lower()
        and figure.value == 2
        and re.search(r"\btwice\b", submission.support(claim))
    ):
        return True
    if _the_rest(figure, claim.text, submission.support(claim)):
        return True
    ago = figure.noun == "year" and f"{figure.text} years ago" in claim.text
    return ago and any(at.year - int(figure.value) in years for at in dated)


def _the_rest(figure: Figure, text: str, support: str) -> bool:
    """ "Four of the five" of a span that tells of one of five."""
    whole = re.search(rf"\b{re.escape(figure.text)}\sof\s(?:the\s|its\s)?(\w+)", text)
    for match in re.finditer(r"\b(\w+)\sof\s(?:the\s|its\s)?(\w+)", support) if whole else ():
        numbers = [_number(word) for word in (match[1], match[2], whole[1] if whole else "")]
        if None not in numbers and numbers[1] == numbers[2] == figure.value + (numbers[0] or 0):
            return True
    return False


def _number(word: str) -> int | None:
    if word.lower() == "one":
        return 1
    found = figures(f"{word} x")
    return int(found[0].value) if found and found[0].kind == "number" else None


def _missing(claim: Claim, figure: Figure) -> Finding:
    where = "its span" if claim.kind == "fact" else "any source"
    return finding(NAME, "block", f"The figure {figure.text} is not in {where}.", claim.id)


def _turned(one: Figure, text: str, support: str) -> bool:
    """Whether every place of the figure in the support moves the other way; what it is compared with is left out."""
    prices = re.search(r"\bprices?\b", text) and is_rate_of_change(one, support)
    if (
        prices
        or is_rate_of_change(one, text)
        or any(place.figure == one and place.role == "base" for place in places(text))
    ):
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
    own += _months_told(given, dated)
    own += ["annual"] if _OVER_A_YEAR.search(given) else []
    return "\n".join((given, *own))


def _months_told(given: str, dated: Iterable[datetime]) -> list[str]:
    """The months that the spans speak of without naming them: "next month", and "a month earlier" than October."""
    found = []
    for at in dated:
        found += [f"in {_month(at.month + by)}" for words, by in _MONTHS_FROM_NOW if words in given.lower()]
    if _A_MONTH_BEFORE.search(given):
        named = [number for number in range(1, 13) if _month(number) in given]
        found += [f"in {_month(number - 1)}" for number in named]
    return found


def _month(number: int) -> str:
    return month_name[(number - 1) % 12 + 1]


_MONTHS_FROM_NOW = (("last month", -1), ("this month", 0), ("next month", 1))
_A_MONTH_BEFORE = re.compile(
    r"\b(?:(?:a|one|the) month (?:earlier|before|ago)|(?:previous|preceding|prior) month)\b", re.I
)
_OVER_A_YEAR = re.compile(
    r"\b(?:(?:12|twelve) months to|(?:in|over) the year to|for the year\b|yearly"
    r"|(?:a|per|each|every|full|fiscal|financial)[ -]year\b|(?:than|from|over) (?:a|the) year\b"
    r"|a year (?:ago|earlier|before))",
    re.I,
)
