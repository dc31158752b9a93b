"""The sample site in a folder, made without a cloud: `python -m tests.fakes.sample_site DIR --serve 4600`.

Editions of the whole newsroom in one process, fifteen minutes apart, over the sample wire; then every file of the
site as the bucket would hold it. With `--serve` it is shown as CloudFront would, on loopback, to look at. Digests have
few modules; to look at pages with all of them, `--writer scripted` has the stand-in for Claude write and judge.
"""

import argparse
import mimetypes
import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from infra.local.claude.stand_in import StandIn
from infra.local.sample_quotes import KEY, sample_quotes
from infra.local.wire.sample import SampleSource
from infra.local.wire.server import Wire
from tests.fakes.house import House

ANCHOR = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
SLOT = timedelta(minutes=15)


def sample_house(editions: int = 1, scripted: bool = False) -> House:
    """A house after so many editions; the wire's clock goes along, so that developing events develop.

    `scripted`: the stand-in for Claude writes and judges, and its pages call themselves a demonstration.
    """
    now = ANCHOR
    with ExitStack() as stack:
        wire = stack.enter_context(Wire(SampleSource(), ANCHOR, lambda: now))
        model = _model(stack.enter_context(StandIn())) if scripted else {}
        house = House(wire.address, wire.catalogue_toml(), ANCHOR, QUOTES_KEY=KEY, **model)
        house.archive.put_document(KEY, sample_quotes(ANCHOR))
        for number in range(editions):
            now = house.now = ANCHOR + number * SLOT
            house.edition()
    return house


def _model(stand_in: StandIn) -> dict[str, str]:
    return {
        "MODEL_PROVIDER": "anthropic",
        "MODEL_ADDRESS": stand_in.address,
        "WRITER_MODEL": "scripted-writer",
        "CRITIC_MODEL": "scripted-critic",
    }


def write_site(house: House, folder: Path) -> int:
    """Every file of the site under its key; how many there are."""
    for key, file in house.files.files.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return len(house.files.files)


class Viewer(SimpleHTTPRequestHandler):
    """A folder as the CDN shows it: a folder's index, our 404 page, no listing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def guess_type(self, path: object) -> str:
        kind = mimetypes.guess_type(str(path))[0] or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--editions", type=int, default=1)
    parser.add_argument(
        "--writer", choices=("excerpt", "scripted"), default="excerpt", help="who writes: code, or a stand-in"
    )
    parser.add_argument("--serve", type=int, metavar="PORT", help="show it on loopback until interrupted")
    chosen = parser.parse_args()
    os.environ.update(POWERTOOLS_METRICS_NAMESPACE="Newsroom", POWERTOOLS_TRACE_DISABLED="true", LOG_LEVEL="ERROR")
    count = write_site(sample_house(chosen.editions, chosen.writer == "scripted"), chosen.folder)
    print(f"{count} files in {chosen.folder}", file=sys.stderr)
    if chosen.serve:
        with ThreadingHTTPServer(("127.0.0.1", chosen.serve), partial(Viewer, directory=str(chosen.folder))) as server:
            print(f"http://127.0.0.1:{chosen.serve}/", file=sys.stderr)
            server.serve_forever()


if __name__ == "__main__":
    main()
