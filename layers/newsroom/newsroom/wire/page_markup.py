"""HTML bytes to a tree."""

import re
from typing import TYPE_CHECKING

from newsroom.wire.charsets import codec_named

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE = 5_000_000

DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
DECLARED_INSIDE = re.compile(rb"<meta[^<>]{0,400}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
XML_DECLARED = re.compile(rb"^\s*<\?xml[^<>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
SINGLE_BYTE = frozenset(("cp1252", "iso8859-15", "iso8859-2", "cp1250", "cp1251", "koi8-r"))
"""Nearly any bytes are text in these, so that a wrong declaration goes unnoticed."""
MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r"))
"""Never text; a null would end the document for the parser."""


def decode_page(body: bytes, content_type: str) -> str:
    """Text, by byte order mark, HTTP header, what the page says in its first kilobytes, UTF-8, Windows-1252.

    What is declared but does not fit gives way to what fits: a page that says Latin-1 and is UTF-8 is UTF-8.
    """
    body = body[:MAX_PAGE]
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    inside = DECLARED_INSIDE.search(body[:4096]) or XML_DECLARED.search(body[:200])
    header = DECLARED.search(content_type)
    named = [codec_named(name) for name in (header and header[1], inside and inside[1].decode()) if name]
    declared = [codec for codec in named if codec]
    for codec in (*declared, "utf-8"):
        try:
            return _unless_utf8(body, body.decode(codec)) if codec in SINGLE_BYTE else body.decode(codec)
        except UnicodeError:
            continue
    return body.decode(declared[0] if declared else "cp1252", "replace")


def _unless_utf8(body: bytes, read: str) -> str:
    """Text of more than a few letters outside ASCII that is well-formed UTF-8 is nothing else."""
    if len(MULTIBYTE.findall(body)) < 5:
        return read
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return read


def parse_page(body: bytes, content_type: str) -> "HtmlElement | None":
    """The tree, no deeper than 255 elements (libxml2's own limit); None when there is none in it."""
    from lxml import etree
    from lxml.html import HtmlElement, document_fromstring

    text = decode_page(body, content_type).encode("utf-8", "ignore").translate(None, CONTROLS)
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    # As lxml.html's own parser, but without its look-up of a class by tag, which is a call of Python for each element.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        return document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
