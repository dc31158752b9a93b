import json
from pathlib import Path

import pytest
from newsroom.__main__ import main

RSS = (
    "<rss version='2.0'><channel><title>Port</title><item><title>Oil &amp; gas</title><link>/oil</link>"
    "<pubDate>Mon, 23 Nov 2026 19:15:00 GMT</pubDate></item><item><title>Undated</title></item></channel></rss>"
)


def test_a_feed_is_printed_with_its_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rss.xml"
    file.write_text(RSS)
    assert main(["feed", str(file), "--url", "https://port.example/rss"]) == 0
    feed = json.loads(capsys.readouterr().out)
    assert feed["title"] == "Port"
    first, second = feed["entries"]
    assert set(first) >= {"id", "link", "title", "published_at", "author", "summary", "language"}
    assert (first["link"], first["title"]) == ("https://port.example/oil", "Oil & gas")
    assert (first["published_at"], second["published_at"]) == ("2026-11-23T19:15:00Z", None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "binary"),
        (b"<html><body>Hello</body></html>", "a web page"),
        (b"\x00\x01" * 500, "binary"),
        (b'{"a": 1}', "not a JSON Feed"),
        (None, "No such file"),
    ],
)
def test_what_is_no_feed_ends_with_one_line(
    content: bytes | None, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    assert main(["feed", str(file), "--url", "https://port.example/rss"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err
    assert err.count("\n") == 1
