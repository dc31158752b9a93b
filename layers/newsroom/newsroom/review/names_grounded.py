"""Every name in a sentence is known from its sources."""

from newsroom.review.framing import unquoted, without_framing
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.draft import Claim
from newsroom.writing.names import all_names, unknown_parts

NAME = "names_grounded"


def names_grounded(submission: Submission) -> list[Finding]:
    """A fact's names in its own spans, or in the cited article's title; those of inference and context in any source.

    Ripple and watch entities are held to the same: an asset that no source mentions is an invention.
    """
    findings = []
    everywhere = "\n".join(article.evidence for article in submission.quotable)
    publishers = " ".join(submission.name(article) for article in submission.articles.values())
    for claim in submission.claims:
        text = without_framing(claim, submission)
        if claim.kind == "fact":
            titles = [
                submission.articles[s.article_id].title for s in claim.spans if s.article_id in submission.articles
            ]
            findings += _unknown(claim, text, "\n".join((submission.support(claim), *titles)), "its span")
        else:
            findings += _unknown(claim, text, f"{everywhere}\n{publishers}", "any source")
    for entity, claim in [
        *((ripple.entity, ripple.claim) for ripple in submission.draft.ripples),
        *((watch.entity, watch.claim) for watch in submission.draft.watch),
    ]:
        findings += _unknown(claim, f"of {entity}", f"{everywhere}\n{publishers}", "any source")
    return findings


def _unknown(claim: Claim, text: str, known: str, where: str) -> list[Finding]:
    """Names in quotation marks are left to `quotes_verbatim`."""
    return [
        finding(NAME, "block", f"“{' '.join(missing)}” of “{name.text}” is not in {where}.", claim.id)
        for name in all_names(unquoted(text), guess=False)
        if (missing := unknown_parts(name, known))
    ]
