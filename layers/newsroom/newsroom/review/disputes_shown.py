"""Where sources differ on one quantity, the page shows every value, and no sentence takes a side. FEATURES.md, B8."""

from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.stories.disagreement import Disagreement, disagreements
from newsroom.stories.quantities import measures, names_measure
from newsroom.writing.draft import Claim
from newsroom.writing.figures import Figure, figures, same

NAME = "disputes_shown"


def disputes_shown(submission: Submission) -> list[Finding]:
    """Blocks a sentence that gives one side of a disagreement as fact, and a synthesis that is silent about one.

    A digest of quotations may be silent where one side cannot be quoted; then it is a warning.
    """
    draft = submission.draft
    found = []
    shown = {position.claim.id for dispute in draft.disputes for position in dispute.positions}
    for one in disagreements(submission.quotable, submission.origins):
        sides = _figures(one, submission)
        values = " or ".join(dict.fromkeys(position.quantity.text for position in one.positions))
        for claim in submission.claims:
            if claim.id not in shown and _takes_side(claim, one, sides) and not _attributed(claim, submission):
                reason = (
                    f"The sources differ on {one.name} ({values}); this gives one value without saying whose it is."
                )
                found.append(finding(NAME, "block", reason, claim.id))
        if not any(_is_shown(dispute_values, sides) for dispute_values in _shown_values(submission)):
            reason = f"The sources differ on {one.name} ({values}); the page is silent."
            found.append(finding(NAME, "warn" if draft.writer == "excerpt" else "block", reason))
    return found


def _figures(one: Disagreement, submission: Submission) -> list[Figure]:
    """The figures of the sides, as they stand in the articles."""
    found = []
    for position in one.positions:
        article = submission.articles[position.quantity.article_id]
        found += figures(position.quantity.figure.of(article.evidence))[:1]
    return found


def _takes_side(claim: Claim, one: Disagreement, sides: list[Figure]) -> bool:
    """Whether the sentence names the measure and exactly one of the values."""
    if claim.kind == "context" or not names_measure(claim.text, measures()[one.measure]):
        return False
    given = figures(claim.text)
    if not any(same(figure, side) for figure in given for side in sides):
        return False
    # "3.1 or 3.4 percent": the first one's unit stands behind the second.
    return len({side.value for side in sides} & {figure.value for figure in given}) == 1


def _attributed(claim: Claim, submission: Submission) -> bool:
    """Whether it says whose value it is: the publisher's name, or that publisher's words in quotation marks."""
    cited = (submission.articles.get(span.article_id) for span in claim.spans)
    text = claim.text.casefold()
    named = any(article and submission.name(article).casefold() in text for article in cited)
    return named or ("“" in claim.text and "”" in claim.text)


def _shown_values(submission: Submission) -> list[list[Figure]]:
    return [
        [figure for position in dispute.positions for figure in figures(position.value)]
        for dispute in submission.draft.disputes
    ]


def _is_shown(shown: list[Figure], sides: list[Figure]) -> bool:
    """Whether one block of the page has two of the differing values."""
    return len({side.value for side in sides if any(same(figure, side) for figure in shown)}) > 1
