"""What stands in quotation marks stands so in the cited source."""

import re

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
            elif any(_torn_out(quote, text) for text in spans) and not _HEDGE.search(claim.text.split(quote)[0]):
                findings.append(finding(NAME, "block", f"“{_short(quote)}” is torn out of its sentence.", claim.id))
    return findings


def not_verbatim(text: str, document: str) -> list[str]:
    """The quotations of four words or more that a document does not have."""
    long = [quote for quote in quotations(text) if len(words(quote)) >= SHORTEST]
    return [quote for quote in long if not _stands(quote, document)]


def _stands(quote: str, text: str) -> bool:
    """Whether it is there; its first letter may be a capital because our sentence begins with it."""
    bare = quote.rstrip(",.;")
    return bool(locate(bare, text) or locate(bare[:1].swapcase() + bare[1:], text))


def _torn_out(quote: str, text: str) -> bool:
    """Whether the words before it in the source leave open or deny what it says: "whether this was indigestion"."""
    bare = quote.rstrip(",.;")
    place = locate(bare, text) or locate(bare[:1].swapcase() + bare[1:], text)
    return bool(place and _HEDGE.search(text[: place.start]))


_HEDGE = re.compile(r"\b(?:whether|if|not|never|unless)\s[“\"]?$", re.IGNORECASE)


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else quote[:77].rstrip() + "…"
