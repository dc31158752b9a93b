"""What is quoted of a sentence: all of it, or its main clause, cut to the limit without losing its sense."""

import re
from dataclasses import dataclass

from newsroom.writing.draft import Claim, Span
from newsroom.writing.evidence import Stretch, words
from newsroom.writing.passages import Passage

# A finite verb, near enough: auxiliaries, the verbs of market reports, and regular past forms.
_VERB = re.compile(
    r"(?<!\bto\s)\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|said|says|rose|fell|grew"
    r"|cut|cuts|put|puts|made|makes|took|takes|held|holds|kept|keeps|sold|sells|bought|buys|paid|pays|lost|loses|won|wins"
    r"|gave|gives|went|goes|came|comes|stood|stands|hit|hits|set|sets|led|leads|left|leaves|saw|sees|sank|slid|shut|broke"
    r"|began|begins|ran|runs|told|tells|meant|means|spent|built|drew|drove|rises|falls|plans|expects|wants|covers|adds"
    r"|reports|shows|accounts|leans|remains|lands|becomes|became|(?!hundred|kindred)\w{2,}ed(?!\s+by\b))\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"^[\"“‘'(]*(?:(?:[\w-]+\s){1,6}?(?:hours?|days?|weeks?|months?|years?)\s+(?:after|before|since)|if|although|though|while|unless|whereas|despite|even|whether|when|as|because|since|after|before|until"
    r"|in|on|at|for|with|by|from|under|according|driven|given|seen|led|(?!boeing|beijing|sterling|united|limited)\w{3,}(?:ing|ed))\b",
    re.IGNORECASE,
)
# Where a sentence may end early: a comma or dash outside a figure, or before a clause that the main one does not need.
_CUT = re.compile(
    r"[,;](?=\s)|\s[—–]\s"
    r"|\s(?=(?:after|while|because|although|though|amid|despite|even\s+as|when)\s)"
)
# An end that breaks off: a list or an aside just begun, or the time before an "after".
_TAIL = re.compile(
    r"(?:,\s(?:from|in|on|at|since|with|by|for|as|of|or|who|which|including|said|says)\b[^,]{0,30}|\b(?:and|or|but|of|the|a|to|from|its"
    r"|their|than|not|only|just|even|shortly|soon))$",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|shortly|long|soon|until)\s$", re.IGNORECASE
)
_REPORTED = re.compile(
    r"\sthat\s|\s(?:said|says)\s(?=(?:the|its?|they|he|she|an?|new|this|these|their)\b)", re.IGNORECASE
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|called|calls|warned|warns|promised|pledged|vowed|described|wrote)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Quotation:
    """What is quoted of a passage: the whole sentence, or its beginning up to a comma."""

    passage: Passage
    stretch: Stretch
    words: int
    whole: bool

    @property
    def text(self) -> str:
        return self.stretch.of(self.passage.article.evidence)

    @property
    def marked(self) -> str:
        """In quotation marks; marks inside become single ones, an omitted end is shown."""
        inner = re.sub(r"[“”„\"]", "’", self.text)
        inner = re.sub(r"(^|[\s(\[—–-])’(?=\w)", r"\1‘", inner)
        return f"“{inner}”" if self.whole else f"“{inner} …”"

    def claim(self, claim_id: str, text: str) -> Claim:
        article = self.passage.article
        span = Span.over(article.id, article.evidence, self.stretch.start, self.stretch.end)
        return Claim(id=claim_id, kind="fact", text=text, spans=(span,))


def quoted(passage: Passage, limit: int) -> Quotation | None:
    """The sentence, or its main clause up to a comma, in at most `limit` words; None when neither fits."""
    text, start = passage.text, passage.stretch.start
    count = len(words(text))
    if count <= limit:
        return Quotation(passage, passage.stretch, count, whole=True)
    if _SUBORDINATE.search(text):
        return None  # cut at its comma, the main clause would be lost
    for cut in reversed(list(_CUT.finditer(text))):
        head = text[: cut.start()].rstrip(" ,;—–")
        size = len(words(head))
        if 7 <= size <= limit and _whole(head) and not (cut.group() == " " and _TIME_BEFORE.search(head + " ")):
            return Quotation(passage, Stretch(start, start + len(head)), size, whole=False)
    return None


def _whole(head: str) -> bool:
    """Whether the beginning of a sentence says something by itself, and of a quotation in it who speaks."""
    quoted_marks = re.findall(r"[\"“”]", head)
    if head.count("(") != head.count(")") or len(quoted_marks) % 2 or (quoted_marks and not _SPEECH.search(head)):
        return False
    return _says_something(head) and not _TAIL.search(head)


def _says_something(head: str) -> bool:
    """Whether the beginning of a sentence has its verb, and what is reported in it ("said that …") has its own."""
    reported = _REPORTED.split(head)
    return _has_verb(head) and (len(reported) < 2 or _has_verb(reported[-1]))


def _has_verb(clause: str) -> bool:
    """Whether there is one outside the apposition after the subject."""
    parts = re.split(r"(?<!\d),\s|,\s(?!\d)|\s[—–]\s", clause)
    return any(_VERB.search(part) for part in (parts[0], *parts[2:]))
