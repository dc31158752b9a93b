"""A publisher as text for the catalogue's file: to paste, or for a person to finish first."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from newsroom.publishers.publisher import TIERS, Publisher

LINE = 120
DECIDE = "DECIDE"
"""Stands in the comment of every line that a person has to finish."""

UNDECIDED = {
    "country": "ISO 3166-1 code of where it is seated",
    "language": "BCP 47 tag of its feeds, like en or pt-BR",
    "tier": "; ".join(f"{tier} {meaning}" for tier, meaning in TIERS.items()),
    "reason": "why this tier, in a line of your own words",
}


def entry_text(publisher: Publisher) -> str:
    """The `[[publisher]]` table of a whole entry, fields in the file's order, those at their default left out."""
    return draft_text(publisher.model_dump(exclude_defaults=True) | {"language": publisher.language})


def draft_text(fields: Mapping[str, Any], feed_notes: Mapping[str, str] | None = None) -> str:
    """The same for an entry in the making: a field of UNDECIDED that is missing or empty is marked, and left empty.

    A draft that is pasted unfinished is refused by `Catalogue.read`, because an empty field is no value.
    `feed_notes` says what was seen at a feed, as a comment beside it.
    """
    lines = ["[[publisher]]"]
    for name in Publisher.model_fields:
        if name == "feeds":
            continue
        value = fields.get(name)
        if value in (None, "") and name in UNDECIDED:
            lines.append(f'{name} = ""  # {DECIDE}: {UNDECIDED[name]}')
        elif value not in (None, "", False):
            lines.append(f"{name} = {toml_value(value)}")
    return "\n".join([*lines, *_feeds(fields.get("feeds", ()), feed_notes or {})]) + "\n"


def toml_value(value: str | int | bool) -> str:
    """A TOML 1.0 literal. JSON's strings are basic strings of TOML, but for DEL, which JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _feeds(feeds: Sequence[str], notes: Mapping[str, str]) -> list[str]:
    one_line = f"feeds = [{', '.join(map(toml_value, feeds))}]"
    if not notes and (len(feeds) == 1 or len(one_line) <= LINE):
        return [one_line]
    rows = [f"    {toml_value(feed)}," + (f"  # {_plain(notes[feed])}" if feed in notes else "") for feed in feeds]
    return ["feeds = [", *rows, "]"]


def _plain(comment: str) -> str:
    """A comment ends with its line, and TOML allows no control characters in it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in comment).split())
