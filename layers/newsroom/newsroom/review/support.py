"""A fact says what its spans say: names, figures, negation, and enough of the same words."""

from newsroom.review.framing import unquoted, without_framing
from newsroom.review.grounding import LEAST_OVERLAP, negation_turned, opposed, overlap
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.draft import Claim
from newsroom.writing.figures import figures, grounded
from newsroom.writing.names import names, unknown_parts
from newsroom.writing.quotations import terms

NAME = "support"


LEAST_SHARED = 0.15
"""Share of one fact's content words in the articles that it cites: a paraphrase has few, another story's fact none."""


def support(submission: Submission) -> list[Finding]:
    """Blocks a fact that its spans negate or turn round, or that shares hardly a word with the articles it cites.

    What is in quotation marks is left out: it is held against its span letter by letter. The facts together
    must share more with the articles: a draft that was mixed up with another story does not.
    """
    findings = []
    told: list[str] = []
    for claim in submission.claims:
        own = without_framing(claim, submission)
        if claim.kind != "fact" or not claim.spans or unquoted(own) != own:
            continue
        told.append(own)
        if not _anchored(own, submission.support(claim)) and overlap(own, _articles(submission, claim)) < LEAST_SHARED:
            findings.append(finding(NAME, "block", "It shares hardly a word with the article it cites.", claim.id))
        elif turned := negation_turned(own, submission.support(claim)):
            findings.append(finding(NAME, "block", turned, claim.id))
        elif word := opposed(own, submission.support(claim)):
            findings.append(finding(NAME, "block", f"“{word}”, where its span says the opposite.", claim.id))
    everything = "\n".join(article.evidence for article in submission.cited)
    if told and overlap("\n".join(told), everything) < LEAST_OVERLAP:
        findings.append(finding(NAME, "block", "The draft tells another story than the articles it cites."))
    return findings


def _anchored(text: str, spans: str) -> bool:
    """Whether a figure or a name ties a sentence to its spans, or it is too short to tell."""
    given = figures(spans)
    tied = any(grounded(one, given) for one in figures(text)) or any(not unknown_parts(n, spans) for n in names(text))
    return tied or len(terms(text)) < 4


def _articles(submission: Submission, claim: Claim) -> str:
    cited = {span.article_id for span in claim.spans} & submission.articles.keys()
    return "\n".join(submission.articles[one].evidence for one in sorted(cited))
