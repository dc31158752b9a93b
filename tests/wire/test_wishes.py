import pytest
from newsroom.wire.wishes import matches, reserved_by_headers, reserved_by_meta, reserved_by_signal, reserved_by_tdmrep


@pytest.mark.parametrize(
    "headers",
    [
        {"x-robots-tag": "noai"},
        {"x-robots-tag": "noindex, no-ai"},
        {"x-robots-tag": "googlebot: nofollow, newsroom: noai"},
        {"x-robots-tag": "noimageai, noai"},
        {"tdm-reservation": "1"},
        {"tdm-reservation": "0, 1"},
        {"content-signal": "search=yes,ai-input=no"},
        {"content-usage": "ai=n"},
        {"content-usage": "search=y, ai-use=n"},
        {"content-usage": "bots=n"},
    ],
    ids=str,
)
def test_an_answers_headers_reserve_it(headers: dict[str, str]) -> None:
    assert reserved_by_headers(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-robots-tag": "noarchive"},
        {"x-robots-tag": "noimageai"},
        {"x-robots-tag": "piano-ai"},
        {"tdm-reservation": "0"},
        {"tdm-reservation": "11"},
        {"content-signal": "ai-train=no"},
        {"content-signal": "ai-input=yes, ai-train=no"},
        {"content-usage": "train-ai=n"},
        {"content-usage": "ai=y"},
    ],
    ids=str,
)
def test_other_headers_do_not(headers: dict[str, str]) -> None:
    assert reserved_by_headers(headers) == ""


def test_a_pages_meta_elements_reserve_it() -> None:
    assert reserved_by_meta({"robots": "noindex, NOAI"})
    assert reserved_by_meta({"newsroom": "noai"})
    assert reserved_by_meta({"tdm-reservation": " 1 "})
    assert reserved_by_meta({"robots": "index, noimageai", "description": "noai"}) == ""


def test_content_signal_and_content_usage_share_their_words() -> None:
    assert reserved_by_signal("ai-input=no") == "Content-Signal: ai-input=no"
    assert reserved_by_signal("bots=n") == "Content-Usage: no AI use"


@pytest.mark.parametrize(
    ("document", "path", "reserved"),
    [
        ('[{"location": "/", "tdm-reservation": 1}]', "/news/oil", True),
        ('[{"location": "/", "tdm-reservation": "1", "tdm-policy": "https://p.example/"}]', "/", True),
        ('[{"location": "/", "tdm-reservation": 0}]', "/news/oil", False),
        ('[{"location": "/free/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]', "/free/oil", False),
        ('[{"location": "/free/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]', "/news/oil", True),
        ('[{"location": "/", "tdm-reservation": 1}, {"location": "/free/", "tdm-reservation": 0}]', "/free/oil", True),
        ('[{"location": "/*.pdf$", "tdm-reservation": 1}]', "/a.pdf", True),
        ('[{"location": "/*.pdf$", "tdm-reservation": 1}]', "/a.html", False),
        ('[{"location": "/news/", "tdm-reservation": 1}]', "/sport/", False),
        ('[{"location": "/gr%C3%B6%C3%9Fe/", "tdm-reservation": 1}]', "/größe/a", True),
        ('[{"tdm-reservation": 1}]', "/", False),
        ('{"location": "/", "tdm-reservation": 1}', "/", False),
        ("[[[[", "/", False),
        ("[" * 100_000, "/", False),
        ('[1, null, "x"]', "/", False),
        ("", "/", False),
    ],
)
def test_the_first_rule_of_tdmrep_that_matches_decides(document: str, path: str, reserved: bool) -> None:
    assert bool(reserved_by_tdmrep(document, f"https://port.example{path}")) is reserved


@pytest.mark.parametrize(
    ("pattern", "path", "matched"),
    [
        ("/", "/x", True),
        ("/a*", "/abc", True),
        ("*c", "/abc", True),
        ("/a*c$", "/abc", True),
        ("/a*c$", "/abcd", False),
        ("/ab*bc$", "/abc", False),
        ("/a$", "/a", True),
        ("", "/a", False),
        ("a", "/a", False),
    ],
)
def test_patterns_match_from_the_beginning(pattern: str, path: str, matched: bool) -> None:
    assert matches(pattern, path) is matched


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert not matches("/" + "a*" * 900 + "b", "/" + "a" * 1900)
