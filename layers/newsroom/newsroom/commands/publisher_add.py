"""`newsroom publisher add URL`: the entry on stdout, what was seen on stderr, the file left alone."""

import argparse
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newsroom.commands.fetch import ABOUT_US
from newsroom.commands.telling import counted, tell
from newsroom.errors import BadInput
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.codes import COUNTRIES, is_language
from newsroom.publishers.discovering import Discovery, discover, draft_fields
from newsroom.publishers.entry_text import DECIDE, draft_text
from newsroom.publishers.publisher import TIERS
from newsroom.publishers.soundness import same_address
from newsroom.settings import WireSettings

SECONDS_IN_ALL = 180.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="home page, section's page or feed; https:// may be left out")
    parser.add_argument("--name", help="as the site writes itself (default: as the page says)")
    parser.add_argument("--country", metavar="XX", type=_country, help="ISO 3166-1 code of where it is seated")
    parser.add_argument("--language", metavar="TAG", type=_language, help="BCP 47 tag of its feeds")
    parser.add_argument("--tier", metavar="N", type=int, choices=tuple(TIERS), help=_tiers())
    parser.add_argument("--reason", help="why this tier, in a line of your own words")
    parser.add_argument("--family", metavar="F", help="its owner, by the id under [families]")
    parser.add_argument(
        "--wire", metavar="127.0.0.1:PORT", default="", help="dial this wire on loopback for every host, in plain HTTP"
    )


def run(arguments: argparse.Namespace, catalogue: Catalogue) -> Iterator[str]:
    """Raises what `discover` raises, and BadInput when the catalogue has every feed already."""
    from newsroom.wire.fetch import Fetcher

    url = arguments.url if "://" in arguments.url else f"https://{arguments.url}"
    if arguments.family and arguments.family not in catalogue.families:
        raise BadInput("no such family in the catalogue: name it under [families] first", about=arguments.family)
    fetcher = Fetcher(WireSettings(site_address=ABOUT_US, local_wire=arguments.wire, stage="local"))
    ends_at = time.monotonic() + SECONDS_IN_ALL
    try:
        found = discover(
            url,
            fetcher=fetcher,
            now=datetime.now(UTC),
            seconds_left=lambda: ends_at - time.monotonic(),
            tell=tell,
        )
    finally:
        fetcher.close()
    _report(found, catalogue)
    given = {name: getattr(arguments, name) for name in ("name", "country", "language", "tier", "reason", "family")}
    fields, notes = draft_fields(found, ids={one.id for one in catalogue.publishers}, given=given)
    text = draft_text(fields, notes)
    yield text.rstrip()
    if marked := text.count(DECIDE):
        tell(f"{counted(marked, 'line')} marked {DECIDE}: yours, before it is pasted")
    tell("then: newsroom publisher lint")


def _report(found: Discovery, catalogue: Catalogue) -> None:
    """What a person should know before deciding; BadInput when there is nothing to add."""
    holders = {same_address(feed): one.id for one in catalogue.publishers for feed in one.feeds}
    held = {feed.url: holders[same_address(feed.url)] for feed in found.feeds if same_address(feed.url) in holders}
    if len(held) == len(found.feeds):
        raise BadInput(f"the catalogue has it already: {', '.join(sorted(set(held.values())))}", about=found.home)
    tell("")
    tell(f"{found.name} ({urlsplit(found.home).hostname}): {counted(len(found.feeds), 'feed')} for the entry")
    for probe, why in found.others:
        tell(f"left out: {probe.url}: {why}")
    for address, holder in held.items():
        tell(f"already with {holder}: {address}")
    if found.reserved:
        tell(f"reserved: {found.reserved}. Its articles will be links only; this is read anew at every visit")
    if found.barred:
        tell("robots.txt keeps us off its home page: articles may be known by their feed alone")
    for feed in found.feeds:
        if feed.undated > 0.2:
            tell(f"{feed.undated:.0%} of {feed.url} is undated, and undated articles never lead")
    tell("")


def _tiers() -> str:
    return "; ".join(f"{tier} {meaning}" for tier, meaning in TIERS.items())


def _country(written: str) -> str:
    if written.upper() not in COUNTRIES:
        raise argparse.ArgumentTypeError(f"ISO 3166-1 has no country {written}")
    return written.upper()


def _language(written: str) -> str:
    if not is_language(written):
        raise argparse.ArgumentTypeError(f"{written} is not a tag like en or pt-BR")
    return written
