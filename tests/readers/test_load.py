"""The readers' function under a flood: its code, its handler, in this process."""

import random
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from newsroom.readers.request import LARGEST_BODY

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.mornings import SIX
from tests.fakes.newsroom_values import a_version
from tests.fakes.receptions import LIMITS, an_event

RATE = 200
"""Requests a second."""


def flood(requests: int) -> tuple[BriefingDesk, Counter[tuple[str, int]]]:
    """A mix of what readers send, from 25 networks, the clock moving on by a 200th of a second with each."""
    desk = BriefingDesk()
    version = a_version()
    desk.archive.publish_version(version)
    chance = random.Random(5)
    statuses: Counter[tuple[str, int]] = Counter()
    for number in range(requests):
        at = SIX + timedelta(seconds=number / RATE)
        desk.clock = lambda at=at: at  # type: ignore[misc]
        event = a_request(chance, number, version.story_id)
        statuses[event["rawPath"], run("answer_reader", event)["statusCode"]] += 1
    return desk, statuses


def a_request(chance: random.Random, number: int, story: str) -> dict[str, Any]:
    source = f"203.0.{chance.randrange(25)}.{chance.randrange(250)}"
    kind = chance.choice(("vote", "report", "subscribe", "confirm", "state", "junk"))
    if kind == "vote":
        return an_event("POST", "/api/vote", {"story": story, "useful": chance.choice(("yes", "no"))}, source=source)
    if kind == "report":
        form = {"story": story, "version": "1", "kind": "factual", "text": f"Number {number} is wrong."}
        return an_event("POST", "/api/report", form, source=source)
    if kind == "subscribe":
        return an_event("POST", "/api/subscribe", {"email": f"r{number}@inbox.example"}, source=source)
    if kind == "confirm":
        return an_event("GET", "/api/confirm", query="token=abc.def", source=source)
    if kind == "state":
        return an_event("GET", "/api/report", query="id=RPT-AAAAAAAAAAAAAAAA", source=source)
    return an_event("POST", "/api/report", {}, body="x" * chance.choice((1, LARGEST_BODY * 3)), source=source)


def caps_are_exact(desk: BriefingDesk, statuses: Counter[tuple[str, int]]) -> None:
    assert not [status for _, status in statuses if status >= 500]
    assert statuses["/api/subscribe", 200] <= 25 * LIMITS.subscriptions_per_network_and_hour
    assert statuses["/api/report", 200] <= 25 * LIMITS.reports_per_network_and_hour
    assert len(desk.mail.outbox) == statuses["/api/subscribe", 200]  # type: ignore[attr-defined]
    assert len(desk.archive.reports) == statuses["/api/report", 200]  # type: ignore[attr-defined]
    votes = sum(desk.archive.all_votes.values())  # type: ignore[attr-defined]
    assert votes <= 25 * LIMITS.votes_per_network_and_story


def test_fifteen_hundred_requests_meet_no_error_and_exact_caps() -> None:
    desk, statuses = flood(1500)

    caps_are_exact(desk, statuses)
    assert sum(statuses.values()) == 1500
    assert sum(desk.archive.all_votes.values()) == 25 * LIMITS.votes_per_network_and_story  # type: ignore[attr-defined]


@pytest.mark.soak
def test_a_minute_of_200_requests_a_second_meets_no_error_exact_caps_and_is_answered_in_time() -> None:
    began = time.process_time()
    desk, statuses = flood(60 * RATE)
    seconds = time.process_time() - began

    caps_are_exact(desk, statuses)
    assert statuses["/api/subscribe", 200] == 25 * LIMITS.subscriptions_per_network_and_hour
    assert statuses["/api/report", 200] == 25 * LIMITS.reports_per_network_and_hour
    assert seconds < 60, "one processor keeps up with 200 a second"
