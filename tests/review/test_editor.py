"""What is said of people waits for an editor, is cleared once, sentence by sentence, and then goes out."""

from datetime import timedelta
from typing import Any

import pytest
from newsroom.errors import BadInput, DraftAltered
from newsroom.review import people_accused
from newsroom.review.clearing import Clearing, clear, read_clearance
from newsroom.review.editor import WAITS, as_the_editor_left, before_readers
from newsroom.review.judging import ReviewOrder, review_story
from newsroom.review.verdict import Clearance, Verdict
from newsroom.writing.draft import Claim, Draft

from tests.fakes.archive import FakeArchive
from tests.fakes.press import NOON, PUBLISHERS, a_draft, a_fact, a_story, ledger, wire

ACCUSED = (
    "Police in Bergen arrested Ola Nordmann, a former director of the smelter, on suspicion of fraud over power. "
    "Nordmann denies wrongdoing."
)
PAPER = wire(text=wire().text + "\n\n" + ACCUSED)
STORY = a_story(PAPER, ledger())
LATER = NOON + timedelta(hours=1)


def told(*sentences: tuple[str, str], **changes: Any) -> Draft:
    """The clean draft with sentences about a person (text, its quotation) in a paragraph of their own."""
    claims = tuple(a_fact(f"body-4-{n}", text, (PAPER, words)) for n, (text, words) in enumerate(sentences, 1))
    draft = a_draft()
    return draft.model_copy(update={"inputs": STORY.inputs, "body": (*draft.body, claims)} | changes)


ARRESTED = (
    "Police arrested former director Ola Nordmann on suspicion of fraud.",
    "Police in Bergen arrested Ola Nordmann, a former director of the smelter, on suspicion of fraud",
)
DENIES = ("Nordmann denies wrongdoing.", "Nordmann denies wrongdoing")


def an_archive(draft: Draft) -> FakeArchive:
    archive = FakeArchive()
    for article in (PAPER, ledger()):
        archive.store_article(article)
    archive.store_story(STORY)
    archive.store_draft(draft)
    return archive


def reviewed(archive: FakeArchive, draft: Draft, **policy: Any) -> Verdict:
    archive.store_draft(draft)
    order = ReviewOrder(edition_id="e", story_id=STORY.id, draft_id=draft.id)
    return review_story(order, archive=archive, critic=None, publishers=PUBLISHERS, now=NOON, **policy)


def cleared(archive: FakeArchive, draft: Draft, **changes: str) -> Clearing:
    event = {"draft_id": draft.id, "draft_sha256": draft.sha256, "role": "duty-editor"} | changes
    return clear(read_clearance(event), archive, LATER)


def test_a_story_that_says_a_named_person_was_arrested_waits_for_an_editor() -> None:
    draft = told(ARRESTED)
    archive = an_archive(draft)

    verdict = reviewed(archive, draft)

    assert (verdict.outcome, verdict.held_because, verdict.awaits_editor) == ("hold", WAITS, True)
    assert [found.claim_id for found in verdict.findings if found.check == people_accused.NAME] == ["body-4-1"]
    assert [one.reason for one in archive.held()] == [WAITS]
    assert archive.accepted() == []


def test_the_operator_may_let_such_stories_pass_and_the_finding_stays_on_record() -> None:
    draft = told(ARRESTED)
    archive = an_archive(draft)

    verdict = reviewed(archive, draft, people_accused="publish")

    assert (verdict.outcome, verdict.awaits_editor, verdict.cleared) == ("accept", False, None)
    assert any(found.check == people_accused.NAME for found in verdict.findings)


def test_a_draft_that_says_nothing_of_people_waits_for_nobody() -> None:
    draft = told()
    assert reviewed(an_archive(draft), draft).outcome == "accept"


def test_the_editor_is_shown_the_sentence_and_its_evidence() -> None:
    draft = told(ARRESTED)
    archive = an_archive(draft)
    reviewed(archive, draft)

    (one,) = clear(read_clearance({}), archive, LATER).waiting

    assert (one.draft_id, one.draft_sha256, one.since) == (draft.id, draft.sha256, draft.written_at)
    assert [(s.text, s.evidence) for s in one.sentences] == [(ARRESTED[0], (ARRESTED[1],))]


def test_what_an_editor_cleared_is_accepted_with_role_and_time_and_a_second_call_changes_nothing() -> None:
    draft = told(ARRESTED)
    archive = an_archive(draft)
    reviewed(archive, draft)

    first = cleared(archive, draft)
    state = (dict(archive.verdicts), archive.clearances(STORY.id), dict(archive.shelves))
    again = cleared(archive, draft, role="legal-editor")

    assert first.cleared == again.cleared
    assert first.cleared is not None
    assert (first.cleared.role, first.cleared.at, first.repeated, again.repeated) == ("duty-editor", LATER, False, True)
    assert first.waiting == ()
    assert archive.accepted() == [(STORY.id, draft.id)]
    assert archive.verdict(draft.id).cleared == first.cleared
    assert (dict(archive.verdicts), archive.clearances(STORY.id), dict(archive.shelves)) == state


def test_a_later_draft_with_the_same_sentences_about_people_needs_no_editor_and_one_with_others_does() -> None:
    archive = an_archive(first := told(ARRESTED))
    reviewed(archive, first)
    cleared(archive, first)

    other_words = told(ARRESTED, id="second", gaps=())
    assert other_words.sha256 != first.sha256
    assert reviewed(archive, other_words).outcome == "accept"

    more = told(ARRESTED, DENIES, id="third")
    assert reviewed(archive, more).awaits_editor
    cleared(archive, more)
    assert archive.verdict("third").outcome == "accept"
    assert reviewed(archive, told(DENIES, id="fourth")).outcome == "accept"
    changed = (ARRESTED[0].replace("former director ", "director "), ARRESTED[1])
    assert reviewed(archive, told(changed, id="fifth")).outcome == "hold"


def test_a_repeated_review_of_a_cleared_draft_leaves_it_cleared() -> None:
    archive = an_archive(draft := told(ARRESTED))
    held = reviewed(archive, draft)
    cleared(archive, draft)

    assert reviewed(archive, draft).cleared
    archive.record_verdict(held, draft.inputs)  # a worker that had read before the editor, and wrote after
    assert reviewed(archive, draft).outcome == "accept"


def test_a_crash_between_clearance_and_verdict_is_mended_by_the_same_call() -> None:
    archive = an_archive(draft := told(ARRESTED))
    held = reviewed(archive, draft)
    cleared(archive, draft)
    archive.record_verdict(held, draft.inputs)

    assert cleared(archive, draft).repeated
    assert archive.accepted() == [(STORY.id, draft.id)]


def test_a_draft_that_grew_old_while_it_waited_does_not_go_out_and_the_next_one_need_not_wait() -> None:
    archive = an_archive(draft := told(ARRESTED))
    reviewed(archive, draft)
    grown = a_story(PAPER, ledger(), wire(text="Another report.").model_copy(update={"id": "wire-2"}))
    archive.store_story(grown.model_copy(update={"id": STORY.id}))

    cleared(archive, draft)

    assert archive.accepted() == []
    assert archive.due_stories(5) == [STORY.id]
    assert archive.clearances(STORY.id)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"draft_id": "d"}, "takes draft_id, draft_sha256 and role"),
        ({"draft_id": "d", "draft_sha256": "x", "role": "Jane Doe"}, "role"),
        ({"everything": True}, "everything"),
    ],
)
def test_a_payload_that_is_none_says_what_does_not_fit(event: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        read_clearance(event)


def test_only_what_was_read_and_judged_is_cleared() -> None:
    archive = an_archive(draft := told(ARRESTED))
    reviewed(archive, draft)
    with pytest.raises(BadInput, match="another draft"):
        cleared(archive, draft, draft_sha256="0" * 64)
    archive.store_draft(draft.model_copy(update={"headline": Claim(id="headline", kind="context", text="He did it.")}))
    with pytest.raises(DraftAltered):
        cleared(archive, draft)

    harmless = told(id="harmless")
    reviewed(archive, harmless)
    with pytest.raises(BadInput, match="waits for no editor"):
        cleared(archive, harmless)
    assert archive.clearances(STORY.id) == ()


def test_the_gate_answers_its_own_answers_the_same_and_a_replay_ends_where_it_ended() -> None:
    archive = an_archive(draft := told(ARRESTED))
    plain = reviewed(archive, draft, people_accused="publish")
    held = before_readers(plain, draft, (), "hold")
    assert before_readers(held, draft, (), "hold") == held
    assert before_readers(held, draft, (), "publish") == plain
    reviewed(archive, draft)
    cleared(archive, draft)
    done = archive.verdict(draft.id)
    assert before_readers(done, draft, archive.clearances(STORY.id), "hold") == done

    for kept in (plain, held, done):
        assert as_the_editor_left(plain, draft, kept) == kept


def test_what_stands_in_no_sentence_is_read_anew_with_every_draft() -> None:
    reason = {"watch": "Ola Nordmann was arrested, so nobody speaks for the plant."}
    archive = an_archive(first := told(absent=reason))
    assert reviewed(archive, first).awaits_editor
    cleared(archive, first)
    assert archive.verdict(first.id).outcome == "accept"
    assert reviewed(archive, told(absent=reason, id="second", gaps=())).awaits_editor


def test_clearances_of_other_sentences_clear_nothing() -> None:
    draft = told(ARRESTED)
    archive = an_archive(draft)
    other = Clearance(role="duty-editor", at=NOON, draft_sha256=draft.sha256, sentences=("0" * 64,))
    archive.add_clearance(STORY.id, other)
    assert reviewed(archive, draft).awaits_editor
