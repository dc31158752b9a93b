"""Every hostile string, in every field that a source or a model fills: Chromium runs none of them.

The policy that would stop scripts anyway is switched off, so that the pages themselves have to hold.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.stage import Stage
from tests.site.poison import ON_A_PAGE, a_poisoned_story_page, all_payloads, poisoned_pages

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
TRAP = """
    window.ran = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = (...given) => { window.ran.push(`${name}(${String(given[0]).slice(0, 80)})`); return 0; };
"""
"""What the payloads call; what they would fetch is in the network log."""
TOUCH = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const one of document.querySelectorAll('main *'))
        for (const kind of ['mouseover', 'mouseenter', 'focus', 'error', 'load', 'toggle', 'animationstart'])
            one.dispatchEvent(new Event(kind));
    return [...window.ran, ...[...document.querySelectorAll('script')].filter(
        one => one.type !== 'application/ld+json' && !one.src.startsWith(location.origin + '/assets/')
    ).map(one => one.outerHTML)];
}"""


class Watched:
    """A page in which whatever runs, loads or leaves is written down."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page = page
        self.stage = stage
        self.seen: list[str] = []
        page.add_init_script(TRAP)
        page.on("dialog", lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.seen.append(request.url))

    def look_at(self, body: bytes) -> list[str]:
        """What happened that should not."""
        self.seen.clear()
        self.stage.extra["/hostile/"] = body
        self.page.goto("/hostile/")
        ran = list(self.page.evaluate(TOUCH))
        fine = (f"{self.stage.address}/hostile/", f"{self.stage.address}/assets/")
        return ran + [one for one in self.seen if not one.startswith(fine)]


@pytest.fixture
def watched(browser: Browser, stage: Stage) -> Iterator[Watched]:
    context = browser.new_context(base_url=stage.address, bypass_csp=True)
    yield Watched(context.new_page(), stage)
    stage.extra.clear()
    context.close()


@pytest.mark.parametrize(
    "caught",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onmouseover=alert(1)>x</b>",
        "<svg onload=alert(1)>",
        "<iframe src=https://evil.example/></iframe>",
    ],
)
def test_what_runs_is_noticed(watched: Watched, caught: str) -> None:
    assert watched.look_at(f"<!doctype html><title>x</title><main>{caught}</main>".encode())


def test_no_payload_runs_on_a_story_page(watched: Watched, shared_data: Path) -> None:
    payloads = all_payloads(shared_data)
    words = cycle(payloads)
    for _ in range(len(payloads) // ON_A_PAGE):
        assert watched.look_at(a_poisoned_story_page(words)) == []


def test_no_payload_runs_on_any_other_page(watched: Watched, shared_data: Path) -> None:
    """A sample; all of them at `make soak`."""
    words = cycle(all_payloads(shared_data)[::7])
    for _ in range(8):
        for body in poisoned_pages(words):
            assert watched.look_at(body) == []


@pytest.mark.soak
def test_no_payload_at_all_runs_on_any_other_page(watched: Watched, shared_data: Path) -> None:
    payloads = all_payloads(shared_data)
    words = cycle(payloads)
    for _ in range(len(payloads) // 12):
        for body in poisoned_pages(words):
            assert watched.look_at(body) == []
