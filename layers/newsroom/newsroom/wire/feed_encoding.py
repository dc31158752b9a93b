"""The characters of a document, whatever encoding it declares, forgets or gets wrong."""

import codecs
import re

from newsroom.wire.charsets import codec_named

DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{2,40})", re.I)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
UNMARKED = (
    (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"),
)  # fmt: skip
"""How `<` begins in them, and `{`."""
EBCDIC = b"\x4c\x6f\xa7\x94\x93"
"""How `<?xml` begins in all of them; the declaration says which."""
NOT_ASCII = re.compile(rb"[\x80-\xff]+")
TAG = re.compile(rb"<[^<>]*>")
SAMPLE = 8_000
"""Bytes of text that an encoding is guessed from."""
RUN = 1.6
"""Bytes beyond ASCII in a row, on average: Western languages have 1.0 to 1.2, all other scripts 2 and more."""
GUESSED = (
    "cp932", "euc_jp", "iso2022_jp", "cp949", "gb18030", "big5", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256",
    "cp1254", "cp1250", "cp874",
)  # fmt: skip


def plainly_utf8(body: bytes) -> bool:
    """Whether the document says so, or says nothing: an XML parser then needs no help, or says that it does."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"\0")) or body[1:2] == b"\0":
        return False
    declared = DECLARED.search(body[:300])
    return not declared or declared[1].lower() in (b"utf-8", b"utf8")


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a document; never fails.

    In this order: a byte order mark or the width of `<`; UTF-8 that is no accident; the declared encoding, then the
    header's, then UTF-8; UTF-8 with a few broken characters; a guess for scripts other than Latin; Windows-1252.
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace").rstrip("\ufffd")
    for start, name in UNMARKED:
        if body.startswith(start):
            return body.decode(name, "replace").rstrip("\ufffd")
    if body.startswith(EBCDIC):
        found = DECLARED.search(body[:300].decode("cp037").encode("ascii", "replace"))
        return body.decode((found and codec_named(found[1].decode())) or "cp037", "replace")
    header = CHARSET.search(content_type)
    found = DECLARED.search(body[:1000])
    stated = [codec_named(found[1].decode()) if found else "", codec_named(header[1]) if header else ""]
    if _multibyte_utf8(body) and all(_one_byte(name) for name in stated):
        return body.decode("utf-8")
    for name in (*stated, "utf-8"):
        try:
            if name:
                return body.decode(name)
        except (UnicodeError, LookupError):
            continue
    text = body.decode("utf-8", "replace")
    if 10 * text.count("\ufffd") <= len(text) - len(text.encode("ascii", "ignore")):
        return text
    return body.decode(_guessed(body), "replace")


def _one_byte(codec: str) -> bool:
    return not codec or codec.startswith(("cp125", "iso8859", "koi8", "mac", "cp874", "utf-8"))


def _multibyte_utf8(body: bytes) -> bool:
    if body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeError:
        return False
    return True


def _guessed(body: bytes) -> str:
    runs = NOT_ASCII.findall(body[:1_000_000])
    if sum(map(len, runs)) < RUN * len(runs):
        return "cp1252"
    from charset_normalizer import from_bytes

    passages = (passage for passage in TAG.split(body[:1_000_000]) if not passage.isascii())
    best = from_bytes(b" ".join(passages)[:SAMPLE], cp_isolation=list(GUESSED)).best()
    return best.encoding if best else "cp1252"
