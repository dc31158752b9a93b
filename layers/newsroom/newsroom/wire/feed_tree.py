"""The tree of an XML feed, bounded, with small mistakes mended.

lxml without network, DTDs, entities of the document's own or huge trees: libxml2 itself then stops at a depth of
256 and at 10 MB of one text. What is broken beyond small mistakes is NotWellFormed, for feedparser to judge.
"""

import re

from lxml import etree

from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_encoding import decoded, plainly_utf8
from newsroom.wire.feed_found import MAX_MEMORY
from newsroom.wire.feed_mending import CDATA, CDATA_END, mended

ROOTS = ("rss", "rdf", "feed", "channel")
FEEDISH = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|rdf|feed|channel|item|entry)[\s>/]", re.I)
MAX_FAULTS = 90
"""libxml2 tells of 100 faults; beyond, nobody knows which they are."""

HARMLESS = frozenset(
    getattr(etree.ErrorTypes, name)
    for name in (
        "ERR_ATTRIBUTE_REDEFINED",
        "ERR_CDATA_NOT_FINISHED",
        "ERR_COMMENT_NOT_FINISHED",
        "ERR_DOCUMENT_END",
        "ERR_GT_REQUIRED",
        "ERR_HYPHEN_IN_COMMENT",
        "ERR_INVALID_CHARREF",
        "ERR_INVALID_CHAR",
        "ERR_LTSLASH_REQUIRED",
        "ERR_TAG_NOT_FINISHED",
        "NS_ERR_ATTRIBUTE_REDEFINED",
        "NS_ERR_UNDEFINED_NAMESPACE",
        "NS_ERR_XML_NAMESPACE",
        "WAR_NS_URI",
        "WAR_NS_URI_RELATIVE",
    )
)
"""A document that ends early, or faults that stay where they are: the tree is right as far as it goes."""
BEYOND = frozenset((etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG))
"""Nothing that feedparser need try: it would only take longer to fail."""


class NotWellFormed(Exception):
    """Not XML, or no feed that this reader knows; `text` is the document, decoded."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def feed_tree(body: bytes, url: str, content_type: str) -> etree._Element:
    """The root of what may be a feed: `rss`, `rdf`, `feed` or `channel`, in whatever namespace and capitals.

    Raises NotWellFormed for what feedparser may still make sense of, FeedUnreadable for what is surely no feed or
    asks too much.
    """
    if _bytes_in_memory(body) > MAX_MEMORY:
        raise FeedUnreadable("more markup than a feed has", about=url)
    text = ""
    root = _tree(body) if plainly_utf8(body) else None
    if root is None:
        text = decoded(body, content_type)
        root = _mended_tree(text, url)
    name = local_name(root)
    if name == "html":
        raise FeedUnreadable("a web page, not a feed", about=url)
    if name not in ROOTS:
        text = text or decoded(body, content_type)
        _refuse_without_entries(text, url)
        raise NotWellFormed(text)
    return root


def local_name(element: etree._Element) -> str:
    """In small letters, without its namespace or a prefix that nobody declared; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _bytes_in_memory(body: bytes) -> int:
    """A tree's size, estimated from above: 200 an element with its text, 210 an attribute, measured (libxml2 2.14);
    and 20 an ampersand, for the document's copies while it is mended.
    """
    if 210 * len(body) <= MAX_MEMORY:
        return 0
    first, *others = body.split(CDATA.encode())
    return _weight(first) + sum(_weight(part.partition(CDATA_END.encode())[2]) for part in others)


def _weight(markup: bytes) -> int:
    return 200 * (markup.count(b"<") - markup.count(b"</")) + 210 * markup.count(b"=") + 20 * markup.count(b"&")


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=recover,
    )  # fmt: skip


def _tree(body: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(body.lstrip(b" \t\r\n"), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mended_tree(text: str, url: str) -> etree._Element:
    _refuse_without_entries(text, url)
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(mended(text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    faults = {fault.type for fault in parser.error_log}
    if faults & BEYOND:
        raise FeedUnreadable("deeper or longer than a feed is", about=url)
    if root is None or len(parser.error_log) > MAX_FAULTS or not faults <= HARMLESS:
        raise NotWellFormed(text)
    return root


def _refuse_without_entries(text: str, url: str) -> None:
    if not FEEDISH.search(text):
        raise FeedUnreadable("a web page or something else, not a feed", about=url)
