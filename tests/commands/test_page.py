import json
from pathlib import Path

import pytest
from newsroom.__main__ import main

PAGE = (
    "<!doctype html><html lang='en'><head><title>Oil falls</title>"
    "<meta property='article:published_time' content='2026-01-23T09:00:00Z'></head><body><article><h1>Oil falls</h1>"
    + "<p>Brent crude fell 3 per cent on Monday after four producers agreed to raise output, the ministry said.</p>" * 4
    + "</article></body></html>"
)


def test_a_page_is_printed_with_exactly_its_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    assert main(["page", str(file), "--url", "https://port.example/oil"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert list(page) == ["title", "byline", "published_at", "language", "canonical_url", "text", "thin"]
    assert (page["title"], page["published_at"]) == ("Oil falls", "2026-01-23T09:00:00Z")
    assert page["canonical_url"] == "https://port.example/oil"
    assert page["text"].startswith("Brent crude fell")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary"),
        (b"no markup at all", "plain text"),
        (None, "No such file"),
    ],
)
def test_what_is_no_page_ends_with_one_line(
    content: bytes | None, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    assert main(["page", str(file), "--url", "https://port.example/oil"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err
    assert err.count("\n") == 1
