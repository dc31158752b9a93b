"""What the readers of feed documents hand to the cleaning: fields as found, markup, entities and oddities included."""

from typing import NamedTuple

MAX_ENTRIES = 5_000
"""Of a longer feed the newest are kept."""
MAX_FOUND = 50_000
"""Entries that are looked at, to find the newest."""
MAX_MEMORY = 48 << 20
"""Bytes that a document may take in memory once it is parsed, by a reader's own estimate beforehand."""


class FoundEntry(NamedTuple):
    """Named tuples rather than data classes: ten thousand of them are made in a run, and made three times as fast."""

    id: str = ""
    link: str = ""
    title: str = ""
    published: str = ""
    modified: str = ""
    author: str = ""
    summary: str = ""
    language: str = ""
    source: str = ""
    base: str = ""
    """What its relative links are relative to; empty means the feed's address."""


class FoundFeed(NamedTuple):
    title: str
    language: str
    entries: list[FoundEntry]
    """In the document's order."""
