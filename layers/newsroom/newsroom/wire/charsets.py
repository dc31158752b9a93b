"""Names of encodings as strangers write them, understood as browsers do, or not at all."""

import codecs
import re

TEXTUAL = re.compile(
    r"(x-)?(us-?)?(ascii|utf-?(7|8|16|32)|(iso-?8859|iso_8859|latin|windows|win|cp|ibm|koi8|mac|iso-2022|ebcdic|csibm|euc|gb|big5"
    r"|shift|sjis|s_jis|ms_?kanji|ks_c|hz|tis|johab|viscii|ptcp|kz))[\w.:-]*",
    re.I,
)
"""Encodings of text: Python knows others by name, of which some take quadratic time (punycode) or unpack (zip)."""
WIDER = {
    # As browsers read them (WHATWG Encoding, 4.2): the narrower name is used for the wider set.
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip


def codec_named(name: str) -> str:
    """Python's name of an encoding of text whose markup is legible in ASCII; empty for anything else."""
    if not TEXTUAL.fullmatch(name):
        return ""
    try:
        codec = codecs.lookup(name.lower().removeprefix("x-")).name
    except LookupError:
        return ""
    return "" if codec.startswith(("utf-16", "utf-32")) else WIDER.get(codec, codec)
