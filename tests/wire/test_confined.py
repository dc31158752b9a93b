import json
import time
from datetime import UTC, datetime

import pytest
from newsroom.errors import PageUnreadable
from newsroom.wire.confined import Overtaxed, confined
from newsroom.wire.page import laborious, read_page
from newsroom.wire.page_reading import read_here

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
URL = "https://port.example/oil"
PARAGRAPH = b"<p>Brent crude fell 3 per cent on Monday after producers agreed to raise output, the ministry said.</p>"


def test_only_what_is_printed_comes_back() -> None:
    program = "import sys; sys.stdout.write(sys.argv[1] + sys.stdin.read())"
    assert confined(program, ["a"], b"document", seconds=5) == b"adocument"


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("while True: pass", "too long"),
        ("raise SystemExit(3)", "breaks"),
        ("pass", "breaks"),
        ("import os; os.abort()", "too long"),
        ("from newsroom.wire.confined import limit; limit(seconds=1, more_bytes=10**9)\nwhile True: pass", "too long"),
        ("from newsroom.wire.confined import limit; limit(seconds=5, more_bytes=10**7); print('x' * 10**9)", "breaks"),
    ],
)
def test_a_process_that_does_not_end_well_is_killed_and_told_of(program: str, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Overtaxed, match=reason):
        confined(program, [], b"", seconds=1)
    assert time.monotonic() - begun < 5


def test_the_process_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the-canary")
    seen = confined("import json, os; print(json.dumps(dict(os.environ)))", [], b"", seconds=5)
    assert "AWS_SECRET_ACCESS_KEY" not in json.loads(seen)


def test_a_large_page_is_read_the_same_in_its_own_process() -> None:
    dated = b"<meta property='article:published_time' content='2026-11-23T09:00:00Z'>"
    body = b"<!doctype html><html><head><title>Oil falls</title>" + dated + b"</head><body><article>" + PARAGRAPH * 3
    body += b"</article><script>" + b"x" * 1_200_000 + b"</script></body></html>"
    assert laborious(body)
    here = read_here(body, URL, now=NOW, content_type="text/html", dated_by_feed=True)
    assert read_page(body, URL, now=NOW, content_type="text/html", dated_by_feed=True) == here
    assert here.published_at == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "flood",
    [
        b"<p " + b" ".join(b"%x" % number for number in range(100_000)) + b">",
        b"<p " + b"".join(b"a%x='>'" % number for number in range(100_000)) + b">",
        b"<p a/" + b"/".join(b"%x" % number for number in range(100_000)) + b">",
        b"<div>" * 100_000,
        b"<span>a</span>" * 300_000,
        b"<li>x" * 199_000,
        b"<a>x y" * 160_000,
        b"<div class=byline>" * 250 + b"<a>x y" * 4_600,
        b"<style>" + b".a{display:none}" * 12_000 + b"</style>" + b"<p class=a>x" * 7_000,
        b"<div>" * 240 + b"<font color=red>x" * 9_000,
        b"<p>" + b" " * 990_000,
    ],
)
def test_a_page_made_to_keep_us_busy_is_left_in_seconds(flood: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.wire.page_confined.SECONDS", 1)
    begun = time.monotonic()
    try:
        read_page(b"<html><body>" + PARAGRAPH + flood, URL, now=NOW)
    except PageUnreadable as refused:
        assert "parser" in str(refused)  # noqa: PT017  (either way is right; ending is what counts)
    assert time.monotonic() - begun < 4
