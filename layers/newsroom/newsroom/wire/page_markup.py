"""HTML bytes to a tree of what a reader sees."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE = 5_000_000
MAX_DEPTH = 400
"""Deeper documents are not written by people; trafilatura gives up at about 1,000."""

DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
DECLARED_INSIDE = re.compile(rb"<meta[^<>]{0,400}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
XML_DECLARED = re.compile(rb"^\s*<\?xml[^<>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip(?:-path)?\s*:\s*(?:rect|inset)\(",
    re.I,
)
ONE_NAME = re.compile(r"\s*([.#])([\w-]{1,80})\s*")
# `[^{};@]`: a sheet of nothing but at-signs is then looked at once, not once for each of them.
MEDIA = re.compile(r"@[\w-]+[^{};@]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def decode_page(body: bytes, content_type: str) -> str:
    """Text, by byte order mark, HTTP header, what the page says in its first kilobytes, UTF-8, Windows-1252."""
    body = body[:MAX_PAGE]
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    inside = DECLARED_INSIDE.search(body[:4096]) or XML_DECLARED.search(body[:200])
    header = DECLARED.search(content_type)
    declared = [name for name in (header and header[1], inside and inside[1].decode()) if name]
    for name in (*declared, "utf-8"):
        try:
            return body.decode(_real_name(name))
        except (LookupError, UnicodeDecodeError):
            continue
    try:
        return body.decode(_real_name(declared[0]) if declared else "windows-1252", "replace")
    except LookupError:
        return body.decode("windows-1252", "replace")


def _real_name(name: str) -> str:
    """What browsers do (encoding.spec.whatwg.org): Latin-1 and ASCII are read as their Windows superset."""
    lowered = name.lower()
    if lowered in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "windows-1252"
    return {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "utf-16": "utf-8"}.get(
        lowered, lowered
    )


def parse_page(body: bytes, content_type: str) -> "HtmlElement | None":
    """The tree; None when there is none in it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    text = ILLEGAL.sub("", XML_DECLARATION.sub("", decode_page(body, content_type)))
    try:
        tree: HtmlElement = document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree


def without_hidden(tree: "HtmlElement") -> "HtmlElement":
    """The same tree without what no reader sees: text meant for machines is where instructions to models hide.

    By attribute (hidden, aria-hidden, inline style) and by the page's own style rules for one class or one id.
    """
    names = _hiding_names(tree)
    doomed = [element for element in tree.iter() if isinstance(element.tag, str) and _hidden(element, names)]
    doomed += _too_deep(tree)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def _hidden(element: "HtmlElement", names: frozenset[str]) -> bool:
    if element.tag in ("script", "style", "template", "noscript", "svg", "object", "iframe"):
        return True
    if element.tag in ("html", "body", "head"):
        return False
    attributes = element.attrib
    if not attributes:
        return False
    if attributes.get("hidden", "no") in ("", "hidden", "true") or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if style and HIDING.search(style):
        return True
    if not names:
        return False
    classes = attributes.get("class", "").split()
    return any("." + name in names for name in classes) or "#" + attributes.get("id", "") in names


def _hiding_names(tree: "HtmlElement") -> frozenset[str]:
    """`.class` and `#id` selectors that this page's style sheets hide everywhere (rules for some media left out)."""
    found: set[str] = set()
    for sheet in tree.iter("style"):
        rules = (sheet.text or "")[:200_000]
        if "none" not in rules and "hidden" not in rules:
            continue
        for rule in MEDIA.sub("", rules).split("}"):
            selectors, _, declarations = rule.partition("{")
            if HIDING.search(declarations[:2000]):
                names = [ONE_NAME.fullmatch(selector) for selector in selectors[:2000].split(",")]
                found.update(name[1] + name[2] for name in names if name)
    return frozenset(found)


def _too_deep(tree: "HtmlElement") -> list["HtmlElement"]:
    """The elements at the deepest level that is kept, whose children would go too deep."""
    level, deep = [tree], 0
    while level and deep < MAX_DEPTH:
        level = [child for element in level for child in element]
        deep += 1
    return level
