"""What stands in quotation marks stands so in the cited source."""

from newsroom.review.framing import quotations
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.evidence import locate, words

NAME = "quotes_verbatim"
SHORTEST = 4
"""Words from which on it is a quotation and not a term set apart. FEATURES.md, B4."""


def quotes_verbatim(submission: Submission) -> list[Finding]:
    """Blocks a quotation of four words or more that is not in the claim's spans; a shorter one, in no cited text."""
    findings = []
    for claim in submission.claims:
        spans = [submission.stretch(span) for span in claim.spans]
        cited = {span.article_id for span in claim.spans} or {article.id for article in submission.quotable}
        texts = [submission.articles[one].evidence for one in sorted(cited) if one in submission.articles]
        for quote in quotations(claim.text):
            long = len(words(quote)) >= SHORTEST
            if not any(_stands(quote, text) for text in (spans if long else texts)):
                reason = f"“{_short(quote)}” is not verbatim in {'its span' if long else 'the cited source'}."
                findings.append(finding(NAME, "block", reason, claim.id))
    return findings


def not_verbatim(text: str, document: str) -> list[str]:
    """The quotations of four words or more that a document does not have."""
    long = [quote for quote in quotations(text) if len(words(quote)) >= SHORTEST]
    return [quote for quote in long if not _stands(quote, document)]


def _stands(quote: str, text: str) -> bool:
    """Whether it is there; its first letter may be a capital because our sentence begins with it."""
    bare = quote.rstrip(",.;")
    return bool(locate(bare, text) or locate(bare[:1].swapcase() + bare[1:], text))


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else quote[:77].rstrip() + "…"
