"""Reports, rulings, votes and reckonings: one contract, run on the fake and on the real archive."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from newsroom.archive.archive import Archive
from newsroom.archive.documents import Documents
from newsroom.archive.responses import Standing
from newsroom.editions.correction import Edit
from newsroom.editions.ranking import Weights, rules
from newsroom.editions.ruling import Ruling, correction_of
from newsroom.errors import ArchiveConflict, NotFound
from newsroom.readers.auditing import Audit, Judged
from newsroom.readers.reckoning import Reckoning
from newsroom.readers.reports import GivenReport, Report, decided, received

from tests.fakes.archive import FakeArchive
from tests.fakes.newsroom_values import NOON, a_version

STORY = a_version().story_id


@pytest.fixture(params=["fake", pytest.param("real", marks=[pytest.mark.cloud, pytest.mark.enable_socket])])
def archive(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeArchive()
        return
    table, bucket = request.getfixturevalue("empty_storage")
    yield Archive(table, Documents(request.getfixturevalue("local_cloud").client("s3"), bucket))


def a_report(hours: int = 0) -> Report:
    given = GivenReport(story=STORY, version=1, kind="factual", text=f"Not {hours}.")
    return received(given, "network", NOON + timedelta(hours=hours))


def a_ruling(name: str = "A", **changes: Any) -> Ruling:
    given = {
        "id": f"DEC-{name * 16}", "story_id": STORY, "kind": "correction", "was": "a", "now_reads": "b",
        "edits": (Edit(was="a", reads="b"),), "decided_at": NOON,
    }  # fmt: skip
    return Ruling.model_validate(given | changes)


def test_reports_come_back_newest_first_and_change_in_place(archive: Any) -> None:
    with pytest.raises(NotFound):
        archive.report(a_report().id)
    for hours in range(3):
        archive.store_report(a_report(hours))
    rejected = decided(a_report(1), "rejected", "No.", "", NOON)
    archive.store_report(rejected)

    assert archive.reports_since(NOON + timedelta(hours=1)) == [a_report(2), rejected]
    assert archive.report(rejected.id) == rejected


def test_a_published_story_stands_with_what_an_answer_to_a_reader_needs(archive: Any) -> None:
    assert archive.standing(STORY) is None
    version = a_version()
    archive.publish_version(version)

    assert archive.standing(STORY) == Standing(version.slug, version.number, version.head.headline)


def test_a_ruling_is_stored_once_with_its_report(archive: Any) -> None:
    archive.store_report(a_report())
    ruling = a_ruling(report_id=a_report().id)
    confirmed = decided(a_report(), "confirmed", "Yes.", ruling.id, NOON)

    assert archive.find_ruling(ruling.id) is None
    assert archive.store_ruling(ruling, confirmed)
    assert not archive.store_ruling(ruling, decided(a_report(), "confirmed", "Again.", ruling.id, NOON))
    assert archive.report(confirmed.id) == confirmed
    assert archive.find_ruling(ruling.id) == ruling
    assert archive.store_ruling(a_ruling("B", decided_at=NOON - timedelta(hours=1)), None)
    assert [one.id[-1] for one in archive.rulings()] == ["B", "A"]


def test_enacting_ends_the_report_and_tells_the_log_in_one_step(archive: Any) -> None:
    archive.store_report(a_report())
    ruling = a_ruling(report_id=a_report().id)
    archive.store_ruling(ruling, decided(a_report(), "confirmed", "Yes.", ruling.id, NOON))
    correction = correction_of(ruling, a_version(number=2, published_at=NOON + timedelta(hours=1)))
    for _ in range(2):
        archive.enact(ruling, correction)

    assert archive.rulings() == []
    assert archive.find_ruling(ruling.id) == ruling
    assert archive.corrections() == [correction]
    assert archive.corrections_of(STORY) == [correction]
    report = archive.report(a_report().id)
    assert (report.state, report.fixed_at, report.ruling_id) == ("fixed", correction.made_at, ruling.id)


def test_votes_are_counted_by_day_and_story(archive: Any) -> None:
    for day, story, useful in (("2026-11-23", "s1", True), ("2026-11-23", "s1", True), ("2026-11-23", "s2", False)):
        archive.add_vote(day, story, useful)
    archive.add_vote("2026-11-23", "s1", False)
    archive.add_vote("2026-11-24", "s1", True)

    assert archive.votes("2026-11-23") == {"s1": (2, 1), "s2": (0, 1)}
    assert archive.votes("2026-11-24") == {"s1": (1, 0)}
    assert archive.votes("2026-11-25") == {}


def test_the_first_reckoning_of_a_day_stays(archive: Any) -> None:
    first = Reckoning(day="2026-11-23", weights=rules().weights, published={"s1": "Solid"})
    other = first.model_copy(update={"published": {}})
    assert archive.store_reckoning(first) == first
    assert archive.store_reckoning(other) == first
    archive.store_reckoning(other.model_copy(update={"day": "2026-11-22"}))

    assert archive.reckoned_days() == ["2026-11-22", "2026-11-23"]
    assert archive.reckoning("2026-11-23") == first
    with pytest.raises(NotFound):
        archive.reckoning("2026-11-24")


def test_weights_are_the_last_ones(archive: Any) -> None:
    assert archive.weights() is None
    archive.store_weights(rules().weights)
    archive.store_weights(Weights(severity=0.5, breadth=0.25, standing=0.25))

    assert archive.weights() == Weights(severity=0.5, breadth=0.25, standing=0.25)


def test_an_audit_is_drawn_once_and_changed_only_by_who_read_it(archive: Any) -> None:
    assert archive.find_audit("2026-W47") is None
    assert archive.audit_weeks() == []
    drawn = Audit(week="2026-W47", sentences=())
    judged = drawn.model_copy(update={"judged": (Judged(sentence="s1/1/body-1-1", right=True, at=NOON),)})
    archive.store_audit(drawn)
    assert archive.store_audit(judged) == drawn, "the first of a week stays"
    found, tag = archive.find_audit("2026-W47")
    assert found == drawn
    assert archive.store_audit(judged, tag) == judged
    with pytest.raises(ArchiveConflict):
        archive.store_audit(drawn, tag)

    assert archive.find_audit("2026-W47")[0] == judged
    assert archive.audit_weeks() == ["2026-W47"]
