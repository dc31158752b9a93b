"""Fifteen faults of the page that this site set out to better, each by the number under which it is known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from newsroom.articles.article import Article
from newsroom.markets.quotes import Quote
from newsroom.publishers.publisher import TIERS
from newsroom.review.reviewing import review
from newsroom.review.verdict import Verdict
from newsroom.site import registry_pages
from newsroom.site.coverage import tone_panel
from newsroom.site.disclosure import indexed
from newsroom.site.feeds import feed_document
from newsroom.site.rendering import render
from newsroom.site.story_page import StoryPage, story_page
from newsroom.site.wording import WORDS_PER_MINUTE
from newsroom.stories.occasion import Occasion
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim, Stance
from newsroom.writing.excerpt_writer import ExcerptWriter

from tests.fakes.newsroom_values import NOON, PUBLISHERS, a_draft, a_version, three_articles
from tests.fakes.press import LEDGER, WIRE, an_article, an_assignment, wire
from tests.fakes.press import PUBLISHERS as PRESS
from tests.fakes.sample_house import HOUSE, PLACES, SampleHouse
from tests.site import reading


def page_of(version: Version, **more: Any) -> StoryPage:
    return story_page(version, HOUSE, PLACES, **more)


def html_of(version: Version, **more: Any) -> bytes:
    return render(page_of(version, **more))


def text_of(version: Version, **more: Any) -> str:
    return reading.main_text(html_of(version, **more))


def digest_of(*articles: Article) -> Verdict:
    assignment = an_assignment(*articles)
    draft = ExcerptWriter().write(assignment)
    return review(draft, articles, assignment.story, PRESS, None, NOON)


def with_occasion(occasion: Occasion) -> Version:
    version = a_version()
    return version.model_copy(update={"head": version.head.model_copy(update={"occasion": occasion})})


def from_one_source() -> Version:
    """The agency's report alone."""
    first, second, _ = three_articles()
    version = a_version((first, second))
    draft = version.draft
    kept = {"quick_take": (), "disputes": (), "stances": (), "body": (draft.body[0], draft.body[2])}
    head = version.head.model_copy(update={"articles": 1, "unique": 1, "origins": 1, "tiers": {1: 1, 2: 0, 3: 0}})
    return version.model_copy(
        update={
            "draft": draft.model_copy(update={"sources": (first.id,), **kept}),
            "sources": version.sources[:1],
            "head": head,
        }
    )


@pytest.fixture(scope="module")
def site() -> SampleHouse:
    house = SampleHouse()
    house.accept(three_articles())
    house.accept_several(3)
    house.publish()
    return house


def test_t1_one_source_is_never_called_several() -> None:
    text = text_of(from_one_source())
    assert "from 1 source article (1 independent origin)" in text
    assert not re.search(r"multiple|several sources|various sources|sources disagree|source articles", text, re.I)


def test_t2_the_tier_on_a_story_is_the_registrys_and_the_legend_has_one_origin() -> None:
    listed = registry_pages.entries(list(PUBLISHERS.values()), {}, PLACES, {})
    registry = reading.main_text(render(registry_pages.sources_page(listed, HOUSE)))
    version = a_version()
    text = text_of(version)
    for tier, name in TIERS.items():
        assert f"Tier {tier}: {name}" in text
        assert name.capitalize() in registry
    shown = {
        card.publisher: group.tier for group in page_of(version).source_list for o in group.groups for card in o.cards
    }
    assert shown == {one.name: one.tier for one in PUBLISHERS.values()}


def test_t3_a_story_of_one_source_asks_not_to_be_found() -> None:
    assert not indexed(from_one_source().head)
    assert b'content="noindex"' in html_of(from_one_source())
    assert indexed(a_version().head)


def test_t3_what_looks_back_or_explains_is_no_news_of_one_origin() -> None:
    looking_back = an_article("a-1", "meridian-ledger", "Five years after Fjordkraft shut two lines, Ålvik waits", WIRE)
    explaining = an_article("a-2", "harbour-wire", "Explainer: why smelters close at Ålvik", LEDGER, 3)
    for told in ((looking_back,), (explaining,)):
        verdict = digest_of(*told)
        assert (verdict.outcome, verdict.held_because.endswith("there is no news in it.")) == ("hold", True)
    assert digest_of(wire(), explaining).outcome == "accept"
    again = an_article("a-3", "fjord-gazette", "Ten years on, Ålvik remembers two lines", LEDGER, 4)
    assert digest_of(looking_back, again).held_because.startswith("Most of its sources look back")
    page = html_of(with_occasion("explainer"))
    assert b"Explainer" in page
    assert b"Developing" not in page


def test_t4_a_desk_signs_and_no_invented_person() -> None:
    version = a_version()
    tree = reading.parsed(html_of(version))
    authors = [one for one in tree.iter("a") if one.get("rel") == "author"]
    assert [(one.text, one.get("href")) for one in authors] == [("Europe desk", "/desk/europe/")]
    (author,) = reading.linked_data(html_of(version))["@graph"][0]["author"]
    assert author["@type"] == "Organization"
    assert author["name"] == "Europe desk"


def test_t5_every_sentence_leads_to_its_evidence_or_says_that_it_has_none() -> None:
    page = page_of(a_version())
    notes = {note.number for note in page.notes}
    assert len(page.reportable) > 12
    for sentence in page.reportable:
        assert sentence.note in notes or sentence.label in ("our inference", "context"), sentence.text
    tree = reading.parsed(render(page))
    inferences = [one for one in tree.iter("span") if "inf" in (one.get("class") or "").split()]
    labels = [one for one in tree.iter("span") if (one.get("class") == "kind") and "Our inference" in (one.text or "")]
    assert len(inferences) == len(labels) >= 3


def test_t6_one_report_is_no_mood(site: SampleHouse) -> None:
    one = Stance(origin_id="o1", article_id="a1", label="bullish", reason="")
    panel = tone_panel(a_draft(stances=(one,)), ())
    assert panel
    assert (panel.label, panel.bullish) == ("", 1)
    assert "1 of 1 origin could be read for tone: too few to name a mood." in panel.note
    assert "no forecast of prices" in reading.main_text(site.files.get("/methodology/"))


def test_t7_no_price_is_shown_that_nobody_gives_and_each_has_all_that_makes_it_a_fact() -> None:
    bare = text_of(a_version())
    assert "Prices This story is about no listed company" in bare
    assert not re.search(r"live price|SSE:|\bSPX\b|real.?time", bare, re.I)
    own = Quote(
        instrument="rwe", name="RWE", symbol="RWE", venue="XETR", currency="EUR", price=40.0, previous_close=41.0,
        as_of=NOON, kind="last", delay_minutes=15, source="Sample data",
    )  # fmt: skip
    index = own.model_copy(update={"instrument": "dax", "name": "DAX", "symbol": "DAX", "currency": "points"})
    panel = reading.parsed(html_of(a_version().model_copy(update={"prices": (own, index)}))).find(
        ".//section[@id='prices']"
    )
    assert panel is not None
    text = reading.text_of(panel)
    for words in ("40.00 EUR", "−2.44 %", "15 min late", "23 Nov 2026, 12:00 UTC", "Sample data"):
        assert words in text
    assert text.index("RWE") < text.index("DAX") < text.index("benchmark")


def test_t8_no_sentence_is_told_by_two_modules() -> None:
    draft = a_draft()
    first = draft.body[0][0].text
    assert draft.standfirst
    twice = draft.model_copy(
        update={
            "quick_take": (Claim(id="q", kind="context", text=draft.standfirst.text),),
            "why_it_matters": (Claim(id="w", kind="context", text=first),),
            "lenses": {"asia": (Claim(id="l", kind="context", text=first.upper()),)},
        }
    )
    page = page_of(a_version(draft=twice))
    assert (page.quick_take, page.why_it_matters, page.lenses) == ((), (), ())
    texts = [
        " ".join(sentence.text.lower().split()) for sentence in page.reportable if not sentence.id.startswith("watch")
    ]
    assert len(texts) == len(set(texts))


def test_t9_nothing_is_kept_for_those_who_pay(site: SampleHouse) -> None:
    for key, body in site.pages().items():
        if key.endswith(".html"):
            assert not re.search(r"\bPRO\b|paywall|upgrade|unlock|members only", reading.main_text(body)), key
    article = reading.linked_data(html_of(a_version()))["@graph"][0]
    assert article["isAccessibleForFree"] is True


def test_t10_one_is_singular() -> None:
    text = text_of(from_one_source())
    assert "1 publisher · 1 time window" in text
    assert not re.search(r"\b1 (articles|origins|publishers|time windows|source articles|stories|minutes|mins)\b", text)


def test_t11_nothing_that_is_stored_says_live_or_ago(site: SampleHouse) -> None:
    for key, body in site.pages().items():
        if key.startswith(("story/", "index.html", "country/", "desk/", "archive/")) and key.endswith(".html"):
            text = reading.main_text(body).replace("as it stands now", "").replace("stands here now", "")
            assert not re.search(r"\b(live|ago|just in|today|yesterday)\b", text, re.I), key


def test_t12_the_reading_time_counts_all_that_is_shown() -> None:
    version = a_version()
    outside_forms = reading.main_text(html_of(version)).split("Was this page useful?")[0]
    assert page_of(version).minutes >= len(outside_forms.split()) // WORDS_PER_MINUTE
    body = sum(len(sentence.text.split()) for paragraph in page_of(version).body for sentence in paragraph)
    assert page_of(version).minutes > body / WORDS_PER_MINUTE + 1


def test_t13_sources_that_are_called_above_stand_above() -> None:
    text = text_of(a_version())
    assert text.index("Sources Tier 1") < text.index("Sources are listed above")
    assert not re.search(r"sources (?:cited|listed) below", text, re.I)


def test_t14_every_file_says_that_it_is_utf_8_and_is(site: SampleHouse) -> None:
    for key, file in site.files.files.items():
        if file.content_type.split("/")[0] == "text" or "json" in file.content_type or "rss" in file.content_type:
            assert "charset=utf-8" in file.content_type, key
            text = file.body.decode("utf-8")
            assert not re.search("Ã[\x80-¿]|â€|ï»¿|๐", text), key
        if key.endswith(".html"):
            assert b'<meta charset="utf-8">' in file.body[:200], key


def test_t15_a_story_that_comes_late_says_so_in_its_head() -> None:
    late = a_version(published_at=NOON + timedelta(hours=26))
    head = reading.parsed(html_of(late)).find(".//header[@class='head']")
    assert "Published 26 hours after its newest source." in reading.text_of(head)
    quiet = a_version().head.model_copy(update={"status": "quiet"})
    assert "No new reporting since" in text_of(a_version().model_copy(update={"head": quiet}))


def test_every_feed_item_keeps_the_same_promises() -> None:
    head = from_one_source().head
    text = render(feed_document([head], HOUSE, PLACES)).decode()
    assert "1 article · 1 unique · 1 origin" in text
    assert "<dc:creator>Europe desk</dc:creator>" in text


def test_each_of_the_fifteen_has_its_test() -> None:
    named = {int(number) for name in globals() for number in re.findall(r"^test_t(\d+)_", name)}
    assert named == set(range(1, 16))
