"""Every fact stands on at least one span; every span is where it says it is, in an article that may be quoted."""

from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.draft import digest

NAME = "evidence_exists"


def evidence_exists(submission: Submission) -> list[Finding]:
    """Blocks for a fact without span, an unknown article, offsets outside it, another hash, reserved or thin text."""
    findings = []
    for claim in submission.claims:
        if claim.kind == "fact" and not claim.spans:
            findings.append(finding(NAME, "block", "A fact without any span of a source.", claim.id))
        for span in claim.spans:
            article = submission.articles.get(span.article_id)
            fault = ""
            if article is None or span.article_id not in submission.draft.sources:
                fault = "Its span points into an article that is not among the sources."
            elif not submission.stretch(span):
                fault = f"Its span {span.start}–{span.end} lies outside the article."
            elif digest(submission.stretch(span)) != span.sha256:
                fault = "The text under its span is not the text that was hashed."
            elif article.reserved and span.end > len(article.title):
                fault = "Its span lies in text that the publisher reserves."
            if fault:
                findings.append(finding(NAME, "block", fault, claim.id, span.article_id))
    return findings
