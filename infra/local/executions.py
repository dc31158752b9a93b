"""Starting and following executions of the state machines, by their history alone: what an operator could do too."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

POLL_SECONDS = 0.4
COLLECTING = "CollectPublishers"
COLLECTING_BATCHES = "CollectBatches"
WRITING = "WriteStories"
SENDING = "SendBatches"
IN_CHILDREN = (COLLECTING_BATCHES, SENDING)
"""Distributed maps: what they do is in the histories of their children."""


class ExecutionFailedError(Exception):
    """An execution ended, and not in success; the message has its error and cause."""


@dataclass(frozen=True)
class Tally:
    """What an execution's history says so far. Counts of a map's items are of the attempts that succeeded."""

    state: str = ""
    publishers: int = 0
    collected: int = 0
    articles: int = 0
    stories: int = 0
    written: int = 0
    accepted: int = 0
    held: int = 0
    batches: int = 0
    failed_attempts: int = 0
    states: tuple[str, ...] = field(default=(), repr=False)

    @property
    def share(self) -> tuple[int, int] | None:
        """Items done and items in all of the map that is running, None outside of one."""
        shares = {
            COLLECTING: (self.collected, self.publishers),
            COLLECTING_BATCHES: (self.collected, self.batches),
            WRITING: (self.accepted + self.held, self.stories),
            SENDING: (self.collected, self.batches),
        }
        return shares.get(self.state)

    @property
    def sentence(self) -> str:
        """The counts that matter in the present state."""
        says = {
            COLLECTING: f"{self.collected} of {self.publishers} publishers, {self.articles} new articles",
            COLLECTING_BATCHES: f"{self.collected} of {self.batches} batches of publishers",
            WRITING: f"{self.written} drafts of {self.stories} stories, {self.accepted} accepted, {self.held} held",
            SENDING: f"{self.collected} of {self.batches} batches of subscribers",
        }
        said = says.get(self.state, "")
        failures = f"{self.failed_attempts} failed attempts" if self.failed_attempts and said else ""
        return ", ".join(part for part in (said, failures) if part)


def tally(events: Iterable[Mapping[str, Any]]) -> Tally:
    """Count an execution's events (GetExecutionHistory's, oldest first)."""
    so_far = Tally()
    for event in events:
        so_far = _after(so_far, event)
    return so_far


def _after(before: Tally, event: Mapping[str, Any]) -> Tally:
    kind = event["type"]
    if entered := event.get("stateEnteredEventDetails"):
        return _entering(before, kind, entered)
    if kind in ("TaskFailed", "LambdaFunctionFailed"):
        return replace(before, failed_attempts=before.failed_attempts + 1)
    if kind != "TaskSucceeded":
        return before
    payload = _payload(event["taskSucceededEventDetails"].get("output"))
    if before.state == COLLECTING:
        new = payload.get("articles", 0)
        return replace(before, collected=before.collected + 1, articles=before.articles + new)
    if before.state == WRITING:
        return _judged(before, payload)
    return before


def _entering(before: Tally, kind: str, entered: Mapping[str, Any]) -> Tally:
    name = entered["name"]
    # States inside a map are entered once for each item; the execution's own states are what is followed.
    if before.state in (COLLECTING, WRITING) and kind != "MapStateEntered" and _inside(before.state, name):
        return before
    now = replace(before, state=name, states=(*before.states, name), failed_attempts=0)
    given = json.loads(entered.get("input") or "{}")
    if name == COLLECTING:
        return replace(now, publishers=len(given.get("publishers", [])))
    if name == WRITING:
        return replace(now, stories=len(given.get("grouped", {}).get("stories", [])))
    return now


def _inside(outer: str, name: str) -> bool:
    within = {
        COLLECTING: ("CollectPublisher", "PublisherFailed"),
        WRITING: ("WriteStory", "ReviewStory", "Verdict?", "Revise", "Accepted", "Held", "StoryFailed"),
    }
    return name in within[outer]


def _judged(before: Tally, payload: Mapping[str, Any]) -> Tally:
    outcome = payload.get("outcome")
    if outcome is None:
        return replace(before, written=before.written + 1)
    if outcome == "accept":
        return replace(before, accepted=before.accepted + 1)
    return replace(before, held=before.held + 1) if outcome == "hold" else before


def _payload(output: str | None) -> Mapping[str, Any]:
    answer = json.loads(output or "{}")
    payload = answer.get("Payload", answer) if isinstance(answer, dict) else {}
    return payload if isinstance(payload, dict) else {}


def start(states: Any, machine: str, given: Mapping[str, Any]) -> str:
    """Start an execution by hand and return its ARN."""
    return str(states.start_execution(stateMachineArn=machine, input=json.dumps(given))["executionArn"])


def follow(states: Any, execution: str, seen: Callable[[Tally], None], *, seconds: float) -> dict[str, Any]:
    """Tell `seen` of the execution until it is over, and return its output.

    Raises ExecutionFailedError when it did not succeed, or not within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        described = states.describe_execution(executionArn=execution)
        seen(_in_batches(states, execution, tally(history(states, execution))))
        if described["status"] == "SUCCEEDED":
            return dict(json.loads(described["output"]))
        if described["status"] != "RUNNING":
            reason = f"{described.get('error', '')}: {_cause(described)}".strip(": ")
            raise ExecutionFailedError(f"the execution ended as {described['status']} ({reason or 'no reason given'})")
        if time.monotonic() > deadline:
            raise ExecutionFailedError(f"the execution did not end within {seconds:.0f} s")
        time.sleep(POLL_SECONDS)


def _in_batches(states: Any, execution: str, before: Tally) -> Tally:
    """With the counts of a distributed map that is running: its children have histories of their own."""
    if before.state not in IN_CHILDREN:
        return before
    runs = states.list_map_runs(executionArn=execution)["mapRuns"]
    if not runs:
        return before
    counts = states.describe_map_run(mapRunArn=runs[0]["mapRunArn"])["itemCounts"]
    return replace(before, batches=counts["total"], collected=counts["succeeded"], failed_attempts=counts["failed"])


def _cause(described: Mapping[str, Any]) -> str:
    """A function's cause is its error as a document with the whole stack; the message is what a person wants."""
    cause = str(described.get("cause", ""))
    try:
        return str(json.loads(cause)["errorMessage"])
    except (ValueError, KeyError, TypeError):
        return cause


def history(states: Any, execution: str) -> list[dict[str, Any]]:
    """Every event of an execution, oldest first."""
    pages = states.get_paginator("get_execution_history").paginate(executionArn=execution, maxResults=1000)
    return [event for page in pages for event in page["events"]]


def outputs(states: Any, machine: str) -> list[dict[str, Any]]:
    """What the machine's successful executions put out, newest first; those that did nothing are left out."""
    described = (
        states.describe_execution(executionArn=one["executionArn"])
        for one in states.list_executions(stateMachineArn=machine, statusFilter="SUCCEEDED", maxResults=1000)[
            "executions"
        ]
    )
    newest_first = sorted(described, key=lambda one: one["stopDate"], reverse=True)
    said = [json.loads(one["output"]) for one in newest_first]
    return [output for output in said if output.get("claimed") is not False]


def cut_off(states: Any, machine: str) -> list[str]:
    """ARNs of executions that ended because the cloud under them did. On AWS there are none."""
    failed = states.list_executions(stateMachineArn=machine, statusFilter="FAILED", maxResults=20)["executions"]
    described = (states.describe_execution(executionArn=one["executionArn"]) for one in failed)
    return [one["executionArn"] for one in described if one.get("error") == "States.ServiceRestart"]


def give_up_claims(dynamodb: Any, table: str, holder: str) -> None:
    """Make the claims of a dead execution stale, so that the next one need not wait the hour until they are.

    `archive.claims` lets a stale claim be taken over; this only dates it back.
    """
    scan = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="holder = :holder AND finished = :false",
        ExpressionAttributeValues={":holder": {"S": holder}, ":false": {"BOOL": False}},
    )
    for row in (row for page in scan for row in page["Items"]):
        dynamodb.update_item(
            TableName=table,
            Key={"pk": row["pk"], "sk": row["sk"]},
            UpdateExpression="SET claimed_at = :long_ago",
            ConditionExpression="holder = :holder",
            ExpressionAttributeValues={":long_ago": {"S": "1970-01-01T00:00:00Z"}, ":holder": {"S": holder}},
        )


def running(states: Any, machine: str) -> str | None:
    """The ARN of an execution that is under way, None when there is none."""
    listed = states.list_executions(stateMachineArn=machine, statusFilter="RUNNING", maxResults=1)["executions"]
    return str(listed[0]["executionArn"]) if listed else None
