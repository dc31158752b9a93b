"""Where a page's prose is: long text outside links, and the innermost element that holds most of it.

What publishers call related, share or newsletter in their class names is left out, unless it holds much of the prose:
names lie now and then (`<article class="tag-ads">`), and a wrong name must not cost the article. So are blocks that
are mostly links. Works on a tree without what no reader sees; knows no publisher, no language but in names.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONG = 40
"""Characters from which a run of text outside links counts as prose: menus, labels and buttons are shorter."""
MAX_LONG = 4_000
"""Runs that are weighed; a page of 100,000 characters of text has 1,000."""
MAX_BLOCKS = 5_000
"""Blocks that are read at the place: a long read has 500."""
MUCH = 0.4
"""Share of a page's prose that no name and no tag can declare beside the point."""
MOST = 0.7
"""Share of an element's prose that makes a child the place to look further: from .65 to .8 little changes on
scrapinghub's and newspaper4k's recorded pages, below that articles parted by pictures lose a part."""

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
BESIDE = frozenset((
    "nav", "aside", "footer", "form", "button", "select", "input", "textarea", "fieldset", "figure", "figcaption",
    "picture", "video", "audio", "canvas", "map", "menu", "rp", "rt",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2"))
CELLS = frozenset(("td", "th"))
NAMED_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related\w*|recommend\w*|read-?(?:more|next|also)|also-?read|more-?(?:on|from|stories|news)"
    r"|most-?read|popular|trending|taboola|outbrain|zergnet|trc|promo\w*|teaser\w*|gallery|slideshow|carousel|infobox"
    r"|share|sharing|sharedaddy|social|addtoany|follow|newsletter\w*|subscribe|subscription|sign-?up|login|register"
    r"|comments?|disqus|respond|feedback|poll|sponsor\w*|ads?|advert\w*|banner|anzeige|werbung|publicit[ey]"
    r"|publicidad\w*|foot(?:er)?|nav|navbar|navigation|menu|breadcrumbs?|sidebar|widget-?area|toolbar|tools|tags?|taglist"
    r"|pagination|pager|byline|author\w*|bio|meta|kicker|captions?|wp-caption\w*|credits?|copyright|disclaimer|cookie\w*"
    r"|modal|popup|skip|hidden-print|screen-reader\w*|sr-only|visually-?hidden|relacionad\w+|correlat[io]|lire-aussi"
    r"|leia-?mais|veja-?mais)(?=$|[\s_-])"
)
"""In lower case."""
ARTICLE_BODY = "articleBody"
"""schema.org's name for where the article is, as microdata and as RDFa."""
LABEL = re.compile(
    r"(?:advertise?ments?|anzeige|werbung|publicit[ée]|publicidad|related(?: \w+)?|read (?:more|next|also)|more on this"
    r"|share(?: this)?(?: \w+){0,4}|print this \w+.{0,40}|sign up|story continues(?: below)?(?: \w+)?|continue reading"
    r"|(?:end of )?(?:trending|recommended)(?: \w+)?|loading|image source|getty images)[.:…]*",
    re.I,
)
SENTENCE_ENDS = frozenset(".!?…:;。！？」』।؟»”’\"')")
MAX_ABOVE = 4
SAME_TITLE = 25
"""Characters in which a heading and a page's title agree, when one is cut or carries the site's name."""


@dataclass(frozen=True)
class Block:
    """One block of text, and how many of its characters are links."""

    text: str
    linked: int
    heading: bool


def find_prose(tree: "HtmlElement", title: str = "") -> list[str]:
    """The page's prose in paragraphs; what stands above a heading that repeats `title` is left out with it."""
    everywhere = list(_long_texts(tree))
    much = MUCH * sum(length for _, length in everywhere)
    held = _held(everywhere)

    @cache
    def beside(element: "HtmlElement") -> bool:
        parent = element.getparent()
        return _is_beside(element, held.get(element, 0), much) or (parent is not None and beside(parent))

    prose = _held((element, length) for element, length in everywhere if not beside(element))
    if not prose:
        return []
    blocks = chain.from_iterable(_blocks(place, held, much) for place in _places(tree, prose))
    told = [block for block in _below_title(list(islice(blocks, MAX_BLOCKS)), title) if _tells(block)]
    return [block.text for block in _from_first_sentence(told)]


def _long_texts(tree: "HtmlElement") -> Iterator[tuple["HtmlElement", int]]:
    """(the element a long run of text stands in, its length), outside links."""
    for run in tree.xpath(f"/html/body/descendant::text()[string-length() >= {LONG} and not(ancestor::a)]")[:MAX_LONG]:
        element = run.getparent()
        element = element.getparent() if run.is_tail else element
        if element is not None and (length := len(run.strip())) >= LONG:
            yield element, length


def _held(texts: Iterable[tuple["HtmlElement", int]]) -> dict["HtmlElement", int]:
    """Characters of these texts that each element holds, at any depth."""
    held: dict[HtmlElement, int] = {}
    for element, length in texts:
        holder = element
        while holder is not None:
            held[holder] = held.get(holder, 0) + length
            holder = holder.getparent()
    return held


def _is_beside(element: "HtmlElement", held: int, much: float) -> bool:
    if held >= much > 0:
        return False
    if element.tag in BESIDE:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 1 and NAMED_BESIDE.search(names.lower()) is not None


def _places(tree: "HtmlElement", prose: dict["HtmlElement", int]) -> list["HtmlElement"]:
    """From the root, or from what the page itself marks as the article's body, down to where no single child holds
    most of the prose any longer; and what stands before it and is made like it, which is where the lead is."""
    marked = (one for one in prose if ARTICLE_BODY in (one.get("itemprop"), one.get("property")))
    place = max((one for one in marked if prose[one] >= MUCH * prose[tree]), key=prose.__getitem__, default=tree)
    before: list[HtmlElement] = []
    while True:
        inner = max((child for child in place if child in prose), key=prose.__getitem__, default=None)
        if inner is None or inner.tag == "p" or inner.tag in INLINE or prose[inner] < MOST * prose[place]:
            return [*before, place]
        names = inner.get("class", "").split()
        siblings = (one for one in inner.itersiblings(preceding=True) if one in prose and one.tag == inner.tag)
        before += [one for one in siblings if _alike(one.get("class", "").split(), names)][::-1]
        place = inner


def _alike(ours: list[str], theirs: list[str]) -> bool:
    """Parts of one article that a picture or an advertisement parts have a class in common, or none at all."""
    return ours == theirs or not set(ours).isdisjoint(theirs)


def _blocks(place: "HtmlElement", held: dict["HtmlElement", int], much: float) -> Iterator[Block]:
    """The blocks of text within an element, in order; cells of a row are one block, parted by bars."""
    from lxml import etree

    gathered = _Gathered(heading=place.tag in HEADINGS)
    links = 0
    walk = etree.iterwalk(place, events=("start", "end"))
    skipped = None
    for event, element in walk:
        tag: Any = element.tag
        borders = tag not in INLINE and tag not in CELLS
        if event == "start":
            if element is not place and _is_beside(element, held.get(element, 0), much):
                walk.skip_subtree()
                skipped = element
                continue
            links += tag == "a"
            if borders:
                yield from gathered.block()
                gathered.heading = tag in HEADINGS
            elif tag in CELLS:
                gathered.add(" | ", linked=False)
            words = element.text
        else:
            if skipped is element:
                skipped = None
            else:
                links -= tag == "a"
            if borders:
                yield from gathered.block()
            words = element.tail if element is not place else None
        if words:
            gathered.add(words, linked=links > 0)
    yield from gathered.block()


@dataclass
class _Gathered:
    """What has been said since the last border of a block."""

    heading: bool
    said: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, words: str, *, linked: bool) -> None:
        self.said.append(words)
        self.linked += len(words) if linked else 0

    def block(self) -> Iterator[Block]:
        """The block that ends here, if anything was said in it."""
        if text := " ".join("".join(self.said).split()).strip(" |"):
            yield Block(text, self.linked, self.heading)
        self.said.clear()
        self.linked = 0


def _below_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks below a heading that repeats the title; all of them when none does."""
    below = next((at + 1 for at, one in enumerate(blocks) if one.heading and _repeats(one.text, title)), 0)
    return blocks[below:]


def _repeats(heading: str, title: str) -> bool:
    heading, title = heading.casefold(), title.casefold()
    length = min(len(heading), len(title), SAME_TITLE)
    return heading == title or (length > SAME_TITLE // 2 and heading[:length] == title[:length])


def _tells(block: Block) -> bool:
    """Whether a block is neither a list of links nor a label of what is beside the article."""
    return block.linked <= len(block.text) / 2 and not LABEL.fullmatch(block.text)


def _from_first_sentence(blocks: list[Block]) -> list[Block]:
    """Without the byline, date and kicker above it: at most so many short blocks that end like no sentence."""
    first = next((at for at, one in enumerate(blocks) if len(one.text) >= 2 * LONG or one.text[-1] in SENTENCE_ENDS), 0)
    return blocks[first:] if first <= MAX_ABOVE else blocks
