"""The terms of the open index by number: one sorted text with a thumb index, so that loading builds no million words.

A page of the text is read when somebody looks a term up on it. Terms that the file does not know are numbered after it.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable

PAGE = 32
"""Terms on one page."""


class Vocabulary:
    """Term ↔ number. The terms of the file are numbered in their order."""

    def __init__(self, text: bytes, pages: "array[int]", count: int) -> None:
        """`text`: the sorted terms, a line each; `pages`: where in it each page begins; `count`: of its terms."""
        self._text = text
        self._pages = pages
        self._count = count
        self._heads = [text[start : text.index(b"\n", start)].decode() for start in pages]
        self._new: list[str] = []
        self._numbers: dict[str, int | None] = {}
        self._names: dict[int, str] = {}

    def __len__(self) -> int:
        return self._count + len(self._new)

    def number(self, term: str) -> int | None:
        """The number of a term; None for one that nobody has used yet."""
        if term not in self._numbers:
            self._numbers[term] = self._looked_up(term)
        return self._numbers[term]

    def add(self, term: str) -> int:
        """The number of a term, a new one when it needs one."""
        number = self.number(term)
        if number is None:
            number = self._numbers[term] = len(self)
            self._new.append(term)
        return number

    def name(self, number: int) -> str:
        if number >= self._count:
            return self._new[number - self._count]
        if number not in self._names:
            self._names[number] = self._page(number // PAGE)[number % PAGE]
        return self._names[number]

    def names(self) -> list[str]:
        """Every term, by number."""
        return [*self._text.decode().split("\n")[:-1], *self._new]

    def _looked_up(self, term: str) -> int | None:
        page = bisect_right(self._heads, term) - 1
        words = self._page(page) if page >= 0 else []
        return page * PAGE + words.index(term) if term in words else None

    def _page(self, page: int) -> list[str]:
        end = self._pages[page + 1] if page + 1 < len(self._pages) else len(self._text)
        return self._text[self._pages[page] : end].decode().split("\n")[:-1]


def bound(terms: Iterable[str]) -> tuple[bytes, "array[int]"]:
    """(text, pages) of sorted terms, as `Vocabulary` reads them."""
    text, pages = bytearray(), array("I")
    for number, term in enumerate(terms):
        if number % PAGE == 0:
            pages.append(len(text))
        text += f"{term}\n".encode()
    return bytes(text), pages
