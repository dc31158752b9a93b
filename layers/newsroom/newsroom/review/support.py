"""A fact says what its spans say: the same way, as sure, of the same things, in enough of the same words."""

from newsroom.review import relations
from newsroom.review.alternatives import exchanged
from newsroom.review.changed_places import another_s_figure, figures_swapped, turned_round
from newsroom.review.closest import closest, overlap
from newsroom.review.deeds import deed_changed
from newsroom.review.figure_places import misplaced
from newsroom.review.framing import unquoted, without_framing
from newsroom.review.modality import surer
from newsroom.review.names_attached import reattached
from newsroom.review.negation import negation_turned
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.review.word_places import added_clause, another_word
from newsroom.writing.draft import Claim
from newsroom.writing.figures import figures, grounded
from newsroom.writing.names import names, unknown_parts
from newsroom.writing.topic import terms

NAME = "support"
LEAST_SHARED = 0.15
"""Share of one fact's content words in the articles that it cites: a paraphrase has few, another story's fact none."""
LEAST_OVERLAP = 0.34
"""Share of content words below which a text is about something else: mixed-up drafts had .07, good ones .64–.88."""
LEAST_OWN_WORDS = 4
"""Content words outside quotation marks from which on a sentence asserts something besides its quotation."""


def support(submission: Submission) -> list[Finding]:
    """Blocks a fact whose spans deny it, turn it round, are less sure of it, or say it of something else.

    What is in quotation marks is left out: it is held against its span letter by letter. The facts together
    must share more with the articles: a draft that was mixed up with another story does not.
    """
    findings = []
    told: list[str] = []
    for claim in submission.claims:
        own = without_framing(claim, submission)
        quotes = unquoted(own) != own
        if claim.kind != "fact" or not claim.spans or (quotes and len(terms(unquoted(own))) < LEAST_OWN_WORDS):
            continue
        given = submission.support(claim)
        if not quotes:
            told.append(own)
            if not _anchored(own, given) and overlap(own, _articles(submission, claim)) < LEAST_SHARED:
                findings.append(finding(NAME, "block", "It shares hardly a word with the article it cites.", claim.id))
                continue
        if reason := contradiction(unquoted(own), unquoted(given) if quotes else given, given):
            findings.append(finding(NAME, "block", reason, claim.id))
    everything = "\n".join(article.evidence for article in submission.cited)
    if told and overlap("\n".join(told), everything) < LEAST_OVERLAP:
        findings.append(finding(NAME, "block", "The draft tells another story than the articles it cites."))
    return findings


def contradiction(text: str, given: str, everything: str) -> str:
    """The first reason why a sentence does not say what its spans say; empty when there is none.

    `given` is left without its quotations where the sentence quotes; what it adds is sought in all of the spans.
    """
    near = closest(text, given)
    if (
        reason := negation_turned(text, unquoted(given))
        or surer(text, given)
        or relations.turned(near)
        or misplaced(text, given)
    ):
        return reason
    if word := exchanged(text, given):
        return f"“{word}”, where its source says the opposite or another of its kind."
    return (
        turned_round(text, given)
        or figures_swapped(text, given)
        or another_word(text, given)
        or deed_changed(text, given)
        or added_clause(text, everything)
        or another_s_figure(text, given)
        or reattached(text, given)
    )


def _anchored(text: str, spans: str) -> bool:
    """Whether a figure or a name ties a sentence to its spans, or it is too short to tell."""
    given = figures(spans)
    tied = any(grounded(one, given) for one in figures(text)) or any(not unknown_parts(n, spans) for n in names(text))
    return tied or len(terms(text)) < 4


def _articles(submission: Submission, claim: Claim) -> str:
    cited = {span.article_id for span in claim.spans} & submission.articles.keys()
    return "\n".join(submission.articles[one].evidence for one in sorted(cited))
