"""The story page says what its version stands on, in the number that is true."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from newsroom.editions.correction import Correction
from newsroom.site import wording
from newsroom.site.coverage import tone_panel
from newsroom.site.rendering import render
from newsroom.site.story_modules import CONTENTS_FROM
from newsroom.site.story_page import StoryPage, story_page
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim, Stance

from tests.fakes.newsroom_values import NOON, a_draft, a_verdict, a_version, an_article, three_articles
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading


def page_of(version: Version, **more: Any) -> StoryPage:
    return story_page(version, HOUSE, PLACES, **more)


def html_of(version: Version, **more: Any) -> bytes:
    return render(page_of(version, **more))


def a_single_source_version() -> Version:
    article, other, _ = three_articles()
    version = a_version((article, other), draft=a_draft((article, other), writer="excerpt"))
    draft = version.draft.model_copy(update={"sources": (article.id,), "disputes": (), "quick_take": (), "stances": ()})
    body = tuple(paragraph for paragraph in draft.body if paragraph[0].id != "body-2-1")
    head = version.head.model_copy(update={"articles": 1, "unique": 1, "origins": 1, "tiers": {1: 1}})
    return version.model_copy(
        update={"draft": draft.model_copy(update={"body": body}), "sources": version.sources[:1], "head": head}
    )


def test_the_page_has_one_heading_and_its_first_link_skips_to_it() -> None:
    tree = reading.parsed(html_of(a_version()))
    assert len(list(tree.iter("h1"))) == 1
    first = next(one for one in (e for e in tree.iter() if e.tag in ("a", "button", "input")))
    assert first.get("href") == "#main"
    assert tree.find(".//main").get("id") == "main"


def test_every_fragment_leads_somewhere() -> None:
    wanted, there = reading.fragments(html_of(a_version()))
    assert wanted <= there


@pytest.mark.parametrize(
    ("writer", "words"),
    [
        ("claude", "AI-synthesised: an AI model wrote this page"),
        ("excerpt", "Excerpt digest: quotations chosen by code, no model wrote this page"),
    ],
)
def test_the_label_stands_before_the_first_module(writer: Any, words: str) -> None:
    text = reading.main_text(html_of(a_version(draft=a_draft(writer=writer))))
    assert words in text
    assert text.index(words) < text.index("The quick take")
    assert text.index(words) < 600


def test_no_page_of_an_excerpt_digest_speaks_of_an_ai_having_written() -> None:
    body = html_of(a_version(draft=a_draft(writer="excerpt")))
    assert "AI-synthesised" not in reading.main_text(body)
    assert "TrainedAlgorithmicMedia" not in body.decode()


@pytest.mark.parametrize(
    ("writer", "code", "member"),
    [
        ("claude", "compositeWithTrainedAlgorithmicMedia", "CompositeWithTrainedAlgorithmicMediaDigitalSource"),
        ("excerpt", "composite", "CompositeDigitalSource"),
        ("scripted", "algorithmicMedia", "AlgorithmicMediaDigitalSource"),
    ],
)
def test_programs_are_told_how_every_page_was_made(writer: Any, code: str, member: str) -> None:
    body = html_of(a_version(draft=a_draft(writer=writer)))
    assert reading.parsed(body).find(".//meta[@name='digital-source-type']").get("content") == code
    assert reading.linked_data(body)["@graph"][0]["digitalSourceType"] == f"https://schema.org/{member}"


@pytest.mark.parametrize("permanent", [False, True])
def test_the_label_and_how_it_was_made_lead_to_rules_standards_and_the_report(permanent: bool) -> None:
    tree = reading.parsed(html_of(a_version(), permanent=permanent))
    path = page_of(a_version()).path if permanent else ""
    for place in ("p[@class='label']", "section[@class='wide made']"):
        links = {reading.text_of(one): one.get("href") for one in tree.find(f".//{place}").iter("a")}
        assert links["How we do this"] == "/methodology/"
        assert links["Editorial standards"] == "/standards/"
        assert links["Report an error"] == f"{path}#report"


def test_a_long_page_begins_with_its_contents_and_a_short_one_does_not() -> None:
    paragraph = (Claim(id="body-9-1", kind="context", text="Both reports appeared on the same day. " * 150),)
    version = a_version()
    long = page_of(a_version(draft=a_draft(body=(*version.draft.body, paragraph))))
    short = page_of(version)
    assert long.minutes >= CONTENTS_FROM > short.minutes
    assert short.contents == ()
    tree = reading.parsed(render(long))
    links = [one.get("href") for one in tree.find(".//nav[@aria-label='On this page']").iter("a")]
    assert links == [f"#{part.id}" for part in long.contents]
    order = [one.get("id") for one in tree.iter() if f"#{one.get('id')}" in links]
    assert [f"#{one}" for one in order] == links


def test_every_fact_leads_to_a_note_that_quotes_its_source() -> None:
    version = a_version()
    page = page_of(version)
    shown = [s for paragraph in page.body for s in paragraph] + list(page.quick_take) + list(page.tldr)
    notes = {note.number: note for note in page.notes}
    facts = {claim.id: claim for claim in version.draft.claims() if claim.kind == "fact"}
    for sentence in shown:
        if sentence.id in facts:
            quoted = [quotation.text for quotation in notes[sentence.note].quotations]
            assert quoted == [version.quotes[span.sha256] for span in facts[sentence.id].spans]
            assert sentence.id in notes[sentence.note].sentences
    text = reading.main_text(render(page))
    assert all(quote in text for quote in version.quotes.values())


def test_inferences_are_labelled_with_their_mechanism() -> None:
    text = reading.main_text(html_of(a_version()))
    assert "Less coal power in the north raises the need for reserve capacity. Our inference: The plant leaves" in text


def test_a_reserved_source_is_a_link_without_any_of_its_text() -> None:
    body = html_of(a_version()).decode()
    assert "What Ostholm" not in body
    assert "https://grid-and-turbine.example/2026/11/23/ostholm" in body
    assert "Text reserved from AI use: link only" in body


def test_a_story_of_one_source_never_says_multiple() -> None:
    text = reading.main_text(html_of(a_single_source_version()))
    assert "1 article · 1 unique · 1 origin" in text
    assert "from 1 source article (1 independent origin)" in text
    assert not re.search(r"multiple|several|\bsources disagree|source articles", text, re.I)


def test_counts_are_in_the_singular_when_they_are_one() -> None:
    text = reading.main_text(html_of(a_single_source_version()))
    assert "1 publisher · 1 time window" in text
    assert not re.search(r"\b1 (articles|origins|publishers|time windows|sources|minutes)\b", text)


def test_a_sentence_is_not_told_twice_by_two_modules() -> None:
    draft = a_draft()
    repeated = Claim(id="quick-9", kind="context", text=draft.body[0][0].text)
    angle = Claim(id="why-9", kind="context", text=f"  {draft.body[0][0].text.upper()} ")
    version = a_version(draft=draft.model_copy(update={"quick_take": (repeated,), "why_it_matters": (angle,)}))
    page = page_of(version)
    assert page.quick_take == ()
    assert page.why_it_matters == ()
    assert page.body[0][0].text == repeated.text


def test_what_to_watch_keeps_its_lines_without_repeating_the_sentence() -> None:
    text = reading.main_text(html_of(a_version()))
    assert "14 December 2026 The regulator: decision on compensation" in text


def test_the_reading_time_counts_everything_shown_but_the_forms() -> None:
    version = a_version()
    forms = reading.parsed(html_of(version)).iter("form")
    shown = len(reading.main_text(html_of(version)).split()) - sum(len(reading.text_of(one).split()) for one in forms)
    counted = page_of(version).minutes * wording.WORDS_PER_MINUTE
    assert 0.6 * shown < counted < 2.2 * shown
    assert wording.words(page_of(version)) > 3 * sum(len(s.text.split()) for p in page_of(version).body for s in p)


def test_sources_are_called_what_they_are_where_they_are() -> None:
    """The disclaimer stands last, so that sources are above it, and says so."""
    text = reading.main_text(html_of(a_version()))
    assert text.index("Tier 1 1 origin") < text.rindex("Sources are listed above")
    assert text.endswith("Sources are listed above, each sentence with its own.")


def test_times_are_absolute_and_in_utc() -> None:
    tree = reading.parsed(html_of(a_version()))
    times = list(tree.iter("time"))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.get("datetime")) for one in times)
    assert all(reading.text_of(one).endswith("UTC") for one in times)
    text = reading.main_text(html_of(a_version()))
    assert not re.search(r"\b(now|live|ago|today)\b", text.replace("as it stands now", ""), re.I)


def test_a_late_story_says_how_late_it_is() -> None:
    late = a_version(published_at=NOON + timedelta(hours=26))
    assert "Published 26 hours after its newest source." in reading.main_text(html_of(late))
    assert "after its newest source" not in reading.main_text(html_of(a_version()))


def test_the_self_review_shows_score_band_caps_and_limits() -> None:
    text = reading.main_text(html_of(a_version()))
    assert "70 /100 · Solid" in text.replace("70/100", "70 /100")
    assert "Capped at 70 Two independent origins: capped at 70." in text
    assert "before caps 82" in text
    assert "The third source reserves its text; it is only linked." in text


def test_code_alone_is_named_where_no_second_model_took_part() -> None:
    draft = a_draft(writer="excerpt")
    text = reading.main_text(html_of(a_version(draft=draft, verdict=a_verdict(draft))))
    assert "No second model took part" in text


def test_an_absent_module_has_its_reason_on_the_page() -> None:
    text = reading.main_text(html_of(a_version(draft=a_draft(writer="excerpt"))))
    assert "TLDR No source looks ahead." in text
    assert "Prices This story is about no listed company" in text


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["bullish"], ""),
        (["bullish", "bullish"], ""),
        (["bearish", "bearish", "neutral"], "Bearish"),
        (["bearish", "bullish", "neutral"], ""),
        (["bearish", "bearish", "neutral", "bullish"], ""),
    ],
)
def test_tone_has_a_word_only_for_a_majority_of_three_origins(labels: list[Any], expected: str) -> None:
    stances = tuple(
        Stance(origin_id=f"o{place}", article_id=f"a{place}", label=label, reason="")
        for place, label in enumerate(labels)
    )
    panel = tone_panel(a_draft(stances=stances), ())
    assert panel
    assert panel.label == expected
    assert panel.bullish + panel.neutral + panel.bearish == len(labels)


def test_linked_data_equals_what_readers_see() -> None:
    version = a_version(number=2, published_at=NOON + timedelta(hours=1))
    body = html_of(version)
    article = reading.linked_data(body)["@graph"][0]
    tree = reading.parsed(body)
    text = reading.main_text(body)
    assert article["headline"] == reading.text_of(tree.find(".//h1"))
    assert article["description"] in text
    shown = {one.get("datetime") for one in tree.find(".//p[@class='byline']").iter("time")}
    assert shown == {article["datePublished"], article["dateModified"]}
    assert article["author"][0]["@type"] == "Organization"
    assert article["author"][0]["name"] in text
    assert article["digitalSourceType"].endswith("DigitalSource")
    links = {one.get("href") for one in tree.find(".//section[@id='sources']").iter("a")}
    assert set(article["isBasedOn"]) <= links
    assert len(article["isBasedOn"]) == len(version.sources)
    canonical = next(one for one in tree.iter("link") if one.get("rel") == "canonical")
    assert canonical.get("href") == article["@id"]


def test_a_correction_stands_on_top_in_the_linked_data_and_not_on_earlier_versions() -> None:
    version = a_version(number=2)
    correction = Correction(
        id="COR-20261123-a",
        story_id=version.story_id,
        slug=version.slug,
        headline=version.head.headline,
        version=2,
        kind="correction",
        was="a charge of €14 billion",
        now_reads="a charge of €1.4 billion",
        made_at=NOON,
    )
    body = html_of(version, corrections=[correction])
    text = reading.main_text(body)
    assert "Correction, 23 Nov 2026, 12:00 UTC." in text
    assert text.index("a charge of €14 billion") < text.index("By Europe desk")
    assert reading.linked_data(body)["@graph"][0]["correction"][0]["@type"] == "CorrectionComment"
    first = html_of(a_version(number=1), corrections=[correction], permanent=True)
    assert "€14 billion" not in first.decode()


def test_a_retracted_story_is_struck_through_and_not_indexed() -> None:
    body = html_of(a_version(retracted=True))
    assert reading.parsed(body).find(".//h1/s") is not None
    assert 'content="noindex"' in body.decode()


def test_a_permanent_version_points_at_the_story_and_takes_no_votes() -> None:
    body = html_of(a_version(), permanent=True)
    tree = reading.parsed(body)
    assert list(tree.iter("form")) == []
    canonical = next(one for one in tree.iter("link") if one.get("rel") == "canonical")
    assert "/v/" not in canonical.get("href")


def test_the_forms_carry_what_the_api_asks_for() -> None:
    version = a_version()
    tree = reading.parsed(html_of(version))
    fields = {form.get("action"): {one.get("name") for one in form.iter()} - {None} for form in tree.iter("form")}
    assert fields == {
        "/api/vote": {"story", "useful"},
        "/api/report": {"story", "version", "sentence", "kind", "text", "links", "email"},
        "/api/subscribe": {"email"},
    }
    ids = {claim.id for claim in version.draft.claims()}
    offered = {one.get("value") for one in tree.find(".//select[@id='sentence']").iter("option")} - {""}
    assert offered <= ids


def test_reading_stays_in_one_round_trip() -> None:
    import brotli

    assert len(brotli.compress(html_of(a_version()))) < 14_600


def test_a_source_with_a_link_that_is_no_link_is_named_without_one() -> None:
    version = a_version()
    hostile = version.sources[0].model_copy(update={"url": "javascript:alert(1)"})
    body = html_of(version.model_copy(update={"sources": (hostile, *version.sources[1:])}))
    assert "javascript:" not in body.decode()
    assert an_article().title in body.decode()


def test_words_in_another_language_say_which_and_may_run_from_right_to_left() -> None:
    version = a_version()
    abroad = version.sources[0].model_copy(update={"language": "ar", "title": "البنك المركزي يخفض الفائدة"})
    html = html_of(version.model_copy(update={"sources": (abroad, *version.sources[1:])})).decode()
    assert 'lang="ar" dir="auto">البنك المركزي يخفض الفائدة</a>' in html
    notes = html[html.index('id="h-notes"') :]
    told = [claim for claim in version.draft.claims() if {s.article_id for s in claim.spans} == {abroad.article_id}]
    assert told
    assert all(
        f'<span lang="ar" dir="auto">“{version.quotes[span.sha256]}”</span>' in unescape(notes)
        for claim in told
        for span in claim.spans
    )
    assert ' lang="' not in html_of(version).decode().partition("<body")[2]
