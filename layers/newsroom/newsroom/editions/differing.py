"""Where two forms of one JSON document differ: the first byte, and each place by its name."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from newsroom.boundary import Boundary

MOST = 20
"""Places of one document that are told; the rest is counted by nobody."""
LONGEST = 160
"""Characters of a value that are shown."""
NAMES = ("id", "name", "article_id", "claim_id")
"""Fields by which an element of a list is known, first found first taken."""
NOTHING = object()


class Difference(Boundary):
    """One place, such as `body.0.body-1-2.text`; `byte` is the first of the document that differs."""

    document: str
    byte: int
    place: str
    kept: str
    replayed: str


def differences(document: str, kept: bytes, replayed: bytes) -> list[Difference]:
    """None when both are equal; the whole document as one place when either is not JSON."""
    if kept == replayed:
        return []
    byte = next((at for at, pair in enumerate(zip_longest(kept, replayed)) if pair[0] != pair[1]), 0)
    try:
        places = list(_places(json.loads(kept), json.loads(replayed), ()))
    except ValueError:
        places = []
    found = [
        Difference(document=document, byte=byte, place=".".join(path), kept=_shown(one), replayed=_shown(other))
        for path, one, other in places[:MOST]
    ]
    around = slice(max(0, byte - LONGEST // 2), byte + LONGEST // 2)
    whole = Difference(
        document=document,
        byte=byte,
        place="",
        kept=kept[around].decode(errors="replace"),
        replayed=replayed[around].decode(errors="replace"),
    )
    return found or [whole]


def _places(one: Any, other: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _places(one.get(key, NOTHING), other.get(key, NOTHING), (*path, key))
    elif isinstance(one, list) and isinstance(other, list):
        named, again = _named(one), _named(other)
        for key in {**named, **again}:
            yield from _places(named.get(key, NOTHING), again.get(key, NOTHING), (*path, key))
    elif one is not other and (type(one) is not type(other) or one != other):
        yield path, one, other


def _named(values: list[Any]) -> dict[str, Any]:
    """By the names of their elements where all have different ones, else by number."""
    for name in NAMES:
        names = [str(one[name]) for one in values if isinstance(one, dict) and name in one]
        if len(set(names)) == len(values):
            return dict(zip(names, values, strict=True))
    return {str(number): one for number, one in enumerate(values)}


def _shown(value: Any) -> str:
    if value is NOTHING:
        return "(nothing)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
