"""A weekly sample by lot, what is found of it, and what that makes a score worth."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from newsroom.errors import ArchiveConflict, BadInput
from newsroom.readers.auditing import (
    PER_BAND,
    Audit,
    GivenJudgements,
    Judgement,
    days_of,
    draw,
    judge,
    judged_on,
    week_before,
    with_judgements,
)
from newsroom.readers.calibration import calibration
from newsroom.readers.reckoning import Reckoning, reckon, replayed
from newsroom.readers.reliability import REACH, START, STEP, refitted
from newsroom.review.rubric import rubric
from newsroom.stories.version import Head, Version

from tests.fakes.archive import FakeArchive
from tests.fakes.newsroom_values import a_version

BANDS = [band.name for band in rubric().bands]
MONDAY = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)
WEEK = "2026-W47"


def stories(count: int) -> dict[str, Version]:
    """A week's stories, each band as often as the others."""
    made = a_version()
    found = {}
    for number in range(count):
        head = made.head.model_copy(update={"story_id": f"s{number:016x}", "band": BANDS[number % len(BANDS)]})
        found[head.story_id] = made.model_copy(update={"story_id": head.story_id, "head": head})
    return found


def drawn(versions: dict[str, Version], week: str = WEEK) -> tuple[Audit, list[str]]:
    """The audit, and whose versions were read for it."""
    read: list[str] = []

    def version_of(head: Head) -> Version:
        read.append(head.story_id)
        return versions[head.story_id]

    return draw(week, [version.head for version in versions.values()], version_of), read


def test_a_week_is_monday_to_sunday_and_drawn_when_it_is_over() -> None:
    assert week_before(MONDAY) == week_before(MONDAY + timedelta(days=6)) == WEEK
    assert week_before(MONDAY - timedelta(hours=1)) == "2026-W46"
    assert days_of(WEEK) == tuple(f"2026-11-{day}" for day in range(16, 23))
    assert days_of(week_before(datetime(2027, 1, 5, tzinfo=UTC)))[0] == "2026-12-28"


def test_the_lot_draws_as_many_of_each_band_and_the_same_again_whatever_the_order() -> None:
    versions = stories(200)
    audit, read = drawn(versions)
    shuffled = dict(random.Random(1).sample(sorted(versions.items()), len(versions)))

    assert Counter(one.band for one in audit.sentences) == dict.fromkeys(BANDS, PER_BAND)
    assert len(read) == len(audit.sentences), "versions of stories that are not drawn are not read"
    assert drawn(shuffled)[0] == audit
    assert drawn(versions, "2026-W48")[0].sentences != audit.sentences
    assert len({one.id.split("/")[0] for one in audit.sentences}) == len(audit.sentences)


def test_only_facts_with_evidence_are_drawn_and_nothing_that_was_retracted() -> None:
    versions = stories(40)
    for number, version in enumerate(versions.values()):
        if number % 2:
            gone = version.head.model_copy(update={"retracted": True})
            versions[version.story_id] = version.model_copy(update={"head": gone})
    audit, _ = drawn(versions)
    facts = {claim.text for claim in a_version().draft.claims() if claim.kind == "fact"}

    assert {one.id.split("/")[0] for one in audit.sentences} == set(list(versions)[::2])
    assert {one.text for one in audit.sentences} <= facts
    assert all(one.evidence for one in audit.sentences)


def test_every_sentence_of_a_story_has_its_chance() -> None:
    versions = stories(400)
    seen = {one.id.rsplit("/", 1)[1] for week in range(10, 20) for one in drawn(versions, f"2026-W{week}")[0].sentences}

    assert seen == {claim.id for claim in a_version().draft.claims() if claim.kind == "fact" and claim.spans}


def test_the_first_judgement_stands_and_the_same_again_is_harmless() -> None:
    audit, _ = drawn(stories(5))
    first = Judgement(sentence=audit.sentences[0].id, right=False, note="It was March.")
    once = with_judgements(audit, [first], MONDAY)

    assert with_judgements(once, [first], MONDAY + timedelta(days=1)) == once
    with pytest.raises(BadInput, match="judged already"):
        with_judgements(once, [first.model_copy(update={"right": True})], MONDAY)
    with pytest.raises(BadInput, match="no sentence of that week"):
        with_judgements(audit, [Judgement(sentence="s1/1/body-1-1", right=True)], MONDAY)


def test_what_cannot_be_told_counts_for_nothing() -> None:
    audit, _ = drawn(stories(len(BANDS)))
    verdicts = [True, False, None]
    given = [Judgement(sentence=one.id, right=verdicts[at % 3]) for at, one in enumerate(audit.sentences)]
    audit = with_judgements(audit, given, MONDAY)

    assert sum(every for _, every in judged_on("2026-11-23", [audit]).values()) == sum(
        one.right is not None for one in given
    )
    assert judged_on("2026-11-24", [audit]) == {}


def test_two_auditors_at_once_lose_nothing() -> None:
    """Somebody else writes between our reading and our writing."""
    archive = FakeArchive()
    audit = archive.store_audit(drawn(stories(5))[0])
    mine, theirs = (Judgement(sentence=one.id, right=True) for one in audit.sentences[:2])
    real, meddled = archive.store_audit, []

    def store(changed: Audit, tag: str | None = None) -> Any:
        if not meddled:
            meddled.append(True)
            known, now = archive.find_audit(WEEK)
            real(with_judgements(known, [theirs], MONDAY), now)
        return real(changed, tag)

    archive.store_audit = store  # type: ignore[method-assign]
    judge(GivenJudgements(week=WEEK, judgements=(mine,)), archive, MONDAY)  # type: ignore[arg-type]

    assert {one.sentence for one in archive.find_audit(WEEK)[0].judged} == {mine.sentence, theirs.sentence}
    with pytest.raises(ArchiveConflict):
        real(audit, "tag 1")


CURVE = dict(zip(BANDS, [0.98, 0.95, 0.90, 0.82, 0.70, 0.66, 0.63], strict=False))
"""What the bands are worth, in a world of our making."""


def nights(weeks: int, seed: int, per_band: int = PER_BAND) -> Iterator[Reckoning]:
    """One a week, on which an auditor who sees everything hands in what there is."""
    chance, before = random.Random(seed), list[Reckoning]()
    for week in range(weeks):
        judged = {
            band: (sum(chance.random() < CURVE[band] for _ in range(per_band)), per_band) for band in sorted(BANDS)
        }
        day = f"{MONDAY + timedelta(days=7 * week):%Y-%m-%d}"
        before.append(reckon(day, (), {}, {}, before, judged))
        yield before[-1]


@pytest.mark.parametrize("seed", range(6))
def test_a_year_of_audits_finds_what_the_bands_are_worth(seed: int) -> None:
    last = list(nights(52, seed))[-1]

    for band in BANDS:
        assert abs(last.reliability[band] - CURVE[band]) < 0.09
    values = [last.reliability[band] for band in BANDS]
    assert values == sorted(values, reverse=True), "a better band is never worth less"


def test_a_night_moves_a_band_a_little_within_bounds_and_is_in_the_log() -> None:
    chain = list(nights(30, 7))
    now = dict.fromkeys(BANDS, START)
    for one in chain:
        assert {move.parameter for move in one.moves} == {
            f"reliability.{band}" for band in BANDS if one.reliability[band] != now[band]
        }
        for band in BANDS:
            assert abs(one.reliability[band] - now[band]) <= STEP + 1e-9
            assert abs(one.reliability[band] - START) <= REACH + 1e-9
        now = one.reliability
    assert replayed(chain) == chain
    assert all(move.judged and move.method == "audit 1" for one in chain for move in one.moves)


def test_without_judgements_nothing_moves() -> None:
    before = list(nights(3, 1))
    after = reckon("2026-12-20", (), {}, {}, before)

    assert after.reliability == before[-1].reliability
    assert after.moves == ()
    assert refitted({}, {}, BANDS) == dict.fromkeys(BANDS, START)


def test_all_wrong_ends_at_the_bound() -> None:
    now: dict[str, float] = {}
    for _ in range(20):
        now = refitted(now, dict.fromkeys(BANDS, (0, 1000)), BANDS)

    assert now == dict.fromkeys(BANDS, round(START - REACH, 4))


def test_calibration_shows_sentences_found_right_with_their_interval() -> None:
    lines = {line.band: line.audited for line in calibration(list(nights(8, 3)), BANDS)}

    for band in BANDS:
        low, high = lines[band].interval
        assert lines[band].every == 8 * PER_BAND
        assert low <= CURVE[band] <= high
