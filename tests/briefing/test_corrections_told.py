"""A correction reaches those who were told wrong, once, and nobody else."""

import re
from datetime import timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsroom.briefing.issue import CorrectionLine, issue_id_at
from newsroom.briefing.letters import LARGEST_HTML, encoded
from newsroom.briefing.production import frozen_issue
from newsroom.briefing.send import Send
from newsroom.editions.correction import Correction
from newsroom.writing.draft import Claim, Span, digest

from tests.briefing.test_rendering import an_issue, mailed
from tests.fakes.archive import FakeArchive
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SIX, a_postman, a_told_story, subscribed
from tests.fakes.readers_archive import FakeReadersArchive

DAY = timedelta(days=1)
DAYS, STORIES, READERS = 5, 3, 3
TOLD = re.compile(r'data-correction="(COR-\d+-\d+)"')
TOLD_LINE = re.compile(r'data-correction="COR-\d+"')

mornings = st.fixed_dictionaries(
    {
        "published": st.lists(st.integers(0, DAYS - 1), min_size=STORIES, max_size=STORIES),
        "news": st.sets(st.tuples(st.integers(1, DAYS - 1), st.integers(0, STORIES - 1))),
        "corrected": st.sets(st.tuples(st.integers(1, DAYS - 1), st.integers(0, STORIES - 1)), min_size=1),
        "receipts": st.lists(st.sets(st.integers(0, DAYS - 1)), min_size=READERS, max_size=READERS),
    }
)
"""On which day each story is published; (day, story) of new facts, with which an issue has it again, and of
corrections; the days whose issue each reader received."""
TWICE_WRONG = {
    "published": [0, 4, 4],
    "news": {(1, 0)},
    "corrected": {(3, 0)},
    "receipts": [{0, 3}, {1, 3}, {0, 1, 4}],
}
"""One story in two issues, wrong in both; who received either is told."""
SIX_AT_ONCE = {
    "published": [0, 0, 0],
    "news": set(),
    "corrected": {(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0)},
    "receipts": [set(), set(), {0, 3}],
}
"""Whoever missed two mornings is told all that was corrected meanwhile."""


@settings(max_examples=30, deadline=None)
@example(TWICE_WRONG)
@example(SIX_AT_ONCE)
@given(mornings)
def test_every_correction_is_told_in_the_next_issue_that_a_reader_of_the_wrong_version_receives(plan: Any) -> None:
    archive, readers = FakeArchive(), FakeReadersArchive()
    ids = subscribed(readers, READERS)
    versions = dict.fromkeys(range(STORIES), 0)
    facts: dict[int, tuple[Claim, ...]] = dict.fromkeys(range(STORIES), ())
    heard: dict[tuple[int, str], list[int]] = {}
    for day in range(DAYS):
        before_six = SIX + day * DAY - timedelta(hours=1)
        for story in range(STORIES):
            corrected = (day, story) in plan["corrected"] and versions[story]
            news = (day, story) in plan["news"] and versions[story]
            if news:
                facts[story] += (a_fact(day, story),)
            if plan["published"][story] == day or corrected or news:
                versions[story] += 1
                draft = {"quick_take": facts[story]}
                archive.publish_version(a_told_story(story, at=before_six, version=versions[story], draft=draft))
            if corrected:
                archive.store_correction(a_correction(day, story, versions[story], before_six))
        issue = frozen_issue(archive, issue_id_at(SIX + day * DAY), owner_of=str, now=SIX + day * DAY)  # type: ignore[arg-type]
        for reader in (reader for reader in range(READERS) if day in plan["receipts"][reader]):
            mail = FakeMail()
            a_postman(readers, mail).deliver(issue, [ids[reader]])
            for told in TOLD.findall(mail.outbox[0].part("html")):
                heard.setdefault((reader, told), []).append(day)

    assert heard == expected(plan, archive)


def expected(plan: Any, archive: FakeArchive) -> dict[tuple[int, str], list[int]]:
    """By the definition: the first issue that they receive on or after the day of the correction, if one that they
    received before had the story as it was."""
    due = {}
    issues = {day: archive.issue(issue_id_at(SIX + day * DAY)) for day in range(DAYS)}
    for correction in archive.corrections():
        day, story = (int(part) for part in correction.id.split("-")[1:])
        wrong = {
            one
            for one, issue in issues.items()
            for item in issue.items
            if one < day and item.story_id == f"s{story:016x}" and item.version < correction.version
        }
        for reader in range(READERS):
            received = plan["receipts"][reader]
            later = sorted(one for one in received if one >= day)
            if later and wrong & received:
                due[reader, correction.id] = [later[0]]
    return due


def a_fact(day: int, story: int) -> Claim:
    text = f"On day {day} something new was said of story {story}."
    span = Span(article_id="a1", start=0, end=len(text), sha256=digest(text))
    return Claim(id=f"quick-{day}", kind="fact", text=text, spans=(span,))


def a_correction(day: int, story: int, version: int, at: Any) -> Correction:
    return Correction(
        id=f"COR-{day}-{story}", story_id=f"s{story:016x}", slug=f"story-{story}", headline=f"Story {story}",
        version=version, kind="correction", was="1.4", now_reads="1.6", made_at=at,
    )  # fmt: skip


def a_line(number: int = 1, **changes: Any) -> CorrectionLine:
    given = {
        "id": f"COR-{number}", "slug": "story-9", "headline": "The plant closes", "kind": "correction",
        "was": "in May", "now_reads": "in March", "issue_ids": ("2026-11-20",), "told_in": "2026-11-24",
    }  # fmt: skip
    return CorrectionLine.model_validate(given | changes)


def test_a_correction_that_was_missed_is_owed_for_a_month_and_no_longer() -> None:
    archive = FakeArchive()
    archive.store_issue(an_issue(corrections=(a_line(told_in="2026-11-24"),)))
    owed = []
    for days in (1, 29, 31):
        issue = frozen_issue(archive, issue_id_at(SIX + days * DAY), owner_of=str, now=SIX + days * DAY)  # type: ignore[arg-type]
        owed.append([line.id for line in issue.still_owed])

    assert owed == [["COR-1"], ["COR-1"], []]


def test_who_has_been_told_is_not_told_again() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    told, missed = subscribed(readers, 2)
    for reader, issue_id in ((told, "2026-11-20"), (told, "2026-11-24"), (missed, "2026-11-20")):
        readers.all_sends[issue_id, reader] = Send(
            issue_id=issue_id, subscriber_id=reader, state="sent", claimed_at=SIX
        )
    a_postman(readers, mail).deliver(an_issue(issue_id="2026-11-25", still_owed=(a_line(),)), [told, missed])

    assert {posted.tags["subscriber"]: "in March" in posted.part("plain") for posted in mail.outbox} == {
        told: False, missed: True,
    }  # fmt: skip


def test_a_mail_names_every_correction_and_has_the_words_of_the_first_five() -> None:
    content = mailed(an_issue(), corrections=tuple(a_line(number) for number in range(1, 8)))

    for part in (content.html, content.text):
        assert part.count("in March") == 5
        assert " ".join(part.split()).count("The notice on its page has both wordings.") == 2
        assert " more, in the" not in part


def test_whoever_missed_dozens_of_corrections_is_told_how_many_and_where() -> None:
    content = mailed(an_issue(), corrections=tuple(a_line(number) for number in range(1, 24)))

    assert len(TOLD_LINE.findall(content.html)) == 20
    for part in (content.html, content.text):
        assert "And 3 more" in part
        assert "/corrections/" in part.partition("And 3 more")[2]
    assert encoded(content.html) <= LARGEST_HTML


def test_long_wordings_are_left_to_the_notice() -> None:
    content = mailed(an_issue(), corrections=(a_line(was="w" * 400, now_reads="n" * 400),))

    for part in (content.html, content.text):
        assert "wwww" not in part
        assert "notice on its page" in " ".join(part.split())
