from typing import Any

from newsroom.stories.changes import changes
from newsroom.stories.version import Change, Version
from newsroom.writing.draft import Span

from tests.fakes.newsroom_values import a_fact, a_version, three_articles


def quoted(version: Version) -> Version:
    """The version with the words of its spans copied in, as publication does."""
    articles = {article.id: article for article in three_articles()}
    words = {
        span.sha256: articles[span.article_id].evidence[span.start : span.end]
        for claim in version.draft.claims()
        for span in claim.spans
    }
    return version.model_copy(update={"quotes": words | version.quotes})


def with_sentence(version: Version, text: str, quote: str) -> Version:
    """The version with one more fact, whose span holds `quote`."""
    span = Span.over("a-new", quote, 0, len(quote))
    claim = a_fact("body-9-1", text, span)
    draft = version.draft.model_copy(update={"body": (*version.draft.body, (claim,))})
    return version.model_copy(update={"draft": draft, "quotes": version.quotes | {span.sha256: quote}})


def kinds(found: tuple[Change, ...]) -> set[str]:
    return {one.kind for one in found}


def test_equal_versions_differ_in_nothing():
    version = quoted(a_version())
    assert changes(version, version.model_copy(update={"number": 2})) == ()


def test_a_figure_that_changed_is_told_from_and_to():
    version = a_version()
    before = with_sentence(version, "Killed: 12.", "The fire killed 12 people at the Ostholm plant on Monday.")
    after = with_sentence(version, "Killed: 15.", "The fire killed 15 people at the Ostholm plant on Monday.")
    (figure,) = [one for one in changes(before, after) if one.kind == "figure"]
    assert (figure.subject, figure.before, figure.after, figure.article_id) == ("deaths", "12", "15", "a-new")


def test_a_figure_that_still_stands_beside_another_is_no_change():
    version = a_version()
    before = with_sentence(version, "3.1%.", "Inflation in Norland rose to 3.1 percent in October, data showed.")
    after = with_sentence(before, "3.4%.", "Inflation in Norland rose to 3.4 percent in October, data showed.")
    assert "figure" not in kinds(changes(before, after))


def test_sources_that_came_left_or_were_edited_are_named():
    version = a_version()
    first, *rest = version.sources
    fewer = version.model_copy(update={"sources": tuple(rest)})
    gained = changes(fewer, version)
    assert {"origin-gained", "article-gained"} == kinds(gained)
    assert {one.article_id for one in gained} == {first.article_id}
    assert {"origin-lost", "article-lost"} == kinds(changes(version, fewer))
    edited = version.model_copy(update={"sources": (first.model_copy(update={"revision": 2}), *rest)})
    assert kinds(changes(version, edited)) == {"article-revised"}


def test_claims_are_compared_by_their_evidence_not_by_their_wording():
    version = quoted(a_version())
    headline = version.draft.headline.model_copy(update={"text": "Another wording of the same evidence"})
    reworded = version.model_copy(update={"draft": version.draft.model_copy(update={"headline": headline})})
    assert changes(version, reworded) == ()
    shorter = version.model_copy(update={"draft": version.draft.model_copy(update={"quick_take": ()})})
    withdrawn = {one.subject for one in changes(version, shorter) if one.kind == "claim-withdrawn"}
    assert withdrawn == {"quick-1"}
    assert {one.subject for one in changes(shorter, version) if one.kind == "claim-added"} == {"quick-1"}


def test_headline_status_and_disputes_are_told():
    version = a_version()

    def head(**fields: Any) -> Version:
        return version.model_copy(update={"head": version.head.model_copy(update=fields)})

    (told,) = changes(head(status="breaking"), head(status="settled"))
    assert (told.kind, told.before, told.after) == ("status", "breaking", "settled")
    without = version.model_copy(update={"draft": version.draft.model_copy(update={"disputes": ()})})
    assert "dispute-opened" in kinds(changes(without, version))
    assert "dispute-closed" in kinds(changes(version, without))
