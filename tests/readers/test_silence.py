"""Many sign-ups for one address: one mail, the same words, and no time from which to tell who is known (C13)."""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from newsroom.readers.even_time import EvenTime
from newsroom.readers.request import read_request

from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SIX, a_subscriber
from tests.fakes.receptions import LIMITS, a_reception, an_event
from tests.readers.test_answering import Site, known_as

EVERYBODY = LIMITS.model_copy(update={"subscriptions_per_hour": 20_000})


@pytest.mark.parametrize("requests", [200, pytest.param(10_000, marks=pytest.mark.soak)])
def test_sign_ups_of_one_address_over_a_day_lead_to_one_letter_and_one_answer(requests: int) -> None:
    site = Site(limits=EVERYBODY)
    answers = set()
    for number in range(requests):
        site.now = SIX + timedelta(hours=24) * number / requests
        answer = site.subscribe(source=f"198.{number // 250}.{number % 250}.1")
        answers.add(json.dumps(answer.to_event(), sort_keys=True))

    assert len(answers) == 1
    assert len(site.mail.outbox) == 1
    site.now = SIX + timedelta(hours=24)
    site.subscribe()
    assert len(site.mail.outbox) == 2


def apart(some: Sequence[float], others: Sequence[float]) -> float:
    """The two-sample Kolmogorov-Smirnov statistic: the largest gap between the two shares of values so far."""
    marks = sorted({*some, *others})
    found, low, high = 0.0, sorted(some), sorted(others)
    at_low = at_high = 0
    for mark in marks:
        while at_low < len(low) and low[at_low] <= mark:
            at_low += 1
        while at_high < len(high) and high[at_high] <= mark:
            at_high += 1
        found = max(found, abs(at_low / len(low) - at_high / len(high)))
    return found


def taken(state: str, even: EvenTime) -> float:
    """Seconds by the clock on the wall, with a post office that takes eight milliseconds."""
    site = Site(mail=FakeMail(before=lambda _to: time.sleep(0.008)), limits=EVERYBODY)
    known_as(site, "pending" if state == "lately" else state)
    # The same work before the clock begins, whatever the state: what is warm makes a difference by itself.
    site.subscribe("reader1@inbox.example" if state == "lately" else "somebody@inbox.example")
    reception = a_reception(site.archive, site.readers, site.mail, site.limits)
    reception = replace(reception, subscribing=replace(reception.subscribing, even_time=even))
    request = read_request(an_event("POST", "/api/subscribe", {"email": "reader1@inbox.example"}), "")
    began = time.perf_counter()
    assert reception.answer(request, site.now).status == 200
    return round(time.perf_counter() - began, 3)


@pytest.mark.soak
@pytest.mark.parametrize("state", ["confirmed", "suppressed", "lately"])
def test_times_of_known_and_unknown_addresses_are_one_distribution(state: str) -> None:
    """In turn, so that whatever else the machine does meets both; the bound is the one of a chance in a thousand. The
    even time is a third of the real one, still far above what a loaded machine needs for a letter; times are told
    apart to a millisecond, which is less than a network's own noise."""
    samples = 120
    bound = 1.949 * (2 / samples) ** 0.5
    pairs = [(taken("unknown", even), taken(state, even)) for even in [EvenTime(0.33)] * samples]
    between = apart([one for one, _ in pairs], [one for _, one in pairs])
    bare = [(taken("unknown", EvenTime(0)), taken(state, EvenTime(0))) for _ in range(100)]
    without = apart([one for one, _ in bare], [one for _, one in bare])
    medians = [round(1000 * statistics.median(one), 3) for one in zip(*pairs, strict=True)]
    print(f"{state}: medians {medians} ms, {between:.3f} (bound {bound:.3f}); without the even time {without:.3f}")

    assert between < bound
    if state != "confirmed":
        assert without > 0.9, "who is sent no mail is told from who is, where nothing evens it out"


def test_two_samples_of_one_thing_are_near_and_of_two_far() -> None:
    assert apart([1, 2, 3, 4], [1, 2, 3, 4]) == 0
    assert apart([1, 2, 3], [4, 5, 6]) == 1
    assert apart([1, 2, 3, 4], [3, 4, 5, 6]) == 0.5


def test_a_stranger_s_address_is_not_stored_by_a_flood_that_is_refused() -> None:
    site = Site(limits=LIMITS.model_copy(update={"subscriptions_per_hour": 0}))
    answers = {site.subscribe(f"r{number}@inbox.example").status for number in range(50)}

    assert answers == {429}
    assert site.readers.subscribers == {}
    assert a_subscriber(1).id not in site.readers.letters
