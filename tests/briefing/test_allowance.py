"""What the account may send, shared."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom.briefing.allowance import Allowance, shared
from newsroom.briefing.pace import Pace

from tests.fakes.mornings import Time


def an_allowance(**changes: float) -> Allowance:
    given = {"per_second": 14.0, "per_day": 50_000.0, "sent_today": 0.0}
    return Allowance(enabled=True, **(given | changes))


@pytest.mark.parametrize(
    ("per_second", "senders", "workers", "share"),
    [
        (14, 1, 1, 14.0), (14, 2, 2, 7.0), (14, 3, 3, 4.0), (14, 40, 14, 1.0), (0.5, 4, 1, 0.5), (1, 2, 1, 1.0),
        (200, 28, 28, 7.0),
    ],
)  # fmt: skip
def test_the_rate_is_shared_in_whole_mails(per_second: float, senders: int, workers: int, share: float) -> None:
    shares = shared(per_second, senders)

    assert (shares.workers, shares.per_second) == (workers, share)


def test_the_account_s_rate_counts_where_it_is_the_lower() -> None:
    assert shared(14, 2, an_allowance(per_second=5)).per_second == 2.0
    assert shared(14, 2, an_allowance(per_second=500)).per_second == 7.0
    assert shared(14, 2, an_allowance(per_second=0)).per_second == 7.0, "SES did not say"


@settings(max_examples=60, deadline=None)
@given(
    rate=st.integers(1, 60),
    senders=st.integers(1, 12),
    begins=st.lists(st.floats(0, 3), min_size=12, max_size=12),
    slow=st.lists(st.floats(0, 0.4), min_size=12, max_size=12),
)
def test_no_second_holds_more_than_the_rate_whenever_the_workers_begin(
    rate: int, senders: int, begins: list[float], slow: list[float]
) -> None:
    """Each worker has a clock of its own and waits as long as it likes between mails."""
    shares = shared(rate, senders)
    sent = []
    for worker in range(shares.workers):
        time = Time()
        time.seconds = begins[worker]
        pace = Pace(shares.per_second, time.now, time.sleep)
        for number in range(40):
            pace.wait()
            sent.append(time.seconds)
            time.seconds += slow[(worker + number) % 12] * (number % 3 == 0)
    sent.sort()

    assert all(later - earlier >= 1 - 1e-9 for earlier, later in zip(sent, sent[rate:], strict=False))
    assert all(earlier <= later for earlier, later in pairwise(sent))


@pytest.mark.parametrize(
    ("per_day", "sent", "left"), [(200, 0, 198), (200, 100, 98), (200, 250, 0), (-1, 10**9, float("inf"))]
)
def test_a_hundredth_of_the_day_is_left_for_mail_on_request(per_day: float, sent: float, left: float) -> None:
    assert an_allowance(per_day=per_day, sent_today=sent).left == pytest.approx(left)
