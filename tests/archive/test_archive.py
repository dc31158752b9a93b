"""One contract for the archive, run on the fake and on PynamoDB and boto3 against the local cloud."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from newsroom.archive.archive import Archive
from newsroom.archive.documents import Documents
from newsroom.boundary import as_json
from newsroom.editions.correction import Correction
from newsroom.editions.restraint import Judged
from newsroom.errors import ArchiveConflict, BudgetSpent, DraftAltered, NotFound
from newsroom.publishers.health import FeedState
from newsroom.review.verdict import Clearance, Held

from tests.fakes.archive import FakeArchive
from tests.fakes.newsroom_values import a_draft, a_story, a_verdict, a_version, an_article, three_articles

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)


@pytest.fixture(params=["fake", pytest.param("real", marks=[pytest.mark.cloud, pytest.mark.enable_socket])])
def archive(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeArchive()
        return
    table, bucket = request.getfixturevalue("empty_storage")
    yield Archive(table, Documents(request.getfixturevalue("local_cloud").client("s3"), bucket))


def test_a_publisher_that_was_never_asked_has_a_new_state(archive: Any) -> None:
    assert archive.publisher_state("harbour-wire").health.status == "new"
    assert archive.healths(["harbour-wire"]) == {}


def test_what_is_remembered_of_a_publisher_comes_back_as_it_was(archive: Any) -> None:
    new = archive.publisher_state("harbour-wire")
    health = new.health.model_copy(
        update={"status": "failing", "failures": 3, "reason": "HTTP 500", "failing_since": NOW}
    )
    state = new.model_copy(
        update={"feeds": {"https://h.example/f": FeedState(etag='"x"')}, "seen": {"k": "a1"}, "health": health}
    )

    archive.record_publisher_state(state)

    assert archive.publisher_state("harbour-wire") == state
    assert archive.healths(["harbour-wire", "nobody"]) == {"harbour-wire": health}


def test_an_article_is_stored_once_and_counted_once(archive: Any) -> None:
    article = an_article()

    assert archive.store_article(article) is True
    assert archive.store_article(article) is False
    assert archive.article(article.id) == article
    assert archive.count_articles() == 1


def test_the_text_of_an_article_never_changes_by_storing_it_again(archive: Any) -> None:
    article = an_article()
    archive.store_article(article)

    archive.store_article(article.model_copy(update={"text": "Something else."}))

    assert archive.article(article.id) == article


def test_a_revision_takes_an_articles_place_is_grouped_again_and_keeps_the_older_one(archive: Any) -> None:
    article = an_article()
    archive.store_article(article)
    archive.mark_grouped([article.id])
    second = article.model_copy(update={"text": "Corrected.", "revision": 2})

    archive.revise_article(second)

    assert archive.article(article.id) == archive.article(article.id, 2) == second
    assert archive.article(article.id, 1) == article
    assert archive.ungrouped_articles() == [second]
    assert archive.count_articles() == 1
    with pytest.raises(ArchiveConflict):
        archive.revise_article(second)
    with pytest.raises(NotFound):
        archive.revise_article(second.model_copy(update={"id": "a-nowhere"}))


def test_a_story_whose_article_was_edited_is_due_again_and_does_not_forget_it(archive: Any) -> None:
    story = a_story()
    draft = a_draft(story=story)
    archive.store_story(story)
    archive.store_draft(draft)
    archive.record_verdict(a_verdict(draft), story.inputs)
    edited = story.members[0].article_id

    archive.store_story(story.with_revisions({edited: 2}))

    assert archive.due_stories(10) == [story.id]
    assert archive.story(story.id).revisions == {edited: 2}
    assert archive.story(story.id).inputs != story.inputs
    archive.store_story(story)
    assert archive.story(story.id).revisions == {edited: 2}


def test_articles_come_in_the_order_asked_and_an_unknown_one_is_not_found(archive: Any) -> None:
    articles = three_articles()
    for article in articles:
        archive.store_article(article)

    assert archive.articles(a.id for a in reversed(articles)) == list(reversed(articles))
    with pytest.raises(NotFound, match="a-nowhere"):
        archive.articles(["a-nowhere"])


def test_ungrouped_articles_are_read_in_the_order_of_their_dates_until_they_are_grouped(archive: Any) -> None:
    articles = three_articles()
    for article in reversed(articles):
        archive.store_article(article)

    assert archive.ungrouped_articles() == list(articles)
    assert archive.ungrouped_articles(limit=1) == [articles[0]]
    archive.mark_grouped([articles[0].id, articles[2].id])
    archive.mark_grouped([articles[0].id])
    assert archive.ungrouped_articles() == [articles[1]]


def test_the_open_index_has_one_writer_at_a_time(archive: Any) -> None:
    assert archive.open_index() == (None, None)
    archive.replace_open_index(b"first", None)
    body, tag = archive.open_index()
    assert body == b"first"

    archive.replace_open_index(b"second", tag)

    with pytest.raises(ArchiveConflict):
        archive.replace_open_index(b"late", tag)
    with pytest.raises(ArchiveConflict):
        archive.replace_open_index(b"later still", None)
    assert archive.open_index()[0] == b"second"


def test_a_story_is_due_until_it_is_judged_and_due_again_when_it_grows(archive: Any) -> None:
    articles = three_articles()
    story = a_story(articles[:2])
    archive.store_story(story)
    assert archive.story(story.id) == story
    assert archive.due_stories(10) == [story.id]

    draft = a_draft(articles, story)
    archive.store_draft(draft)
    archive.record_verdict(a_verdict(draft), story.inputs)
    assert archive.due_stories(10) == []
    archive.store_story(story)
    assert archive.due_stories(10) == []
    assert archive.accepted() == [(story.id, draft.id)]

    archive.store_story(a_story(articles))
    assert archive.due_stories(10) == [story.id]
    assert archive.accepted() == []


def test_a_verdict_on_a_draft_that_the_story_has_outgrown_leaves_the_story_due(archive: Any) -> None:
    articles = three_articles()
    old = a_story(articles[:2])
    draft = a_draft(articles, old)
    archive.store_story(old)
    archive.store_draft(draft)
    archive.store_story(a_story(articles))

    archive.record_verdict(a_verdict(draft), old.inputs)

    assert archive.due_stories(10) == [old.id]
    assert archive.verdict(draft.id) == a_verdict(draft)


def test_a_verdict_that_is_not_the_one_that_was_recorded_is_told_apart(archive: Any) -> None:
    draft, story = a_draft(), a_story()
    archive.store_story(story)
    archive.store_draft(draft)
    archive.record_verdict(a_verdict(draft), story.inputs)
    assert archive.recorded_verdict(story.id, draft.id) == a_verdict(draft)

    forged = a_verdict(draft, outcome="hold")
    if isinstance(archive, FakeArchive):
        archive.verdicts[draft.id] = forged
    else:
        archive.documents.put(f"verdicts/{draft.id}.json", as_json(forged.model_dump(mode="json")))
    with pytest.raises(DraftAltered):
        archive.recorded_verdict(story.id, draft.id)
    with pytest.raises((DraftAltered, NotFound)):
        archive.recorded_verdict("another-story", draft.id)
    with pytest.raises(NotFound):
        archive.recorded_verdict(story.id, "no-such-draft")


def test_what_an_editor_cleared_is_kept_in_order_and_once(archive: Any) -> None:
    assert archive.clearances("s1") == ()
    first = Clearance(role="duty-editor", at=NOW, draft_sha256="d1", sentences=("a", "b"))
    second = Clearance(role="legal-editor", at=NOW + timedelta(minutes=5), draft_sha256="d2", sentences=("c",))

    for one in (first, first, second):
        archive.add_clearance("s1", one)

    assert archive.clearances("s1") == (first, second)
    assert archive.clearances("s2") == ()


def test_a_held_story_keeps_its_reason(archive: Any) -> None:
    story = a_story()
    draft = a_draft(story=story)
    verdict = a_verdict(draft, outcome="hold", held_because="Only one specialist outlet reports it.")
    archive.store_story(story)
    archive.store_draft(draft)

    archive.record_verdict(verdict, story.inputs)

    assert archive.held() == [
        Held(
            story_id=story.id, draft_id=draft.id, headline=draft.headline.text,
            reason="Only one specialist outlet reports it.", at=verdict.reviewed_at,
        )
    ]  # fmt: skip
    assert archive.due_stories(10) == archive.accepted() == []


def test_a_draft_that_is_to_be_revised_leaves_its_story_due(archive: Any) -> None:
    story = a_story()
    draft = a_draft(story=story)
    archive.store_story(story)
    archive.store_draft(draft)

    archive.record_verdict(a_verdict(draft, outcome="revise"), story.inputs)

    assert archive.due_stories(10) == [story.id]
    assert archive.find_verdict(draft.id).outcome == "revise"
    assert archive.find_draft("no-such-draft") is archive.find_verdict("no-such-draft") is None


def test_what_became_of_a_models_story_counts_once_for_its_edition(archive: Any) -> None:
    for story_id, sound in (("s1", True), ("s2", False), ("s1", True), ("s3", False)):
        archive.count_judged("20261123T1915Z", story_id, sound, NOW)
    archive.count_judged("20261123T1930Z", "s4", True, NOW)

    assert archive.judged("20261123T1915Z") == Judged(sound=1, failed=2)
    assert archive.judged("20261123T1930Z") == Judged(sound=1)
    assert archive.judged("20261123T1945Z") == Judged()


def test_a_version_never_changes_and_publishing_it_again_is_harmless(archive: Any) -> None:
    version = a_version()
    story = a_story()
    archive.store_story(story)
    archive.store_draft(version.draft)
    archive.record_verdict(version.verdict, story.inputs)

    archive.publish_version(version)
    archive.publish_version(version)

    assert archive.accepted() == []
    assert archive.versions(version.story_id) == [version]
    assert archive.version(version.story_id, 1) == version
    assert archive.head(version.story_id) == version.head
    assert archive.heads() == [version.head]
    other = version.draft.model_copy(update={"id": "another-draft"})
    with pytest.raises(ArchiveConflict):
        archive.publish_version(version.model_copy(update={"draft": other}))


def test_heads_are_read_by_desk_and_by_time(archive: Any) -> None:
    version = a_version()
    archive.publish_version(version)

    assert archive.heads(desk=version.head.desk) == [version.head]
    assert archive.heads(desk="nowhere") == []
    assert archive.heads(since=version.published_at) == [version.head]
    assert archive.heads(since=version.published_at + timedelta(seconds=1)) == []
    assert archive.head("s-unknown") is None


def a_listed_head(number: int, **changes: Any) -> Any:
    at = NOW + timedelta(minutes=number)
    given = {"story_id": f"s{number}", "slug": f"story-{number}", "published_at": at, "first_published_at": at}
    return a_version().head.model_copy(update=given | changes)


def test_a_list_is_read_newest_first_as_far_as_asked_and_equals_in_time_by_their_ids(archive: Any) -> None:
    heads = [a_listed_head(number, published_at=NOW + timedelta(minutes=number // 2)) for number in range(5)]
    for head in heads:
        archive.list_head(head, ["/country/de/", "/topic/energy/"])

    assert archive.listed("/country/de/", 3) == [heads[4], heads[3], heads[2]]
    assert archive.listed("/topic/energy/", 9) == heads[::-1]
    assert archive.listed("/country/jp/", 9) == []


def test_a_story_stands_in_the_lists_it_was_put_in_last_and_once_in_each(archive: Any) -> None:
    archive.list_head(a_listed_head(1), ["/country/de/", "/topic/energy/"])
    moved_on = a_listed_head(1, version=2, published_at=NOW + timedelta(hours=3))

    archive.list_head(moved_on, ["/country/jp/", "/topic/energy/"])
    archive.list_head(moved_on, ["/country/jp/", "/topic/energy/"])

    assert archive.listed("/country/de/", 9) == []
    assert archive.listed("/country/jp/", 9) == archive.listed("/topic/energy/", 9) == [moved_on]
    assert archive.head("s1") == moved_on
    assert archive.first_published_on("2026-11-23") == [moved_on]


def test_the_register_keeps_every_story_on_the_day_of_its_first_publication(archive: Any) -> None:
    today, later = a_listed_head(1), a_listed_head(60 * 30)
    for head in (later, today):
        archive.list_head(head, ["/country/de/"])

    archive.list_head(today, [], moved=True)

    assert archive.days() == ["2026-11-23", "2026-11-25"]
    assert archive.days(after="2026-11-23") == ["2026-11-25"]
    assert archive.first_published_on("2026-11-25") == [later]
    assert archive.first_published_on("2026-11-23") == []
    assert archive.first_published_on("2026-11-23", moved=True) == [today]
    assert archive.listed("/country/de/", 9) == [later]


def test_a_slug_belongs_to_the_story_that_claimed_it_first(archive: Any) -> None:
    assert archive.claim_slug("plant-closes", "s1") is True
    assert archive.claim_slug("plant-closes", "s1") is True
    assert archive.claim_slug("plant-closes", "s2") is False
    assert archive.slug_owner("plant-closes") == "s1"
    assert archive.slug_owner("unknown") is None


def test_an_edition_is_claimed_once_and_only_for_a_later_slot(archive: Any) -> None:
    assert archive.claim_edition("20261123T191500Z", "run-1", NOW) is True
    assert archive.claim_edition("20261123T191500Z", "run-1", NOW) is True, "a repeated state keeps its claim"
    assert archive.claim_edition("20261123T191500Z", "run-2", NOW) is False
    assert archive.claim_edition("20261123T193000Z", "run-3", NOW + timedelta(minutes=15)) is False, "still running"

    archive.finish_edition("20261123T191500Z", "run-1", {"stories": 3})

    assert archive.claim_edition("20261123T191500Z", "run-4", NOW) is False
    assert archive.claim_edition("20261123T193000Z", "run-3", NOW + timedelta(minutes=15)) is True


def test_an_edition_whose_run_died_is_followed_by_another_after_an_hour(archive: Any) -> None:
    archive.claim_edition("20261123T191500Z", "run-1", NOW)

    assert archive.claim_edition("20261123T200000Z", "run-2", NOW + timedelta(minutes=59)) is False
    assert archive.claim_edition("20261123T203000Z", "run-3", NOW + timedelta(minutes=61)) is True


def test_an_issue_is_claimed_once_for_its_date(archive: Any) -> None:
    assert archive.claim_issue("2026-11-24", "run-1", NOW) is True
    assert archive.claim_issue("2026-11-24", "run-1", NOW) is True
    assert archive.claim_issue("2026-11-24", "run-2", NOW) is False
    assert archive.claim_issue("2026-11-25", "run-3", NOW) is True
    assert archive.hold_issue("2026-11-24", "run-1", NOW + timedelta(hours=4)) is True
    assert archive.hold_issue("2026-11-24", "run-2", NOW + timedelta(hours=12)) is False
    assert archive.hold_issue("2026-11-26", "run-1", NOW) is False
    assert archive.claim_issue("2026-11-24", "run-2", NOW + timedelta(hours=11)) is False, "run-1 is at work"
    assert archive.claim_issue("2026-11-24", "run-2", NOW + timedelta(hours=13)) is True, "run-1 died"

    archive.record_issue_outcome("2026-11-24", {"sent": 3})

    assert archive.claim_issue("2026-11-24", "run-9", NOW + timedelta(days=1)) is False
    assert archive.claim_issue("2026-11-24", "by-hand", NOW + timedelta(days=1), again=True) is True
    assert archive.claim_issue("2026-11-24", "by-hand-2", NOW + timedelta(days=1), again=True) is False


def test_of_those_who_follow_an_execution_that_is_gone_one_has_its_issue(archive: Any) -> None:
    assert archive.issue_claim("2026-11-24") is None
    archive.claim_issue("2026-11-24", "run-1", NOW)
    at = NOW + timedelta(minutes=1)

    assert archive.claim_issue("2026-11-24", "run-2", at, instead_of="run-9") is False
    assert archive.claim_issue("2026-11-24", "run-2", at, instead_of="run-1") is True
    assert archive.claim_issue("2026-11-24", "run-3", at, instead_of="run-1") is False
    held = archive.issue_claim("2026-11-24")
    assert (held.holder, held.held_at, held.closed, held.outcome) == ("run-2", at, False, {})

    archive.record_issue_outcome("2026-11-24", {"sent": 3})

    assert archive.claim_issue("2026-11-24", "run-4", at, instead_of="run-2") is False, "it was closed, not left"
    closed = archive.issue_claim("2026-11-24")
    assert (closed.closed, closed.outcome) == (True, {"sent": 3})


def test_the_corrections_log_is_read_newest_first(archive: Any) -> None:
    def correction(number: int) -> Correction:
        return Correction(
            id=f"COR-{number}", story_id="s1", slug="plant", headline="Plant closes", version=2, kind="correction",
            was="$3bn", now_reads="$2bn", made_at=NOW + timedelta(hours=number),
        )  # fmt: skip

    archive.store_correction(correction(1))
    archive.store_correction(correction(2))

    assert archive.corrections() == archive.corrections_of("s1") == [correction(2), correction(1)]
    assert archive.corrections(limit=1) == [correction(2)]
    assert archive.corrections_of("s2") == []


def test_money_is_reserved_before_it_is_spent_and_never_past_the_limit(archive: Any) -> None:
    archive.reserve("2026-11-23", 600, limit=1000)
    with pytest.raises(BudgetSpent):
        archive.reserve("2026-11-23", 500, limit=1000)
    archive.settle("2026-11-23", reserved=600, spent=100)

    archive.reserve("2026-11-23", 900, limit=1000)
    with pytest.raises(BudgetSpent):
        archive.reserve("2026-11-24", 1001, limit=1000)


def test_documents_are_kept_under_their_keys(archive: Any) -> None:
    archive.put_document("issues/2026-11-24/batch-0.json", b"[]")

    assert archive.document("issues/2026-11-24/batch-0.json") == b"[]"
    with pytest.raises(NotFound):
        archive.document("issues/none.json")


def test_a_merged_story_waits_for_its_redirect_and_not_for_a_writer(archive: Any) -> None:
    story = a_story(three_articles())
    archive.store_story(story)
    assert archive.due_stories(10) == [story.id]
    merged = story.model_copy(update={"members": (), "merged_into": "s00ff"})
    archive.store_story(merged)
    assert archive.due_stories(10) == []
    assert archive.merged() == [(story.id, "s00ff")]
    archive.end_merge(story.id)
    archive.end_merge(story.id)
    archive.store_story(merged)
    assert archive.merged() == []
    archive.store_story(merged.model_copy(update={"merged_into": "s01ff"}))
    assert archive.merged() == [(story.id, "s01ff")]


def test_a_document_that_is_put_first_stays(archive: Any) -> None:
    assert archive.put_first("manifests/2026-11-24/manifest.json", b"first") == b"first"
    assert archive.put_first("manifests/2026-11-24/manifest.json", b"second") == b"first"
    assert archive.document("manifests/2026-11-24/manifest.json") == b"first"
