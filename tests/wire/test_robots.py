"""robots.txt against expectations written from RFC 9309, against Protego, and for what publishers add to it."""

import pytest
from newsroom.wire.robots import MAX_BYTES, Rules
from protego import Protego

ROOT = "https://port.example"

# (robots.txt, path, may we) — lines parted by "|"; the section of RFC 9309 that decides, where one does.
CASES = [
    # §2.2.1 which group is ours
    ("", "/x", True),
    ("User-agent: *|Disallow: /", "/x", False),
    ("User-agent: *|Disallow: /", "/robots.txt", True),
    ("User-agent: newsroom|Disallow: /x", "/x", False),
    ("User-agent: NewsRoom|Disallow: /x", "/x", False),
    ("User-agent: NEWSROOM/1.0|Disallow: /x", "/x", False),
    ("User-agent: other|Disallow: /", "/x", True),
    ("User-agent: *|Disallow: /||User-agent: newsroom|Allow: /", "/x", True),
    ("User-agent: newsroom|Allow: /||User-agent: *|Disallow: /", "/x", True),
    ("User-agent: newsroom|Disallow: /only||User-agent: *|Disallow: /", "/x", True),
    ("User-agent: newsroom|Disallow: /only||User-agent: *|Disallow: /", "/only", False),
    ("User-agent: other|User-agent: newsroom|Disallow: /x", "/x", False),
    ("User-agent: newsroom|User-agent: other|Disallow: /x", "/x", False),
    ("User-agent: newsroom|Disallow: /a||User-agent: newsroom|Disallow: /b", "/a", False),
    ("User-agent: newsroom|Disallow: /a||User-agent: newsroom|Disallow: /b", "/b", False),
    ("User-agent: *|Disallow: /a||User-agent: *|Disallow: /b", "/a", False),
    ("User-agent: news|Disallow: /", "/x", True),
    ("User-agent: newsroombot|Disallow: /", "/x", True),
    ("User-agent: newsroom-images|Disallow: /", "/x", True),
    ("User-agent: room|Disallow: /", "/x", True),
    ("User-agent: news||User-agent: *|Disallow: /x", "/x", False),
    ("Disallow: /x", "/x", True),
    ("Disallow: /|User-agent: *|Allow: /", "/x", True),
    ("User-agent: newsroom||Disallow: /x", "/x", False),
    ("User-agent: *|Sitemap: https://port.example/map.xml|Disallow: /x", "/x", False),
    # §2.2.2 the longest match decides, and Allow where two are as long
    ("User-agent: *|Disallow: /news|Allow: /news/open", "/news/open/a", True),
    ("User-agent: *|Allow: /news/open|Disallow: /news", "/news/open/a", True),
    ("User-agent: *|Disallow: /news|Allow: /news/open", "/news/a", False),
    ("User-agent: *|Allow: /|Disallow: /news", "/news", False),
    ("User-agent: *|Disallow: /news|Allow: /news", "/news", True),
    ("User-agent: *|Allow: /news|Disallow: /news", "/news", True),
    ("User-agent: *|Disallow: /news/*/archive|Allow: /news/", "/news/2026/archive", False),
    ("User-agent: *|Disallow: /n|Allow: /ne|Disallow: /new|Allow: /news", "/newer", False),
    ("User-agent: *|Disallow: /n|Allow: /ne|Disallow: /new|Allow: /news", "/news", True),
    ("User-agent: *|Disallow:", "/x", True),
    ("User-agent: *|Allow:", "/x", True),
    ("User-agent: *|Disallow: |Disallow: /x", "/x", False),
    ("User-agent: *|Disallow: /news", "/newsletter", False),
    ("User-agent: *|Disallow: /news/", "/news", True),
    ("User-agent: *|Disallow: /news/", "/news/", False),
    ("User-agent: *|Disallow: /News", "/news", True),
    ("User-agent: *|Disallow: /x", "/y/x", True),
    # §2.2.3 special characters
    ("User-agent: *|Disallow: /*.pdf", "/a/b.pdf", False),
    ("User-agent: *|Disallow: /*.pdf", "/a/b.pdf?x", False),
    ("User-agent: *|Disallow: /*.pdf$", "/a/b.pdf", False),
    ("User-agent: *|Disallow: /*.pdf$", "/a/b.pdf?x", True),
    ("User-agent: *|Disallow: /$", "/", False),
    ("User-agent: *|Disallow: /$", "/x", True),
    ("User-agent: *|Disallow: /a$", "/a", False),
    ("User-agent: *|Disallow: /a$", "/ab", True),
    ("User-agent: *|Disallow: *", "/x", False),
    ("User-agent: *|Disallow: /a*b*c", "/a-b-c-d", False),
    ("User-agent: *|Disallow: /a*b*c", "/a-c-b", True),
    ("User-agent: *|Disallow: /a**c", "/abc", False),
    ("User-agent: *|Disallow: /x # not the archive", "/x", False),
    ("User-agent: * # everybody|Disallow: /x", "/x", False),
    ("# Disallow: /|User-agent: *|Allow: /", "/x", True),
    ("User-agent: *|Disallow: /a#b", "/a", False),
    # §2.2.2 percent-encoding
    ("User-agent: *|Disallow: /größe", "/gr%C3%B6%C3%9Fe", False),
    ("User-agent: *|Disallow: /gr%C3%B6%C3%9Fe", "/gr%C3%B6%C3%9Fe", False),
    ("User-agent: *|Disallow: /gr%c3%b6%c3%9fe", "/gr%C3%B6%C3%9Fe", False),
    ("User-agent: *|Disallow: /%6eews", "/news", False),
    ("User-agent: *|Disallow: /a%2Fb", "/a/b", True),
    ("User-agent: *|Disallow: /search?q=", "/search?q=oil", False),
    ("User-agent: *|Disallow: /*?print", "/oil?print=1", False),
    ("User-agent: *|Disallow: /*?print", "/oil", True),
    # §2.2 lines as they come
    ("user-AGENT: *|DISALLOW: /x", "/x", False),
    ("  User-agent : *|  Disallow : /x  ", "/x", False),
    ("User-agent:*|Disallow:/x", "/x", False),
    ("User-agent: *|Disallow: /x|nonsense|Allow: /x/y", "/x/y", True),
    ("User-agent: *|Crawl-delay: 5|Disallow: /x", "/x", False),
    ("User-agent: a|Crawl-delay: 5|User-agent: *|Disallow: /x", "/x", False),
    ("User-agent: *|Noindex: /x|Disallow: /y", "/x", True),
    ("\x00\x01\x02|User-agent: *|Disallow: /x", "/x", False),
]


@pytest.mark.parametrize(("lines", "path", "allowed"), CASES, ids=range(len(CASES)))
def test_a_case_of_the_rfc_is_decided_as_it_says(lines: str, path: str, allowed: bool) -> None:
    assert len(CASES) >= 60
    assert Rules(lines.replace("|", "\n")).allow(ROOT + path) is allowed


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_protego_agrees_wherever_it_does_not_take_a_beginning_of_our_name_for_us(ends: str) -> None:
    for lines, path, _ in CASES:
        text = lines.replace("|", ends)
        if "news|" in lines.lower():
            continue
        assert Rules(text).allow(ROOT + path) == Protego.parse(text).can_fetch(ROOT + path, "newsroom/1.0"), lines


def test_a_file_of_the_largest_size_is_read_in_a_moment() -> None:
    text = "User-agent: *\n" + "Disallow: /a*b*c*d*e$\n" * (MAX_BYTES // 22)
    assert Rules(text).allow(f"{ROOT}/{'ab' * 900}")


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("User-agent: *|Crawl-delay: 5", 5.0),
        ("User-agent: *|Crawl-delay: 0.5", 0.5),
        ("User-agent: other|Crawl-delay: 5", 0.0),
        ("User-agent: *|Crawl-delay: 5||User-agent: newsroom|Allow: /", 0.0),
        ("User-agent: *|Crawl-delay: soon", 0.0),
        ("User-agent: *|Crawl-delay: -3", 0.0),
        ("User-agent: *|Crawl-delay: inf", 0.0),
        ("", 0.0),
    ],
)
def test_a_crawl_delay_is_that_of_our_group(lines: str, seconds: float) -> None:
    assert Rules(lines.replace("|", "\n")).crawl_delay == seconds


@pytest.mark.parametrize(
    ("lines", "reserved"),
    [
        ("User-agent: *|Content-Signal: search=yes, ai-input=no, ai-train=no|Disallow:", True),
        ("User-agent: *|Content-Signal: search=yes, ai-train=no|Allow: /", False),
        ("User-agent: *|Content-Signal: ai-input=yes", False),
        ("User-agent: *|content-signal : AI-Input = NO", True),
        ("User-agent: *|Content-Usage: bots=n", True),
        ("User-agent: *|Content-Usage: train-ai=n, search=y", False),
        ("Content-Signal: ai-input=no", True),
        ("User-agent: OtherBot|Content-Signal: ai-input=no||User-agent: *|Disallow: /x", False),
        ("User-agent: newsroom|User-agent: OtherBot|Content-Signal: ai-input=no", True),
        ("User-agent: newsroom|Allow: /||User-agent: *|Content-Signal: ai-input=no", False),
        ("User-agent: *|Disallow: # Content-Signal: ai-input=no", False),
    ],
)
def test_a_signal_against_ai_input_in_our_group_reserves_the_host(lines: str, reserved: bool) -> None:
    assert bool(Rules(lines.replace("|", "\n")).reserved) is reserved


def test_licences_are_those_of_our_group_and_of_the_whole_file() -> None:
    text = "License: /all.xml\nUser-agent: other\nLicense: /other.xml\nUser-agent: *\nAllow: /\nLicense: https://l.example/a"
    assert Rules(text).licences(f"{ROOT}/") == [f"{ROOT}/all.xml", "https://l.example/a"]
