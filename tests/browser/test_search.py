"""Search in the browser over lists of the site; and the archive by day for those without script."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def ask(page: Page, question: str) -> None:
    page.goto("/search/")
    page.get_by_role("searchbox").fill(question)
    page.keyboard.press("Enter")


def test_words_of_a_headline_lead_to_the_story(page: Page) -> None:
    page.goto("/")
    headline = page.locator("h2 a").first.inner_text()
    ask(page, " ".join(headline.split()[:4]).upper())
    link = page.locator("#found a").first
    expect(link).to_have_text(headline)
    expect(page.get_by_role("status")).to_contain_text("found")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)


def test_a_question_can_be_linked(page: Page) -> None:
    page.goto("/search/?q=origin%20copper")
    expect(page.get_by_role("searchbox")).to_have_value("origin copper")


def test_what_is_not_there_is_said(page: Page) -> None:
    ask(page, "zzyzx qwxv")
    expect(page.get_by_role("status")).to_have_text("No story has all of these words.")
    expect(page.locator("#found li")).to_have_count(0)


def test_twenty_are_shown_and_older_ones_on_demand(page: Page) -> None:
    ask(page, "desk")
    found = page.locator("#found li")
    expect(found).to_have_count(20)
    page.get_by_role("button", name="Older stories").click()
    expect(page.get_by_role("status")).to_contain_text("that is all")
    assert found.count() > 20
    expect(page.get_by_role("button", name="Older stories")).to_be_hidden()


def test_a_question_is_text_and_never_markup(page: Page) -> None:
    ask(page, "<img src=x onerror=document.title='run'>")
    expect(page.get_by_role("status")).to_have_text("No story has all of these words.")
    assert page.title() != "run"


def test_without_script_the_archive_by_day_leads_to_every_story(plain_page: Page) -> None:
    plain_page.goto("/search/")
    plain_page.get_by_role("link", name="archive by day").first.click()
    for _ in range(2):
        plain_page.locator(".directory a").first.click()
    link = plain_page.locator(".lines a").first
    headline = link.inner_text()
    link.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(headline)


def test_a_sentence_can_be_reported_from_its_note(page: Page) -> None:
    page.goto("/archive/")
    for kind in (".directory a", ".directory a", ".lines a"):
        page.locator(kind).first.click()
    marker = page.locator(".body a.n").first
    sentence = marker.evaluate("one => one.previousElementSibling.id")
    marker.hover()
    page.get_by_role("link", name="Report this sentence").click()
    assert page.locator("#sentence").input_value() == sentence
    expect(page.locator("#report")).to_be_in_viewport()
