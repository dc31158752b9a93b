"""The article's text out of a page: our own reading first, trafilatura's where ours finds too little to be sure."""

from typing import TYPE_CHECKING, Any

from newsroom.wire.page_prose import LONG, find_prose
from newsroom.wire.page_thin import SHORT, weight
from newsroom.wire.plain_text import in_a_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

MAX_TEXT = 100_000
"""Characters kept of an article: a long read has 40,000."""

MAX_ELEMENTS = 5_000
"""The largest recorded page has 2,700."""
MAX_DEPTH = 80
"""The deepest recorded page has 50."""


def article_text(tree: "HtmlElement", url: str, title: str) -> str:
    """Paragraphs parted by an empty line, without the title; empty when the page tells nothing.

    Of 110 recorded pages with a truth, ours is nearer to it by more than .05 of F1 on 16, trafilatura's on 6, and
    neither how well the two agree nor how much of the page's prose stands in one place tells which. So ours is taken,
    unless it is short: that may be an article of linked words or of lines of verse, and there the other's longer
    reading is taken, if it is sentences rather than a page's labels.
    """
    ours = _joined(find_prose(tree, title))
    if weight(ours) >= SHORT or not for_trafilatura(tree):
        return ours
    theirs = _joined(_by_trafilatura(tree, url))
    return theirs if len(theirs) > 2 * len(ours) and _is_prose(theirs) else ours


def for_trafilatura(tree: "HtmlElement") -> bool:
    """Whether a page is of a size and a depth that people make: what trafilatura does grows with their product, and
    250 levels around 5,000 elements take it 5 s."""
    if tree.xpath("count(/descendant::*)") > MAX_ELEMENTS:
        return False
    return not tree.xpath(f"boolean(/descendant::*[count(ancestor::*) > {MAX_DEPTH}])")


def _by_trafilatura(tree: "HtmlElement", url: str) -> list[str]:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, url=url, fast=True, include_comments=False, with_metadata=False)
    return str(found.text or "").split("\n") if found is not None else []


def _joined(paragraphs: "Iterable[str]") -> str:
    lines = (in_a_line(visible(one), MAX_TEXT) for one in paragraphs)
    return "\n\n".join(line for line in lines if line)[:MAX_TEXT].strip()


def _is_prose(text: str) -> bool:
    paragraphs = text.split("\n\n")
    return 2 * sum(len(one) for one in paragraphs if len(one) >= 2 * LONG) > len(text)
