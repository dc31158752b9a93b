"""Nothing is "today" unless a source of that day says so; old events are not news. FEATURES.md, B19."""

import re
from datetime import timedelta

from newsroom.review.framing import unquoted
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding

NAME = "staleness"
_TODAY = re.compile(
    r"\b(?:today|this\s+(?:morning|afternoon|evening)|tonight|just\s+now|moments\s+ago|breaking)\b", re.I
)
_ANNIVERSARY = re.compile(
    r"\b(?:on\s+this\s+day|(?:\w+\s+years?|a\s+decade)\s+(?:ago\s+today|on\b|after\b|since\b)|\w+th\s+anniversary)",
    re.I,
)
OLD = timedelta(hours=96)
"""Older than this at its writing, a source tells what was, not what is."""


def staleness(submission: Submission) -> list[Finding]:
    """Blocks "today" without a source of that day, and drafts whose newest source is older than four days."""
    findings = []
    written = submission.draft.written_at
    for claim in submission.claims:
        if claim.kind == "context" or not (match := _TODAY.search(unquoted(claim.text))):
            continue
        dates = {
            submission.articles[s.article_id].dated.date() for s in claim.spans if s.article_id in submission.articles
        }
        if written.date() not in dates:
            findings.append(finding(NAME, "block", f"“{match.group()}”, and no cited source is of that day.", claim.id))
    newest = max((article.dated for article in submission.quotable), default=None)
    if newest and written - newest > OLD:
        days = (written - newest).days
        findings.append(finding(NAME, "block", f"Its newest source is {days} days older than the draft."))
    elif newest and written - newest > timedelta(hours=24):
        findings.append(finding(NAME, "note", "Its newest source is more than a day older than the draft."))
    if _ANNIVERSARY.search(submission.draft.headline.text):
        findings.append(finding(NAME, "warn", "The headline looks back at an anniversary.", "headline"))
    return findings
