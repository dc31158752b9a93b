import pytest
from newsroom.errors import FeedUnreadable
from newsroom.wire.feed_document import read_feed
from newsroom.wire.feed_encoding import decoded, plainly_utf8

URL = "https://port.example/rss"
RUSSIAN = "Цены на нефть упали в понедельник после решения о росте добычи"
JAPANESE = "東京の株価は月曜日に下落し、原油価格も値下がりした"
GERMAN = "Überschüsse drücken den Ölpreis – „größter“ Rückgang"


def feed(title: str, declaration: str = "") -> str:
    return f"{declaration}<rss version='2.0'><channel><item><title>{title}</title></item></channel></rss>"


def declared(encoding: str) -> str:
    return f"<?xml version='1.0' encoding='{encoding}'?>"


def title(body: bytes, content_type: str = "") -> str:
    return read_feed(body, URL, content_type=content_type).entries[0].title


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *((one, GERMAN) for one in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "windows-1252")),
        *((one, GERMAN[:19]) for one in ("iso-8859-1", "iso-8859-15", "macintosh", "cp850", "cp037")),
        *((one, RUSSIAN) for one in ("windows-1251", "koi8-r", "iso-8859-5", "cp866", "x-mac-cyrillic")),
        *((one, JAPANESE) for one in ("shift_jis", "euc-jp", "iso-2022-jp", "x-sjis")),
        *((one, "周一油价下跌") for one in ("gb2312", "gbk", "gb18030", "hz-gb-2312")),
        ("big5", "週一油價下跌"),
        ("euc-kr", "월요일 유가가 하락했다"),
        ("ks_c_5601-1987", "월요일 유가가 하락했다"),
        ("tis-620", "ราคาน้ำมันลดลง"),
        ("windows-1256", "انخفضت أسعار النفط"),
    ],
)
def test_a_declared_encoding_is_followed(encoding: str, text: str) -> None:
    python = {"macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "x-sjis": "shift_jis", "hz-gb-2312": "hz"}
    assert title(feed(text, declared(encoding)).encode(python.get(encoding, encoding))) == text


@pytest.mark.parametrize("wrong", ["us-ascii", "iso-8859-1", "windows-1251", "koi8-r", "utf-16", "x-nothing", "zip"])
def test_utf8_is_known_whatever_is_declared(wrong: str) -> None:
    assert title(feed(GERMAN, declared(wrong)).encode()) == GERMAN


@pytest.mark.parametrize("wrong", ["utf-8", "us-ascii", "", "iso-8859-1", "unicode-escape", "punycode"])
def test_windows_1252_is_known_whatever_is_declared(wrong: str) -> None:
    assert title(feed(GERMAN, declared(wrong) if wrong else "").encode("windows-1252")) == GERMAN


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert title(feed("“60 €”", declared("iso-8859-1")).encode("windows-1252")) == "“60 €”"


def test_a_header_counts_where_the_document_says_nothing() -> None:
    body = feed(RUSSIAN).encode("koi8-r")
    assert title(body, "text/xml; charset=koi8-r") == RUSSIAN
    assert title(body, "text/xml; charset=utf-8") == RUSSIAN


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN), ("shift_jis", JAPANESE), ("euc-jp", JAPANESE),
     ("gb18030", "周一油价下跌，此前产油国同意在会议上增产，分析师表示"), ("windows-1252", GERMAN)],
)  # fmt: skip
def test_an_encoding_that_nobody_names_is_guessed(encoding: str, text: str) -> None:
    whole = f"<description>{text} {text} {text}</description>"
    body = feed(text).replace("</item>", whole + "</item>").encode(encoding)
    assert title(body) == text


def test_a_few_broken_characters_of_utf8_cost_only_themselves() -> None:
    body = feed(GERMAN * 3).encode().replace("ö".encode(), b"\xf6", 1)
    assert title(body) == (GERMAN * 3).replace("Öl", "Öl").replace("ö", "\ufffd", 1)


def test_a_document_cut_within_a_character_is_read() -> None:
    body = feed("Oil").encode() + "ü".encode()[:1]
    assert title(body) == "Oil"
    assert title(feed("Oil").encode("utf-16")[:-1]) == "Oil"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"\0", b"<\0\0", b"\xff" * 1000, b"\x4c\x6f\xa7\x94\x93" + b"\xff"])
def test_decoding_never_fails(body: bytes) -> None:
    assert isinstance(decoded(body, "text/xml; charset=utf-7"), str)
    with pytest.raises(FeedUnreadable):
        read_feed(body, URL)


def test_only_what_says_otherwise_is_not_plainly_utf8() -> None:
    assert plainly_utf8(feed(GERMAN).encode())
    assert plainly_utf8(feed(GERMAN, declared("UTF-8")).encode("utf-8-sig"))
    assert not plainly_utf8(feed(GERMAN, declared("koi8-r")).encode())
    assert not plainly_utf8(feed(GERMAN).encode("utf-16-be"))
