"""What may be quoted, and how much of it."""

import re

from newsroom.articles.article import Article
from newsroom.writing.evidence import words

# The copy limits. Quotation for information is free only as far as its purpose asks (Berne Convention, art. 10(1));
# press publishers in the EU hold a right over more than "very short extracts" (Directive (EU) 2019/790, art. 15(1)).
# No statute gives a number: these are ours, well under the lead paragraph that publishers put into their own feeds.
QUOTATION_WORDS = 25
"""In one quotation: one sentence of market prose (median 23 words in wire copy)."""
SOURCE_WORDS = 60
"""In all quotations from one text, unless it is so long that …"""
SOURCE_SHARE = 0.15
"""… this share of it is more, …"""
SOURCE_WORDS_AT_MOST = 120
"""… but never more than these words, …"""
SHORT_SOURCE_SHARE = 1 / 2
"""… nor, of a short text, more than this share: a brief of four sentences yields two."""
UNQUOTED_RUN = 8
"""Words in a row that a sentence of ours may have in common with a source outside quotation marks."""
SHORTEST_FULL_TEXT = 40
"""Words: less is a teaser, whatever the page calls itself."""

_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def quotable(article: Article) -> bool:
    """Full, unreserved, dated, and not advice: what may be quoted and may carry a story."""
    return why_not_quotable(article) == ""


def why_not_quotable(article: Article) -> str:
    """`reserved`, `thin`, `undated`, `advice`, or nothing when it may be quoted."""
    if article.reserved:
        return "reserved"
    if article.published_at is None or article.thin == "undated":
        return "undated"
    if article.thin or _size(article.text) < SHORTEST_FULL_TEXT:
        return "thin"
    return "advice" if article.kind == "advice" else ""


def _size(text: str) -> int:
    """Words; of scripts without spaces, two characters count as one."""
    return len(words(text)) + len(_IDEOGRAPHS.findall(text)) // 2


def allowance(article: Article) -> int:
    """Words that may be quoted from one text, titles apart: a title is how the list of sources names the article."""
    count = len(words(article.text))
    return int(min(max(SOURCE_WORDS, count * SOURCE_SHARE), SOURCE_WORDS_AT_MOST, count * SHORT_SOURCE_SHARE))
