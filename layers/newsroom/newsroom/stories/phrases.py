"""Names of several words, found in a text in one pass."""

import re
from collections.abc import Iterator, Mapping, Sequence

UNIT = r"\s?%|\s?(?:per\s?cent|pct|prozent|bn|billion|mn|million|tn|trillion)\b|(?:m|k)\b"
TOKEN = re.compile(rf"[^\W\d_]+(?:['’.&][^\W\d_]+)*|\d+(?:[.,]\d+)*(?:{UNIT})?", re.IGNORECASE)
"""A word, or a figure with its unit: "$18.6 billion" and "$18.6bn" are to be one."""
POSSESSIVE = ("'s", "’s")


class Phrases:
    """A table of names → what they stand for; immutable. Reading costs by the text's length, not the table's.

    Names match whole words in any case, names in capitals only in capitals: "US" is not "us". The longest wins.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for name, value in sorted(table.items(), key=lambda one: (-len(TOKEN.findall(one[0])), one[0])):
            parts = tuple(bare(part) for part in TOKEN.findall(name))
            exact = " ".join(parts) if name.isupper() else ""
            if parts:
                folded = tuple(part.casefold() for part in parts)
                self._by_first.setdefault(folded[0], []).append((folded, exact, value))

    def at(self, tokens: Sequence[str], place: int) -> tuple[int, str] | None:
        """(number of tokens, value) of the longest name that begins at a place; `tokens` are without possessives."""
        for folded, exact, value in self._by_first.get(tokens[place].casefold(), ()):
            size = len(folded)
            given = tokens[place : place + size]
            if (
                (" ".join(given) == exact)
                if exact
                else all(one.casefold() == other for one, other in zip(given[1:], folded[1:], strict=False))
                and len(given) == size
            ):
                return size, value
        return None

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """(name as it stands in the text, value), in order."""
        tokens = read(text)
        place = 0
        while place < len(tokens):
            hit = self.at(tokens, place)
            if hit:
                yield " ".join(tokens[place : place + hit[0]]), hit[1]
            place += hit[0] if hit else 1


def read(text: str) -> list[str]:
    """The tokens of a text, without possessives; the US in "US$" is no country."""
    return [bare(token) for token in TOKEN.findall(text.replace("US$", "$"))]


def bare(token: str) -> str:
    """Without a possessive ending."""
    return token[:-2] if token.endswith(POSSESSIVE) else token
