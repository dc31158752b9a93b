"""RSL: what its terms mean for a desk whose writer is a model."""

import pytest
from newsroom.wire.licences import (
    inside_page,
    named_in_headers,
    named_in_page,
    read_terms,
    reserved_by_terms,
)

PAGE = "https://port.example/news/oil"


def rsl(licence: str, attributes: str = 'url="/"') -> bytes:
    return f'<rsl xmlns="https://rslstandard.org/rsl"><content {attributes}>{licence}</content></rsl>'.encode()


def usage(element: str, words: str, payment: str = "") -> str:
    return f'<license><{element} type="usage">{words}</{element}>{payment}</license>'


@pytest.mark.parametrize(
    "document",
    [
        rsl(usage("prohibits", "ai-input")),
        rsl(usage("prohibits", "ai-train, ai-input")),
        rsl(usage("prohibits", "ai-train ai-all")),
        rsl(usage("prohibits", "all")),
        rsl(usage("permits", "search")),
        rsl(usage("permits", "ai-train")),
        rsl('<license><permits type="usage">all</permits><prohibits type="usage">ai-input</prohibits></license>'),
        rsl(usage("permits", "ai-input", '<payment type="use"><amount currency="USD">0.01</amount></payment>')),
        rsl(usage("permits", "ai-all", '<payment type="subscription"/>')),
        rsl(usage("permits", "ai-input", "<payment><amount currency='USD'>1</amount></payment>")),
        rsl(usage("permits", "ai-input", "<payment><standard>https://l.example/</standard></payment>")),
        rsl('<license><payment type="purchase"/></license>'),
        rsl('<license><prohibits type="user">commercial</prohibits></license>'),
        rsl('<license><permits type="user">education</permits></license>'),
        rsl('<license><permits type="geo">FR</permits></license>'),
        rsl('<license><payment type="free"/></license>', 'url="/" server="https://l.example/api"'),
        rsl(usage("prohibits", "ai-input"), 'url="https://port.example/news/*"'),
        b'<rsl><content url="/"><license><prohibits>ai-input</prohibits></license></content></rsl>',
        rsl(usage("prohibits", "ai-input"), "") + b"<broken",
    ],
)
def test_terms_without_a_free_offer_for_us_reserve_the_page(document: bytes) -> None:
    assert reserved_by_terms(read_terms(document), PAGE) == "RSL licence: no free use by AI"


@pytest.mark.parametrize(
    "document",
    [
        rsl("<license/>"),
        rsl(""),
        rsl(usage("permits", "ai-input")),
        rsl(usage("permits", "ai-all, search", '<payment type="free"/>')),
        rsl(usage("permits", "all", '<payment type="attribution"><standard>https://l.example/</standard></payment>')),
        rsl(usage("prohibits", "ai-train")),
        rsl(usage("prohibits", "train-ai")),
        rsl(usage("permits", "ai-input", '<payment type="use"/>') + usage("permits", "ai-input")),
        rsl('<license><permits type="user">commercial, education</permits></license>'),
        rsl(usage("prohibits", "ai-input"), 'url="/sport/"'),
        rsl(usage("prohibits", "ai-input"), 'url="https://other.example/"'),
        b"<html><body>Not found</body></html>",
        b"",
        b"\0\1\2",
    ],
)
def test_free_offers_and_terms_about_something_else_do_not(document: bytes) -> None:
    assert reserved_by_terms(read_terms(document), PAGE) == ""


def test_of_several_terms_those_with_the_longest_pattern_count() -> None:
    ours = '<content url="/news/"><license><permits type="usage">ai-input</permits></license></content>'
    document = rsl(usage("prohibits", "all")).replace(b"</rsl>", ours.encode() + b"</rsl>")
    assert reserved_by_terms(read_terms(document), PAGE) == ""
    assert reserved_by_terms(read_terms(document), "https://port.example/sport") != ""


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE rsl [<!ENTITY a "ai-input">]>' + rsl(usage("prohibits", "&a;"))
    assert read_terms(bomb) == []


def a_feed(item: str, channel: str = "") -> bytes:
    space = 'xmlns:rsl="https://rslstandard.org/rsl"'
    return f"<rss version='2.0' {space}><channel>{channel}{item}</channel></rss>".encode()


NO_AI = "<rsl:license><rsl:prohibits type='usage'>ai-input</rsl:prohibits></rsl:license>"


def test_terms_in_a_feed_belong_to_their_address_or_their_item() -> None:
    addressed = a_feed(f"<item><link>{PAGE}</link><rsl:content url='{PAGE}'>{NO_AI}</rsl:content></item>")
    before = a_feed(f"<item><rsl:content>{NO_AI}</rsl:content><link>{PAGE}</link></item>")
    for feed in (addressed, before):
        terms = read_terms(feed, in_a_feed=True)
        assert reserved_by_terms(terms, PAGE)
        assert not reserved_by_terms(terms, "https://port.example/news/tin")


def test_terms_of_the_whole_feed_cover_all_of_it() -> None:
    terms = read_terms(
        a_feed(f"<item><link>{PAGE}</link></item>", f"<rsl:content>{NO_AI}</rsl:content>"), in_a_feed=True
    )
    assert reserved_by_terms(terms, PAGE)


def test_an_atom_entrys_terms_belong_to_its_link() -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:rsl='https://rslstandard.org/rsl'><entry>"
        f"<link rel='enclosure' href='https://a.example/'/><link href='{PAGE}'/><rsl:content>{NO_AI}</rsl:content>"
        "</entry></feed>"
    )
    terms = read_terms(feed.encode(), in_a_feed=True)
    assert reserved_by_terms(terms, PAGE)
    assert not reserved_by_terms(terms, "https://a.example/")


def test_a_feeds_own_content_and_license_elements_are_not_terms() -> None:
    feed = a_feed("<item><content>x</content><license><prohibits>all</prohibits></license></item>")
    assert read_terms(feed, in_a_feed=True) == []


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="license" type="application/rsl+xml" href="/l.xml?a&amp;b">',
        "<LINK href='/l.xml?a&amp;b' type='application/rsl+xml' rel=license />",
        "<link type=application/rsl+xml rel=license href=/l.xml?a&b>",
    ],
)
def test_a_page_names_its_licence(tag: str) -> None:
    page = f"<html><head>{tag}</head><body>application/rsl+xml</body></html>".encode()
    assert named_in_page(page, PAGE) == ["https://port.example/l.xml?a&b"]


def test_a_page_carries_its_licence() -> None:
    script = b'<script type="application/rsl+xml">\n' + rsl(usage("prohibits", "ai-input")) + b"\n</SCRIPT>"
    page = b"<html><head>" + script + b"</head></html>"
    assert reserved_by_terms(inside_page(page), PAGE)
    assert named_in_page(page, PAGE) == []


def test_a_header_names_its_licence() -> None:
    link = '</l.xml>; rel="license"; type="application/rsl+xml", </style.css>; rel=preload'
    assert named_in_headers({"link": link}, PAGE) == ["https://port.example/l.xml"]
    assert named_in_headers({"link": "</by/4.0/>; rel=license"}, PAGE) == []


@pytest.mark.parametrize("piece", [b"<link application/rsl+xml ", b"<script application/rsl+xml>", b"<link "])
def test_a_page_full_of_openings_takes_no_time(piece: bytes) -> None:
    page = piece * (5_000_000 // len(piece))
    named_in_page(page, PAGE)
    assert inside_page(page) == []
