"""The words that say what a text, or several articles together, are about."""

import re
from collections import Counter
from collections.abc import Sequence

from newsroom.articles.article import Article

_COMMON = frozenset(
    """the a an and or but of to in on at for by with from as is are was were be been has have had it its
    this that than will would could may said says say after before over under more most its their
    his her which who what when where while not no into out up down about also new one two per cent
    percent year years month week day""".split()  # noqa: SIM905
)


def terms(text: str) -> frozenset[str]:
    """The content words of a text, lower-case, cut to their first seven letters as a crude stem."""
    return frozenset(word[:7] for word in re.findall(r"[^\W_]{3,}", text.lower()) if word not in _COMMON)


def shared_topic(articles: Sequence[Article]) -> frozenset[str]:
    """The terms of the titles; with three titles or more, only those that two of them share."""
    counts = Counter(term for article in articles for term in terms(article.title))
    shared = {term for term, count in counts.items() if count > 1}
    return frozenset(shared if len(articles) > 2 and shared else counts)
