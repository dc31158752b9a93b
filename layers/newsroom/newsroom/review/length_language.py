"""Sentences of a length that can be read, in the language of the page."""

import re

from newsroom.review.framing import unquoted
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.evidence import words

NAME = "length_language"
LONGEST = {"headline": 22, "standfirst": 45}
LONGEST_SENTENCE = 60
SHORTEST_HEADLINE = 3
_ENGLISH = re.compile(
    r"\b(?:the|of|to|and|in|for|on|at|as|is|are|was|has|have|will|with|from|by|after|its|it|that|said|reports?|a|an)\b",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:der|die|das|und|nicht|mit|für|ist|le|la|les|des|une|est|dans|el|los|las|una|que|por|del|il|di|che|per|een|het)\b",
    re.I,
)


def length_language(submission: Submission) -> list[Finding]:
    """Blocks an empty or endless sentence, a headline of a word or two, and a page whose own words are not English."""
    findings = []
    for claim in submission.claims:
        count = len(words(claim.text))
        limit = LONGEST.get(claim.id, LONGEST_SENTENCE)
        if count == 0 or (claim.id == "headline" and count < SHORTEST_HEADLINE):
            findings.append(finding(NAME, "block", f"{count} words are too few to say anything.", claim.id))
        elif count > limit * 1.5:
            findings.append(finding(NAME, "block", f"{count} words; {limit} is what a reader takes in.", claim.id))
        elif count > limit:
            findings.append(finding(NAME, "warn", f"{count} words; {limit} is what a reader takes in.", claim.id))
    headline = submission.draft.headline.text
    if not _reads_english(headline, submission):
        findings.append(finding(NAME, "block", "The headline is not in English.", "headline"))
    for claim in submission.claims:
        own = unquoted(claim.text)
        if claim.id != "headline" and len(_OTHERS.findall(own)) > len(_ENGLISH.findall(own)) + 1:
            findings.append(finding(NAME, "block", "The sentence is not in English.", claim.id))
    return findings


def _reads_english(text: str, submission: Submission) -> bool:
    span = submission.draft.headline.spans[:1]
    article = submission.articles.get(span[0].article_id) if span else None
    if submission.draft.writer == "excerpt" and article and not article.language.lower().startswith("en"):
        return False
    letters = [character for character in text if character.isalpha()]
    latin = [character for character in letters if character < "\u0250"]
    return (
        bool(letters)
        and len(latin) / len(letters) > 0.9
        and len(_OTHERS.findall(text)) <= len(_ENGLISH.findall(text)) + 1
    )
