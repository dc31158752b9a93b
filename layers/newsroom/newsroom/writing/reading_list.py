"""What a model is given to read of a story: bounded, whatever there is, and chosen so that every origin is heard."""

from collections.abc import Sequence
from itertools import chain, zip_longest

from newsroom.articles.article import Article
from newsroom.writing.assignment import Assignment
from newsroom.writing.copy_limits import quotable

ARTICLES = 12
"""Texts at most: twelve already hold everything that a page of 400 words can use."""
CHARACTERS = 12_000
"""Of one text: news puts what matters first."""
STORY_CHARACTERS = 60_000
"""Of all texts: 15,000 tokens, the most that one story may cost."""


def readable(assignment: Assignment) -> list[Article]:
    """The articles that are sent, one of each text: the best of each origin first, then the second best of each …

    Best is a report, then the tier, then the newest. What is reserved, thin or undated is not among them.
    """
    texts = {member.article_id: member.unique_id for member in assignment.story.members}
    ranked = sorted(
        filter(quotable, assignment.articles),
        key=lambda a: (a.kind != "report", assignment.tier(a), -a.dated.timestamp(), a.id),
    )
    chosen: dict[str, Article] = {}
    for article in ranked:
        chosen.setdefault(texts.get(article.id, article.id), article)
    origins = assignment.origins()
    of_origin: dict[str, list[Article]] = {}
    for article in chosen.values():
        of_origin.setdefault(origins[article.id], []).append(article)
    rounds = chain.from_iterable(zip_longest(*of_origin.values()))
    return cut([article for article in rounds if article][:ARTICLES])


def cut(articles: Sequence[Article]) -> list[Article]:
    """Each with all of its text, or with as many of its first paragraphs as fit its share; offsets stay what they are.

    What shorter texts leave of their share goes to the longer ones.
    """
    lengths = sorted(min(len(article.text), CHARACTERS) for article in articles)
    left, share = STORY_CHARACTERS, CHARACTERS
    for place, length in enumerate(lengths):
        share = left // (len(lengths) - place)
        if length > share:
            break
        left, share = left - length, CHARACTERS
    return [article.model_copy(update={"text": _beginning(article.text, share)}) for article in articles]


def _beginning(text: str, most: int) -> str:
    most = min(most, CHARACTERS)
    return text if len(text) <= most else text[:most].rsplit("\n", 1)[0]
