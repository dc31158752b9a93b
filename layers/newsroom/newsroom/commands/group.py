"""`newsroom group FILE.jsonl`: which articles tell one story, and whose reporting each is."""

import argparse
from collections.abc import Iterator

from newsroom.commands.reading import read_articles
from newsroom.stories.grouping import group
from newsroom.stories.open_index import OpenIndex


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE.jsonl",
        help="one article a line: {id, title, text?, url?, publisher?, published_at}",
    )


def run(arguments: argparse.Namespace) -> Iterator[dict[str, str]]:
    """{id, story_id, origin_id} for every article, in the order of the file."""
    articles = read_articles(arguments.file)
    stories = group(articles, OpenIndex(), {})
    found = {member.article_id: (story.id, member.origin_id) for story in stories for member in story.members}
    for article in articles:
        story_id, origin_id = found[article.id]
        yield {"id": article.id, "story_id": story_id, "origin_id": origin_id}
