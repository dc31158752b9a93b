"""What may be quoted, how much of it, and which sentences are worth it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from newsroom.articles.article import Article
from newsroom.writing.draft import Claim, Span
from newsroom.writing.evidence import Stretch, sentences, words
from newsroom.writing.figures import figures
from newsroom.writing.house_rules import advises, carries_a_link, is_furniture, speaks_to_a_machine

# The copy limits. Quotation for information is free only as far as its purpose asks (Berne Convention, art. 10(1));
# press publishers in the EU hold a right over more than "very short extracts" (Directive (EU) 2019/790, art. 15(1)).
# No statute gives a number: these are ours, well under the lead paragraph that publishers put into their own feeds.
QUOTATION_WORDS = 25
"""In one quotation: one sentence of market prose (median 23 words in wire copy)."""
SOURCE_WORDS = 60
"""In all quotations from one text, unless it is so long that …"""
SOURCE_SHARE = 0.15
"""… this share of it is more, …"""
SOURCE_WORDS_AT_MOST = 120
"""… but never more than these words, …"""
SHORT_SOURCE_SHARE = 1 / 2
"""… nor, of a short text, more than this share: a brief of four sentences yields two."""
UNQUOTED_RUN = 8
"""Words in a row that a sentence of ours may have in common with a source outside quotation marks."""
SHORTEST_FULL_TEXT = 40
"""Words: less is a teaser, whatever the page calls itself."""

_FORWARD = re.compile(
    r"\b(?:(?<!said\s)(?<!said\sit\s)will(?!ing)|expects?\s+(?:to|that|the|a)|plans?\s+to|is\s+scheduled|are\s+scheduled|due\s+"
    r"(?:on|to|at|next|later)|(?:is|are)\s+set\s+to|next\s+(?:week|month|meeting|decision|round)|later\s+this\s+(?:week|month"
    r"|year)|aims?\s+to|intends?\s+to|deadline|vote\s+on|upcoming|to\s+be\s+(?:published|released|held|announced|decided)"
    r"|meets\s+(?:on|in|next))\b",
    re.IGNORECASE,
)
_SCHEDULED = re.compile(
    r"\b(?:meets?|decides?|decision|publish(?:es|ed)?|votes?|hearing|deadline|scheduled|due\s+(?:on|at|next)|takes?\s+effect"
    r"|next\s+(?:week|month|meeting)|\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d)\b",
    re.IGNORECASE,
)
_DAY_AHEAD = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tomorrow|tonight|(?:next|this|coming)\s(?:week|month|quarter|year)"
    r"|by\s(?:the\s(?:end|middle)|\d{4})|in\s(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|\d{4}))\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"^[\"“‘'(]*(?:he|she|it|they|this|that|these|those|his|her|their|its|such|both|but|and|or|so|also|however|still|yet"
    r"|meanwhile|moreover|instead|then|there|here|the\s+(?:former|latter|same|move|company|bank|report|decision))\b",
    re.IGNORECASE,
)
# What such a sentence speaks of stands in the one before it.
_PRONOUN = re.compile(
    r"^[\"“‘'(]*(?:he|she|it|they|this|that|these|those|his|her|their|its|such|both|the\s+(?:former|latter|same))\b"
    r"|\b(?:the\s+same|disagreed|the\s+other\s+(?:one|two|half))\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:,\s[^–—()]{2,40}?)?\s*(?:\([^)]{2,40}\))?\s*"
    r"(?:[–—―]-?|--|-(?=\s))\s*(?=[A-ZÀ-Þ“\"‘0-9])"
)
# A finite verb, near enough: auxiliaries, the verbs of market reports, and regular past forms.
_VERB = re.compile(
    r"(?<!\bto\s)\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|said|says|rose|fell|grew"
    r"|cut|cuts|put|puts|made|makes|took|takes|held|holds|kept|keeps|sold|sells|bought|buys|paid|pays|lost|loses|won|wins"
    r"|gave|gives|went|goes|came|comes|stood|stands|hit|hits|set|sets|led|leads|left|leaves|saw|sees|sank|slid|shut|broke"
    r"|began|begins|ran|runs|told|tells|meant|means|spent|built|drew|drove|rises|falls|plans|expects|wants|covers|adds"
    r"|reports|shows|accounts|leans|remains|lands|becomes|became|(?!hundred|kindred)\w{2,}ed(?!\s+by\b))\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|my|us|me|you|your)\b")
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
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_COMMON = frozenset(
    """the a an and or but of to in on at for by with from as is are was were be been has have had it its
    this that than will would could may said says say after before over under more most its their
    his her which who what when where while not no into out up down about also new one two per cent
    percent year years month week day""".split()  # noqa: SIM905
)


def quotable(article: Article) -> bool:
    """Full, unreserved, dated, and not advice: what may be quoted and may carry a story."""
    return why_not_quotable(article) == ""


def why_not_quotable(article: Article) -> str:
    """`reserved`, `thin`, `undated`, `advice`, or nothing when it may be quoted."""
    if article.reserved:
        return "reserved"
    if article.published_at is None or article.thin == "undated":
        return "undated"
    if article.thin or _size(article.text) < SHORTEST_FULL_TEXT:
        return "thin"
    return "advice" if article.kind == "advice" else ""


def _size(text: str) -> int:
    """Words; of scripts without spaces, two characters count as one."""
    return len(words(text)) + len(_IDEOGRAPHS.findall(text)) // 2


def allowance(article: Article) -> int:
    """Words that may be quoted from one text, titles apart: a title is how the list of sources names the article."""
    count = len(words(article.text))
    return int(min(max(SOURCE_WORDS, count * SOURCE_SHARE), SOURCE_WORDS_AT_MOST, count * SHORT_SOURCE_SHARE))


@dataclass(frozen=True)
class Passage:
    """A sentence that could be quoted, with what it is good for."""

    article: Article
    stretch: Stretch
    position: int
    """Its number in its article's body, from 0."""
    score: float = 0.0

    @cached_property
    def text(self) -> str:
        return self.stretch.of(self.article.evidence)

    @cached_property
    def forward(self) -> bool:
        return looks_ahead(self.text)

    @cached_property
    def measured(self) -> bool:
        return any(figure.kind in ("percent", "points", "money", "number") for figure in figures(self.text))

    @cached_property
    def points_back(self) -> bool:
        """Whether it speaks of something that only the sentence before it names."""
        short = len(words(self.text)) < 9 and re.search(r"\b(?:it|they|he|she|them)\b", self.text)
        return bool(short or _PRONOUN.search(self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        return terms(self.text)


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


@dataclass
class Purse:
    """Words that are left to quote, by text: reprints of one text draw on one purse."""

    left: dict[str, int]
    texts: Mapping[str, str]
    """Article id → id of its text."""
    taken: list[Quotation] = field(default_factory=list)

    def quote(
        self, passage: Passage, limit: int = QUOTATION_WORDS, point: Callable[[str], object] = bool
    ) -> Quotation | None:
        """The passage within the limits, paid for; None when it was taken, repeats one, or does not fit.

        `point` is what the quotation must still say when its end is left out.
        """
        purse = self.texts[passage.article.id]
        if passage.points_back and not any(_precedes(other.passage, passage) for other in self.taken):
            return None
        quotation = quoted(passage, min(limit, QUOTATION_WORDS, self.left[purse]))
        if quotation is None or not point(quotation.text) or any(_repeats(quotation, other) for other in self.taken):
            return None
        self.left[purse] -= quotation.words
        self.taken.append(quotation)
        return quotation

    def first(self, passages: Iterable[Passage], point: Callable[[str], object] = bool) -> Quotation | None:
        """The first of the passages that can be had."""
        return next((one for one in (self.quote(passage, point=point) for passage in passages) if one), None)


def looks_ahead(text: str) -> bool:
    """Whether it says what is to come."""
    return bool(_FORWARD.search(text))


def names_a_day_ahead(text: str) -> bool:
    """Whether it says what is to come and when, by a date, a day of the week or the like."""
    return looks_ahead(text) and bool(_SCHEDULED.search(text) or _DAY_AHEAD.search(text))


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


def passages(article: Article, topic: frozenset[str]) -> list[Passage]:
    """The body's sentences that are fit to stand alone, each with its score, in the order of the text.

    Score, in points: 3 for the lead falling by 0.3 a sentence; 1.5 for a figure; 2 × the share of the topic's terms
    (the titles' words) that it has; less 1.5 for a beginning that points back, and for every word past 25, 0.05.
    """
    evidence, offset = article.evidence, len(article.title) + 2
    found = []
    for position, inner in enumerate(sentences(article.text)):
        stretch = Stretch(inner.start + offset, inner.end + offset)
        if position == 0 and (dateline := _DATELINE.match(stretch.of(evidence))):
            stretch = Stretch(stretch.start + dateline.end(), stretch.end)
        text = stretch.of(evidence)
        if not fit(text):
            continue
        length = len(words(text))
        passage = Passage(article, stretch, position)
        score = max(0.0, 3 - 0.3 * position) + 1.5 * passage.measured
        score += 2 * len(passage.terms & topic) / max(1, len(topic))
        score -= 1.5 * bool(_DANGLING.search(text)) + 0.05 * max(0, length - QUOTATION_WORDS)
        found.append(Passage(article, stretch, position, round(score, 6)))
    return found


def fit(text: str) -> bool:
    """Whether a sentence can be quoted alone: complete, by the article, about its matter, to a reader."""
    length = len(words(text))
    if (
        not 6 <= length <= 60
        or not re.search(r"[.!][\"”’')]*$", text)
        or not re.match(r"[\"“‘'(]?[A-Z0-9À-Þ$€£¥]", text)
    ):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if re.match(r"^(?:UPDATED?|CORRECTION|BREAKING)\b|^[\"“][^\"”]*[\"”]?$", text) or (
        _FIRST_PERSON.search(re.sub(r"[\"“][^\"”]*[\"”]", "", text))
    ):
        return False  # speech without its speaker, or the page speaking of itself
    return not (is_furniture(text) or advises(text) or carries_a_link(text) or speaks_to_a_machine(text))


def terms(text: str) -> frozenset[str]:
    """The content words of a text, lower-case, cut to their first seven letters as a crude stem."""
    return frozenset(word[:7] for word in re.findall(r"[^\W_]{3,}", text.lower()) if word not in _COMMON)


def shared_topic(articles: Sequence[Article]) -> frozenset[str]:
    """The terms of the titles; with three titles or more, only those that two of them share."""
    counts = Counter(term for article in articles for term in terms(article.title))
    shared = {term for term, count in counts.items() if count > 1}
    return frozenset(shared if len(articles) > 2 and shared else counts)


def _precedes(other: Passage, passage: Passage) -> bool:
    return other.article.id == passage.article.id and other.position == passage.position - 1


def _repeats(quotation: Quotation, other: Quotation) -> bool:
    """Whether two quotations say the same in nearly the same words, as sentences or as far as they are quoted."""
    one, two = quotation.passage, other.passage
    if one.article.id == two.article.id and one.position == two.position:
        return True
    pairs = ((one.terms, two.terms), (terms(quotation.text), terms(other.text)))
    return any(mine and theirs and len(mine & theirs) / min(len(mine), len(theirs)) >= 0.6 for mine, theirs in pairs)
