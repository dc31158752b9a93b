"""How much of a source is carried over: in quotation marks by the limits of quotation, outside them hardly anything."""

from newsroom.articles.article import Article
from newsroom.review.framing import quotations, unquoted
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.copy_limits import QUOTATION_WORDS, UNQUOTED_RUN, allowance
from newsroom.writing.draft import Claim
from newsroom.writing.evidence import words

NAME = "copy_distance"


def copy_distance(submission: Submission) -> list[Finding]:
    """Blocks a quotation that is too long, a source quoted too much, and a long run of a source's words as our own.

    A headline that is a source's own title, whole, is a citation of it: the list of sources shows it anyway.
    """
    findings = []
    spent: dict[str, int] = {}
    runs = {article.id: _runs(article) for article in submission.quotable}
    for claim in submission.claims:
        quoted = [len(words(quote)) for quote in quotations(claim.text)]
        if quoted and max(quoted) > QUOTATION_WORDS:
            reason = f"A quotation of {max(quoted)} words; {QUOTATION_WORDS} is the limit."
            findings.append(finding(NAME, "block", reason, claim.id))
        if claim.spans:
            first = claim.spans[0].article_id
            spent[first] = spent.get(first, 0) + sum(quoted)
        if not _is_a_title(claim, submission):
            findings += _carried_over(claim, runs)
    for article in submission.quotable:
        limit = allowance(article)
        if spent.get(article.id, 0) > limit:
            reason = f"{spent[article.id]} words of {submission.name(article)} are quoted; {limit} is the limit."
            findings.append(finding(NAME, "block", reason, article_id=article.id))
    return findings


def _runs(article: Article) -> set[tuple[str, ...]]:
    return set(_grams(article.evidence))


def _grams(text: str) -> list[tuple[str, ...]]:
    tokens = [word.lower() for word in words(text)]
    size = UNQUOTED_RUN + 1
    return [tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1)]


def _carried_over(claim: Claim, runs: dict[str, set[tuple[str, ...]]]) -> list[Finding]:
    for part in unquoted(claim.text).split(" . "):
        for gram in _grams(part):
            for article_id, known in runs.items():
                if gram in known:
                    reason = f"“{' '.join(gram)}” is a source's wording without quotation marks."
                    return [finding(NAME, "block", reason, claim.id, article_id)]
    return []


def _is_a_title(claim: Claim, submission: Submission) -> bool:
    return claim.id == "headline" and any(
        span.start == 0 and submission.stretch(span) == claim.text and len(claim.text) <= len(article.title)
        for span in claim.spans
        if (article := submission.articles.get(span.article_id))
    )
