"""What a reader can do on a story page: the same with script, without it, and with nothing but a keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
SEEN = "() => document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
LINK = re.compile(r"https://news\.example(/api/confirm\?token=[\w.-]+)")
ENOUGH = 600
"""Presses of Tab within which a keyboard reaches everything on a story page."""


@pytest.fixture(params=["with script", "without script"])
def reader(request: pytest.FixtureRequest, browser: Browser, stage: Stage) -> Iterator[Page]:
    context = browser.new_context(base_url=stage.address, java_script_enabled=request.param == "with script")
    yield context.new_page()
    context.close()


@pytest.fixture
def story(stage: Stage) -> str:
    """The longest one."""
    return stage.page_types["story-longest"]


def test_without_script_a_page_says_what_it_says_with_it(browser: Browser, stage: Stage, page: Page) -> None:
    context = browser.new_context(base_url=stage.address, java_script_enabled=False, viewport=page.viewport_size)
    plain = context.new_page()
    for kind in ("home", "story-longest", "story-history", "country", "sources-0"):
        page.goto(stage.page_types[kind])
        plain.goto(stage.page_types[kind])
        assert plain.evaluate(SEEN) == page.evaluate(SEEN), kind
    context.close()


def test_every_module_is_there_to_read(reader: Page, story: str) -> None:
    reader.goto(story)
    for heading in reader.get_by_role("heading").all():
        expect(heading).to_be_visible()
    assert {"Self-review", "Coverage", "How the story spread", "Sources"} <= set(
        reader.get_by_role("heading").all_inner_texts()
    )


def test_a_sentence_leads_to_the_words_it_stands_on(reader: Page, story: str) -> None:
    reader.goto(story)
    marker = reader.locator("a.n").first
    note = reader.locator(str(marker.get_attribute("href")))
    expect(note).to_contain_text("“")
    marker.click()
    expect(note).to_be_in_viewport()


def test_a_vote_is_counted(reader: Page, stage: Stage, story: str) -> None:
    reader.goto(story)
    reader.get_by_role("button", name="Yes", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thank you")
    reader.get_by_role("link", name="Back to the story").click()
    assert reader.url.endswith(story)


def test_an_error_is_reported_and_its_state_followed(reader: Page, story: str) -> None:
    reader.goto(story)
    reader.get_by_label("Where").select_option(index=1)
    reader.get_by_label("Tell us what is wrong").fill(f"The figure is for the year, not the quarter. {id(reader)}")
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.locator("main")).to_contain_text(re.compile(r"RPT-[A-Z0-9]+"))
    reader.get_by_role("link", name="Follow its state").click()
    expect(reader.locator("main")).to_contain_text("Received")


def test_a_reader_subscribes_and_confirms(reader: Page, stage: Stage, story: str) -> None:
    reader.goto(story)
    reader.get_by_label("E-mail address").fill(f"reader{id(reader)}@inbox.example")
    reader.get_by_role("button", name="Send me the briefing").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    link = LINK.search(stage.mail.outbox[-1].part("html"))
    assert link
    reader.goto(link[1])
    reader.get_by_role("button", name="Confirm the subscription").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("You are subscribed")


def test_a_note_stands_beside_its_sentence_on_hover_and_goes_again(page: Page, story: str) -> None:
    page.goto(story)
    marker = page.locator("a.n").first
    marker.hover()
    expect(page.locator("#card")).to_be_visible()
    expect(page.locator("#card")).to_contain_text("“")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_a_note_stands_beside_its_sentence_on_tap(browser: Browser, stage: Stage, story: str) -> None:
    context = browser.new_context(
        base_url=stage.address, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(story)
    page.locator("a.n").first.tap()
    expect(page.locator("#card")).to_be_visible()
    context.close()


def test_a_keyboard_skips_to_the_story(reader: Page, story: str) -> None:
    reader.goto(story)
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.textContent") == "Skip to main content"
    expect(reader.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "main"


def test_a_keyboard_reaches_notes_and_votes(reader: Page, story: str) -> None:
    reader.goto(story)
    tab_to(reader, reader.locator("a.n").first)
    reader.keyboard.press("Enter")
    tab_to(reader, reader.get_by_role("button", name="No", exact=True))
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_focus_is_always_visible_and_never_hidden(page: Page, story: str) -> None:
    """WCAG 2.2, 2.4.7 and 2.4.11: whatever has the focus shows it, and nothing lies over it."""
    page.goto(story)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        shown = page.evaluate("""() => {
            const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
            return [ring && (one.contains(top) || !!top && top.contains(one)), one.outerHTML.slice(0, 120)];
        }""")
        if not shown[0]:
            unseen.append(shown[1])
    assert unseen == []


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until `goal` has the focus."""
    wanted = goal.element_handle()
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement === one", wanted):
            return
    pytest.fail(f"no keyboard reaches {goal}")
