"""`newsroom page FILE --url URL`: an article page as the newsroom reads it."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from newsroom.boundary import moment
from newsroom.commands.reading import read_bytes
from newsroom.wire.page import read_page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an HTML page as it was served")
    parser.add_argument("--url", required=True, help="where it was served from")
    parser.add_argument("--content-type", default="", help="the Content-Type header it was served with")


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    body = read_bytes(arguments.file)
    page = read_page(body, arguments.url, now=datetime.now(UTC), content_type=arguments.content_type)
    yield {
        "title": page.title,
        "byline": page.byline,
        "published_at": moment(page.published_at) if page.published_at else None,
        "language": page.language,
        "canonical_url": page.canonical_url,
        "text": page.text,
        "thin": page.thin,
    }
