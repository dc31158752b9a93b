"""What comes next, as a source says it: who will do something, what, and by when.

A step is dated ("on 2 December", "next week") or is one of the acts that are announced (decides, votes, rules,
publishes …). A forecast is no step, nor is what somebody hopes, fears or will not do.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from newsroom.writing.attribution import dated_in
from newsroom.writing.names import names

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTH = "|".join(_MONTHS)
_TO_COME = (
    rf"(?:(?:(?:on|by|until|till|before|from)\s+|\bnext\s+)(?:{'|'.join(_DAYS)})|tomorrow|tonight|later\s+(?:today|this\s+\w+|in\s+the\s+\w+)"
    rf"|(?:next|the\s+following|the\s+coming|coming)\s+(?:week|month|quarter|year|spring|summer|autumn|fall|winter|days|weeks|months)"
    rf"|(?:in|by|from|until|till|before|on|for|to|at)\s+(?:the\s+|early\s+|late\s+|mid-?)?(?:\d{{1,2}}\s)?(?:{_MONTH})\b|(?:{_MONTH})\s\d{{1,2}}"
    rf"|\d{{1,2}}\s(?:{_MONTH})|(?:in|by|until|from|before|to|of)\s+(?:early\s+|late\s+|mid-?|the\s+\w+\s+half\s+of\s+)?20\d\d"
    rf"|(?:by|until|at|before|to)\s+the\s+(?:end|middle)\s+of\s+\w+|in\s+the\s+(?:spring|summer|autumn|fall|winter|first\s\w+|second\s\w+|third\s\w+"
    rf"|fourth\s\w+|coming\s\w+)|(?:in|within)\s+(?:about\s+|the\s+next\s+)?(?:\d+|two|three|four|five|six|seven|eight|ten|twelve)\s(?:days|weeks"
    rf"|months)|this\s+(?:week|month|quarter|year|autumn|spring|summer|winter)|(?:the|its|their)\s+next\s+(?:meeting|round|session|summit|auction)"
    rf"|by\s+(?:spring|summer|autumn|winter))"
)
_WHEN = re.compile(_TO_COME, re.IGNORECASE)
_ACT = (
    r"(?:decide|rule|vote|publish|release|announce|hear|meet|hold|file|appeal|propose|present|unveil|report|sign|consider|review"
    r"|discuss|debate|resume|testify|speak|brief|visit|introduce|submit|issue|deliver|appear|launch|begin|start|open|close|ask"
    r"|seek|take\s+effect|come\s+into\s+force|expire|make\s+\w+\s+attempt|update)"
)
_WILL = (
    r"(?:will|shall|must(?=\s(?:pay|repay|refinance|submit|file|respond|decide|report|meet|publish|comply|leave)\b)|(?:is|are)\s+(?:due|scheduled|set|planning|preparing|expected)\s+to(?:\s+be)?|(?:is|are)\s+(?:due|scheduled|planned"
    r"|expected)|(?:is|are)\s+to(?:\s+be)?|plans\s+to|(?<=s\s)plan\s+to|intends?\s+to|aims?\s+to|proposes?\s+to)"
)
_PRESENT = (
    r"(?:(?:meets|decides|votes|hears|reports\s+(?:its|results|earnings)|publishes|returns\s+to)(?=\s(?:on|in|at|next|the|its|a)\b)"
    r"|(?:begins|starts|opens|follows|expires|resumes|ends|falls?\s+due|falls|closes)(?=\s(?:on|in|at|next|this|tomorrow|later)\b)"
    r"|takes\s+effect|comes\s+into\s+force|runs\s+until)"
)
_ACTS = re.compile(rf"\b{_WILL}\s+(?:\w+ly\s+|also\s+|then\s+|now\s+|again\s+|be\s+)*{_ACT}(?:e?d)?\b", re.IGNORECASE)
_STEP = re.compile(rf"\b(?:{_WILL}|{_PRESENT})(?=\s)", re.IGNORECASE)
_SAID_WOULD = re.compile(r"\b(?:said|says|told|announced|promised|agreed)\b[^.]*?\b(would)(?=\s)", re.IGNORECASE)
_NO_STEP = re.compile(
    r"\b(?:will|would|is|are|does|do|did|plans?)\s+(?:not|never|no\s+longer|nonetheless\s+not|remain|continue|still|always|have\s+(?:been|to))\b"
    r"|\b(?:won|wouldn|isn|aren|doesn|don)[’']t\b|\b(?:expects?|forecasts?|predicts?|sees|estimates?|believes?|hopes?|fears?|worries"
    r"|could|might|may|if|unless|whether\s+(?:he|she|they|it)|would\s+have|should|probably|likely|unlikely|doubts?|thinks?"
    r"|at\s+the\s+same\s+time|chance|odds|probability|bets?|will\s+(?:cost|make|have|need|account|earn|remain|stay|keep|pay\s+\S*\d)"
    r"|suggest(?:s|ed)?|impl(?:y|ies|ied)|point\s+to|speculat\w+|reportedly|denie[sd]|hypothetical|always|never)\b|\?",
    re.IGNORECASE,
)
"""A guess, a wish, a refusal, a habit."""
_CONDITION = re.compile(
    r"\b(?:if|unless|could|might|(?:promises?|claims?|pledges?|fears?)\s+that|(?:estimates|forecasts|poll)\b|anniversary)|\?",
    re.IGNORECASE,
)
_NO_ACTOR = re.compile(
    r"\b(?:analysts?|economists?|traders?|strategists?|forecasters|investors|brokers|critics|supporters|observers|experts|markets"
    r"|consensus|swaps|futures|opponents|pundits|people|everyone|somebody|nobody|who|which|what|that|there|we|you|i)$",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"it", "they", "he", "she"})
_CLAUSE = re.compile(
    r"^(?:(?:for|in|on|by|at|from|after|under)\s[^,]{2,30}?,?\s(?=the\s))?|[;:]\s|\s[–—-]\s|,\s(?:(?:and|but|where|which|that|while)\s)?"
    r"|\s(?:that|but|when|while|because|after|before|where|said|says|announced|promised)\s",
    re.IGNORECASE,
)
_FILLERS = re.compile(r"^(?:and|but|next|now|then|also|again|who|which|that)\b\s*", re.IGNORECASE)
_ADVERBS = re.compile(r"\s(?:\w+ly|also|now|then|still|again|next\s\w+|later)$", re.IGNORECASE)
_POINTS = re.compile(
    r"^(?:this|that|these|those|his|her|its|their|my|our|we|i|you|such|more|one|an?$)\b", re.IGNORECASE
)
_SPEAKER = re.compile(r"^([^“\"]{3,80}?)\s(?:has\s|have\s|had\s|also\s)?(?:said|says|told|announced|promised|agreed)\b")
_TALK = re.compile(r"\b(?:said|says|told|announced|it|they|he|she|is|are|was|were|has|had)\b", re.IGNORECASE)
SHORT = 5
ACTOR_WORDS = 9
"""A longer subject is a sentence of its own."""


@dataclass(frozen=True)
class NextStep:
    """`actor` and the words stand in the sentence; `by` is an ISO date, empty when the words give no day."""

    actor: str
    by: str
    dated: bool
    """Whether the words say when, if only by month or season."""


def next_step(text: str, written: date, own_names: frozenset[str] = frozenset()) -> NextStep | None:
    """The step that a sentence of an article of that day announces; None when it announces none, or nobody's.

    `own_names`: names of the publishers that are quoted, in small letters; a source is not its own news.
    """
    text = text.split(";")[0]
    text = re.sub(r"[\"“][^\"”]*[\"”]", lambda speech: "_" * len(speech.group()), text)
    found = _ACTS.search(text) or _STEP.search(text)
    start = found.start() if found else -1
    if found is None and (reported := _SAID_WOULD.search(text)):
        start = reported.start(1)
    if start < 0 or _NO_STEP.search(_clause_at(text, start)) or _CONDITION.search(text):
        return None
    when = _WHEN.search(text, start) or _opening_date(text)
    if not when and not _ACTS.search(text):
        return None
    actor = _actor(text[:start])
    if not re.match(r"[^\W\d]", actor) or actor.lower() in own_names:
        return None
    actor = re.sub(r"^(?:the|an?)\s+", "", actor, flags=re.IGNORECASE)
    actor = actor[:1].upper() + actor[1:]
    return NextStep(actor, day_ahead(text, start, written), bool(when))


def day_ahead(text: str, start: int, written: date) -> str:
    """The last day of what the words name from `start` on, as an ISO date; empty when they name no day."""
    ahead = text[start:]
    if explicit := dated_in(text, written):
        return explicit
    if re.search(r"\btomorrow\b", ahead, re.IGNORECASE):
        return (written + timedelta(days=1)).isoformat()
    weekday = re.search(rf"\b(next\s+)?({'|'.join(_DAYS)})\b(?![’']s)", ahead)
    if weekday and not re.search(r"\b(?:said|says|told|announced)\s+(?:on\s+)?(?:last\s+)?$", ahead[: weekday.start()]):
        distance = (_DAYS.index(weekday[2]) - written.weekday()) % 7
        if distance or weekday[1]:
            return (written + timedelta(days=distance or 7)).isoformat()
    if ending := re.search(
        rf"\bend\s+of\s+(?:(?P<month>{_MONTH})(?:\s(?P<year>20\d\d))?|the\s+(?P<unit>month|year)|(?P<only>20\d\d)|next\s+(?P<next>month|year))\b",
        ahead,
    ):
        return _end_of(ending, written)
    if within := re.search(r"\bwithin\s+(\d{1,2}|two|three)\s+(days|weeks)\b", ahead):
        number = {"two": 2, "three": 3}.get(within[1]) or int(within[1])
        return (written + timedelta(**{within[2]: number})).isoformat()
    return ""


def _end_of(ending: re.Match[str], written: date) -> str:
    year, month = written.year, 12
    if name := ending["month"]:
        month = _MONTHS.index(name) + 1
        year = int(ending["year"] or (year if month >= written.month else year + 1))
    elif ending["unit"] == "month":
        month = written.month
    elif ending["next"] == "month":
        year, month = (year, written.month + 1) if written.month < len(_MONTHS) else (year + 1, 1)
    elif ending["next"] == "year":
        year += 1
    elif ending["only"]:
        year = int(ending["only"])
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last.isoformat() if last >= written else ""


def _clause_at(text: str, start: int) -> str:
    """From the beginning to the end of the clause that the step is in: what is said after it is another matter."""
    end = re.compile(r"[,;]\s|\s(?:but|while)\s|\sand\s(?=\w+\s\w+)").search(text, start)
    return text[: end.start()] if end else text


def _opening_date(text: str) -> re.Match[str] | None:
    """ "On Thursday, the board will …"."""
    return re.match(rf"(?:{_TO_COME})(?=,)", text, re.IGNORECASE)


def _actor(before: str) -> str:
    """The subject: the words before the verb; of a pronoun, the speaker; of a second verb, that of the first."""
    starts = [found.end() for found in _CLAUSE.finditer(before)]
    clause = _FILLERS.sub("", before[starts[-1] :].strip(" ,“”\"'‘’("))
    if clause.lower() in _PRONOUNS:
        speaker = _SPEAKER.match(before)
        return _first_name(speaker[1]) if speaker else ""
    if not clause:
        return "" if before.rstrip().endswith("that") else _first_name(re.split(r",\s", before)[0])
    clause = _ADVERBS.sub("", clause)
    if _POINTS.match(clause) or _NO_ACTOR.search(clause) or len(clause.split()) > ACTOR_WORDS or _TALK.search(clause):
        return ""
    return clause


def _first_name(text: str) -> str:
    """Of a subject of a few words without one, the subject."""
    text = re.sub(r"^(?:on|in|at|by|after|for)\s[^,]+,\s", "", text, flags=re.IGNORECASE)
    found = names(text)
    return re.sub(r"[’']s$", "", found[0].text) if found else text.strip() if len(text.split()) < SHORT else ""
