"""What a page costs its reader, as the browser's network log has it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
STORY_AT_MOST = 14_600
"""Bytes of the page with its style, brotli: what ten packets, a server's first flight, carry."""
HOME_AT_MOST = 20 * 1024
BLOCKING = """() => performance.getEntriesByType('resource').filter(
    one => one.renderBlockingStatus === 'blocking').map(one => new URL(one.name).pathname)"""


@dataclass(frozen=True)
class Visit:
    """`sizes`: path → bytes on the wire, bodies only."""

    sizes: dict[str, int]
    blocking: list[str]

    def bytes_of(self, *endings: str) -> int:
        return sum(size for path, size in self.sizes.items() if path.endswith(endings))


def visit(browser: Browser, stage: Stage, path: str) -> Visit:
    """One page with an empty cache."""
    context = browser.new_context(base_url=stage.address)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    sizes = {urlsplit(one.url).path: one.request.sizes()["responseBodySize"] for one in answers}
    found = Visit(sizes, page.evaluate(BLOCKING))
    context.close()
    return found


def test_the_longest_story_with_its_style_fits_a_servers_first_flight(browser: Browser, stage: Stage) -> None:
    seen = visit(browser, stage, stage.page_types["story-longest"])
    assert seen.bytes_of("/") <= STORY_AT_MOST, seen.sizes
    assert not any(path.endswith(".css") for path in seen.sizes)


def test_home_with_everything_it_loads_is_small(browser: Browser, stage: Stage) -> None:
    seen = visit(browser, stage, "/")
    assert sum(seen.sizes.values()) <= HOME_AT_MOST, seen.sizes


def test_no_page_asks_another_host_or_keeps_anything(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(base_url=stage.address)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind, path in stage.page_types.items():
        asked.clear()
        page.goto(path)
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(stage.address).netloc}, kind
        assert len(asked) <= 4, f"{kind}: {asked}"
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_no_request_holds_up_rendering(browser: Browser, stage: Stage) -> None:
    for kind in ("home", "story-longest"):
        assert visit(browser, stage, stage.page_types[kind]).blocking == [], kind


def test_a_request_that_holds_up_rendering_is_noticed(browser: Browser, stage: Stage) -> None:
    script = next(file.path for file in stage.house.files.files.values() if file.path.startswith("/assets/story."))
    stage.extra["/slow/"] = f"<!doctype html><title>x</title><script src='{script}'></script>".encode()
    assert visit(browser, stage, "/slow/").blocking == [script]
    stage.extra.clear()
