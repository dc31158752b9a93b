"""The status page tells when the last edition ended, when the next begins, and what is out of order."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from newsroom.editions.edition_run import CollectedPublisher, EditionRun
from newsroom.editions.publishing import PublishedEdition
from newsroom.editions.status import status_of, tell, worth_telling
from newsroom.readers.clocks import clocks
from newsroom.readers.reports import Report
from newsroom.site.rendering import render
from newsroom.site.status_page import status_page

from tests.fakes.newsroom_values import NOON, a_draft, a_version
from tests.fakes.published_files import FakePublishedFiles
from tests.fakes.sample_house import HOUSE
from tests.site import reading

QUIET = clocks([], NOON)
WELL = PublishedEdition("20261123T1200Z", stories_published=2, stories_held=1, objects_written=30)
BY_MODEL, BY_CODE = a_version().head, a_version(draft=a_draft(writer="excerpt")).head


def a_run(failed: int = 0, **changes: object) -> EditionRun:
    collected = tuple(CollectedPublisher(articles=1, failed=n < failed) for n in range(10))
    return EditionRun.model_validate(
        {"edition_id": "20261123T1200Z", "execution": "e", "collected": collected} | changes
    )


def test_all_is_well_when_nothing_failed_and_a_model_writes() -> None:
    files = FakePublishedFiles()
    tell(status_of(a_run(), WELL, [BY_MODEL], QUIET, NOON), files, HOUSE)
    text = reading.main_text(files.get("/status/"))
    assert "Last edition with news ended 23 Nov 2026, 12:00 UTC · the next was due 23 Nov 2026, 12:15 UTC" in text
    assert "Everything works" in text
    assert "Publishers asked 10, of which 0 did not answer" in text
    document = json.loads(files.get("/status.json"))
    assert (document["schema"], document["ended_at"], document["next_at"]) == (
        "status/1", "2026-11-23T12:00:00Z", "2026-11-23T12:15:00Z",
    )  # fmt: skip
    assert (document["publishers"], document["stories_published"], document["degraded"]) == (10, 2, [])


@pytest.mark.parametrize(
    ("run", "published", "recent", "words"),
    [
        (a_run(failed=3), WELL, [], "30 % of the publishers that were asked did not answer."),
        (a_run(outcomes=("failed", "accepted")), WELL, [], "1 story could not be written or reviewed"),
        (a_run(), WELL, [BY_CODE], "No model writes now"),
        (a_run(), WELL, [BY_CODE, BY_MODEL], "1 of the last day’s 2 stories are digests"),
        (
            a_run(),
            PublishedEdition("e", 0, 0, 0, refused={"s1": "no such span"}),
            [],
            "1 story could not be published: evidence or draft is not what was judged.",
        ),
        (
            a_run(),
            PublishedEdition("e", 1, 0, 20, unpriced="PublisherUnreachable: https://prices.example/?key=… 503"),
            [],
            "The provider of market prices did not answer: new stories show none.",
        ),
    ],
)
def test_what_is_out_of_order_is_said(run: EditionRun, published: PublishedEdition, recent: list, words: str) -> None:  # type: ignore[type-arg]
    (sentence,) = status_of(run, published, recent, QUIET, NOON).degraded
    assert sentence.startswith(words)


def a_report(hours: float, decided: float | None = None, fixed: float | None = None) -> Report:
    """Received so many hours before noon, decided and fixed so many hours later."""
    received = NOON - timedelta(hours=hours)
    return Report(
        id="RPT-A", story_id="s1", version=1, kind="factual", text="It was March.", received_at=received,
        state="received" if decided is None else "confirmed" if fixed is None else "fixed",
        decided_at=None if decided is None else received + timedelta(hours=decided),
        fixed_at=None if fixed is None else received + timedelta(hours=fixed),
    )  # fmt: skip


def test_readers_see_how_long_reports_wait_and_whether_promises_were_kept() -> None:
    files = FakePublishedFiles()
    reports = clocks([a_report(3), a_report(30), a_report(50, 2), a_report(90, 23, 47), a_report(90, 25, 49)], NOON)
    tell(status_of(a_run(), WELL, [BY_MODEL], reports, NOON), files, HOUSE)
    text, document = reading.main_text(files.get("/status/")), json.loads(files.get("/status.json"))

    assert "Open 3, the oldest for 50 hours" in text
    assert "Decided within 24 hours 50 % of those of 90 days" in text
    assert "Corrected within 48 hours 33.3 % of those confirmed" in text
    assert "2 reports of an error have waited for longer than we promise." in text
    assert (document["reports_open"], document["oldest_report_hours"]) == (3, 50.0)
    assert (document["decided_in_time"], round(document["corrected_in_time"], 3)) == (0.5, 0.333)


def test_without_a_report_no_share_is_claimed() -> None:
    files = FakePublishedFiles()
    tell(status_of(a_run(), WELL, [BY_MODEL], QUIET, NOON), files, HOUSE)

    assert "Open 0 Decided within 24 hours none had to be" in reading.main_text(files.get("/status/"))
    assert json.loads(files.get("/status.json"))["decided_in_time"] is None


def test_a_failure_that_is_tolerated_is_no_alarm() -> None:
    assert status_of(a_run(failed=2), WELL, [BY_MODEL], QUIET, NOON).degraded == ()


@pytest.mark.parametrize(
    ("ended", "following"),
    [("12:00:00", "12:15"), ("12:14:59", "12:15"), ("12:15:00", "12:30"), ("23:50:10", "00:00")],
)
def test_the_next_edition_begins_with_the_next_quarter(ended: str, following: str) -> None:
    at = datetime.fromisoformat(f"2026-11-23T{ended}").replace(tzinfo=UTC)
    status = status_of(a_run(), WELL, [BY_MODEL], QUIET, at)
    assert f"{status.next_at:%H:%M}" == following
    assert timedelta(0) < status.next_at - at <= timedelta(minutes=15)


def test_an_edition_without_news_or_trouble_leaves_the_page_as_it_is() -> None:
    still = PublishedEdition("e", stories_published=0, stories_held=1, objects_written=0)
    asked = (CollectedPublisher(articles=0, failed=False),) * 10
    assert not worth_telling(a_run(collected=asked), still)
    assert worth_telling(a_run(collected=asked), WELL)
    assert worth_telling(a_run(), still), "new articles"
    assert worth_telling(a_run(collected=asked, outcomes=("failed",)), still)
    assert worth_telling(a_run(collected=(CollectedPublisher(articles=0, failed=True),)), still)


def test_before_the_first_edition_has_ended_the_page_says_so() -> None:
    assert "The first edition has not ended yet." in reading.main_text(render(status_page(None, HOUSE)))
