"""Strangers' strings as plain text: no markup, no entities, nothing invisible."""

import html
import re

# Controls, what turns the reading direction, what is there without being seen. Kept: tab and line ends.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
# Joiners mean something between letters of Persian, Indic and emoji sequences, and hide words between Latin ones.
LONE_JOINER = re.compile(r"(?<=[\x20-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x20-\u024f])|^[\u200c\u200d]")
# `[^<>]*`, never `[^>]*`: a thousand unclosed tags are then looked at once each, not each to the end of the text.
WHOLE_ELEMENT = re.compile(
    r"<(script|style|template|noscript|iframe|svg|math|head|title)\b[^<>]*>.*?(</\1\s*>|$)", re.I | re.S
)
COMMENT = re.compile(r"<!--.*?(-->|$)|<!\[CDATA\[|\]\]>|<[!?][^<>]*>", re.S)
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*|/)?>")
BREAK = re.compile(r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote)\b[^<>]*|br\s*/?)>", re.I)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
DOUBLED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]")
"""What UTF-8 looks like after somebody took it for Latin-1 and encoded it again."""
HIGH = re.compile("[\x80-\xbf]")
WINDOWS = {one: shown for one in range(0x80, 0xA0) if (shown := bytes([one]).decode("cp1252", "ignore"))}
"""Dashes and quotation marks where Latin-1 has controls."""

LONGEST_ENTITY = 34
SLACK = 100
"""Characters nobody sees that a line may have before it is worth looking further."""
ENOUGH_MARKUP = 2
"""Characters of markup and text that usually show one."""
MAX_MARKUP = 200_000
"""Characters of one field that are looked at: the patterns above are linear, but a field is not a page."""


def visible(text: str) -> str:
    """Without the characters that nobody sees or that turn what is read."""
    if text.isascii() and text.isprintable():
        return text
    text = INVISIBLE.sub("", text)
    return LONE_JOINER.sub("", text) if "\u200c" in text or "\u200d" in text else text


def unescaped(text: str) -> str:
    """Entities decoded once; only those with their semicolon, so that `AT&T` and `R&D` stay."""
    return ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def without_markup(text: str) -> str:
    """Tags, comments and the contents of scripts and styles removed; block elements part words."""
    if "<" not in text:
        return text
    text = text[:MAX_MARKUP]
    if "<!" in text or "<?" in text or "]]>" in text:
        text = COMMENT.sub("", text)
    return TAG.sub("", BREAK.sub(" ", WHOLE_ELEMENT.sub(" ", text)))


def undoubled(text: str) -> str:
    """Text that was encoded as UTF-8 twice, once; Windows-1252 that was taken for Latin-1, as it was meant."""
    if text.isascii() or not HIGH.search(text):
        return text
    try:
        if DOUBLED.search(text):
            return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        pass
    return text.translate(WINDOWS)


def in_a_line(text: str, limit: int) -> str:
    """Plain text on one line, cut at a word within `limit` characters."""
    whole = " ".join(text[: 4 * limit + 1000].split())
    if len(whole) <= limit and whole.isascii() and whole.isprintable():
        return whole
    line = visible(whole[: limit + SLACK])
    if len(line) <= limit < len(whole):
        line = visible(whole)
    if "  " in line or line[:1] == " " or line[-1:] == " ":
        line = " ".join(line.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip() + "…"


def from_html(text: str, limit: int) -> str:
    """What a browser would show of a field of HTML, on one line.

    Entities may hide markup once more (feeds escape twice): what decodes to a tag is a tag. Of a long field only
    the beginning is looked at where that is enough.
    """
    if not text:
        return ""
    if not ("<" in text or "&" in text):
        return in_a_line(undoubled(text), limit)
    enough = ENOUGH_MARKUP * limit
    if len(text) > enough:
        shown = " ".join(_shown(text[: _end_of_text(text, enough)]).split())
        if len(shown) > limit + LONGEST_ENTITY:
            return in_a_line(shown, limit)
    return in_a_line(_shown(text), limit)


def _shown(text: str) -> str:
    shown = unescaped(without_markup(undoubled(text)))
    return without_markup(shown) if "<" in shown and (TAG.search(shown) or "<!--" in shown) else shown


def _end_of_text(text: str, near: int) -> int:
    """At most `near`, and not within a tag."""
    opened = text.rfind("<", 0, near)
    return opened if opened > text.rfind(">", 0, near) else near
