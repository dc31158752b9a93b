"""Ids of publishers: from the name, told apart by country where two are called alike. Once given they are frozen."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

MAX_ID = 60
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "'": ""}
)
"""Those that Unicode does not take apart into a letter and an accent."""


def publisher_id(name: str, taken: Container[str] = frozenset(), country: str = "") -> str:
    """An id that is not `taken`: the name in plain letters, else with the country, else with a number."""
    plain = "-".join(words(name))[:MAX_ID].strip("-") or "publisher"
    if plain in taken and country:
        plain = f"{plain[: MAX_ID - 3]}-{country.lower()}"
    numbered = (f"{plain[: MAX_ID - 6]}-{number}" for number in count(2))
    return plain if plain not in taken else next(one for one in numbered if one not in taken)


def derivable(given: str, name: str, home: str) -> bool:
    """Whether an id begins with a word or the initials of the name, or with something in the address.

    What follows may tell apart: a section, a country, a language.
    """
    first = given.partition("-")[0]
    address = "".join(words(home.partition("://")[2]))
    initials = "".join(word[0] for word in words(name))
    return first in words(name) or first in address or (len(first) > 1 and _in_order(first, initials))


def words(text: str) -> list[str]:
    """In lower-case ASCII, without accents: `Børsen` is `borsen`, `F&P` is `f`, `p`."""
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower())


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters stand in the text in this order: `ecb` in the initials of "European Central Bank"."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
