"""Word for word beside the source: another thing in a word's place, two that changed places, a clause of nobody's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from newsroom.review.closest import clauses, closest
from newsroom.review.framing import unquoted
from newsroom.review.wording import Word, akin, known, lexicon, read, related, telling, verbal
from newsroom.stories.words import words as words_of
from newsroom.writing.figures import Figure, figures, grounded

MOST_WORDS = 4
"""In one place, on either side; a longer stretch is worded anew, and code cannot tell what stands for what."""
MOST_TELLING = 2
"""Of them, words that assert something."""
LEAST_ADDED = 3
"""Words that assert something in a clause which the source does not have at all; one fewer in a consequence."""
STRANGE = 0.65
"""Share of a clause's words of which the source has none: a paraphrase's own words stayed below it."""
_CONSEQUENCE = re.compile(
    r"(?:and\s)?(?:which\s(?:will|would|could|may|might|should|has|have|threatens|means|puts)|so|forcing|threatening|pushing"
    r"|leading|putting|raising\sfears|a\s(?:boon|blow|windfall|setback))\b"
)
_PROSPECT = re.compile(r"(?:and|but)\s(?:\w+\s){1,5}(?:will|(?:are|is)\s(?:expected|likely|set|bound)\sto)\b")
_ANYBODY = frozenset("company group firm business bank lender management ministry government authority".split())  # noqa: SIM905
"""Nouns that point back to somebody already named."""

_LOOSE = frozenset("a an the its their his her this these of in from by for on at to with".split())  # noqa: SIM905


@dataclass(frozen=True)
class Place:
    """What a sentence has between two words that it shares with its source, and what its source has there."""

    before: Word | None
    ours: tuple[Word, ...]
    theirs: tuple[Word, ...]
    after: tuple[Word, ...]
    """What our side goes on with."""
    cut: bool
    """Whether the source's side was longer, and what lies farther off from the shared words left out."""
    elsewhere: bool
    """Whether our sentence has a word of the source's side in another place."""


def another_word(text: str, support: str) -> str:
    """Why a sentence that follows its source's wording says another thing in one place; empty when it does not.

    Held against the closest sentence as a whole, then clause by clause against the closest clause.
    """
    plain, everything = unquoted(text), read(support)
    sentence = closest(text, support).sentence
    pairs = [(plain, sentence), *((part, closest(part, support).clause) for part in clauses(plain))]
    for ours, theirs in pairs:
        if reason := _changed(read(ours), read(theirs), everything):
            return reason
    return ""


def added_clause(text: str, support: str) -> str:
    """A later clause of a sentence, with no figure of the source, of which it has hardly a word; empty when none.

    In one that names a consequence no synonym counts.
    """
    given, everything = figures(support), read(support)
    for part in clauses(unquoted(text))[1:]:
        told, follows = telling(read(part)), bool(_CONSEQUENCE.match(part))
        as_good = related if follows else akin
        strange = [word for word in told if not any(as_good(word.form, other.form) for other in everything)]
        enough = len(strange) >= LEAST_ADDED - bool(follows or _PROSPECT.match(part))
        if enough and (follows or len(strange) > STRANGE * len(told)) and not _tied(part, given):
            return f"Its source does not say “{part.strip(' .,')}”."
    return ""


def _tied(part: str, given: Sequence[Figure]) -> bool:
    return any(grounded(one, given) for one in figures(part))


def _changed(ours: Sequence[Word], theirs: Sequence[Word], everything: Sequence[Word]) -> str:
    places = list(_places(ours, theirs))
    for place in places:
        if pair := _against(place):
            return f"“{pair[0].text}”, where its source says “{pair[1].text}”."
    for place in places:
        if _other_number(place):
            return f"“{place.ours[0].text}”, where its source says “{place.theirs[0].text}”."
        if word := _strange(place, everything, ours) or _moved(place, places):
            return f"“{word.text}” stands where its source has “{_weighty(place.theirs)[0].text}”."
    return ""


def _places(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Place]:
    matcher = SequenceMatcher(None, [word.form for word in ours], [word.form for word in theirs], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "replace" and i_end - i <= MOST_WORDS:
            said, given, after = tuple(ours[i:i_end]), tuple(theirs[j:j_end]), tuple(ours[i_end:])
            cut = len(given) > MOST_WORDS
            if cut:
                given = given[-len(said) :] if after else given[: len(said)]
            elsewhere = any(word.form == other.form for word in given for other in (*ours[:i], *after))
            yield Place(ours[i - 1] if i else None, said, given, after, cut, elsewhere)


def _strange(place: Place, everything: Sequence[Word], ours: Sequence[Word]) -> Word | None:
    """A noun or adjective for which nothing in the source stands, and nothing in the sentence for the source's."""
    said, given = telling(place.ours), telling(place.theirs)
    if not (said and given) or len(said) > MOST_TELLING or len(given) > MOST_TELLING + 1 or not _differ(said, given):
        return None
    new = [word for word in said if not any(related(word.form, other.form) for other in everything)]
    lost = [word for word in given if not known(word, ours)]
    after = place.after[0] if place.after else None
    if not new or not lost or any(verbal(word, place.before, after) for word in (*new, *lost)):
        return None
    if not (after and after.tells) and any(word.form in lexicon().general for word in new):
        return None
    if place.cut and not (after and after.tells and place.before and place.before.small in ("the", "a", "an")):
        return None
    if _points_back(new[0], lost):
        return None
    as_many = len(said) == len(given) and _joints(place.ours) == _joints(place.theirs)
    for_several = len(said) == 1 and _one_thing(place, new[0])
    return new[0] if as_many or for_several or _another_subject(place, new) else None


def _points_back(new: Word, lost: Sequence[Word]) -> bool:
    """Whether it is another word for somebody named: "the company" for a name, a name for it, a country for people."""
    named = new.text[0].isupper()
    back = new.small in _ANYBODY or (named and any(word.small in _ANYBODY for word in lost))
    return back or (named and any(one.stem[:1] == "@" for one in words_of(new.text)))


def _one_thing(place: Place, new: Word) -> bool:
    """Whether a single word stands for several, between words that both sides share."""
    after = place.after[0] if place.after else None
    framed = place.before is not None and after is not None and not place.cut and not place.elsewhere
    return framed and new.small == new.text and not _joints(place.ours) and not _joints(place.theirs)


def _another_subject(place: Place, new: Sequence[Word]) -> bool:
    """Whether somebody else does the same, where a sentence or a clause begins."""
    does = place.after[:1]
    return (
        place.before is None
        and bool(does)
        and verbal(does[0], place.ours[-1])
        and not any(word.text[0].isupper() and word is not place.ours[0] for word in new)
        and not any(word.small in _ANYBODY for word in place.ours)
    )


def _moved(place: Place, places: Sequence[Place]) -> Word | None:
    """A word of the source in another's place, when that one stands in its place in turn.

    "A week of stoppage" is "a stoppage of one week": what an "of" joins may change places.
    """
    said, given = _weighty(place.ours), _weighty(place.theirs)
    if any(word.small in lexicon().past for word in said):
        return None
    if not said or not given or not _differ(said, given) or _joints(place.ours) != _joints(place.theirs):
        return None
    for other in places:
        joined = _is_of(place.after, other.ours) or _is_of(other.after, place.ours)
        if other is not place and not joined and _same(place.ours, other.theirs) and _same(place.theirs, other.ours):
            return said[0]
    return None


def _is_of(after: Sequence[Word], following: Sequence[Word]) -> bool:
    return len(after) > 1 and after[0].small == "of" and after[1] == following[0]


def _joints(words: Sequence[Word]) -> list[str]:
    """The small words that make another construction of it: "completion is", "the companies"."""
    return [word.form for word in words if not (word.tells or word.small in _LOOSE)]


def _differ(said: Sequence[Word], given: Sequence[Word]) -> bool:
    return not any(akin(one.form, other.form) for one in said for other in given)


def _same(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    told, given = _weighty(ours), _weighty(theirs)
    return bool(told and given) and not _differ(told, given)


def _against(place: Place) -> tuple[Word, Word] | None:
    """The two words that say the opposite of each other, where they are all that differs."""
    said, given = telling(place.ours) or place.ours, telling(place.theirs) or place.theirs
    alone = len(said) == len(given) == 1
    return (said[0], given[0]) if alone and frozenset((said[0].form, given[0].form)) in lexicon().against else None


def _weighty(words: Sequence[Word]) -> list[Word]:
    """With figures, and months that look like small words."""
    return [word for word in words if word.tells or word.text[0].isdigit() or word.text == "May"]


def _other_number(place: Place) -> bool:
    """Whether another count of the same thing stands there: "five instalments" for "four instalments"."""
    if not (len(place.ours) == len(place.theirs) == 1 and place.after and place.after[0].tells and not place.cut):
        return False
    one, other = figures(f"{place.ours[0].text} x"), figures(f"{place.theirs[0].text} x")
    return bool(one and other) and one[0].value != other[0].value and not place.elsewhere
