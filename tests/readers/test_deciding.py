"""What the desk decides, and what an edition makes of it."""

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from newsroom.briefing.issue import Issue, Item, Line
from newsroom.briefing.production import frozen_issue
from newsroom.editions.correction import Edit
from newsroom.editions.ruling import Ruling, ruled_version
from newsroom.errors import BadInput, NotFound
from newsroom.readers.deciding import Outcome, decide, read_decision
from newsroom.readers.reports import GivenReport, received

from tests.fakes.newsroom_values import NOON, a_draft, a_story, a_version, an_article, three_articles
from tests.fakes.sample_house import SampleHouse
from tests.site import reading

STORY = a_story().id
PATH = "/story/nordlicht-energie-will-close-its-ostholm-coal-plant-by-march-c502a7/"
DIVIDEND = "The utility books a charge of €1.4 billion and keeps its dividend."
DECIDED = NOON + timedelta(hours=3)
NEXT = NOON + timedelta(hours=3, minutes=15)
RETRACTION = {"story_id": STORY, "outcome": "retraction", "was": "The whole story.", "now_reads": "It does not stand."}


@dataclass
class Newsroom:
    """The Ostholm story as published at noon, and a report on its standfirst."""

    house: SampleHouse = field(default_factory=SampleHouse)
    report_id: str = ""
    others: int = 2
    """Stories beside it."""

    def __post_init__(self) -> None:
        self.house.accept(three_articles())
        self.house.accept_several(self.others)
        self.house.publish()
        given = GivenReport(story=STORY, version=1, sentence="standfirst", kind="factual", text="Which quarter?")
        report = received(given, "network", NOON + timedelta(hours=1))
        self.house.archive.store_report(report)
        self.report_id = report.id

    def decide(self, now: datetime = DECIDED, **given: Any) -> Outcome:
        return decide(read_decision(given), self.house.archive, now)  # type: ignore[arg-type]

    def correct(self, reads: str = "The utility books a charge of 1.4 billion euros in the fourth quarter.") -> Outcome:
        edits = [{"was": DIVIDEND, "reads": reads}]
        return self.decide(report_id=self.report_id, outcome="correction", reason="You are right.", edits=edits)

    def publish(self, now: datetime = NEXT) -> Any:
        return self.house.publish(now, f"{now:%Y%m%dT%H%MZ}")

    def page(self, path: str = PATH) -> bytes:
        return self.house.files.get(path)

    def text(self, path: str = PATH) -> str:
        return reading.main_text(self.page(path))


def test_a_correction_is_one_version_with_notice_log_date_and_markup() -> None:
    desk = Newsroom()
    outcome = desk.correct()
    assert outcome.report
    assert (outcome.report.state, outcome.report.decided_at) == ("confirmed", DECIDED)
    published = desk.publish()

    assert published.versions == ((STORY, 2),)
    version = desk.house.archive.version(STORY, 2)
    assert version.reason == "correction"
    assert version.published_at == NEXT
    (entry,) = desk.house.archive.corrections()
    assert (entry.version, entry.made_at, entry.was) == (2, NEXT, DIVIDEND)
    assert entry.reported_at == NOON + timedelta(hours=1)
    report = desk.house.archive.report(desk.report_id)
    assert (report.state, report.fixed_at) == ("fixed", NEXT)
    page = desk.page().decode()
    assert '"dateModified":"2026-11-23T15:15:00Z"' in page
    assert "CorrectionComment" in page
    assert "1.4 billion euros in the fourth quarter" in version.head.standfirst
    assert "1.4 billion euros in the fourth quarter" in desk.text()
    assert entry.id in desk.page("/corrections/").decode()
    assert version.head.standfirst in desk.page("/feed.xml").decode()
    assert "CorrectionComment" in desk.page(f"{PATH}v/2/").decode(), "the lasting page was never without it"
    assert DIVIDEND in desk.text(f"{PATH}v/1/")


def test_after_a_decision_an_edition_has_nothing_more_to_do() -> None:
    desk = Newsroom()
    desk.correct()
    desk.publish()
    pages = desk.house.pages()

    assert desk.publish(NEXT + timedelta(minutes=15)).versions == ()
    assert desk.house.pages() == pages


def test_the_same_decision_twice_is_one() -> None:
    desk = Newsroom()
    first, second = desk.correct(), desk.correct()
    assert (first.repeated, second.repeated) == (False, True)
    assert first.ruling == second.ruling
    desk.publish()
    assert desk.correct().repeated
    desk.publish(NEXT + timedelta(minutes=15))

    assert len(desk.house.archive.versions(STORY)) == 2
    assert len(desk.house.archive.corrections()) == 1


def test_a_retraction_keeps_the_page_struck_through_and_leaves_every_list() -> None:
    desk = Newsroom()
    desk.decide(**RETRACTION)
    desk.publish()

    assert desk.house.archive.version(STORY, 2).reason == "retraction"
    assert '<s id="headline">' in desk.page().decode()
    assert "It does not stand." in desk.text()
    for path in ("/", "/desk/europe/", "/country/de/", "/feed.xml", "/news-sitemap.xml"):
        if desk.house.files.digest(path):
            linked_as_corrected = 1 if path == "/" else 0
            assert desk.page(path).decode().count(PATH) == linked_as_corrected, path
    assert PATH in desk.page("/corrections/").decode()


def test_a_retracted_story_is_not_written_again() -> None:
    desk = Newsroom()
    desk.decide(**RETRACTION)
    desk.publish()
    grown(desk)
    published = desk.publish(NEXT + timedelta(minutes=15))

    assert published.refused == {STORY: "second-draft: the story was retracted"}
    assert len(desk.house.archive.versions(STORY)) == 2
    with pytest.raises(BadInput, match="retracted"):
        desk.correct()


def grown(desk: Newsroom) -> None:
    """A fourth article joins, and the writer, who knows the sources only, says the same sentence again."""
    fourth = an_article(
        "meridian-ledger", url="https://meridian-ledger.example/2026/11/23/late", published_at=NOON, fetched_at=NOON
    )
    articles = (*three_articles(), fourth)
    desk.house.accept(articles, draft=a_draft(articles, a_story(articles), id="second-draft"))


def test_what_was_corrected_stays_corrected_in_later_drafts() -> None:
    desk = Newsroom()
    desk.correct()
    desk.publish()
    grown(desk)
    desk.publish(NEXT + timedelta(minutes=15))

    version = desk.house.archive.version(STORY, 3)
    assert version.reason == "new-origin"
    assert all(claim.text != DIVIDEND for claim in version.draft.claims())
    assert version.head.standfirst in desk.text()


def test_a_decision_goes_before_a_draft_that_waits() -> None:
    desk = Newsroom()
    desk.correct()
    grown(desk)
    assert desk.publish().versions == ((STORY, 2),)
    assert desk.publish(NEXT + timedelta(minutes=15)).versions == ((STORY, 3),)

    assert [version.reason for version in desk.house.archive.versions(STORY)] == ["first", "correction", "new-origin"]


def test_a_withdrawn_sentence_leaves_every_module_that_had_it() -> None:
    desk = Newsroom()
    shares = "Shares fell 4.2% in Frankfurt."
    desk.decide(story_id=STORY, outcome="correction", edits=[{"was": shares}])
    desk.publish()

    assert all(claim.text != shares for claim in desk.house.archive.version(STORY, 2).draft.claims())


def test_new_evidence_is_located_and_quoted() -> None:
    desk = Newsroom()
    quote = "About 640 jobs are affected."
    ledger = three_articles()[1].id
    edit = {"was": DIVIDEND, "reads": "About 640 jobs are affected.", "article_id": ledger, "quote": quote}
    desk.decide(story_id=STORY, outcome="correction", edits=[edit])
    desk.publish()
    version = desk.house.archive.version(STORY, 2)

    assert version.draft.standfirst
    (span,) = version.draft.standfirst.spans
    assert version.quotes[span.sha256] == quote


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"edits": [{"was": "Nobody published this.", "reads": "x"}]}, "does not stand in version 1"),
        ({"edits": [{"was": DIVIDEND, "reads": "It books a charge of €2.4 billion."}]}, "its evidence does not say so"),
        ({"edits": [{"was": DIVIDEND, "reads": "x", "article_id": "a1", "quote": "x"}]}, "is no source"),
        ({"edits": [{"was": DIVIDEND, "reads": "x", "quote": "x"}]}, "new evidence is"),
        ({"edits": []}, "a correction changes a sentence"),
        ({"edits": [{"was": "Nordlicht Energie will close its Ostholm coal plant by March"}]}, "to be retracted"),
        ({"outcome": "retraction"}, "why in now_reads"),
        ({"outcome": "rejected"}, "with a reason"),
        ({"outcome": "deleted"}, "outcome"),
        ({"report_id": "RPT-AAAAAAAAAAAAAAAA", "edits": [{"was": DIVIDEND}]}, "on a report or on a story"),
        ({"author": "me", "edits": [{"was": DIVIDEND}]}, "author"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused_with_the_reason(given: dict[str, Any], reason: str) -> None:
    desk = Newsroom()
    with pytest.raises(BadInput, match=reason):
        desk.decide(**({"story_id": STORY, "outcome": "correction"} | given))
    assert desk.house.archive.rulings() == []


def test_an_unknown_report_cannot_be_decided() -> None:
    with pytest.raises(NotFound):
        Newsroom().decide(report_id="RPT-AAAAAAAAAAAAAAAA", outcome="rejected", reason="No.")


def test_a_report_is_confirmed_first_and_fixed_later_and_its_clock_stops_once() -> None:
    desk = Newsroom()
    desk.decide(report_id=desk.report_id, outcome="confirmed", reason="We look for the figure.", now=NOON)
    desk.correct()
    desk.publish()
    report = desk.house.archive.report(desk.report_id)

    assert (report.state, report.decided_at, report.fixed_at) == ("fixed", NOON, NEXT)


def test_a_decided_report_is_not_decided_otherwise() -> None:
    desk = Newsroom()
    rejected = {"report_id": desk.report_id, "outcome": "rejected", "reason": "The source says so."}
    assert desk.decide(**rejected).repeated is False
    assert desk.decide(**rejected).repeated is True
    with pytest.raises(BadInput, match="decided already"):
        desk.correct()


class Killed(Exception):
    """The process is gone."""


class Dying:
    """Passes calls on until the fuse is burnt; only writes count."""

    WRITES = ("publish_version", "enact", "put", "put_document", "end_acceptance", "store_correction", "list_head")

    def __init__(self, real: Any, fuse: list[int]) -> None:
        self._real, self._fuse = real, fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in self.WRITES:
            return found

        def call(*given: Any, **named: Any) -> Any:
            if self._fuse[0] == 0:
                raise Killed
            self._fuse[0] -= 1
            return found(*given, **named)

        return call


@pytest.mark.parametrize("outcome", ["correction", "retraction"])
def test_killed_before_any_write_the_next_edition_ends_at_the_same_site(outcome: str) -> None:
    def decided() -> Newsroom:
        desk = Newsroom(others=0)
        desk.correct() if outcome == "correction" else desk.decide(**RETRACTION)
        return desk

    undisturbed = decided()
    undisturbed.publish()
    wanted = undisturbed.house.pages()
    crashes = 0
    while True:
        desk = decided()
        archive, files = desk.house.archive, desk.house.files
        fuse = [crashes]
        desk.house.archive, desk.house.files = Dying(archive, fuse), Dying(files, fuse)  # type: ignore[assignment]
        try:
            desk.publish()
        except Killed:
            pass
        else:
            break
        desk.house.archive, desk.house.files = archive, files
        desk.publish()
        assert desk.house.pages() == wanted, crashes
        assert len(archive.corrections()) == 1
        assert [one.number for one in archive.versions(STORY)] == [1, 2]
        assert archive.rulings() == []
        crashes += 1

    assert crashes > 8


def test_corrections_appear_in_the_next_issue_of_those_that_carried_the_story() -> None:
    """All pairs of (issues that carried it, day of the correction) that four days have."""
    for carried in range(1, 8):
        days = [number for number in range(3) if carried & (1 << number)]
        desk = Newsroom()
        for number in range(3):
            an_issue(desk, number, with_story=number in days)
        desk.correct()
        desk.publish(NOON + timedelta(days=2, hours=20))
        issue = frozen_issue(
            desk.house.archive,  # type: ignore[arg-type]
            "2026-11-26",
            owner_of=lambda one: one,
            now=NOON + timedelta(days=3),
        )

        assert [line.issue_ids for line in issue.corrections] == [tuple(f"2026-11-{23 + day}" for day in days)]


def an_issue(desk: Newsroom, number: int, with_story: bool) -> None:
    item = Item(
        story_id=STORY, version=1, slug="s", headline=Line(text="x", claim_ids=("headline",)), score=70, band="Solid",
        writer="claude", articles=1, origins=1, families=(), sources=(), importance=1,
    )  # fmt: skip
    at = NOON + timedelta(days=number)
    desk.house.archive.store_issue(
        Issue(
            issue_id=f"{at:%Y-%m-%d}",
            composed_at=at,
            edition="weekday",
            market_note="",
            subject="x",
            items=(item,) if with_story else (),
        )
    )


def test_whatever_is_put_right_the_rest_of_the_draft_is_untouched() -> None:
    """Any choice of sentences withdrawn: what is left is what was there, in its order, and whole."""
    chance = random.Random(7)
    published = [claim for claim in a_draft().claims() if claim.id != "headline"]
    headline = a_draft().headline.text
    before = a_version()
    for _ in range(200):
        gone = {one.text for one in chance.sample(published, 3)} - {headline}
        edits = tuple(Edit(was=text) for text in sorted(gone))
        ruling = Ruling(
            id="DEC-A", story_id=STORY, kind="correction", was="x", now_reads="y", edits=edits, decided_at=DECIDED
        )
        left = list(ruled_version(before, ruling, "20261123T1515Z", NEXT).draft.claims())

        assert not gone & {claim.text for claim in left}
        kept = [claim for claim in a_draft().claims() if claim.text not in gone]
        assert [claim for claim in kept if claim in left] == left
        assert {one.id.split("-")[0] for one in set(kept) - set(left)} <= {"tldr", "dispute"}


def test_a_ruling_is_json_and_back() -> None:
    outcome = Newsroom().correct()
    assert outcome.ruling
    assert type(outcome.ruling).model_validate(json.loads(outcome.ruling.model_dump_json())) == outcome.ruling
