"""What changed places: from here to there, more of this than of that, a figure said of what has another one."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsroom.review.closest import clauses
from newsroom.review.framing import unquoted
from newsroom.review.wording import Word, read, related, telling, verbal
from newsroom.writing.evidence import sentences
from newsroom.writing.figures import Figure, figures, same

REACH = 4
"""Words on either side of a joint that belong to it."""
LEAST_SHARED = 2
"""Words that a clause must have in common with another figure's clause, and none with its own, to be faulted."""
_JOINTS = tuple(
    re.compile(rf"\b{words}\b", re.IGNORECASE)
    for words in ("than", r"instead\sof", r"rather\sthan", "times", "against", "at the expense of")
)
_FROM_TO = re.compile(r"\bfrom\s(?P<left>[^,;.]{3,60}?)\sto\s(?P<right>[^,;.]{3,60})", re.IGNORECASE)
_BEFORE_AFTER = (re.compile(r"\b(?:before|until(?!\safter))\b", re.IGNORECASE), re.compile(r"\bafter\b", re.IGNORECASE))


def turned_round(text: str, support: str) -> str:
    """Why two sides of a sentence have changed places against its source; empty when they have not."""
    plain = unquoted(text)
    for ours, left, right in _sides(plain):
        for theirs, other_left, other_right in _sides(support):
            if ours == theirs and _crossed(left, right, other_left, other_right):
                return f"What stands on either side of “{ours}” has changed places."
    for ours, left, right in _around_verbs(plain):
        for theirs, other_left, other_right in _around_verbs(support):
            if ours == theirs and _all_crossed(left, right, other_left, other_right):
                return f"“{left[0].text}” and “{right[0].text}” have changed places."
    for first, second in (_BEFORE_AFTER, _BEFORE_AFTER[::-1]):
        for left, right in _around(first, plain):
            for other_left, other_right in _around(second, support):
                if _alike(left, other_left) and _alike(right, other_right):
                    return "What came before in the source comes after here, or the other way round."
    return ""


def another_s_figure(text: str, support: str) -> str:
    """A figure in a clause that is, in its other words, the clause of another figure; empty when there is none."""
    whole = [stretch.of(support) for stretch in sentences(support)]
    homes = [(part, figures(part)) for sentence in whole for part in clauses(sentence)]
    for part in clauses(unquoted(text)):
        here = [one for one in figures(part) if one.kind not in ("year", "time")]
        told = telling(read(part))
        if len(here) != 1:
            continue
        places = [(home, there) for home, there in homes if any(same(here[0], other) for other in there)]
        others = [home for home, there in homes if any(_rival(here[0], other) for other in there)]
        most = max((len(_shared(told, home)) for home in others), default=0)
        own = [home for home in whole if any(same(here[0], other) for other in figures(home))]
        nowhere_near = not any(_shared(told, home) for home in own) and most >= LEAST_SHARED
        if own and (nowhere_near or (most > LEAST_SHARED and not any(_shared(told, home) for home, _ in places))):
            return f"{here[0].text} is another's figure in the source."
    return ""


def figures_swapped(text: str, support: str) -> str:
    """Two figures in a row that have changed places around the same words: "68 on sales of 412" for the reverse."""
    theirs = list(_rows(support))
    for one, between, two in _rows(unquoted(text)):
        for other, joined, another in theirs:
            if between == joined and same(one, another) and same(two, other) and not same(one, two):
                return f"{one.text} and {two.text} have changed places."
    return ""


def _rows(text: str) -> Iterator[tuple[Figure, frozenset[str], Figure]]:
    """Figures of one kind that follow each other, with the words of weight between them, where there are any."""
    found = [one for one in figures(text) if one.kind not in ("year", "time")]
    for one, two in pairwise(found):
        between = frozenset(word.form for word in read(text[one.end : two.start]) if word.tells)
        if between and one.kind == two.kind and len(between) <= REACH:
            yield one, between, two


def _sides(text: str) -> Iterator[tuple[str, list[Word], list[Word]]]:
    for match in _FROM_TO.finditer(text):
        yield "to", telling(read(match["left"])), telling(read(match["right"]))[:2]
    for joint in _JOINTS:
        for match in joint.finditer(text):
            left, right = read(text[: match.start()]), read(text[match.end() :])
            yield match.group().lower(), telling(left[-REACH:]), telling(right[:REACH])


def _around_verbs(text: str) -> Iterator[tuple[str, list[Word], list[Word]]]:
    """The verbs in the active voice with the nearest word of weight before and after them."""
    words = read(text)
    for at, word in enumerate(words):
        before, after = words[max(0, at - REACH) : at], words[at + 1 : at + 1 + REACH]
        passive = any(one.small in _PASSIVE for one in before[-2:]) or any(one.small == "by" for one in after[:2])
        if word.tells and verbal(word, before[-1] if before else None) and not passive:
            yield word.form, _things(before)[-1:], _things(after)[:1]


def _things(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.tells and word.small not in ("first", "last")]


_PASSIVE = frozenset("is are was were be been being".split())  # noqa: SIM905


def _around(joint: re.Pattern[str], text: str) -> Iterator[tuple[list[Word], list[Word]]]:
    for match in joint.finditer(text):
        yield telling(read(text[: match.start()]))[-REACH:], telling(read(text[match.end() :]))[:REACH]


def _crossed(left: list[Word], right: list[Word], other_left: list[Word], other_right: list[Word]) -> bool:
    """Whether each side has words of the other's opposite side, and none of its own."""
    if left and right and other_left and other_right:
        nearest = left[-1:], right[:1], other_left[-1:], other_right[:1]
        if _all_crossed(*nearest):
            return True
    return _all_crossed(left, right, other_left, other_right)


def _all_crossed(left: list[Word], right: list[Word], other_left: list[Word], other_right: list[Word]) -> bool:
    crossed = _alike(left, other_right) and _alike(right, other_left)
    return crossed and not _alike(left, other_left) and not _alike(right, other_right)


def _alike(words: Sequence[Word], others: Sequence[Word]) -> bool:
    return any(word.form == other.form for word in words for other in others)


def _rival(figure: Figure, other: Figure) -> bool:
    return other.kind == figure.kind and other.currency == figure.currency and not same(figure, other)


def _shared(told: Sequence[Word], home: str) -> list[Word]:
    given = read(home)
    return [word for word in told if any(related(word.form, other.form) for other in given)]
