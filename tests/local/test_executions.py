"""What an execution's history says, told while it runs."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from infra.local.executions import ExecutionFailedError, Tally, follow, tally

Event = dict[str, Any]


def entered(state: str, given: object = None, kind: str = "Task") -> Event:
    details = {"name": state, "input": json.dumps(given or {})}
    return {"type": f"{kind}StateEntered", "stateEnteredEventDetails": details}


def succeeded(**payload: object) -> Event:
    return {"type": "TaskSucceeded", "taskSucceededEventDetails": {"output": json.dumps({"Payload": payload})}}


FAILED = {"type": "TaskFailed", "taskFailedEventDetails": {"error": "PublisherUnreachable"}}
COLLECTING = [
    entered("SelectPublishers"),
    succeeded(publishers=["harbour-wire", "delta-post", "meridian"]),
    entered("Claimed?", kind="Choice"),
    entered("CollectPublishers", {"publishers": ["harbour-wire", "delta-post", "meridian"]}, "Map"),
    succeeded(articles=12),
    FAILED,
    succeeded(articles=0),
]
WRITING = [
    *COLLECTING,
    entered("GroupArticles"),
    succeeded(stories=["s1", "s2", "s3"]),
    entered("WriteStories", {"grouped": {"stories": ["s1", "s2", "s3"]}}, "Map"),
    succeeded(draft_id="d1"),
    succeeded(outcome="accept"),
    succeeded(draft_id="d2"),
    succeeded(outcome="revise"),
    succeeded(draft_id="d2b"),
    succeeded(outcome="hold"),
]


def test_nothing_has_happened_before_the_first_event() -> None:
    assert tally([]) == Tally()
    assert tally([]).share is None


def test_publishers_and_their_new_articles_are_counted_while_they_are_collected() -> None:
    seen = tally(COLLECTING)

    assert seen.share == (2, 3)
    assert seen.sentence == "2 of 3 publishers, 12 new articles, 1 failed attempts"


class OneMapRun:
    """Step Functions with one execution that is in its distributed map, and then over."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.statuses = iter(["RUNNING", "SUCCEEDED"])

    def describe_execution(self, **_: str) -> Event:
        return {"status": next(self.statuses), "output": "{}"}

    def get_paginator(self, _name: str) -> "OneMapRun":
        return self

    def paginate(self, **_: object) -> list[Event]:
        return [{"events": [entered("Before"), entered(self.state, kind="Map")]}]

    def list_map_runs(self, **_: str) -> Event:
        return {"mapRuns": [{"mapRunArn": "run"}]}

    def describe_map_run(self, **_: str) -> Event:
        return {"itemCounts": {"total": 9, "succeeded": 4, "failed": 1, "running": 2}}


@pytest.mark.parametrize(("state", "whose"), [("CollectBatches", "publishers"), ("SendBatches", "subscribers")])
def test_batches_are_counted_by_their_map_run(state: str, whose: str) -> None:
    told: list[Tally] = []
    follow(OneMapRun(state), "execution", told.append, seconds=5)

    assert told[0].share == (4, 9)
    assert told[0].sentence == f"4 of 9 batches of {whose}, 1 failed attempts"


def test_stories_are_counted_by_their_verdicts() -> None:
    seen = tally(WRITING)

    assert seen.share == (2, 3)
    assert seen.sentence == "3 drafts of 3 stories, 1 accepted, 1 held"
    assert (seen.publishers, seen.articles) == (3, 12)


def test_states_inside_a_map_do_not_hide_the_map() -> None:
    """AWS lists the states of each item; the local cloud does not."""
    inside = [entered("WriteStory"), entered("Verdict?", kind="Choice"), entered("Accepted", kind="Pass")]

    assert tally([*WRITING, *inside]).state == "WriteStories"
    assert tally([*WRITING, *inside, entered("PublishEdition")]).state == "PublishEdition"
    assert tally([*WRITING, entered("PublishEdition")]).share is None


class FakeStates:
    """Step Functions with one execution that is over after its second description."""

    def __init__(self, last: dict[str, Any]):
        self._descriptions = [{"status": "RUNNING"}, last]

    def describe_execution(self, **_asked: str) -> dict[str, Any]:
        return self._descriptions.pop(0) if len(self._descriptions) > 1 else self._descriptions[0]

    def get_paginator(self, _operation: str) -> "FakeStates":
        return self

    def paginate(self, **_asked: object) -> list[dict[str, Any]]:
        return [{"events": COLLECTING[:4]}, {"events": COLLECTING[4:]}]


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.local.executions.POLL_SECONDS", 0)


def test_following_tells_every_page_of_the_history_and_returns_the_output() -> None:
    told: list[Tally] = []
    output = follow(FakeStates({"status": "SUCCEEDED", "output": '{"articles": 12}'}), "arn", told.append, seconds=5)

    assert output == {"articles": 12}
    assert [seen.collected for seen in told] == [2, 2]


@pytest.mark.parametrize(
    ("last", "says"),
    [
        ({"status": "FAILED", "error": "ArchiveThrottled", "cause": "too fast"}, "FAILED .ArchiveThrottled: too fast"),
        (
            {"status": "FAILED", "error": "AccessDenied", "cause": '{"errorMessage": "no", "stackTrace": ["…"]}'},
            "FAILED .AccessDenied: no.$",
        ),
        ({"status": "ABORTED"}, "ABORTED .no reason given"),
        ({"status": "RUNNING"}, "did not end within"),
    ],
)
def test_an_execution_that_does_not_succeed_is_an_error_with_its_reason(last: dict[str, Any], says: str) -> None:
    silent: Callable[[Tally], None] = lambda _seen: None  # noqa: E731
    with pytest.raises(ExecutionFailedError, match=says):
        follow(FakeStates(last), "arn", silent, seconds=0.01)
