"""`newsroom write DIR|FILE.jsonl [--writer claude|excerpt]`: the articles of one story → a draft."""

import argparse
from collections.abc import Iterator

from newsroom.commands.one_story import Uncounted, model_settings, packaged_publishers, story_of
from newsroom.commands.reading import read_articles
from newsroom.desk import desk
from newsroom.writing.assignment import Assignment
from newsroom.writing.draft import Draft
from newsroom.writing.writer import Writer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="DIR|FILE.jsonl", help="the articles of one story")
    parser.add_argument(
        "--writer", choices=("claude", "excerpt"), default="excerpt", help="who writes (default: excerpt)"
    )


def run(arguments: argparse.Namespace) -> Iterator[Draft]:
    articles = read_articles(arguments.path)
    publishers = packaged_publishers()
    yield _writer(arguments.writer).write(
        Assignment(story_of(articles, publishers), tuple(articles), publishers, desk().now())
    )


def _writer(name: str) -> Writer:
    """Claude without a stand-in: at a console an error is better than another writer's draft."""
    if name == "excerpt":
        from newsroom.writing.excerpt_writer import ExcerptWriter

        return ExcerptWriter()
    from newsroom.writing.claude import hire_claude
    from newsroom.writing.claude_writer import ClaudeWriter

    settings = model_settings()
    return ClaudeWriter(hire_claude(settings, settings.writer_model, Uncounted(), desk().secret))
