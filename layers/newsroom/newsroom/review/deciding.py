"""Accept, revise or hold: a pure function of what was found. It fails closed."""

from collections import Counter
from collections.abc import Sequence

from newsroom.review.rubric import Rubric
from newsroom.review.submission import Submission
from newsroom.review.verdict import Finding, Outcome, Score
from newsroom.stories.occasion import Occasion
from newsroom.writing.copy_limits import why_not_quotable

SUBSTANCE = 2
"""Quoted or cited sentences, besides headline and standfirst, that a lone lesser source must yield."""

_UNREADABLE = {
    "reserved": "Every source reserves its text from use by machines, so that it can be linked but not cited.",
    "thin": "No source gives more than a teaser: the text is behind a subscription or a consent page, or too short.",
    "undated": "No source that can be read is dated, so that nobody can tell whether it is news.",
    "advice": "The sources recommend trades; the newsroom reports none.",
}

_NO_NEWS: dict[Occasion, str] = {
    "anniversary": "looks back at what happened long ago",
    "explainer": "explains what is known",
    "preview": "looks ahead to what has not happened",
    "roundup": "sums up what others report",
}
"""What a text does that reports no news of its own."""


def decide(submission: Submission, findings: Sequence[Finding], score: Score, rubric: Rubric) -> tuple[Outcome, str]:
    """The outcome and, when held, why, in one sentence for the reader and the operator."""
    if reason := insufficient(submission):
        return "hold", reason
    blocks = [found for found in findings if found.severity == "block"]
    if blocks:
        if submission.draft.writer != "excerpt" and submission.draft.attempt == 0:
            return "revise", ""
        kinds = ", ".join(sorted({found.check.replace("_", " ") for found in blocks}))
        return (
            "hold",
            f"{_count(len(blocks), 'finding')} of the review remained ({kinds}); the first: {blocks[0].reason}",
        )
    if score.final < rubric.floor.publish_from:
        return (
            "hold",
            f"Its score of {score.final} is below {rubric.floor.publish_from}, from which stories are published.",
        )
    return "accept", ""


def insufficient(submission: Submission) -> str:
    """Why no writer could make a story of these sources; empty when one could."""
    quotable = submission.quotable
    if not quotable:
        reasons = Counter(
            why_not_quotable(submission.articles[one]) for one in submission.draft.sources if one in submission.articles
        )
        return (
            _UNREADABLE[min(reasons, key=lambda one: (-reasons[one], one))] if reasons else "It has no source at all."
        )
    if submission.draft.writer == "excerpt" and not any(a.language.lower().startswith("en") for a in quotable):
        return "No source in English can be read, and a digest of quotations does not translate."
    if not submission.draft.body:
        return "No sentence of its sources can stand alone within the limits of quotation."
    origins = {submission.origins[article.id] for article in quotable}
    if len(origins) == 1 and all(article.kind == "press-release" for article in quotable):
        return "The only source is a press release: nobody but the company itself says so."
    if len(origins) == 1 and all(article.kind == "opinion" for article in quotable):
        return "The only source is an opinion piece."
    if reason := _no_news(submission.occasion, len(origins)):
        return reason
    lone = len(origins) == 1 and all(submission.tier(article) == 3 for article in quotable)
    substance = [c for c in submission.claims if c.kind == "fact" and c.id not in ("headline", "standfirst")]
    if lone and len(substance) < SUBSTANCE:
        return "The only source is a specialist outlet, and it gives too little that could be checked."
    return ""


def _no_news(occasion: Occasion, origins: int) -> str:
    """An anniversary never is; of the rest, what one origin alone explains, previews or sums up is none."""
    if occasion == "news" or (origins > 1 and occasion != "anniversary"):
        return ""
    told = "The only source" if origins == 1 else "Most of its sources"
    verb = _NO_NEWS[occasion] if origins == 1 else "look back at what happened long ago"
    return f"{told} {verb}: there is no news in it."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
