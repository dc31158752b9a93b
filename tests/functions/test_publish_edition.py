"""PublishEdition publishes, accounts for it and gives the claim back."""

import json
from datetime import timedelta
from typing import Any

import pytest
from newsroom.desk import Desk, seat
from newsroom.publishers.health import Health, PublisherState

from functions.publishing.publish_edition import handler
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.newsroom_values import NOON, three_articles
from tests.fakes.sample_house import SampleHouse

EVENT = {
    "edition_id": "20261123T1200Z",
    "execution": "run-1",
    "collected": [{"articles": 3, "failed": False}, {"articles": 0, "failed": True}],
    "outcomes": ["accepted", "held", "failed"],
}


@pytest.fixture
def house() -> SampleHouse:
    house = SampleHouse()
    house.accept(three_articles())
    house.archive.claim_edition("20261123T1200Z", "run-1", NOON)
    desk = Desk(
        {"SITE_ADDRESS": "https://footnote.example", "SITE_BUCKET": "site"},
        archive=house.archive,
        published_files=house.files,
        catalogue=house.catalogue,
        now=lambda: NOON,
        invalidate=house.invalidated.extend,
    )
    seat(desk)
    return house


def answered(event: dict[str, Any]) -> dict[str, Any]:
    return handler(event, a_context())


def test_the_answer_is_the_edition_in_numbers(house: SampleHouse) -> None:
    answer = answered(EVENT)
    written = answer.pop("objects_written")
    assert written + 2 == len(house.files.written) > 30
    assert house.files.written[-2:] == ["status.json", "status/index.html"]
    assert answer == {
        "edition_id": "20261123T1200Z",
        "publishers": 2,
        "failed_publishers": 1,
        "articles": 3,
        "failed_stories": 1,
        "stories_published": 1,
        "stories_held": 0,
        "articles_total": house.archive.count_articles(),
    }


def test_the_claim_is_given_back_with_a_receipt_only_when_something_changed(house: SampleHouse) -> None:
    answered(EVENT)
    assert house.archive.edition["finished"]
    assert house.archive.receipts["20261123T1200Z"]["versions"][0]["version"] == 1
    house.archive.claim_edition("20261123T1215Z", "run-2", NOON)
    answer = answered({**EVENT, "edition_id": "20261123T1215Z", "execution": "run-2"})
    assert answer["objects_written"] == 0
    assert "20261123T1215Z" not in house.archive.receipts


def test_a_repeated_state_publishes_nothing_twice(house: SampleHouse) -> None:
    answered(EVENT)
    written = list(house.files.written)
    assert answered(EVENT)["stories_published"] == 0
    assert house.files.written == [*written, "status.json", "status/index.html"]


def test_an_edition_in_which_nobody_was_due_is_an_edition() -> None:
    house = SampleHouse(FakeArchive())
    seat(
        Desk(
            {"SITE_ADDRESS": "https://footnote.example", "SITE_BUCKET": "site"},
            archive=house.archive,
            published_files=house.files,
            catalogue=house.catalogue,
            now=lambda: NOON,
            invalidate=house.invalidated.extend,
        )
    )
    assert answered({**EVENT, "collected": [], "outcomes": []})["publishers"] == 0


def test_where_batches_left_no_results_the_publishers_health_tells_what_was_collected(
    house: SampleHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = (publisher.id for publisher in house.catalogue.publishers[:3])
    for name, status, articles, edition in (
        (first, "ok", 7, EVENT["edition_id"]),
        (second, "failing", 0, EVENT["edition_id"]),
        (third, "ok", 5, "an-earlier-one"),
    ):
        health = Health(publisher_id=name, status=status, last_articles=articles, last_edition=edition)  # type: ignore[arg-type]
        house.archive.record_publisher_state(PublisherState(publisher_id=name, health=health))

    answer = answered({**EVENT, "distributed": True, "collected": []})

    assert (answer["publishers"], answer["failed_publishers"], answer["articles"]) == (2, 1, 7)
    told = json.loads(next(line for line in capsys.readouterr().out.splitlines() if "_aws" in line))
    assert (told["FailedPublishersPercentage"], told["ArticlesCollected"]) == ([50.0], [7])


def test_readers_are_told_when_prices_cannot_be_had(house: SampleHouse) -> None:
    """The document of prices is not where the settings say that it is; which that is, operators see in the log."""
    desk = Desk(
        {"SITE_ADDRESS": "https://footnote.example", "SITE_BUCKET": "site", "QUOTES_KEY": "quotes/newest.csv"},
        archive=house.archive,
        published_files=house.files,
        catalogue=house.catalogue,
        now=lambda: NOON,
        invalidate=house.invalidated.extend,
    )
    seat(desk)

    assert answered(EVENT)["stories_published"] == 1

    told = "The provider of market prices did not answer: new stories show none."
    assert told in house.files.get("/status/").decode()
    assert told in json.loads(house.files.get("/status.json"))["degraded"]
    assert "quotes/newest.csv" not in house.files.get("/status/").decode()


def test_a_rebuild_is_asked_for_by_hand(house: SampleHouse) -> None:
    answered(EVENT)
    before = {key: file.body for key, file in house.files.files.items() if not key.startswith("status")}
    house.files.files.clear()
    a_minute_later = NOON + timedelta(minutes=1)
    desk = Desk(
        {"SITE_ADDRESS": "https://footnote.example", "SITE_BUCKET": "site"},
        archive=house.archive,
        published_files=house.files,
        catalogue=house.catalogue,
        now=lambda: a_minute_later,
        invalidate=house.invalidated.extend,
    )
    seat(desk)

    answer = handler({"rebuild": True}, a_context(seconds=900))

    assert answer["done"]
    assert {key: file.body for key, file in house.files.files.items() if not key.startswith("status")} == before


def test_a_story_that_was_altered_after_its_review_rings_and_is_named(
    house: SampleHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    (story, draft_id), *_ = house.archive.accepted()
    draft = house.archive.drafts[draft_id]
    house.archive.drafts[draft_id] = draft.model_copy(update={"language": "xx"})

    assert answered(EVENT)["stories_published"] == 0

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert [line["StoriesRefused"] for line in told if "StoriesRefused" in line] == [[1]]
    assert "is not the one that was judged" in house.archive.receipts["20261123T1200Z"]["refused"][story]
    assert "1 story could not be published" in house.files.get("/status/").decode()
