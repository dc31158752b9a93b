"""axe-core finds nothing, in light and in dark, on a page of every kind; nothing scrolls sideways or is squeezed."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ARTEFACTS
from tests.browser.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
WIDTHS = (1280, 768, 360, 320)
KEPT = {
    "home",
    "story-longest",
    "story-history",
    "country",
    "sources-0",
    "methodology",
    "search",
    "corrections",
    "status",
}
"""Kinds of pages whose screenshots stay in tests/artefacts/, at three widths and in both schemes."""
SQUEEZED = """() => [...document.querySelectorAll('main p, main li, main dd')]
    .filter(one => !one.closest('.scroll, .crumbs, .unseen') && one.checkVisibility() && one.innerText.length > 60)
    .filter(one => one.clientWidth < 120)
    .map(one => `${one.clientWidth} px for "${one.innerText.slice(0, 60)}"`)"""
"""Running text in a column of a word or less."""
RUN = """rules => axe.run(document, {resultTypes: ['violations'], ...(rules ? {runOnly: rules} : {})}).then(
    found => found.violations.map(
        one => `${one.id}: ${one.nodes.length} × ${one.help}: ${one.nodes[0].html.slice(0, 200)}`))"""


@pytest.fixture(scope="module")
def found(browser: Browser, stage: Stage, tools_folder: Path) -> dict[str, list[str]]:
    """Kind of page → everything wrong with it. All are looked at in one pass, which is the quickest."""
    axe = (tools_folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(base_url=stage.address, bypass_csp=True)
    page = context.new_page()
    wrong: dict[str, list[str]] = {}
    for kind, path in stage.page_types.items():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(path)
        page.evaluate(axe)
        wrong[kind] = [f"light: {one}" for one in page.evaluate(RUN, None)]
        wrong[kind] += _at_widths(page, kind)
        page.emulate_media(color_scheme="dark")
        wrong[kind] += [f"dark: {one}" for one in page.evaluate(RUN, ["color-contrast", "link-in-text-block"])]
        wrong[kind] += [f"narrow: {one}" for one in page.evaluate(RUN, ["target-size", "scrollable-region-focusable"])]
        if kind in KEPT:
            page.screenshot(path=_picture(kind, 320, "dark"), full_page=True)
    context.close()
    return wrong


def _at_widths(page: Any, kind: str) -> list[str]:
    """Ends at the narrowest."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if kind in KEPT and width > WIDTHS[-1]:
            page.screenshot(path=_picture(kind, width, "light"), full_page=True)
        for direction in ("rtl", "ltr"):
            page.evaluate("way => document.documentElement.dir = way", direction)
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if beyond > 0:
                wrong.append(f"{width}, {direction}: scrolls sideways by {beyond} px")
        wrong += [f"{width}: squeezed to {one}" for one in page.evaluate(SQUEEZED)]
    return wrong


def _picture(kind: str, width: int, scheme: str) -> Path:
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS / f"{kind}-{width}-{scheme}.png"


def test_every_kind_of_page_was_looked_at(found: dict[str, list[str]]) -> None:
    assert {
        "home",
        "404",
        "story",
        "story-v",
        "story-history",
        "country",
        "desk",
        "sources-0",
        "search",
    } <= found.keys()


def test_no_page_has_a_fault_in_light_or_dark_or_narrow(found: dict[str, list[str]]) -> None:
    wrong = [f"{kind}: {one}" for kind, every in found.items() for one in every]
    assert not wrong, "\n".join(wrong)
