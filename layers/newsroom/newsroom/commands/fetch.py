"""`newsroom fetch URL`: what the guarded fetcher gets, or why it refuses."""

import argparse
from collections.abc import Iterator
from typing import Any

from newsroom.settings import WireSettings
from newsroom.wire.fetch import Fetcher

ABOUT_US = "https://newsroom.example"
"""Named in the User-Agent where no site is set up."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="http or https, on its usual port")
    parser.add_argument(
        "--wire", metavar="127.0.0.1:PORT", default="", help="dial this wire on loopback for every host, in plain HTTP"
    )


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Raises what `Fetcher.get` raises; any answer, 404 too, is an answer."""
    settings = WireSettings(site_address=ABOUT_US, local_wire=arguments.wire, stage="local")
    answer = Fetcher(settings).get(arguments.url)
    yield {
        "url": answer.url,
        "status": answer.status,
        "bytes": len(answer.body),
        "content_type": answer.content_type,
        "etag": answer.headers.get("etag", ""),
        "last_modified": answer.headers.get("last-modified", ""),
        "moved_to": answer.moved_to,
    }
