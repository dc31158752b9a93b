"""`newsroom feed FILE --url URL`: a feed document as the newsroom reads it."""

import argparse
from collections.abc import Iterator
from typing import Any

from newsroom.boundary import moment
from newsroom.commands.reading import read_bytes
from newsroom.wire.feed_document import Entry, read_feed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a feed document as it was served")
    parser.add_argument("--url", required=True, help="where it was served from: relative links are resolved against it")
    parser.add_argument("--content-type", default="", help="the Content-Type header it was served with")


def run(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    feed = read_feed(read_bytes(arguments.file), arguments.url, content_type=arguments.content_type)
    yield {"title": feed.title, "language": feed.language, "entries": [_entry(entry) for entry in feed.entries]}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "link": entry.link,
        "title": entry.title,
        "published_at": moment(entry.published_at) if entry.published_at else None,
        "author": entry.author,
        "summary": entry.summary,
        "language": entry.language,
        "source": entry.source,
    }
