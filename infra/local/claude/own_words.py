"""A source's sentence in other words, by rules: synonyms that change nothing, and, where it pauses, whose report it is.

It is careful rather than good: what it cannot say in other words it leaves alone.
"""

import re
from dataclasses import dataclass

from newsroom.writing.copy_limits import QUOTATION_WORDS, UNQUOTED_RUN
from newsroom.writing.evidence import words
from newsroom.writing.passages import Passage
from newsroom.writing.quotations import quoted

LONGEST_CLAUSE = 32
"""Words that are retold of one sentence."""

# Left of the arrow what market reports say; right of it what means the same, whatever the subject.
SYNONYMS = (
    (r"(?<=\d) percent\b| per cent\b", "%"),
    (r"\bwill be\b", "is to be"),
    (r"\bbecause\b", "since"),
    (r"\bapproximately\b|\babout(?= \d)", "some"),
    (r"\bby the end of\b", "before the end of"),
    (r"\bcompared with\b|\bagainst(?= \d)", "after"),
    (r"\bfollowing\b", "after"),
    (r"\bin order to\b", "to"),
    (r"\bannounced\b", "made known"),
    (r"\bpurchase\b", "buy"),
    (r"\bhowever\b,?\s?", ""),
    (r"\balso\s", ""),
    (r"\bwhich means that\b", "so that"),
    (r"\bas a result of\b", "owing to"),
    (r"\bemployees\b", "staff"),
    (r"\bthe company's\b", "its"),
    (r"\bmore than(?= \d|\s[$€£¥])", "over"),
    (r"\bfewer than\b", "under"),
    (r"\bat present\b", "now"),
)
_VERB = re.compile(
    r"(?<=\w\s)(?=(?:is|are|was|were|has|have|had|will|would|could|may|said|says|rose|fell|grew|cut|took|takes|held|sold"
    r"|bought|paid|lost|expects|wants|raised|lowered|reported|agreed|signed|approved|opened|closed)\s)"
)
_COMMA = re.compile(r"(?<=[^\W\d_],\s)(?=[^\W\d_])")
_CLAUSE = re.compile(
    r"(?<=\w\s)(?=(?:and|but|while|as|after|before|since|because|when|where|which|although|until|unless|if)\s)"
)
_TIME = re.compile(r"(?<=\w\s)(?=(?:in|on|by|during|from)\s(?:the\s)?[A-Z\d])")
_PREPOSITION = re.compile(r"(?<=[^\W\d_]\s)(?=(?:in|on|at|by|for|from|with|to)\s)")
_PAUSES = (_COMMA, _VERB, _CLAUSE, _TIME, _PREPOSITION)
"""Where a clause can be interrupted, the most natural place first."""


@dataclass(frozen=True)
class Retold:
    """A sentence of ours, without its full stop, and the words of the article that bear it out."""

    text: str
    quotation: str
    article: int
    quoted: int = 0
    """Words of it that stand in quotation marks."""


def retold(passage: Passage, publisher: str, article: int, may_quote: int = 0) -> Retold | None:
    """The passage's main clause in other words, its end quoted where `may_quote` words allow it and nothing else helps.

    None where more than `UNQUOTED_RUN` words in a row would be the source's own.
    """
    quotation = quoted(passage, LONGEST_CLAUSE)
    if quotation is None or re.search(r"[\"“”„]", quotation.text):
        return None
    source = quotation.text.rstrip(".")
    plain = source
    for pattern, other in SYNONYMS:
        plain = re.sub(pattern, other, plain)
    plain = re.sub(r"\s+", " ", plain).strip()
    candidates = [f"{plain}, {publisher} reports"]
    candidates += [f"{plain[:at].rstrip(' ,')}, {publisher} reports, {plain[at:]}" for at in _places(plain)]
    own = next((one for one in candidates if carried_over(one, source) <= UNQUOTED_RUN), None)
    if own:
        return Retold(own[0].upper() + own[1:], source, article)
    return _half_quoted(source, publisher, article, may_quote)


def _half_quoted(source: str, publisher: str, article: int, may_quote: int) -> Retold | None:
    for at in _places(source):
        head, end = source[:at].rstrip(), source[at:]
        size = len(words(end))
        if len(words(head)) <= UNQUOTED_RUN and 3 <= size <= min(may_quote, QUOTATION_WORDS) and _closed(head, end):
            return Retold(f"{head} “{end}”, {publisher} reports", source, article, size)
    return None


def _closed(head: str, end: str) -> bool:
    """Whether brackets open and close on one side of the cut."""
    return head.count("(") == head.count(")") and end.count("(") == end.count(")")


def carried_over(ours: str, theirs: str) -> int:
    """Words in a row that both have, at most."""
    mine, source = ([word.lower() for word in words(text)] for text in (ours, theirs))
    longest, row = 0, [0] * (len(source) + 1)
    for word in mine:
        row = [0] + [row[at] + 1 if other == word else 0 for at, other in enumerate(source)]
        longest = max(longest, *row)
    return longest


def _places(text: str) -> list[int]:
    """Where a clause can be interrupted, at the most natural pause first, of equal ones nearest the middle first."""
    middle = len(text) / 2
    found = [at for pause in _PAUSES for at in sorted(_starts(pause, text), key=lambda at: abs(at - middle))]
    return [at for at in dict.fromkeys(found) if len(words(text[:at])) >= 2 and len(words(text[at:])) >= 2]


def _starts(pause: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pause.finditer(text)]
