"""Documents made to keep a reader of feeds busy, to fill its memory or to make it tell secrets."""

from collections.abc import Callable, Mapping

MANY = 100_000
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Port</title>"
END = b"</channel></rss>"
ITEM = b"<item><title>Oil falls</title><link>https://port.example/oil</link></item>"
LARGE = 5_000_000
"""Bytes that a fetch brings at most."""


def filled(piece: bytes, size: int = LARGE) -> bytes:
    return piece * (size // len(piece))


def whole(inside: bytes) -> bytes:
    return RSS + inside + ITEM + END


def broken(inside: bytes) -> bytes:
    """The same with tags that do not match, so that it is left to feedparser."""
    return RSS + b"<item><b><title>Gas</b></title></item>" + inside + ITEM + END


def attributes(form: bytes) -> bytes:
    return b" ".join(form % {b"n": number} for number in range(MANY))


def entries(number: int, guid: int = 20) -> bytes:
    """Oldest first."""
    return b"".join(
        b"<item><title>Story %d</title><link>https://port.example/%d</link><guid>%d%s</guid>"
        b"<pubDate>%02d %s 2026 %02d:%02d:00 GMT</pubDate></item>"
        % (
            one,
            one,
            one,
            b"g" * guid,
            1 + one // 1440 % 28,
            b"Nov" if one < 28 * 1440 else b"Dec",
            one // 60 % 24,
            one % 60,
        )
        for one in range(number)
    )


def nested(tag: bytes) -> bytes:
    return b"<%s>" % tag * MANY + b"</%s>" % tag * MANY


def described(text: bytes) -> bytes:
    return whole(b"<item><description>" + text + b"</description></item>")


def bomb(levels: int) -> bytes:
    defined = b"".join(b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, levels))
    title = b"<title>&a%d;</title>" % (levels - 1)
    return b'<!DOCTYPE rss [<!ENTITY a0 "ha">' + defined + b"]><rss version='2.0'><channel>" + title + ITEM + END


def json_feed(items: str) -> bytes:
    return b'{"version": "https://jsonfeed.org/version/1.1", "title": "Port", "items": [' + items.encode() + b"]}"


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "attributes of one tag": lambda: whole(b"<item " + attributes(b'a%(n)d="1"') + b"/>"),
    "attributes of one tag, broken": lambda: broken(b"<item " + attributes(b'a%(n)d="1"') + b"/>"),
    "one attribute again and again": lambda: whole(b"<item " + b'a="1" ' * MANY + b"/>"),
    "attributes of many tags": lambda: whole(b'<a b="1" c="2"/>' * MANY),
    "attributes of many tags, broken": lambda: broken(b'<a b="1" c="2"/>' * MANY),
    "namespaces of one tag": lambda: whole(b"<item " + attributes(b'xmlns:a%(n)d="u:%(n)d"') + b"/>"),
    "prefixes that nobody declared": lambda: whole(b"".join(b"<a%d:b/>" % number for number in range(MANY))),
    "nothing but tags": lambda: whole(filled(b"<a/>")),
    "nothing but tags, broken": lambda: broken(filled(b"<a/>")),
    "nothing but entries": lambda: whole(filled(b"<item/>")),
    "nested entries": lambda: whole(nested(b"item")),
    "nested entries, never closed": lambda: RSS + b"<item>" * MANY,
    "nested divisions": lambda: described(nested(b"div")),
    "nested divisions as text": lambda: described(b"&lt;div&gt;" * MANY),
    "a long author": lambda: whole(b"<item><author>a@" + b"a." * 32_000 + b"!</author></item>"),
    "a long author, broken": lambda: broken(b"<item><author>a@" + b"a." * 32_000 + b"!</author></item>"),
    "a long author of Atom": lambda: (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><author><name>"
        + b"(a@" * 22_000
        + b"</name></author></entry></feed>"
    ),
    "a billion laughs": lambda: bomb(12),
    "a quadratic bomb": lambda: (
        b'<!DOCTYPE rss [<!ENTITY a "'
        + b"a" * MANY
        + b'">]><rss><channel><title>'
        + b"&a;" * MANY
        + b"</title></channel></rss>"
    ),
    "a parameter entity": lambda: (
        b"<!DOCTYPE rss [<!ENTITY % a \"<!ENTITY b '&#37;a;'>\"> %a; %b;]><rss><channel><item/></channel></rss>"
    ),
    "a distant document type": lambda: b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">' + whole(b""),
    "an endless document type": lambda: filled(b"<!DOCTYPE rss ["),
    "NULs between letters": lambda: b"\0".join(bytes([one]) for one in whole(ITEM * 1000)),
    "NULs within": lambda: whole(b"<item><title>Gas\0 rises" + b"\0" * MANY + b"</title></item>"),
    "controls as references": lambda: whole(b"<item><title>" + filled(b"&#0;&#27;", 1_000_000) + b"</title></item>"),
    "UTF-7": lambda: b"<?xml version='1.0' encoding='utf-7'?>" + filled(b"+ADw-item+AD4-", 1_000_000),
    "half of UTF-16": lambda: whole(ITEM * 5000).decode().encode("utf-16")[:-1],
    "UTF-32": lambda: whole(ITEM * 5000).decode().encode("utf-32"),
    "UTF-16 that is not": lambda: b"\xff\xfe" + whole(ITEM * 5000),
    "cut in an entry": lambda: whole(ITEM * 10_000)[:700_000],
    "cut in quoted text": lambda: RSS + b"<item><title><![CDATA[Oil" + filled(b" falls"),
    "ten thousand entries": lambda: whole(entries(10_000)),
    "thirty thousand entries": lambda: whole(entries(30_000)),
    "long identifiers": lambda: whole(entries(480, guid=10_000)),
    "nothing but <": lambda: filled(b"<"),
    "nothing but <, in a feed": lambda: whole(filled(b"<")),
    "nothing but &": lambda: whole(b"<item><title>" + filled(b"&") + b"</title></item>"),
    "nothing but quotations": lambda: whole(b"<item><title>" + filled(b"<![CDATA[") + b"</title></item>"),
    "nothing but comments": lambda: whole(filled(b"<!-- -->")),
    "a comment without end": lambda: RSS + ITEM + filled(b"<!--"),
    "instructions": lambda: whole(filled(b"<?a b?>")),
    "blanks": lambda: whole(filled(b" ")),
    "a long name": lambda: whole(b"<" + filled(b"a") + b"/>"),
    "unclosed paragraphs": lambda: described(filled(b"<p>Oil<br>", 500_000)),
    "tags in an undeclared script": lambda: b"<rss>" + filled(b"\xcf\xf0\xe8 ", 1_000_000),
    "a web page": lambda: b"<!doctype html><html><body>" + filled(b"<p>Oil<br>", 1_000_000),
    "JSON, nested": lambda: b'{"items": ' + b"[" * MANY,
    "JSON, nested objects": lambda: b'{"items": [' + b'{"a": ' * MANY,
    "JSON, not a number": lambda: json_feed('{"id": NaN}'),
    "JSON, infinite": lambda: json_feed('{"id": 1e999}'),
    "JSON, a million digits": lambda: json_feed('{"id": ' + "9" * 1_000_000 + "}"),
    "JSON, small values": lambda: json_feed(",".join(["{}"] * 1_500_000)),
    "JSON, one key again and again": lambda: json_feed("{" + ",".join(['"id": "1"'] * 400_000) + "}"),
    "JSON, cut": lambda: json_feed('{"id": "1"},' * 1000)[:-300],
    "JSON, odd items": lambda: json_feed('null, 1, "a", [], {"id": {}}, {"url": []}, {"authors": [1]}'),
    "JSON, lone surrogates": lambda: json_feed('{"title": "\\udfff", "url": "https://a.example/\\ud800"}'),
    "JSON, ten thousand items": lambda: json_feed(
        ",".join(f'{{"id": "{one}", "url": "https://port.example/{one}"}}' for one in range(10_000))
    ),
}
