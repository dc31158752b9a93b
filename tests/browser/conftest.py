"""The sample site on its stage, and one Chromium to look at it with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import tools
from tests.browser.stage import Stage
from tests.fakes.sample_site import sample_house

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Two editions over the sample wire, so that stories have versions."""
    with Stage(sample_house(editions=2)) as stage:
        yield stage


@pytest.fixture(scope="session")
def tools_folder() -> Path:
    """The npm packages. Without them a test is skipped, saying so; in CI (`CI` is set) it fails."""
    try:
        return tools.installed()
    except (tools.Missing, OSError) as exc:
        return _without(exc)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one like `tools_folder`."""
    try:
        return tools.chromium()
    except (tools.Missing, OSError) as exc:
        _without(exc)
        raise


def _without(reason: Exception) -> Path:
    if os.environ.get("CI"):
        pytest.fail(f"the browser gate cannot run: {reason}", pytrace=False)
    pytest.skip(f"THE BROWSER GATE DID NOT RUN: {reason}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield one
        one.close()


@pytest.fixture
def context(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """A reader with script, at 1280 pixels."""
    one = browser.new_context(base_url=stage.address, viewport={"width": 1280, "height": 900})
    yield one
    one.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain_page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A reader without script."""
    context = browser.new_context(
        base_url=stage.address, java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()
