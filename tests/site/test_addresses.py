"""Addresses stay on the site, whatever a headline holds."""

import json
import re
from pathlib import Path

import pytest
from newsroom.site import addresses

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Kestrel Air orders 40 jets", "kestrel-air-orders-40-jets-c502a7"),
        ("Économie: Société Générale’s “profit” rises", "economie-societe-generales-profit-rises-c502a7"),
        ("../../etc/passwd", "etc-passwd-c502a7"),
        ("日本銀行が利上げ", "story-c502a7"),
        ("🚀🚀", "story-c502a7"),
        ("", "story-c502a7"),
        ("%2e%2e%2f..\\..\\", "2e-2e-2f-c502a7"),
        ("CON", "con-c502a7"),
    ],
)
def test_a_slug_is_readable_and_harmless(headline: str, slug: str) -> None:
    assert addresses.slug(headline, "sc502a71ea8d43f08") == slug


def test_every_hostile_headline_gets_one_path_segment_of_eighty_characters_at_most(shared_data: Path) -> None:
    strings = json.loads((shared_data / "attacks" / "naughty_strings.json").read_text(encoding="utf-8"))
    for text in (*strings, "a" * 500, "word " * 100, "x-" * 300):
        slug = addresses.slug(text, "sc502a71ea8d43f08")
        assert SLUG.fullmatch(slug), text
        assert len(slug) <= addresses.SLUG_LENGTH
        assert slug.endswith("-c502a7")


def test_a_page_rests_as_the_index_of_its_folder() -> None:
    assert addresses.key("/story/x-1/v/2/") == "story/x-1/v/2/index.html"
    assert addresses.key("/") == "index.html"
    assert addresses.key("/feed.xml") == "feed.xml"
