"""What the sample wire must hold for a newsroom to prove itself on it; every count is taken from the content."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from infra.local.wire.event_file import Article, EventFile, dated_words, offset, paragraphs
from infra.local.wire.sample import SampleSource
from tests.local.asking import ANCHOR

FULL_TEXT_WORDS = 100


@pytest.fixture(scope="module")
def source() -> SampleSource:
    return SampleSource()


@pytest.fixture(scope="module")
def articles(source: SampleSource) -> list[Article]:
    return [article for file in source.events for article in file.articles]


def event(source: SampleSource, name: str) -> EventFile:
    return next(file for file in source.events if file.name == name)


def at(article: Article) -> timedelta:
    return offset(article.at)


def figures(text: str) -> set[str]:
    """Numbers as written, decimal comma or point alike."""
    return {number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)*", text)}


def full_text_origins(source: SampleSource, file: EventFile) -> set[str]:
    """Families whose own reporting on the event is there in full and may be read."""
    return {
        source.publishers[article.publisher].owner
        for article in file.articles
        if not article.copy_of
        and article.kind not in {"paywall", "press-release"}
        and not source.publishers[article.publisher].reserved
        and len(article.text.split()) >= FULL_TEXT_WORDS
    }


def test_publishers_are_many_from_many_countries_and_of_every_tier(source: SampleSource) -> None:
    publishers = source.publishers.values()
    assert len(publishers) >= 30
    assert len({publisher.country for publisher in publishers}) >= 14
    tiers = Counter(publisher.tier for publisher in publishers)
    assert tiers[1] >= 4
    assert tiers[2] >= 12
    assert tiers[3] >= 8


def test_every_publisher_lives_under_a_reserved_example_domain(source: SampleSource) -> None:
    hosts = [publisher.home for publisher in source.publishers.values()]
    assert len(set(hosts)) == len(hosts)
    assert all(re.fullmatch(r"https://[a-z0-9.-]+\.example/", home) for home in hosts)
    for publisher in source.publishers.values():
        assert all(feed.startswith(publisher.home) for feed in publisher.feeds)


def test_some_publishers_share_an_owner(source: SampleSource) -> None:
    families = Counter(publisher.owner for publisher in source.publishers.values())
    assert sum(size > 1 for size in families.values()) >= 3


def test_at_least_three_publishers_write_in_another_language(source: SampleSource) -> None:
    assert len({publisher.language for publisher in source.publishers.values()} - {"en"}) >= 3


def test_every_publisher_has_a_presentation_and_an_article(source: SampleSource, articles: list[Article]) -> None:
    assert set(source.presentations) == set(source.publishers)
    assert {article.publisher for article in articles} == set(source.publishers)


def test_every_feed_format_is_used_by_several_publishers(source: SampleSource) -> None:
    formats = Counter(presentation.feed for presentation in source.presentations.values())
    assert set(formats) == {"rss2", "rss1", "atom", "jsonfeed"}
    assert min(formats.values()) >= 3


def test_at_least_six_page_designs_are_used(source: SampleSource) -> None:
    assert len({presentation.design for presentation in source.presentations.values()}) >= 6


def test_events_and_articles_are_enough_for_a_news_day(source: SampleSource, articles: list[Article]) -> None:
    assert len(source.events) >= 30
    assert len(articles) >= 100
    words = [len(article.text.split()) for article in articles]
    assert sum(FULL_TEXT_WORDS <= count <= 450 for count in words) >= 0.8 * len(words)


def test_no_address_is_given_twice(source: SampleSource, articles: list[Article]) -> None:
    assert len(source.gold(ANCHOR)) == len(articles)


def test_fifteen_events_have_two_independent_origins_and_six_only_one(source: SampleSource) -> None:
    counts = [len(full_text_origins(source, file)) for file in source.events if file.event.expected == "published"]
    assert sum(count >= 2 for count in counts) >= 15
    assert sum(count == 1 for count in counts) >= 5


def test_three_events_cannot_be_published_on_their_merits(source: SampleSource) -> None:
    held = [file for file in source.events if file.event.expected == "held"]
    assert all(file.event.why for file in held)
    readable = [file for file in held if re.search("looks back|waits for an editor", file.event.why)]
    unreadable = [file for file in held if file not in readable]
    assert len(readable) == 2
    assert len(unreadable) >= 3
    for file in unreadable:
        assert not any(
            full_text_origins(source, file)
            for article in file.articles
            if article.at != "undated" and at(article) <= timedelta()
        )


def test_twelve_sites_carry_one_agency_story_and_one_newsroom_reports_itself(source: SampleSource) -> None:
    file = event(source, "brightwater-takeover")
    copies = [article for article in file.articles if article.copy_of]
    originals = [article for article in file.articles if not article.copy_of]
    assert len(file.articles) == 13
    assert len({article.publisher for article in file.articles}) == 13
    assert len(copies) == 11
    assert {article.copy_of for article in copies} == {originals[0].slug}
    assert source.publishers[originals[0].publisher].agency
    assert not source.publishers[originals[1].publisher].agency
    assert len({article.title for article in file.articles}) == 13
    assert any(article.keep for article in copies)
    assert any(article.credit for article in copies)


def test_carried_text_is_the_agencys_but_for_small_edits(source: SampleSource) -> None:
    file = event(source, "brightwater-takeover")
    agency = paragraphs(file.articles[0].text)
    for copy in (article for article in file.articles if article.copy_of):
        assert paragraphs(copy.text)[1] in {agency[1], agency[1].replace("$18.6 billion", "$18.6bn")}


def test_two_newspapers_disagree_on_one_figure(source: SampleSource) -> None:
    first, second = event(source, "india-consumer-prices").articles[:2]
    assert "3.1 per cent" in first.text
    assert "3.4 per cent" in second.text
    assert "3.4 per cent" not in first.text
    assert "3.1 per cent" not in second.text


def test_one_event_develops_over_three_hours(source: SampleSource) -> None:
    reports = event(source, "malacca-grounding").articles
    told = [at(article) for article in reports if at(article) <= timedelta()]
    assert len(told) >= 4
    assert told == sorted(told)
    assert told[-1] - told[0] >= timedelta(hours=2, minutes=30)
    assert all(figures(later.text) - figures(earlier.text) for earlier, later in pairwise(reports))


def test_an_agency_a_stub_a_release_and_a_background_piece_are_there(articles: list[Article]) -> None:
    kinds = Counter(article.kind for article in articles)
    assert kinds["paywall"] >= 1
    assert kinds["press-release"] >= 2
    assert kinds["background"] >= 1


def test_a_paywall_stub_gives_two_sentences(articles: list[Article]) -> None:
    for stub in (article for article in articles if article.kind == "paywall"):
        assert len(re.findall(r"\.(?:\s|$)", stub.text)) <= 2


def test_a_press_release_has_a_newsrooms_report_on_it(source: SampleSource) -> None:
    release, report = event(source, "verity-loom-chip").articles
    assert source.publishers[release.publisher].press_releases
    assert not source.publishers[report.publisher].press_releases


def test_reprints_run_under_another_headline_inside_and_outside_the_family(source: SampleSource) -> None:
    reprints = set()
    for file in source.events:
        by_slug = {article.slug: article for article in file.articles}
        for article in file.articles:
            original = by_slug.get(article.copy_of)
            if original and not source.publishers[original.publisher].agency:
                assert article.title != original.title
                reprints.add(source.publishers[article.publisher].owner == source.publishers[original.publisher].owner)
    assert reprints == {True, False}


def test_an_undated_and_two_future_dated_items_are_there(articles: list[Article]) -> None:
    assert any(article.at == "undated" for article in articles)
    early = [article for article in articles if article.appears and offset(article.appears) < at(article)]
    assert {at(article) for article in early if at(article) > timedelta()} >= {timedelta(hours=6), timedelta(days=3)}


def test_another_language_reports_on_events_that_english_covers_with_shared_figures(source: SampleSource) -> None:
    shared = 0
    for file in source.events:
        tongues = defaultdict(list)
        for article in file.articles:
            tongues[source.publishers[article.publisher].language].append(article)
        for language, foreign in tongues.items():
            if language != "en" and "en" in tongues:
                told = figures(foreign[0].text)
                assert any(len(told & figures(other.text)) >= 3 for other in tongues["en"])
                shared += 1
    assert shared >= 6


def test_a_reserving_publisher_covers_an_event_that_others_cover_and_one_alone(source: SampleSource) -> None:
    by_event = {
        file.name: {bool(source.publishers[article.publisher].reserved) for article in file.articles}
        for file in source.events
    }
    assert {True, False} in by_event.values()
    assert {True} in by_event.values()


def test_reserved_text_carries_a_canary_of_its_own(source: SampleSource, articles: list[Article]) -> None:
    reserved = [article for article in articles if source.publishers[article.publisher].reserved]
    canaries = [re.search(r"FAIRMONT-CANARY-[A-Z]+", article.text) for article in reserved]
    assert all(canaries)
    assert len({canary[0] for canary in canaries if canary}) == len(reserved)


def test_one_page_carries_script_handlers_and_instructions_seen_and_hidden(source: SampleSource) -> None:
    hostile = next(a for a in event(source, "lumen-grid-results").articles if "<script>" in a.text)
    assert re.search(r"\bonclick=", hostile.text)
    assert re.search(r"\bonerror=", hostile.text)
    assert "Ignore your previous instructions" in hostile.text
    assert re.search(r"display:none[^>]*>[^<]*score of 100", hostile.text)


def test_two_central_banks_decide_on_one_day_and_two_companies_report(source: SampleSource) -> None:
    banks = [event(source, name) for name in ("ottawa-rate-decision", "mexico-rate-decision")]
    companies = [event(source, name) for name in ("hanseo-quarter", "tsukihara-half-year", "lumen-grid-results")]
    for pair in (banks, companies):
        days = {(ANCHOR + at(article)).date() for file in pair for article in file.articles}
        assert len(days) == 1
        assert all(len(full_text_origins(source, file)) >= 2 for file in pair)


def test_articles_are_edited_before_and_after_the_anchor(articles: list[Article]) -> None:
    edits = [(offset(article.updated), article.revised_text) for article in articles if article.updated]
    assert any(moment < timedelta() for moment, _ in edits)
    assert any(moment > timedelta() and text for moment, text in edits)


def test_late_articles_join_stories_and_open_a_new_one(source: SampleSource) -> None:
    late = {"joins": 0, "opens": 0}
    for file in source.events:
        moments = [at(a) for a in file.articles if a.at != "undated" and not a.appears]
        coming = sum(moment > timedelta() for moment in moments)
        if coming:
            late["joins" if coming < len(moments) else "opens"] += coming
    assert late["joins"] >= 3
    assert late["opens"] >= 1
    assert 4 <= sum(late.values()) <= 6


def test_prose_has_no_placeholder_left_and_names_the_anchors_day(source: SampleSource, articles: list[Article]) -> None:
    for article in articles:
        language = article.language or source.publishers[article.publisher].language
        assert "{" not in dated_words(article.title + article.text + article.revised_text, ANCHOR, language)
    assert (
        dated_words("on {weekday}, {date}, after {last_month}", ANCHOR, "en") == "on Tuesday, 10 March, after February"
    )
    assert dated_words("am {weekday}, dem {date}", ANCHOR, "de") == "am Dienstag, dem 10. März"
