"""One request as the function's URL hands it over."""

import pytest
from newsroom.readers.request import read_request

from tests.fakes.receptions import an_event

SECRET = "what the distribution shows"


@pytest.mark.parametrize("shown", ["", "wrong", SECRET[:-1], SECRET + "x", "é"])
def test_who_comes_past_the_cdn_is_turned_away(shown: str) -> None:
    headers = {
        "x-newsroom-origin": shown,
        "cloudfront-viewer-address": "203.0.113.9:4000",
        "x-forwarded-host": "a.example",
    }
    request = read_request(an_event("POST", "/api/subscribe", {"email": "x"}, headers=headers), SECRET)

    assert request.fault == 403
    assert request.body == b""
    assert request.network == "198.51.100.0/24", "what it says of itself is not believed"
    assert request.address == ""


def test_who_comes_through_the_cdn_is_answered() -> None:
    request = read_request(an_event("GET", "/", headers={"X-Newsroom-Origin": SECRET}), SECRET)

    assert request.fault == 0


@pytest.mark.parametrize(
    ("headers", "source", "network"),
    [
        ({"cloudfront-viewer-address": "203.0.113.9:46532"}, "198.51.100.7", "203.0.113.0/24"),
        ({"cloudfront-viewer-address": "2001:db8:77:1::1:46532"}, "198.51.100.7", "2001:db8:77::/48"),
        ({"cloudfront-viewer-address": "[2001:db8:77:1::1]:46532"}, "198.51.100.7", "2001:db8:77::/48"),
        ({"cloudfront-viewer-address": "nonsense"}, "198.51.100.7", "198.51.100.0/24"),
        ({"x-forwarded-for": "203.0.113.9"}, "198.51.100.7", "198.51.100.0/24"),
        ({}, "::ffff:198.51.100.7", "198.51.100.0/24"),
        ({}, "", "unknown"),
    ],
)
def test_limits_count_by_the_readers_network(headers: dict[str, str], source: str, network: str) -> None:
    assert read_request(an_event("GET", "/", headers=headers, source=source), "").network == network


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"x-forwarded-host": "News.Example"}, "https://news.example"),
        ({"x-forwarded-host": "d1.cloudfront.localhost:4700", "cloudfront-forwarded-proto": "http"},
         "http://d1.cloudfront.localhost:4700"),
        ({"x-forwarded-host": "evil.example/<script>"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_address_that_was_asked_is_the_cdn_s_word(headers: dict[str, str], address: str) -> None:
    assert read_request(an_event("GET", "/", headers=headers), "").address == address
