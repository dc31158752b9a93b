"""The edition and the briefing, walked offline: who comes after whom when all goes well, and when it does not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.state_machines.walking import Failure, Walk, definition


def edition(**other: Callable[[dict[str, Any]], Any]) -> dict[str, Callable[[dict[str, Any]], Any]]:
    """Two publishers, two stories, everything accepted; keyword answers take the place of these."""
    return {
        "SelectPublishers": lambda given: {
            "edition_id": "20261123T191500Z",
            "claimed": True,
            "distributed": False,
            "publishers": ["harbour-wire", "plain-ledger"],
            "concurrency": 4,
            "collected": [],
        },
        "CollectPublisher": lambda given: {"publisher_id": given["publisher_id"], "articles": 3},
        "CollectBatch": lambda given: {"publishers": 2, "failed": 0, "articles": 5},
        "GroupArticles": lambda given: {"stories": ["s1", "s2"], "articles": 6},
        "WriteStory": lambda given: {"draft_id": f"{given['story_id']}-draft-{given['attempt']}"},
        "ReviewStory": lambda given: {"outcome": "accept"},
        "PublishEdition": lambda given: {"edition_id": given["edition_id"], "stories_published": 2, "given": given},
        "AbandonEdition": lambda given: {},
    } | other


def raising(*names: str, then: Callable[[dict[str, Any]], Any] | None = None) -> Callable[[dict[str, Any]], Any]:
    """Raises each error in turn, then answers (or goes on raising the last one)."""
    left = list(names)

    def answer(given: dict[str, Any]) -> Any:
        if then and not left:
            return then(given)
        raise Failure(left.pop(0) if then or len(left) > 1 else left[0])

    return answer


def test_an_edition_goes_from_publishers_to_pages() -> None:
    walk = Walk(definition("edition"), edition())

    end = walk.run({})

    assert end["stories_published"] == 2
    assert end["given"]["collected"] == [{"articles": 3, "failed": False}] * 2
    assert end["given"]["outcomes"] == ["accepted", "accepted"]
    assert [s for s in walk.path if s[0].isupper() and "!" not in s] == [
        "SelectPublishers", "Claimed?", "CollectPublishers", "CollectPublisher", "CollectPublisher", "GroupArticles",
        "WriteStories", "WriteStory", "ReviewStory", "Verdict?", "Accepted", "WriteStory", "ReviewStory", "Verdict?",
        "Accepted", "PublishEdition", "Published",
    ]  # fmt: skip


def test_a_slot_that_somebody_else_has_is_left_alone() -> None:
    walk = Walk(definition("edition"), edition(SelectPublishers=lambda given: {"claimed": False}))

    walk.run({"slot": "2026-11-23T19:15:00Z"})

    assert walk.path == ["SelectPublishers", "Claimed?", "NotClaimed"]


def test_a_draft_is_revised_once_with_what_the_review_found() -> None:
    written: list[dict[str, Any]] = []

    def write(given: dict[str, Any]) -> Any:
        written.append(given)
        return {"draft_id": f"draft-{given['attempt']}"}

    answers = edition(
        GroupArticles=lambda given: {"stories": ["s1"]},
        WriteStory=write,
        ReviewStory=lambda given: {"outcome": "accept" if given["attempt"] else "revise"},
    )
    walk = Walk(definition("edition"), answers)

    end = walk.run({})

    assert [one["attempt"] for one in written] == [0, 1]
    assert written[1]["revise"] == "draft-0"
    assert end["given"]["outcomes"] == ["accepted"]


def test_a_draft_that_is_still_not_good_after_its_revision_is_held() -> None:
    answers = edition(GroupArticles=lambda g: {"stories": ["s1"]}, ReviewStory=lambda g: {"outcome": "revise"})
    walk = Walk(definition("edition"), answers)

    end = walk.run({})

    assert walk.path.count("WriteStory") == 2
    assert end["given"]["outcomes"] == ["held"]


def test_a_held_story_does_not_keep_the_others_from_being_published() -> None:
    answers = edition(ReviewStory=lambda given: {"outcome": "hold" if given["story_id"] == "s1" else "accept"})

    end = Walk(definition("edition"), answers).run({})

    assert end["given"]["outcomes"] == ["held", "accepted"]


def test_a_publisher_that_is_down_is_asked_once_more_and_then_left_out() -> None:
    def collect(given: dict[str, Any]) -> Any:
        if given["publisher_id"] == "harbour-wire":
            raise Failure("PublisherUnreachable")
        return {"articles": 5}

    walk = Walk(definition("edition"), edition(CollectPublisher=collect))

    end = walk.run({})

    assert walk.path.count("CollectPublisher!PublisherUnreachable") == 2
    assert end["given"]["collected"] == [{"articles": 0, "failed": True}, {"articles": 5, "failed": False}]


@pytest.mark.parametrize("error", ["Lambda.Unknown", "Sandbox.Timedout", "KeyError", "Runtime.ExitError"])
def test_a_publisher_that_kills_its_worker_fails_alone(error: str) -> None:
    end = Walk(definition("edition"), edition(CollectPublisher=raising(error))).run({})

    assert [one["failed"] for one in end["given"]["collected"]] == [True, True]


def test_a_function_that_is_called_again_is_told_how_often() -> None:
    told: list[int] = []

    def overloaded(given: dict[str, Any]) -> Any:
        told.append(given["retries"])
        raise Failure("ModelOverloaded")

    answers = edition(GroupArticles=lambda given: {"stories": ["s1"]}, WriteStory=overloaded)
    Walk(definition("edition"), answers).run({})

    assert told == [0, 1, 2]


def test_an_overloaded_model_is_given_time_and_then_the_story_waits_for_the_next_edition() -> None:
    recovering = edition(
        GroupArticles=lambda given: {"stories": ["s1"]},
        WriteStory=raising("ModelOverloaded", "ModelOverloaded", then=lambda given: {"draft_id": "d"}),
    )
    assert Walk(definition("edition"), recovering).run({})["given"]["outcomes"] == ["accepted"]

    down = edition(GroupArticles=lambda given: {"stories": ["s1"]}, ReviewStory=raising("ModelOverloaded"))
    walk = Walk(definition("edition"), down)
    assert walk.run({})["given"]["outcomes"] == ["failed"]
    assert walk.path.count("ReviewStory!ModelOverloaded") == 3


def test_a_permanent_error_is_not_retried() -> None:
    walk = Walk(definition("edition"), edition(WriteStory=raising("DraftInvalid")))

    end = walk.run({})

    assert walk.path.count("WriteStory!DraftInvalid") == 2  # once for each story
    assert end["given"]["outcomes"] == ["failed", "failed"]


@pytest.mark.parametrize("state", ["GroupArticles", "PublishEdition"])
def test_an_edition_that_cannot_go_on_gives_its_claim_back_and_says_why(state: str) -> None:
    walk = Walk(definition("edition"), edition(**{state: raising("NotFound")}))

    with pytest.raises(Failure, match="NotFound"):
        walk.run({})
    assert walk.path[-2:] == ["AbandonEdition", "EditionFailed"]


def test_two_writers_of_the_index_are_told_apart_by_a_retry() -> None:
    grouping = raising("ArchiveConflict", then=lambda given: {"stories": []})

    assert Walk(definition("edition"), edition(GroupArticles=grouping)).run({})["given"]["outcomes"] == []


def test_the_largest_payload_of_five_hundred_publishers_and_eighty_stories_is_under_64_kib() -> None:
    answers = edition(
        SelectPublishers=lambda given: {
            "edition_id": "20261123T191500Z",
            "claimed": True,
            "distributed": False,
            "publishers": [f"a-publisher-with-quite-a-long-name-{n:05}" for n in range(500)],
            "concurrency": 20,
            "collected": [],
        },
        CollectPublisher=lambda given: {"publisher_id": given["publisher_id"], "articles": 40},
        GroupArticles=lambda given: {"stories": [f"s{n:016x}" for n in range(80)], "articles": 20_000},
    )
    walk = Walk(definition("edition"), answers)

    walk.run({})

    assert 20_000 < walk.largest <= 64 * 1024


MANIFEST = [[["harbour-wire", "plain-ledger"]], [["quay"]], [["mole"], ["pier"]], [["dock"]]]


def many(
    manifest: object = MANIFEST, tolerated: float = 20, **other: Callable[[dict[str, Any]], Any]
) -> tuple[Walk, list[dict[str, Any]]]:
    """An edition whose publishers stand in a manifest, and what its batches are given."""
    given: list[dict[str, Any]] = []

    def collect(payload: dict[str, Any]) -> Any:
        given.append(payload)
        return {"publishers": 2, "failed": 0, "articles": 5}

    answers = edition(
        SelectPublishers=lambda _: {
            "edition_id": "20261123T191500Z",
            "claimed": True,
            "distributed": True,
            "publishers": [],
            "manifest": "ingestion/20261123T191500Z.json",
            "concurrency": 20,
            "workers": 100,
            "tolerated_failure_percentage": tolerated,
            "collected": [],
        },
        **({"CollectBatch": collect} | other),
    )
    bucket = {"ingestion/20261123T191500Z.json": json.dumps(manifest).encode()}
    return Walk(definition("edition"), answers, read=bucket.__getitem__), given


def test_many_publishers_are_collected_in_batches_from_a_manifest() -> None:
    walk, given = many()

    end = walk.run({})

    assert [one["groups"] for one in given] == MANIFEST
    assert {one["edition_id"] for one in given} == {"20261123T191500Z"}
    assert "CollectPublisher" not in walk.path
    assert walk.written == {"ingestion/results": [{"publishers": 2, "failed": 0, "articles": 5}] * 4}
    assert end["given"]["distributed"] is True
    assert end["given"]["collected"] == []
    assert end["stories_published"] == 2


def test_batches_that_fail_are_tolerated_up_to_the_parameter_and_beyond_it_the_edition_goes_on() -> None:
    def collect(given: dict[str, Any]) -> Any:
        if given["groups"] == [["quay"]]:
            raise Failure("Sandbox.Timedout")
        return {}

    for tolerated in (25, 24):
        walk, _ = many(tolerated=tolerated, CollectBatch=collect)
        assert walk.run({})["stories_published"] == 2
        assert ("ingestion/results" in walk.written) is (tolerated == 25)
        assert "AbandonEdition" not in walk.path


def test_a_throttled_batch_is_tried_again_by_itself() -> None:
    walk, _ = many([[["quay"]]], 0, CollectBatch=raising("ArchiveThrottled", then=lambda given: {"publishers": 1}))

    walk.run({})

    assert walk.written == {"ingestion/results": [{"publishers": 1}]}


def test_a_manifest_that_cannot_be_read_ends_the_edition_and_gives_its_claim_back() -> None:
    walk, _ = many()
    walk.read = {"elsewhere": b""}.__getitem__

    with pytest.raises(Failure, match="ItemReaderFailed"):
        walk.run({})
    assert walk.path[-2:] == ["AbandonEdition", "EditionFailed"]


def test_the_largest_payload_of_five_thousand_publishers_is_far_under_64_kib() -> None:
    names = [f"a-publisher-with-quite-a-long-name-{n:05}" for n in range(5000)]
    walk, given = many([[[one] for one in names[place : place + 25]] for place in range(0, 5000, 25)])

    walk.run({})

    assert len(given) == 200
    assert walk.largest <= 8 * 1024


def briefing(batches: int = 2, **other: Callable[[dict[str, Any]], Any]) -> Walk:
    answers = {
        "ComposeBriefing": lambda given: {
            "issue_id": "2026-11-24",
            "execution": "e1",
            "claimed": True,
            "recipients": batches * 500,
            "waves": [{"at": "2026-11-24T11:00:00Z", "manifest": "manifests/2026-11-24/wave-1.json"}],
            "workers": 2,
            "per_second": 7.0,
        },
        "SendBriefing": lambda given: {"batch": given["batch"], "remaining": False},
        "CloseBriefing": lambda given: {"issue_id": given["issue_id"], "sent": 150, "complete": True},
    } | other
    bucket = {"manifests/2026-11-24/wave-1.json": json.dumps(list(range(1, batches + 1))).encode()}
    return Walk(definition("briefing"), answers, read=bucket.__getitem__)


def test_a_briefing_is_composed_sent_in_batches_and_closed() -> None:
    walk = briefing()

    assert walk.run({}) == {"issue_id": "2026-11-24", "sent": 150, "complete": True}
    assert walk.path.count("SendBriefing") == 2
    assert walk.handed["SendBriefing"] == {"issue_id": "2026-11-24", "execution": "e1", "per_second": 7.0, "batch": 2}
    assert walk.written == {"manifests/results": ["sent", "sent"]}


def in_waves(*hours: int) -> dict[str, Any]:
    """What ComposeBriefing answers when an issue is sent at these hours."""
    return {
        "issue_id": "2026-11-24",
        "execution": "e1",
        "claimed": True,
        "recipients": 9,
        "waves": [{"at": f"2026-11-24T{hour}:00:00Z", "manifest": f"wave-{hour}"} for hour in hours],
        "workers": 2,
        "per_second": 7,
    }


def test_waves_are_sent_one_after_the_other_each_when_it_is_due() -> None:
    composed = in_waves(11, 12, 14)
    sent: list[int] = []

    def send(given: dict[str, Any]) -> Any:
        sent.append(given["batch"])
        return {"remaining": False}

    walk = briefing(ComposeBriefing=lambda given: composed, SendBriefing=send)
    walk.read = {"wave-11": b"[1, 2]", "wave-12": b"[4]", "wave-14": b"[3]"}.__getitem__

    walk.run({})

    assert walk.waited == [wave["at"] for wave in composed["waves"]]
    assert sent == [1, 2, 4, 3]


def test_after_a_wave_that_may_not_be_sent_there_is_no_other() -> None:
    composed = in_waves(11, 12)
    walk = briefing(ComposeBriefing=lambda given: composed, SendBriefing=raising("MailSuspended"))
    walk.read = {"wave-11": b"[1]", "wave-12": b"[2]"}.__getitem__

    walk.run({})

    assert walk.waited == ["2026-11-24T11:00:00Z"]
    assert walk.path[-3:] == ["CloseBriefing", "Everybody?", "Sent"]


def test_a_date_that_was_sent_is_not_sent_again() -> None:
    walk = briefing(ComposeBriefing=lambda given: {"claimed": False, "recipients": 0})

    walk.run({})

    assert walk.path == ["ComposeBriefing", "Claimed?", "NotClaimed"]


def test_an_issue_without_subscribers_is_closed() -> None:
    composed = {"issue_id": "2026-11-24", "execution": "e1", "claimed": True, "recipients": 0}
    walk = briefing(ComposeBriefing=lambda given: composed)

    assert walk.run({})["complete"] is True
    assert "SendBatches" not in walk.path


def test_a_batch_that_meets_its_deadline_goes_on_in_another_worker() -> None:
    rounds = iter([True, True, False])
    walk = briefing(1, SendBriefing=lambda given: {"remaining": next(rounds)})

    walk.run({})

    assert walk.path.count("SendBriefing") == 3


def test_a_batch_that_fails_does_not_keep_the_others_from_their_mail() -> None:
    def send(given: dict[str, Any]) -> Any:
        if given["batch"] == 1:
            raise Failure("MailRefused")
        return {"remaining": False}

    walk = briefing(SendBriefing=send)

    assert walk.run({})["sent"] == 150
    assert walk.written == {"manifests/results": ["failed", "sent"]}


@pytest.mark.parametrize("death", ["Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout"])
def test_a_batch_whose_worker_dies_is_gone_on_with(death: str) -> None:
    walk = briefing(1, SendBriefing=raising(death, death, then=lambda given: {"remaining": False}))

    walk.run({})

    assert walk.written == {"manifests/results": ["sent"]}


def test_what_may_not_be_sent_now_stops_every_batch_and_is_closed_and_fails() -> None:
    walk = briefing(
        100,
        SendBriefing=raising("MailSuspended"),
        CloseBriefing=lambda given: {"issue_id": given["issue_id"], "sent": 0, "complete": False},
    )

    with pytest.raises(Failure, match="BriefingIncomplete"):
        walk.run({})
    assert walk.path.count("SendBriefing") == 1
    assert walk.path[-3:] == ["CloseBriefing", "Everybody?", "NotEverybody"]


def test_the_largest_payload_of_a_briefing_for_a_million_is_tiny() -> None:
    walk = briefing(2000)

    walk.run({})

    assert walk.path.count("SendBriefing") == 2000
    assert walk.largest <= 1024
