"""An accepted draft becomes a version, or is refused because its evidence is gone."""

from datetime import timedelta

import pytest
from newsroom.editions.versioning import next_version, quotes
from newsroom.errors import DraftInvalid
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim

from tests.fakes.newsroom_values import NOON, PUBLISHERS, a_draft, a_story, a_verdict, three_articles


def made(previous: Version | None = None) -> Version:
    articles = three_articles()
    story = a_story(articles)
    draft = a_draft(articles, story)
    return next_version(
        draft,
        a_verdict(draft),
        story,
        articles,
        PUBLISHERS,
        previous,
        "slug-1",
        "20261123T1200Z",
        NOON + timedelta(microseconds=987),
    )


def test_the_first_version_is_dated_to_the_second() -> None:
    version = made()
    assert (version.number, version.reason) == (1, "first")
    assert version.published_at == version.first_published_at == NOON


def test_the_head_counts_articles_texts_origins_and_tiers() -> None:
    head = made().head
    assert (head.articles, head.unique, head.origins) == (3, 3, 3)
    assert head.tiers == {1: 1, 2: 1, 3: 1}
    assert sum(head.tiers.values()) == head.origins


def test_the_next_version_keeps_slug_and_first_date() -> None:
    version = made(previous=made())
    assert version.number == 2
    assert version.first_published_at == NOON


def test_the_words_of_every_span_are_copied_in() -> None:
    version = made()
    spans = [span for claim in version.draft.claims() for span in claim.spans]
    assert {span.sha256 for span in spans} == set(version.quotes)


def test_a_source_keeps_the_tier_it_had() -> None:
    assert [source.tier for source in made().sources] == [1, 2, 3]
    assert [source.publisher for source in made().sources] == ["Harbour Wire", "Meridian Ledger", "Grid & Turbine"]


def test_evidence_that_has_changed_is_refused() -> None:
    wire, *others = three_articles()
    edited = wire.model_copy(update={"text": wire.text.replace("1.4 billion", "1.7 billion"), "revision": 2})
    with pytest.raises(DraftInvalid, match="have changed"):
        quotes(a_draft(), (edited, *others))


def test_evidence_from_a_reserved_text_is_refused() -> None:
    wire, *others = three_articles()
    with pytest.raises(DraftInvalid, match="reserved"):
        quotes(a_draft(), (wire.model_copy(update={"reserved": "tdm-reservation: 1"}), *others))


def test_a_fact_without_evidence_is_refused() -> None:
    bare = Claim(id="quick-1", kind="fact", text="It rained.")
    with pytest.raises(DraftInvalid, match="quick-1"):
        quotes(a_draft().model_copy(update={"quick_take": (bare,)}), three_articles())


def test_the_reason_of_a_version_is_what_is_new_in_it() -> None:
    first = made()
    assert made(previous=first).reason == "re-review"
    assert made(previous=first.model_copy(update={"sources": first.sources[:2]})).reason == "new-origin"


def test_what_joined_after_the_draft_was_written_is_not_in_the_version() -> None:
    articles = three_articles()
    story = a_story(articles)
    draft = a_draft(articles, story, sources=tuple(article.id for article in articles[:2]))
    version = next_version(
        draft, a_verdict(draft), story, articles[:2], PUBLISHERS, None, "slug-1", "20261123T1200Z", NOON
    )
    assert version.head.articles == 2
