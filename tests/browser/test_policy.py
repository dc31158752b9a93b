"""Under the distribution's headers and a page's own policy its style acts, and no other style and no inline script."""

from collections.abc import Iterator

import pytest
from newsroom.site import addresses
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
WATCH = """
    window.refused = [];
    document.addEventListener('securitypolicyviolation', one => window.refused.push(
        `${one.effectiveDirective} ${one.sourceFile}:${one.lineNumber}`));
"""
SMUGGLED = """<style>main { outline: 7px solid }</style>
<p id="dressed" style="outline: 7px solid">x</p>
<link rel="stylesheet" href="/smuggled.css">
<script>window.ran = true</script>"""


@pytest.fixture
def watching(browser: Browser, stage: Stage) -> Iterator[Page]:
    context = browser.new_context(base_url=stage.address)
    context.add_init_script(WATCH)
    yield context.new_page()
    stage.extra.clear()
    context.close()


def test_every_kind_of_page_is_dressed_and_nothing_of_it_is_refused(watching: Page, stage: Stage) -> None:
    for kind, path in {**stage.page_types, "api": "/api/confirm?token=none"}.items():
        watching.goto(path)
        assert watching.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", kind
        assert watching.evaluate("window.refused") == [], kind


def test_the_card_of_a_sentence_finds_its_place_under_the_policy(watching: Page, stage: Stage) -> None:
    watching.goto(stage.page_types["story-longest"])
    marker = watching.locator("a.n").first
    marker.focus()
    watching.keyboard.press("Shift+Tab")
    watching.keyboard.press("Tab")
    expect(watching.locator("#card")).to_be_visible()
    assert watching.evaluate("document.querySelector('#card').style.left") != ""
    assert watching.evaluate("window.refused") == []


def test_what_is_smuggled_into_a_page_has_no_style_and_does_not_run(watching: Page, stage: Stage) -> None:
    home = stage.house.files.files[addresses.key("/")].body.decode()
    stage.extra["/smuggled.css"] = b"main { outline: 7px solid }"
    stage.extra["/"] = home.replace("</main>", f"{SMUGGLED}</main>").encode()
    watching.goto("/")
    assert watching.evaluate("window.ran") is None
    for what in ("main", "#dressed"):
        assert watching.evaluate(f"getComputedStyle(document.querySelector('{what}')).outlineStyle") == "none"
    refused = {one.split()[0] for one in watching.evaluate("window.refused")}
    assert refused == {"style-src-elem", "style-src-attr", "script-src-elem"}


def test_a_permanent_page_keeps_its_style_whatever_later_pages_wear(watching: Page, stage: Stage) -> None:
    """It carries the style and the hash of it; the header names no hash."""
    path = stage.page_types["story-v"]
    assert "sha256" not in stage.headers["Content-Security-Policy"]
    watching.goto(path)
    assert watching.evaluate("document.querySelector('meta[http-equiv]').content").startswith("style-src 'sha256-")
    assert watching.evaluate("window.refused") == []
