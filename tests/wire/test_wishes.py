import pytest
from newsroom.wire.wishes import reserved_by_headers, reserved_by_meta


@pytest.mark.parametrize(
    "headers",
    [
        {"x-robots-tag": "noai"},
        {"x-robots-tag": "googlebot: nofollow, newsroom: noai"},
        {"tdm-reservation": "1"},
        {"content-signal": "search=yes,ai-input=no"},
        {"content-usage": "ai=n"},
    ],
)
def test_an_answers_headers_reserve_it(headers: dict[str, str]) -> None:
    assert reserved_by_headers(headers)


@pytest.mark.parametrize(
    "headers", [{}, {"x-robots-tag": "noarchive"}, {"tdm-reservation": "0"}, {"content-signal": "ai-train=no"}]
)
def test_other_headers_do_not(headers: dict[str, str]) -> None:
    assert reserved_by_headers(headers) == ""


def test_a_pages_meta_elements_reserve_it() -> None:
    assert reserved_by_meta({"robots": "noindex, NOAI"})
    assert reserved_by_meta({"tdm-reservation": " 1 "})
    assert reserved_by_meta({"robots": "index", "description": "noai"}) == ""
