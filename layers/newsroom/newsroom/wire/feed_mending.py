"""Small mistakes of XML, mended in the text: each is common in feeds, and has only one reading.

Every named entity becomes a number: libxml2 knows none of HTML's, and after the first fault that it forgives it
leaves out all of them, `&amp;` as well (xmlParseReference). Numbers that stand for no character go: it would take them.
"""

import re
import sys
from html.entities import name2codepoint

CDATA, CDATA_END = "<![CDATA[", "]]>"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
AMPERSAND = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|#([0-9]{1,7});|#x([0-9A-Fa-f]{1,6});)?")
SURROGATE = re.compile(
    r"&#(?:0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3])|x0*d[89a-f][0-9a-f]{2});", re.I
)
"""Half characters, which libxml2 forgives and lxml then cannot decode, wherever they stand."""
POINTS = name2codepoint | {"apos": 39}
PROLOG = re.compile(r"<\?xml[^<>]*>|<!DOCTYPE(?:[^<>\[]|\[[^\]]*\])*>", re.I)
LONGEST_PROLOG = 20_000
PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[A-Za-z_]|\s(?!xml)([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']")
DECLARATION = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|rdf|feed|channel)\b", re.I)
KNOWN = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
}
"""What matters to `feed_xml`; any other prefix is only told apart."""


def mended(text: str) -> str:
    """The document from its first tag on: no controls, prolog or unknown entities, no bare `&`, no unknown prefix."""
    text = SURROGATE.sub("", CONTROLS.sub("", text))
    text = PROLOG.sub("", text[:LONGEST_PROLOG]) + text[LONGEST_PROLOG:]
    first, *others = text[max(text.find("<"), 0) :].split(CDATA)
    markup = [AMPERSAND.sub(_ampersand, first)]
    whole = markup[:]
    for part in others:
        quoted, end, after = part.partition(CDATA_END)
        markup.append(AMPERSAND.sub(_ampersand, after))
        whole += (CDATA, quoted, end, markup[-1])
    return _with_prefixes("".join(whole), "".join(markup))


def _ampersand(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if decimal or hexadecimal:
        point = int(decimal) if decimal else int(hexadecimal, 16)
        return f"&#{point};" if point <= sys.maxunicode and not CONTROLS.match(chr(point)) else ""
    if point := POINTS.get(name, 0):
        return f"&#{point};"
    return "&#38;" + found[0][1:]


def _with_prefixes(text: str, markup: str) -> str:
    used = {element or attribute for element, attribute in PREFIX.findall(markup)}
    unknown = sorted(used - set(DECLARATION.findall(markup)))[:50]
    root = ROOT.search(text)
    if not unknown or not root:
        return text
    declarations = "".join(f' xmlns:{one}="{KNOWN.get(one, f"urn:undeclared:{one}")}"' for one in unknown)
    return text[: root.end()] + declarations + text[root.end() :]
