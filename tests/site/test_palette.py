"""Colours that everybody can read, in both schemes."""

import base64
import hashlib
import re
from itertools import product

import pytest
from newsroom.site.stylesheet import style_policy, stylesheet


def schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root\{([^}]*)\}", stylesheet())[:2]
    return {name: dict(re.findall(r"--(\w+):(#\w{6})", block)) for name, block in (("light", light), ("dark", dark))}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("scheme", "text", "ground"),
    list(product(("light", "dark"), ("ink", "quiet", "accent"), ("paper", "card", "mark"))),
)
def test_text_has_a_contrast_of_four_and_a_half_to_its_ground(scheme: str, text: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_buttons_are_readable_in_both_schemes() -> None:
    for colours in schemes().values():
        assert contrast(colours["paper"], colours["ink"]) >= 4.5
        assert contrast(colours["paper"], colours["accent"]) >= 4.5


def test_the_stylesheet_loads_nothing_and_cannot_end_its_element() -> None:
    css = stylesheet()
    assert "url(" not in css
    assert "@import" not in css
    assert "/*" not in css
    assert css.count("{") == css.count("}")
    assert "<" not in css
    assert "\n" not in css  # a browser hashes line ends as they came


def test_the_policy_names_the_hash_of_the_stylesheet() -> None:
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    assert style_policy() == f"style-src 'sha256-{digest}'"
