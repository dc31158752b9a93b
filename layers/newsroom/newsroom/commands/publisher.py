"""`newsroom publisher lint|add|opml|import|list|show`: keeping the catalogue of publishers.

What goes into the catalogue is printed for a person to paste; no command writes its file.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from newsroom.commands.reading import read_bytes, read_text
from newsroom.commands.telling import counted, tell
from newsroom.errors import BadInput
from newsroom.publishers.catalogue import Catalogue, packaged_text
from newsroom.publishers.publisher import TIERS, Publisher

CATALOGUE = "newsroom/publishers/catalogue.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    lint = _part(parts, "lint", "check a catalogue: one line for every finding, exit 1 when there is one")
    lint.add_argument("file", metavar="FILE", nargs="?", default="", help="a catalogue (default: the packaged one)")
    lint.add_argument("--json", action="store_true", help="findings as JSON lines: {line, kind, about, message}")
    add = _part(parts, "add", "find and try a publisher's feeds, and print the entry to paste")
    from newsroom.commands import publisher_add

    publisher_add.add_arguments(add)
    opml = _part(parts, "opml", "print the catalogue as OPML 2.0")
    opml.add_argument(
        "--by", choices=("country", "tier"), default="country", help="what folders are (default: country)"
    )
    taking = _part(parts, "import", "print entries for an OPML file's feeds that are not in the catalogue yet")
    taking.add_argument("file", metavar="FILE.opml", help="as a feed reader exports it")
    listing = _part(parts, "list", "print publishers as a table")
    showing = _part(parts, "show", "print one publisher: its entry as the catalogue has it")
    showing.add_argument("id", metavar="ID", help="as `newsroom publisher list` shows it")
    showing.add_argument("--json", action="store_true", help="as one JSON document")
    for part in (listing, opml):
        part.add_argument("--country", metavar="XX", type=str.upper, help="only this ISO 3166-1 country")
        part.add_argument("--tier", metavar="N", type=int, choices=tuple(TIERS), help="only this tier: 1, 2 or 3")
        part.add_argument("--family", metavar="F", help="only this owner's titles")
    listing.add_argument("--json", action="store_true", help="one JSON document a publisher")
    for part in (add, opml, taking, listing, showing):
        part.add_argument("--catalogue", metavar="FILE", default="", help="another catalogue than the packaged one")


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any] | Publisher | str]:
    if arguments.what == "lint":
        yield from _lint(arguments)
        return
    catalogue = Catalogue.read(read_text(arguments.catalogue)) if arguments.catalogue else Catalogue.packaged()
    match arguments.what:
        case "add":
            from newsroom.commands.publisher_add import run as add

            yield from add(arguments, catalogue)
        case "import":
            yield from _import(arguments, catalogue)
        case "show":
            yield from _show(arguments, catalogue)
        case "opml":
            from newsroom.publishers.opml import as_opml

            chosen = _chosen(arguments, catalogue)
            yield as_opml(chosen, now=datetime.now(UTC), grouped=arguments.by, title="Publishers")
        case "list":
            chosen = _chosen(arguments, catalogue)
            yield from chosen if arguments.json else _table(chosen)


def _part(parts: Any, name: str, purpose: str) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = parts.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    return part


def _lint(arguments: argparse.Namespace) -> Iterator[dict[str, Any] | str]:
    """Findings on stdout; BadInput, with their number, ends a catalogue that has any."""
    from newsroom.publishers.linting import lint

    name = arguments.file or CATALOGUE
    found = lint(read_text(arguments.file) if arguments.file else packaged_text())
    for placed in found:
        finding = placed.finding
        if arguments.json:
            yield {"line": placed.line, "kind": finding.kind, "about": finding.about, "message": finding.message}
        else:
            yield f"{name}:{placed.line}: {finding.kind}: {finding}"
    if found:
        raise BadInput(counted(len(found), "finding"), about=name)
    tell(f"{name}: nothing found")


def _import(arguments: argparse.Namespace, catalogue: Catalogue) -> Iterator[str]:
    from newsroom.publishers.entry_text import DECIDE, draft_text
    from newsroom.publishers.opml import new_entries, read_opml

    outlines = read_opml(read_bytes(arguments.file), arguments.file)
    if not outlines:
        raise BadInput("holds no feed", about=arguments.file)
    entries = list(new_entries(outlines, catalogue.publishers))
    new = sum(len(entry["feeds"]) for entry in entries)
    for entry in entries:
        yield draft_text(entry)
    tell(f"{counted(len(outlines), 'feed')} in the file, {new:,} new, {counted(len(entries), 'entry', 'entries')}")
    if entries:
        tell(f"lines with {DECIDE} are yours to finish; `newsroom publisher add` tries a feed first")


def _show(arguments: argparse.Namespace, catalogue: Catalogue) -> Iterator[Publisher | str]:
    from newsroom.publishers.entry_text import entry_text

    publisher = catalogue.publisher(arguments.id)
    if arguments.json:
        yield publisher
        return
    yield entry_text(publisher).rstrip()
    owner = catalogue.families.get(publisher.family, "")
    tell(f"tier {publisher.tier}: {TIERS[publisher.tier]}" + (f"; owner: {owner}" if owner else ""))


def _chosen(arguments: argparse.Namespace, catalogue: Catalogue) -> Sequence[Publisher]:
    """BadInput when nobody is left: an empty table would not say whether the question was wrong."""
    chosen = [
        publisher
        for publisher in catalogue.publishers
        if (not arguments.country or publisher.country == arguments.country)
        and (not arguments.tier or publisher.tier == arguments.tier)
        and (not arguments.family or publisher.owner == arguments.family)
    ]
    if not chosen:
        raise BadInput("no publisher in the catalogue is like that")
    return chosen


def _table(publishers: Sequence[Publisher]) -> Iterator[str]:
    heading = ("ID", "NAME", "FROM", "IN", "TIER", "FEEDS", "OWNER")
    rows = [
        (
            publisher.id,
            publisher.name,
            publisher.country,
            publisher.language,
            str(publisher.tier),
            str(len(publisher.feeds)),
            publisher.family,
        )
        for publisher in publishers
    ]
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    for row in (heading, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    feeds = sum(len(publisher.feeds) for publisher in publishers)
    countries = len({publisher.country for publisher in publishers})
    tell(
        ", ".join(
            (counted(len(publishers), "publisher"), counted(feeds, "feed"), counted(countries, "country", "countries"))
        )
    )
