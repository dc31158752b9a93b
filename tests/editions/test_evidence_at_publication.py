"""Nothing is published whose words are not, to the character, those that were reviewed."""

import pytest
from newsroom.articles.article import Article
from newsroom.editions.versioning import quotes
from newsroom.errors import DraftInvalid
from newsroom.writing.draft import Claim, Draft, Span, digest

from tests.evaluation.sample_stories import events
from tests.fakes.newsroom_values import a_draft, three_articles
from tests.fakes.sample_house import SampleHouse

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


def test_a_stored_draft_that_was_altered_after_the_review_is_refused() -> None:
    house = SampleHouse()
    story = house.accept(three_articles())
    draft: Draft = house.archive.drafts[house.archive.accepted()[0][1]]
    headline = draft.headline
    spans = tuple(span.model_copy(update={"end": span.end + 5}) for span in headline.spans)
    forged = headline.model_copy(update={"spans": spans})
    house.archive.drafts[draft.id] = draft.model_copy(update={"headline": forged})
    assert story in house.publish().refused


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
