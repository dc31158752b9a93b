"""robots.txt against expectations written from RFC 9309, against Protego, and for what publishers add to it."""

import random

import pytest
from newsroom.wire.robots import MAX_BYTES, Rules
from protego import Protego

from tests.fakes.robots_cases import CASES

ROOT = "https://port.example"


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


def a_file(chance: random.Random) -> str:
    """A robots.txt as the web has them: several groups, odd spellings, comments, what belongs to other standards."""
    lines = [chance.choice(["\ufeff", "", "# robots of this site"])]
    for _ in range(chance.randrange(5)):
        lines += [
            f"{chance.choice(AGENT_FIELDS)}{chance.choice(AGENTS)}" for _ in range(chance.choice([1, 1, 1, 2, 4]))
        ]
        for _ in range(chance.randrange(7)):
            rule = chance.choice(["Allow:", "Disallow:", "Disallow: ", "disallow :", "ALLOW: ", "Disalow: "])
            lines.append(rule + "".join(chance.choice(PARTS) for _ in range(chance.randrange(4))) + chance.choice(ENDS))
        lines += chance.choices(["", "Crawl-delay: 5", "Sitemap: https://port.example/map.xml", "no colon", "Host: x"])
    return chance.choice(["\n", "\r\n", "\r"]).join(lines)


AGENT_FIELDS = ["User-agent: ", "user-agent:", "USER-AGENT : ", "User-Agent:\t"]
AGENTS = ["*", "newsroom", "Newsroom", "Googlebot", "GPTBot", "ClaudeBot", "*  # all", "newsroom/2.0", "bing bot", ""]
PARTS = ["/", "/news", "/*", "/private/", "*.pdf", "?s=", "/caf%C3%A9", "/café", "$", "%2F", "/a/b"]
ENDS = ["", "", "$", " # why", " ", "*"]
PATHS = ["/", "/news", "/news/a/b", "/private/x.pdf", "/news?s=1", "/café", "/caf%C3%A9/", "/a/b/c.pdf?x=1"]


@pytest.mark.parametrize("files", [200, pytest.param(4_231, marks=pytest.mark.soak)])
def test_protego_agrees_on_files_as_the_web_has_them(files: int) -> None:
    chance = random.Random(9309)
    kept_out = 0
    for _ in range(files):
        text = a_file(chance)
        ours, theirs = Rules(text), Protego.parse(text)
        for path in chance.sample(PATHS, 3):
            allowed = ours.allow(ROOT + path)
            assert allowed == theirs.can_fetch(ROOT + path, "newsroom/1.0"), (text, path)
            kept_out += not allowed
    assert kept_out > files / 4
