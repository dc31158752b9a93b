"""The briefing as mail programs show it: narrow and wide, light, dark, inverted, in large type."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.briefing.test_corrections_told import a_line
from tests.briefing.test_rendering import a_price, an_issue, an_item, mailed
from tests.browser.conftest import ARTEFACTS
from tests.browser.test_accessibility import RUN

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
INVERTED = "html { filter: invert(1) hue-rotate(180deg); background: #fff }"
"""What programs do that darken every mail, whatever it says of itself."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def the_mail() -> str:
    items = [an_item(number) for number in range(1, 8)]
    headline = "Central bank of Ostholm holds its rate at 3.25 % and sees inflation falling to 2 % by spring"
    items[0] = an_item(1, headline={"text": headline, "claim_ids": ("headline",)})
    items[1] = an_item(2, update=True, earlier_issue="2026-11-23", delta=("growth: 3.1 % → 3.4 %",), writer="claude")
    items[2] = an_item(3, headline={"text": "Donaudampfschifffahrtsgesellschaft" * 3, "claim_ids": ("headline",)})
    issue = an_issue(items=tuple(items), market=(a_price(), a_price(name="Gold", currency="USD", price=4100.5)))
    return mailed(issue, corrections=tuple(a_line(number) for number in range(1, 8))).html


@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize("look", ["light", "dark", "inverted", "large"])
def test_the_mail_is_readable(browser: Browser, tools_folder: Any, width: int, look: str) -> None:
    context = browser.new_context(
        java_script_enabled=True,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if look == "dark" else "light",
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(the_mail())
    if look == "inverted":
        page.add_style_tag(content=INVERTED)
    if look == "large":
        page.evaluate("document.body.style.zoom = 1.5")
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"mail-{width}-{look}.png", full_page=True)
    sideways = page.evaluate(SIDEWAYS)
    page.evaluate((tools_folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(RUN, None)
    context.close()

    assert sideways <= 0
    assert asked == [], "nothing is loaded"
    assert [one for one in found if not one.startswith(PAGE_ONLY)] == []


PAGE_ONLY = ("region:", "landmark-one-main:")
"""Landmarks are for pages: mail programs put a message into a page of theirs."""
