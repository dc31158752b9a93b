"""The pages that explain the house say what the code does, from the code's own tables."""

import tomllib
from dataclasses import replace
from importlib.resources import files

from newsroom.editions.ranking import rules
from newsroom.publishers.publisher import TIERS
from newsroom.readers.clocks import DECIDED_WITHIN, FIXED_WITHIN
from newsroom.review.checks import CHECKS
from newsroom.settings import WireSettings
from newsroom.site.check_table import check_table
from newsroom.site.feeds import feed_document, feed_files, guide_files
from newsroom.site.openapi import openapi
from newsroom.site.rendering import LICENCE_URL, RIGHTS, render
from newsroom.site.rubric_table import rubric_table
from newsroom.site.standing_pages import methodology_page, text_pages
from newsroom.wire.fetch import Fetcher
from newsroom.writing.copy_limits import QUOTATION_WORDS, UNQUOTED_RUN
from protego import Protego

from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading


def methodology() -> str:
    return reading.main_text(render(methodology_page(rubric_table(), rules(), HOUSE)))


def standing(path: str) -> str:
    return next(reading.main_text(render(page)) for page in text_pages(HOUSE) if page.frame.path == path)


def test_the_methodology_has_every_weight_cap_band_and_tier() -> None:
    text = methodology()
    table = tomllib.loads(files("newsroom.review").joinpath("rubric.toml").read_text("utf-8"))
    for cap in table["caps"]:
        assert f"{cap['limit']} {cap['reason']}" in text
    for band in table["bands"]:
        assert f"{band['name']} {band['from']}" in text
    for tier, name in TIERS.items():
        assert f"Tier {tier}: {name}" in text
    assert f"Rubric {table['version']}" in text


def test_the_methodology_names_every_check_in_a_sentence_for_readers() -> None:
    text, told = methodology(), check_table()
    assert len(told) == len(CHECKS)
    for name, sentence in told.items():
        assert f"{name} {sentence}" in text
        assert ".md" not in sentence
        assert len(sentence.split()) > 5


def test_the_limits_of_quotation_are_those_that_the_review_applies() -> None:
    text = methodology()
    assert f"at most {QUOTATION_WORDS} words at a time" in text
    assert f"at most {UNQUOTED_RUN} words in a row" in text


def test_the_standards_promise_what_is_measured() -> None:
    decided, fixed = (int(span.total_seconds() / 3600) for span in (DECIDED_WITHIN, FIXED_WITHIN))
    assert f"acknowledged within {decided} hours and corrected within {fixed}" in standing("/standards/")


def test_privacy_tells_of_the_scripts_and_that_they_keep_nothing() -> None:
    text = standing("/privacy/")
    assert "no third parties" in text
    assert "Two small scripts of our own" in text


def test_the_about_page_names_the_operator_or_says_that_none_is_named() -> None:
    named = replace(HOUSE, operator="Example Media GmbH, owned by its staff")
    texts = [
        next(reading.main_text(render(page)) for page in text_pages(house) if page.frame.path == "/about/")
        for house in (named, HOUSE)
    ]
    assert "Footnote is published by Example Media GmbH, owned by its staff, who is responsible" in texts[0]
    assert "The operator has not given a name here" in texts[1]
    assert all("The operator pays for it. No advertising" in text for text in texts)


def test_a_publisher_reads_what_our_robot_does_and_how_to_stop_it() -> None:
    text = standing("/about/")
    agent = Fetcher(WireSettings(site_address=HOUSE.address))._agent
    assert agent.startswith("Newsroom/1.0 ")
    assert agent.endswith(f"{HOUSE.address}/about)")
    assert "It calls itself Newsroom/1.0 with the address of this page." in text
    assert "To stop it reading articles: disallow Newsroom in robots.txt." in text
    rules = Protego.parse("User-agent: Newsroom\nDisallow: /")
    assert not rules.can_fetch("https://harbour-wire.example/a", agent)


def test_the_licence_of_our_data_stands_in_every_place_that_programs_read_first() -> None:
    assert openapi(HOUSE)["info"]["license"]["url"] == LICENCE_URL
    feeds = [file.body.decode() for file in feed_files(feed_document([], HOUSE, PLACES))]
    llms = next(file.body.decode() for file in guide_files(HOUSE) if file.path == "/llms.txt")
    assert all(RIGHTS in text for text in (*feeds, llms, standing("/about/")))
