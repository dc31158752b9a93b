"""`newsroom review DRAFT.json --articles FILE.jsonl [--critic claude|none]`: → a verdict with every finding."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

from newsroom.commands.one_story import Uncounted, model_settings, packaged_publishers, story_of
from newsroom.commands.reading import read_articles, read_json
from newsroom.desk import desk
from newsroom.errors import BadInput
from newsroom.review.editor import before_readers
from newsroom.review.reviewing import review
from newsroom.review.verdict import Verdict
from newsroom.writing.draft import Draft

if TYPE_CHECKING:
    from newsroom.review.critic import Critic


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", metavar="DRAFT.json", help="what `newsroom write` printed")
    parser.add_argument(
        "--articles", required=True, metavar="DIR|FILE.jsonl", help="the articles that it was written from"
    )
    parser.add_argument("--critic", choices=("claude", "none"), default="none", help="the second model (default: none)")


def run(arguments: argparse.Namespace) -> Iterator[Verdict]:
    draft = _draft(arguments.draft)
    articles = read_articles(arguments.articles)
    publishers = packaged_publishers()
    critic = _critic() if arguments.critic == "claude" else None
    verdict = review(draft, articles, story_of(articles, publishers), publishers, critic, desk().now())
    yield before_readers(verdict, draft, (), "hold")


def _draft(path: str) -> Draft:
    try:
        return Draft.model_validate(read_json(path))
    except ValidationError as exc:
        fault = exc.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "it"
        raise BadInput(f"is not a draft: {where}: {fault['msg']}", about=path) from exc


def _critic() -> "Critic":
    from newsroom.review.critic import ClaudeCritic
    from newsroom.writing.claude import hire_claude

    settings = model_settings()
    return ClaudeCritic(hire_claude(settings, settings.critic_model, Uncounted(), desk().secret))
