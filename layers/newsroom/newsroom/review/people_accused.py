"""What is said of a named person that a person has to read first: an accusation, private illness, suicide, a child.

Not whether it is true: that is the other checks' matter. Companies, offices and the long dead may be told of without. A
finding holds nothing by itself; `editor.py` decides what becomes of it.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from newsroom.review.people import People, people_in
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.writing.evidence import sentences

NAME = "people_accused"

LONG_AGO = 50
"""Years: a sentence that dates all it tells so far back is history. Spent convictions of the living are younger."""

READ = 20_000
"""Characters of an article in which its people are looked for: more than a writer is given of it."""

_PERSON = "P"
_HE = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_HIS = re.compile(r"\b(?:his|her)\b(?= \w)", re.IGNORECASE)
_HER = re.compile(r"\bher\b", re.IGNORECASE)
_DEAD = re.compile(
    r"\b(?:(?:estate|heirs|executors?) of (?:the )?(?:late )?P|P’s (?:estate|heirs|executors?)|the late P)"
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


def people_accused(submission: Submission) -> list[Finding]:
    """Every sentence that says such a thing of somebody whom the story names; a note each."""
    texts = [text for _, text in submission.printed]
    people = people_in([*texts, *(article.evidence[:READ] for article in submission.cited)])
    now = max((article.dated.year for article in submission.cited), default=submission.draft.written_at.year)
    found = []
    for claim_id, text in submission.printed:
        for sentence in sentences(text):
            if said := told_of_a_person(sentence.of(text), people, now):
                reason = f"It says of a named person what an editor has to read first (“{said}”)."
                found.append(finding(NAME, "note", reason, claim_id))
    return found


def told_of_a_person(sentence: str, people: People, year: int) -> str:
    """The words of a sentence that say such a thing of one of them (`…`); empty when none do. `year`: of the news."""
    years = [int(one) for one in _YEAR.findall(sentence)]
    if years and max(years) <= year - LONG_AGO:
        return ""
    plain = _with_persons_marked(sentence, people)
    if _PERSON not in plain:
        return ""
    private = _with_persons_marked(sentence, people, but=people.public)
    for name, text in (("says", plain), ("says_of_private", private)):
        for pattern in _patterns(name):
            if match := pattern.search(text):
                return match.group().replace(_PERSON, "…").strip(" ,.;")
    return ""


def _with_persons_marked(sentence: str, people: People, but: frozenset[str] = frozenset()) -> str:
    """In small letters without quotation marks, every named person a `P`; those who are dead, and `but`, are not."""
    pieces, end = [], 0
    for one in people.within(sentence):
        mark = "someone" if one.surname in but else f"\0{_PERSON}\0"
        pieces += [sentence[end : one.start].lower(), mark]
        end = one.end
    text = "".join([*pieces, sentence[end:].lower()])
    text = re.sub(r"\b(?:mr|mrs|ms|miss|dr|sir)\.? (?=\0)", "", text)
    if people.names and not but:
        text = _HIS.sub(f"\0{_PERSON}\0’s", text)
        text = _HER.sub(f"\0{_PERSON}\0", _HE.sub(f"\0{_PERSON}\0", text))
    text = text.replace("\0", "").replace("'", "’")
    text = re.sub(r"[“”\"‘«»()\[\]]", "", text)
    return _DEAD.sub("someone", " ".join(text.split()))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Those of a list of the table, in the order in which they are asked."""
    table = tomllib.loads(resources.files(__package__).joinpath("people_accused.toml").read_text(encoding="utf-8"))
    words = {one: written.replace("\n", "") for one, written in table.items() if isinstance(written, str)}
    return tuple(re.compile(_filled(written, words)) for written in table[name])


def _filled(written: str, words: Mapping[str, str]) -> str:
    """With every `<name>` replaced, in what replaces it too."""
    return re.sub(r"<(\w+)>", lambda match: _filled(words[match[1]], words), written)
