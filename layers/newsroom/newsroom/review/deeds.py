"""What becomes of a deed, verb by verb: done, under way, planned, possible. No surer than the source, and no less."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from newsroom.review.closest import clauses
from newsroom.review.framing import unquoted
from newsroom.review.wording import Word, lexicon, read

State = Literal["done", "under way", "planned", "meant", "possible", "owed", "said"]
"""`planned`: it will be; `meant`: somebody plans, expects, is due to; `said`: of what is, or is done as a rule."""

_ADVERB = re.compile(r"ly$")
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|early|late|mid|end|spring"
    r"|summer|autumn|winter"
)
_CALENDAR = re.compile(rf"\b(?:next|tomorrow|later|from|until|on \w+day|20\d\d|due|(?:in|by) (?:the )?(?:{_MONTH}))\b")
_AHEAD = re.compile(rf"\b(?:next (?:week|month|quarter|year|\w+day)|tomorrow|\w+s (?:in|on) (?:{_MONTH}|\w+day))\b")
"""What makes a calendar of the present tense: "opens in March", "begins next Monday"."""
_STATES: tuple[State, ...] = ("planned", "possible", "owed")
REACH = 8
"""Words before a verb among which its auxiliaries are sought."""


@dataclass(frozen=True)
class Deed:
    """One verb where it stands: its dictionary form, what becomes of it, and it with the word before."""

    verb: str
    state: State
    text: str


def deed_changed(text: str, support: str) -> str:
    """Why a sentence makes more, or less, of a deed than its source does; empty when it does not."""
    plain = unquoted(text)
    given: dict[str, set[State]] = {}
    for deed in deeds(unquoted(support)):
        given.setdefault(deed.verb, set()).add(deed.state)
    for deed in deeds(plain):
        states = given.get(deed.verb)
        if states and (word := _turned(deed, states, plain, support)):
            return f"“{deed.text}”: its source has it as {word}."
    return ""


def _turned(deed: Deed, given: set[State], text: str, support: str) -> str:
    """What the source has the deed as, where that is something else."""
    one = next(iter(given)) if len(given) == 1 else ""
    wrong = (
        (deed.state == "done" and given <= {"planned", "meant", "possible", "under way"})
        or (deed.state in ("planned", "meant", "possible") and one == "done")
        or (deed.state in ("planned", "said", "owed") and one == "possible")
        or (deed.state == "possible" and one in ("owed", "planned"))
        or (deed.state == "done" and one == "said" and bool(_AHEAD.search(support)))
        or (deed.state == "meant" and one == "said" and not _CALENDAR.search(support))
        or (deed.state == "said" and one == "meant" and not _CALENDAR.search(text))
    )
    return min(given) if wrong else ""


def deeds(text: str) -> Iterator[Deed]:
    """The verbs of a text, those of speech left out, with what the words before them make of them."""
    leads = lexicon().leads
    for part in clauses(text):
        words = read(part)
        for at, word in enumerate(words):
            before = words[max(0, at - REACH) : at]
            lead = [one for one in before if one.small not in leads["skipped"] and not _ADVERB.search(one.small)]
            state = _state(word, lead) if word.form not in leads["speech"] else None
            if state:
                yield Deed(word.form, state, " ".join(one.text for one in (*lead[-1:], word)))


def _state(word: Word, lead: list[Word]) -> State | None:
    if not (word.form in lexicon().verbs or word.small.endswith(("ed", "ing"))):
        return None
    last, before = (lead[-1].small if lead else ""), (lead[-2].small if len(lead) > 1 else "")
    leads = lexicon().leads
    for state in _STATES:
        if last in leads[state]:
            return state
    if last == "to":
        return _of_infinitive(lead[:-1])
    if word.small.endswith("ing"):
        return _of_gerund(last, lead)
    participle = word.small in lexicon().participles or word.small.endswith("ed")
    if last in leads["have"] and participle:
        return "planned" if before == "to" or before in leads["planned"] else _possible(before) or "done"
    if last in leads["was"] | leads["be"]:
        return _of_passive(lead) if participle else None
    if last in leads["determiners"] or last[:1].isdigit():
        return None
    if word.small in lexicon().past or word.small.endswith("ed"):
        return "done"
    return "said" if word.small.endswith("s") and not word.small.endswith("ss") and lead else None


def _possible(before: str) -> State | None:
    return "possible" if before in lexicon().leads["possible"] else None


def _of_infinitive(lead: list[Word]) -> State | None:
    """ "Plans to", "is to", "has to"; none of "helped to", "a promise to", or a purpose."""
    leads = lexicon().leads
    if any(word.form in leads["obliged"] for word in lead[-2:]) or (lead and lead[-1].small in ("has", "have")):
        return "owed"
    return "meant" if lead and (lead[-1].form in leads["meant"] or lead[-1].small in ("is", "are")) else None


def _of_gerund(last: str, lead: list[Word]) -> State | None:
    """ "Is selling", "has been selling", "considers selling"."""
    leads = lexicon().leads
    if last in leads["was"] | leads["be"]:
        return "done" if last == "been" else "under way"
    return "meant" if lead and lead[-1].form in leads["mulled"] else None


def _of_passive(lead: list[Word]) -> State | None:
    """ "Is sold", "was sold", "will be sold", "has been sold", "is being sold", "to be sold"."""
    last, before = lead[-1].small, (lead[-2].small if len(lead) > 1 else "")
    if last == "be":
        if before == "to":
            return _of_infinitive(lead[:-2])
        return _possible(before) or ("owed" if before in lexicon().leads["owed"] else "planned")
    if last == "been":
        return _possible(lead[-3].small if len(lead) > 2 else "") or "done"
    if last == "being":
        return "under way"
    return "done" if last in lexicon().leads["was"] else "said"
