"""HTML bytes to a tree."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE = 5_000_000

DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
DECLARED_INSIDE = re.compile(rb"<meta[^<>]{0,400}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
XML_DECLARED = re.compile(rb"^\s*<\?xml[^<>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
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
    declared = [_real_name(name) for name in (header and header[1], inside and inside[1].decode()) if name]
    for name in (*declared, "utf-8"):
        try:
            return _unless_utf8(body, body.decode(name)) if name in SINGLE_BYTE else body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode(next(filter(_is_known, declared), "windows-1252"), "replace")


SINGLE_BYTE = {"windows-1252", "iso-8859-15", "iso-8859-2", "windows-1250", "windows-1251", "koi8-r"}
"""Nearly any bytes are text in these, so that a wrong declaration goes unnoticed."""
MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")


def _unless_utf8(body: bytes, read: str) -> str:
    """Text of more than a few letters outside ASCII that is well-formed UTF-8 is nothing else."""
    if len(MULTIBYTE.findall(body)) < 5:
        return read
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return read


def _real_name(name: str) -> str:
    """What browsers do (encoding.spec.whatwg.org): Latin-1 and ASCII are read as their Windows superset."""
    lowered = name.lower()
    if lowered in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "cp1252"):
        return "windows-1252"
    return {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "utf-16": "utf-8"}.get(
        lowered, lowered
    )


def _is_known(name: str) -> bool:
    try:
        b"".decode(name, "replace")
    except LookupError:
        return False
    return True


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
