"""The names in a text: people, companies, places, institutions, tickers; found by their capitals."""

import re
from dataclasses import dataclass

from newsroom.stories.background import background
from newsroom.stories.words import words
from newsroom.writing.evidence import sentences

_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]*[\w]|[A-ZÀ-ÖØ-Þ]"
_JOINED = re.compile(
    rf"(?<![^\W_])(?:{_WORD})(?:(?:\s(?:of|de|da|del|der|van|von|al|bin|the|for|du|la|le)){{0,2}}(?:\s|\s?&\s?)(?:{_WORD}))*"
)
_TITLES = frozenset(
    """mr mrs ms dr sir lady lord prof president minister governor chief chairman chairwoman executive secretary
    chancellor january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4 h1
    h2 i gdp cpi ceo cfo coo ipo us u.s yoy qoq mom company prior utc gmt am pm tldr watch
    mw gw kw kwh mwh gwh twh gb tb mb kg km bpd teu""".split()  # noqa: SIM905
)
_BEGINNERS = frozenset(
    """the a an in on at by for from with as it its he she they we this that these those but and or so if when while
    after before since until although though because however meanwhile analysts shares investors according not
    no some many most both all more less one two three there here what why how who where according asked despite
    during under over about around last next first second third""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Name:
    text: str
    start: int
    end: int

    @property
    def parts(self) -> list[str]:
        """Its words in lower case, without possessives, dots and what is no name by itself."""
        found = [part.lower().strip(".") for part in re.findall(r"[\w&.-]+", re.sub(r"[’']s?\b", "", self.text))]
        return [
            part.replace(".", "")
            for part in found
            if len(part) > 1 and part not in _TITLES | _LINKS and not _MONEY.fullmatch(part)
        ]


_OPENER = re.compile(r"[“\"‘'(]*([A-ZÀ-ÖØ-Þ][\w-]+)\b(?![’']s\b)(?![\w-])(?!\s[A-ZÀ-ÖØ-Þ])")
_DERIVED = re.compile(r"(?:s|ed|ing|ly|tion|ment|ness|able|ible|less|ful|ity|ive|ance|ence|teen|ty|wise|man|men|-.*)$")
_STEM = re.compile(r"(?:ese|ians?|ish|ans?|ia|is?|as?|os?|y|ey)$")
_MONEY = re.compile(r"(?:rs?|rm|rp|dhs?)\d[\d.,]*(?:bn|mn?|tn|k)?")
_LINKS = frozenset("of de da del der van von al bin the for du la le and".split())  # noqa: SIM905


def names(text: str) -> list[Name]:
    """In order. A lone capitalised word that opens a sentence is left out: it need not be a name."""
    found = []
    for sentence in sentences(text):
        stretch = sentence.of(text)
        for match in _JOINED.finditer(stretch):
            start, written = match.start(), match.group()
            opening = not re.search(r"\w", stretch[:start]) or bool(re.search(r"[“\"‘:]\s?$", stretch[:start]))
            first = re.match(r"[\w’'-]+", written)
            if opening and first and re.sub(r"[’']\w*$", "", first.group()).lower() in _BEGINNERS:
                start += first.end()
                written = written[first.end() :]
                start += len(written) - len(written.lstrip())
                written = written.lstrip()
                opening = False
                if not written[:1].isupper():
                    continue
            if opening and first and first.group().endswith(("ly", "ing")) and " " in written:
                start += first.end() + 1
                written = written[first.end() + 1 :]
                opening = False
            owner = re.match(r"\w+[’']s\b", written)
            if opening and not owner and " " not in written and not re.search(r"[A-Z].*[A-Z]", written):
                continue
            name = Name(written, sentence.start + start, sentence.start + start + len(written))
            if name.parts:
                found.append(name)
    return found


def all_names(text: str, guess: bool = True) -> list[Name]:
    """The names, and the lone words that open a sentence where market news at large knows them as names.

    "Sydney, with 13.9%, rose most" has one, "Refiners expected less" has none. With `guess`, a word that market news
    does not know at all counts as well, unless its ending speaks against it.
    """
    found = names(text)
    starts = {name.start for name in found}
    for sentence in sentences(text):
        opener = _OPENER.match(sentence.of(text))
        if opener and sentence.start + opener.start(1) not in starts and _is_a_name(opener.group(1), guess):
            at = sentence.start + opener.start(1)
            name = Name(opener.group(1), at, at + len(opener.group(1)))
            found += [name] if name.parts else []
    return sorted(found, key=lambda name: name.start)


def _is_a_name(word: str, guess: bool) -> bool:
    if word.lower() in _BEGINNERS | _LINKS | _TITLES:
        return False
    stem = next((one.stem for one in words(word)), "")
    known = background()
    if stem[:1] == "@" or stem in known.names:
        return True
    return guess and bool(stem) and stem not in known.counts and not _DERIVED.search(word)


def unknown_parts(name: Name, text: str) -> list[str]:
    """The words of a name that a text does not have, not even as an acronym of a name in it."""
    if _of_a_country(name.text, text) or _of_a_country(re.sub(r"^\w+ of (?:the )?", "", name.text), text):
        return []
    plain = re.sub(r"[’']s?\b", "", text).replace(".", "").lower()
    have = set(re.findall(r"[\w&]+(?:-[\w&]+)*", plain)) | set(re.findall(r"[\w&]+", plain))
    missing = [part for part in name.parts if not _known(part, have)]
    missing = [part for part in missing if not _is_acronym(part, text) and not _spells_out(name, text)]
    return [part for part in missing if not _of_a_country(part.capitalize(), text)]


def _known(part: str, have: set[str]) -> bool:
    if part in have or part.rstrip("s") in have or set(part.split("-")) <= have:
        return True
    if len(part) > 5 and any(word.startswith(part) for word in have):
        return True  # "Parliament" of a source that says "parliamentary"
    word, _, number = part.rpartition("-")
    if number.isdigit() and word in have and not any(w.startswith(f"{word}-") for w in have):
        return True  # the number belongs to the name as others write it ("COVID-19" for "COVID")
    ours = {part, _STEM.sub("", part)}  # "Chinese" of a source that says "China", and the other way round
    return any(len(one) > 2 for w in have if w[:3] == part[:3] for one in ours & {w, _STEM.sub("", w)})


def _of_a_country(name: str, text: str) -> bool:
    """ "British" of a source that says "United Kingdom"."""
    stems = {one.stem for one in words(re.sub(r"[’']s?\b", "", name))}
    countries = {one for one in stems if one[:1] == "@"}
    return bool(countries) and countries == stems and countries <= {one.stem for one in words(text)}


def _is_acronym(part: str, text: str) -> bool:
    if not 2 <= len(part) <= 6:
        return False
    initials = "".join(word[0] for word in re.findall(r"[A-Za-zÀ-ÿ]+", text) if word[0].isupper()).lower()
    if part in initials:
        return True
    spoken = "".join(word[0] for word in re.findall(r"[A-Za-zÀ-ÿ]+|\d+", text)).lower()
    return len(part) > 2 and part in spoken


def _spells_out(name: Name, text: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-ZÀ-Þ][\w]*", name.text))
    return len(initials) >= 2 and bool(re.search(rf"\b{re.escape(initials)}\b", text))
