"""The pages that explain the house say what the code does, from the code's own tables."""

import tomllib
from importlib.resources import files

from newsroom.editions.ranking import rules
from newsroom.publishers.publisher import TIERS
from newsroom.readers.clocks import DECIDED_WITHIN, FIXED_WITHIN
from newsroom.review.checks import CHECKS
from newsroom.site.check_table import check_table
from newsroom.site.rendering import render
from newsroom.site.rubric_table import rubric_table
from newsroom.site.standing_pages import methodology_page, text_pages
from newsroom.writing.quotations import QUOTATION_WORDS, UNQUOTED_RUN

from tests.fakes.sample_house import HOUSE
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
