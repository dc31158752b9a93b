"""A catalogue's file read as an editor would: whether each entry is sound, and whether the whole is well kept."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from newsroom.articles.address import site_of
from newsroom.publishers.ids import derivable
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.soundness import Finding, same_address, unsound

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

KINDS = {
    "not-toml": "the file is not TOML",
    "invalid-entry": "an entry lacks a field, has one too many, or one of another form",
    "duplicate-id": "an id given twice",
    "duplicate-feed": "a feed given twice, in whatever spelling",
    "duplicate-home": "two publishers with the same home page",
    "unknown-country": "a country that ISO 3166-1 does not have",
    "unknown-language": "a language that is no BCP 47 tag",
    "unknown-family": "a family that the file does not name",
    "unused-family": "a family without a publisher",
    "foreign-family": "a publisher called like a family that is not its own",
    "refused-address": "an address that the fetcher would refuse",
    "unreachable-host": "a host under an ending that the public's name servers do not have",
    "plain-http": "an address in plain HTTP, which anybody on the way may change",
    "other-site": "a feed on another site than the home page, without a note",
    "empty-reason": "a reason that says nothing",
    "copied-reason": "a reason that others give too, but for the names in it",
    "underived-id": "an id that neither the name nor the address explains",
    "unsorted": "an entry out of order: by tier, then by id",
}

SHARED_BY_MANY = 3
"""Publishers. Two "business daily of …" may be true; three are a habit."""
TELLING = 2
"""Words beside the names from which reasons are compared."""


@dataclass(frozen=True)
class Placed:
    """A finding with the line of the file where its entry begins; 0 when nobody knows."""

    line: int
    finding: Finding


def lint(text: str) -> list[Placed]:
    """Everything that is wrong with a catalogue file, in the order of its lines; empty when nothing is."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        line = re.search(r"line (\d+)", str(exc))
        return [Placed(int(line[1]) if line else 0, Finding("not-toml", "", f"is not TOML ({exc})"))]
    publishers, findings = _entries(document)
    families = document.get("families", {})
    if not isinstance(families, dict) or not all(isinstance(name, str) for name in families.values()):
        findings.append(Finding("invalid-entry", "families", "is not a table of id = name"))
        families = {}
    findings += unsound(publishers, families)
    findings += untidy(publishers)
    lines = _lines(text)
    return sorted((Placed(lines.get(one.about, 0), one) for one in findings), key=lambda placed: placed.line)


def untidy(publishers: Sequence[Publisher]) -> Iterator[Finding]:
    """What does no harm yet."""
    yield from _same_homes(publishers)
    yield from _copied_reasons(publishers)
    yield from _out_of_order(publishers)
    for publisher in publishers:
        if not derivable(publisher.id, publisher.name, publisher.home):
            yield Finding(
                "underived-id", publisher.id, f"neither {publisher.name!r} nor {publisher.home} explains the id"
            )
        yield from _addresses(publisher)


def _entries(document: Mapping[str, Any]) -> tuple[list[Publisher], list[Finding]]:
    publishers: list[Publisher] = []
    findings = [
        Finding("invalid-entry", "", f"{key}: a catalogue has families and publishers, nothing else")
        for key in sorted(document.keys() - {"families", "publisher"})
    ]
    rows = document.get("publisher", [])
    if not isinstance(rows, list) or not rows:
        return [], [*findings, Finding("invalid-entry", "", "holds no [[publisher]]")]
    for number, row in enumerate(rows, 1):
        try:
            publishers.append(Publisher.model_validate(row))
        except ValidationError as exc:
            about = str(row.get("id", "")) if isinstance(row, dict) else ""
            faults = {fault["loc"][:1]: fault for fault in reversed(exc.errors())}
            findings += [_malformed(fault, about, number) for fault in reversed(faults.values())]
    return publishers, findings


def _malformed(fault: Mapping[str, Any], about: str, number: int) -> Finding:
    """What pydantic refuses, by field, called as what it is where we have a word for it."""
    field, given = str(fault["loc"][0]) if fault["loc"] else "it", fault.get("input")
    message = f"{'.'.join(map(str, fault['loc'])) or 'it'}: {fault['msg']}"
    kind = "invalid-entry"
    if field == "reason":
        kind, message = "empty-reason", "gives no reason for its tier"
    elif field == "country" and isinstance(given, str):
        kind, message = "unknown-country", f"no country {given!r}: ISO 3166-1 has two capital letters"
    elif field in ("home", "feeds") and isinstance(given, str):
        kind, message = "refused-address", f"{given!r} is no address of the web: http or https, and a host"
    return Finding(kind, about, message if about else f"publisher {number}: {message}")


def _same_homes(publishers: Sequence[Publisher]) -> Iterator[Finding]:
    homes: dict[str, str] = {}
    for publisher in publishers:
        holder = homes.setdefault(same_address(publisher.home), publisher.id)
        if holder != publisher.id:
            yield Finding("duplicate-home", publisher.id, f"{holder} has the home page {publisher.home}")


def _copied_reasons(publishers: Sequence[Publisher]) -> Iterator[Finding]:
    """Word for word, or the same words around other names."""
    exact: dict[str, list[str]] = defaultdict(list)
    shapes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for publisher in publishers:
        exact[" ".join(publisher.reason.casefold().split())].append(publisher.id)
        shapes[_shape(publisher.reason)].append(publisher.id)
    for publisher in publishers:
        shape = _shape(publisher.reason)
        alike = exact[" ".join(publisher.reason.casefold().split())]
        if len(alike) < 2 and len(shape) >= TELLING:
            alike = shapes[shape] if len(shapes[shape]) >= SHARED_BY_MANY else []
        if len(alike) > 1:
            other = next((one for one in alike if one != publisher.id), publisher.id)
            yield Finding("copied-reason", publisher.id, f"{publisher.reason!r} could be the reason of {other}")


def _shape(reason: str) -> tuple[str, ...]:
    """The words without what is named: capitalised words, adjectives of countries, numbers."""
    return tuple(word for word in re.findall(r"[^\W\d_]+", reason) if word.islower() and len(word) > 1)


def _out_of_order(publishers: Sequence[Publisher]) -> Iterator[Finding]:
    places = [(publisher.tier, publisher.id) for publisher in publishers]
    for before, here in pairwise(places):
        if here < before:
            yield Finding("unsorted", here[1], f"stands after {before[1]}: entries go by tier, then by id")


def _addresses(publisher: Publisher) -> Iterator[Finding]:
    for address in (publisher.home, *publisher.feeds):
        if address.startswith("http://"):
            yield Finding("plain-http", publisher.id, f"{address} is plain HTTP")
        if ending := _unknown_ending(address):
            yield Finding("unreachable-host", publisher.id, f"{address}: no public name ends in .{ending}")
    home = site_of(publisher.home)
    if publisher.note:
        return
    for feed in publisher.feeds:
        if site_of(feed) != home:
            yield Finding("other-site", publisher.id, f"{feed} is not on {home}, and no note says why")


def _unknown_ending(address: str) -> str:
    """Empty for an ending that is delegated, for `.example`, which samples are written under, and for numbers."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    ending = host.removesuffix(".").rpartition(".")[2]
    known = ending == "example" or ending.isdecimal() or ":" in host or _endings().publicsuffix(host) is not None
    return "" if known and ending != "onion" else ending


@cache
def _endings() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False)


def _lines(text: str) -> dict[str, int]:
    """Id → the line on which its entry states it; of an id that stands twice, the later line."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if stated := re.match(r"""\s*(?:id\s*=\s*["']([^"']+)["']|([a-z0-9-]+)\s*=\s*["'])""", line):
            if stated[1]:
                lines[stated[1]] = number
            else:
                lines.setdefault(stated[2], number)
    return lines
