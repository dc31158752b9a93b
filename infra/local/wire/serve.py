"""The command line of the wire."""

import argparse
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from infra.local.wire.outlets import FAULTS, Fault, Source
from infra.local.wire.recorded import RecordedPagesMissing, RecordedSource
from infra.local.wire.sample import SampleSource
from infra.local.wire.server import Wire


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 0 when told to stop, 1 when the source cannot be read, 2 on wrong usage."""
    options = _options(arguments)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    try:
        source: Source = RecordedSource(options.recorded) if options.recorded else SampleSource()
        faults = dict(options.fault)
        wire = Wire(source, options.anchor, _now, options.port, faults=faults, shuffle_seed=options.shuffle)
    except (RecordedPagesMissing, ValueError) as error:
        print(f"wire: {error}", file=sys.stderr)
        return 1
    if options.catalogue:
        options.catalogue.write_text(wire.catalogue_toml(), encoding="utf-8")
    with wire:
        print(wire.address, flush=True)
        stop.wait()
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local.wire", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one (default)")
    parser.add_argument("--anchor", type=_moment, default=_now(), help="ISO 8601 moment that offsets count from")
    parser.add_argument("--recorded", type=Path, metavar="DIR", help="serve this directory's recorded pages instead")
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="write the wire's catalogue here before serving")
    parser.add_argument("--shuffle", type=int, metavar="SEED", help="shuffle the items of every feed")
    parser.add_argument(
        "--fault", type=_fault, action="append", default=[], metavar="PUBLISHER=FAULT", help=" | ".join(FAULTS)
    )
    return parser.parse_args(arguments)


def _now() -> datetime:
    return datetime.now(UTC)


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fault(written: str) -> tuple[str, Fault]:
    publisher, _, fault = written.partition("=")
    if fault not in FAULTS:
        raise argparse.ArgumentTypeError(f"{written!r} is not PUBLISHER=FAULT")
    return publisher, fault
