"""The words of ours around a quotation: who said it, where, when. They are true by the record, not by a span."""

import re

from newsroom.review.submission import Submission
from newsroom.writing.draft import Claim
from newsroom.writing.figures import Figure

_SAYS = "(?:report|say|write|add|note)s|reported|said|wrote|added|noted"
_WATCH = "Watch: "
"""How the last line of a TLDR begins, whatever its source says."""
_DAY = r"(?:on\s)?\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December)"


def without_framing(claim: Claim, submission: Submission) -> str:
    """A claim's text without the publishers it cites: whose report it is, and in which language they write.

    Where such a name is left (of "Harbour Wire: …"), `the source` stands in its place, unless the cited words have
    it too: a publisher that polled analysts is part of the news.
    """
    text = claim.text.removeprefix(_WATCH)
    given = submission.support(claim)
    for span in claim.spans:
        if (article := submission.articles.get(span.article_id)) and (name := submission.name(article)):
            text = _without_reporting(text, re.escape(name))
            if name not in given:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "the source", text)
            if not article.language.lower().startswith("en"):
                text = re.sub(r"the source \(in [A-Z][a-z]+\)", "the source", text)
    return text


def _without_reporting(text: str, name: str) -> str:
    """Without ", Harbour Wire reports,", "According to Harbour Wire," and the like."""
    between = rf",\s(?:{name} (?:{_SAYS})|according to {name})(?:,|(?=\s?[.;]|$))"
    before = rf"^(?:According to {name},|{name} (?:{_SAYS}) that)\s"
    return re.sub(before, "", re.sub(between, "", text))


def quoted_dates(figure: Figure, claim: Claim, submission: Submission) -> bool:
    """Whether a figure is the day in "reported on 23 November", and that is the cited article's date."""
    text = without_framing(claim, submission)
    for match in re.finditer(_DAY, text):
        if match.start() <= figure.start and figure.end <= match.end():
            named = match.group().removeprefix("on ")
            for span in claim.spans:
                article = submission.articles.get(span.article_id)
                if article and f"{article.dated.day} {article.dated:%B}" == named:
                    return True
    return False


def quotations(text: str) -> list[str]:
    """What stands in double quotation marks, with an omission (…) splitting one into its parts."""
    quoted = re.findall(r"“([^“”]+)”|\"([^\"]+)\"", text)
    parts = [part.strip() for one in quoted for part in re.split(r"\s?(?:…|\.\.\.|\[…\])\s?", one[0] or one[1])]
    return [part for part in parts if part]


def unquoted(text: str) -> str:
    """The text with every quotation replaced by a full stop, or by a line's end where it opens a sentence."""
    plain = re.sub(r"(?<=[.!?])\s(?:“[^“”]+”|\"[^\"]+\")", "\n", text)
    return re.sub(r"“[^“”]+”|\"[^\"]+\"", " . ", plain)
