"""Nothing is published whose words are not, to the character, those that were reviewed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from newsroom.articles.article import Article
from newsroom.editions.versioning import quotes
from newsroom.errors import DraftInvalid
from newsroom.writing.draft import Claim, Draft, Span, digest
from pydantic import BaseModel

from tests.evaluation.sample_stories import events
from tests.fakes.newsroom_values import NOON, a_draft, a_story, a_verdict, an_article, three_articles
from tests.fakes.sample_house import SampleHouse, articles_at

SPANS = sorted({span for claim in a_draft().claims() for span in claim.spans}, key=lambda s: (s.article_id, s.start))


def retold(text: str, at: int, instead: str, gone: int = 1) -> str:
    """The text with some characters replaced."""
    return text[:at] + instead + text[at + gone :]


def stored(span: Span, at: int, instead: str, gone: int = 1) -> tuple[Article, ...]:
    """The three articles as they would lie in the archive if somebody had changed one within a span."""
    changed = []
    for article in three_articles():
        if article.id == span.article_id:
            title, text = article.title, article.text
            evidence = retold(article.evidence, at, instead, gone)
            cut = len(title) if at >= len(title) else len(title) + len(instead) - gone
            title, text = evidence[:cut], evidence[cut:].lstrip("\n")
            article = article.model_copy(update={"title": title, "text": text})
            assert article.evidence == evidence
        changed.append(article)
    return tuple(changed)


@pytest.mark.parametrize("span", SPANS, ids=[f"{one.start}-{one.end}" for one in SPANS])
def test_one_character_in_any_span_is_enough(span: Span) -> None:
    for at in (span.start, (span.start + span.end) // 2, span.end - 1):
        for instead, gone in (("#", 1), ("", 1), ("\u200b", 0)):
            with pytest.raises(DraftInvalid, match="have changed"):
                quotes(a_draft(), stored(span, at, instead, gone))


@pytest.mark.parametrize("span", SPANS, ids=[f"{one.start}-{one.end}" for one in SPANS])
def test_a_span_that_was_moved_widened_or_signed_anew_for_other_words_is_refused(span: Span) -> None:
    forged = [
        span.model_copy(update={"start": span.start + 1}),
        span.model_copy(update={"end": span.end - 1}),
        span.model_copy(update={"sha256": digest("whatever one likes")}),
        span.model_copy(update={"start": -3, "end": -1}),
        span.model_copy(update={"article_id": "a0000000000000000"}),
    ]
    for one in forged:
        claim = Claim(id="quick-9", kind="fact", text="So it is.", spans=(one,))
        with pytest.raises(DraftInvalid, match="quick-9"):
            quotes(a_draft().model_copy(update={"quick_take": (claim,)}), three_articles())


def test_what_was_changed_in_the_archive_after_the_review_stays_unpublished_and_is_named() -> None:
    """The review had accepted it; between the two states somebody altered a stored figure."""
    house = SampleHouse()
    story = house.accept(three_articles())
    wire = three_articles()[0]
    house.archive.all_articles[wire.id] = wire.model_copy(update={"text": wire.text.replace("1.4", "1.7")})
    published = house.publish()
    assert published.versions == ()
    assert wire.id in published.refused[story]
    assert not [key for key in house.pages() if key.startswith("story/")]
    assert house.archive.head(story) is None


def altered(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, BaseModel):
        name = next(iter(type(value).model_fields))
        return value.model_copy(update={name: altered(getattr(value, name))})
    match value:
        case None:
            return a_draft().headline
        case str():
            return f"{value}x"
        case int():
            return value + 1
        case datetime():
            return value + timedelta(seconds=1)
        case dict():
            return {**value, "ripples": "Nobody knows."}
        case tuple():
            return (altered(value[0]), *value[1:]) if value else ("a0000000000000000",)
    raise TypeError(value)


@pytest.mark.parametrize("name", sorted(set(Draft.model_fields) - {"lenses"}))
def test_a_draft_of_which_any_field_was_altered_after_the_review_is_not_published(name: str) -> None:
    house = SampleHouse()
    house.accept(articles_at(1))
    story = house.accept(three_articles())
    draft: Draft = house.archive.drafts[house.archive.verdict(a_draft().id).draft_id]
    house.archive.drafts[draft.id] = draft.model_copy(update={name: altered(getattr(draft, name))})

    published = house.publish()

    assert story in published.refused
    assert "is not the one that was judged" in published.refused[story]
    assert [story_id for story_id, _ in published.versions] == [a_story(articles_at(1)).id]
    assert house.archive.head(story) is None


def test_an_altered_update_leaves_the_version_before_it_as_it_was() -> None:
    house = SampleHouse()
    story = house.accept(three_articles())
    house.publish()
    before = house.pages()
    fourth = an_article(
        "meridian-ledger", url="https://meridian-ledger.example/late", published_at=NOON, fetched_at=NOON
    )
    articles = (*three_articles(), fourth)
    later = a_draft(articles, a_story(articles), id="later")
    house.accept(articles, draft=later)
    house.archive.drafts["later"] = later.model_copy(update={"language": "de"})

    assert story in house.publish(NOON + timedelta(minutes=15)).refused
    assert house.archive.head(story).version == 1
    assert house.pages() == before


@pytest.mark.parametrize("name", ["draft_sha256", "score", "outcome", "critic", "findings", "limitations"])
def test_a_verdict_that_was_altered_after_it_was_recorded_publishes_nothing(name: str) -> None:
    house = SampleHouse()
    story = house.accept(three_articles())
    verdict = house.archive.verdict(a_draft().id)
    house.archive.verdicts[a_draft().id] = verdict.model_copy(update={name: altered(getattr(verdict, name))})

    assert "is not the one that was recorded" in house.publish().refused[story]
    assert house.archive.head(story) is None


def test_a_verdict_of_another_draft_in_its_place_publishes_nothing() -> None:
    house = SampleHouse()
    story = house.accept(three_articles())
    house.archive.record_verdict(a_verdict(a_draft()).model_copy(update={"draft_sha256": ""}), a_story().inputs)

    assert "is not the one that was judged" in house.publish().refused[story]


def test_every_fact_of_the_sample_wire_s_digests_stands_on_words_with_their_digest() -> None:
    from newsroom.writing.assignment import Assignment
    from newsroom.writing.excerpt_writer import ExcerptWriter

    from tests.fakes.newsroom_values import NOON

    facts = 0
    for event in events().values():
        draft = ExcerptWriter().write(Assignment(event.story, event.articles, {}, NOON))
        copied = quotes(draft, event.articles)
        for claim in draft.claims():
            assert claim.kind != "fact" or claim.spans
            assert all(digest(copied[span.sha256]) == span.sha256 for span in claim.spans)
            facts += claim.kind == "fact"
    assert facts > 300
