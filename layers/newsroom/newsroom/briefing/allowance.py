"""What the account may send, and how several workers share it without ever passing it."""

from dataclasses import dataclass
from typing import Literal

KEPT_FOR_LETTERS = 0.01
"""Share of the day's quota that the briefing leaves, so that who signs up this morning can still confirm."""


@dataclass(frozen=True)
class Allowance:
    """SES's `GetAccount`, as far as it limits us."""

    enabled: bool
    per_second: float
    """0 when SES does not say."""
    per_day: float
    """In any 24 hours; -1 means without limit, and SES counts recipients (each of our messages has one)."""
    sent_today: float

    @property
    def left(self) -> float:
        """Messages of the briefing that the day still has room for."""
        if self.per_day < 0:
            return float("inf")
        return max(0.0, self.per_day * (1 - KEPT_FOR_LETTERS) - self.sent_today)

    @property
    def a_day(self) -> int | None:
        """The longest list that a day has room for. Not what is left of these 24 hours: at six in the morning
        yesterday's issue still counts, and leaves them as today's goes out."""
        return None if self.per_day < 0 else int(self.per_day * (1 - KEPT_FOR_LETTERS))


Limit = Literal["", "plan", "quota"]


@dataclass(frozen=True)
class Room:
    """How many readers an issue can have on its day, and by what; None is all of them."""

    mails: int | None = None
    by: Limit = ""

    @classmethod
    def of(cls, plan: int | None, allowance: Allowance | None = None) -> "Room":
        """The lower of the two."""
        quota = allowance.a_day if allowance else None
        if quota is not None and (plan is None or quota < plan):
            return cls(quota, "quota")
        return cls(plan, "plan") if plan is not None else cls()


@dataclass(frozen=True)
class Shares:
    """How many batches are sent at a time, and how fast each."""

    workers: int
    per_second: float


def shared(per_second: float, senders: int, allowance: Allowance | None = None) -> Shares:
    """The rate in whole mails a second for each worker, so that the sum holds in every second.

    A worker that sends r a second, r whole, has at most r mails in any second, whenever it begins; with 4.67 it may
    have 5, and three such workers 15 of 14. What is lost by rounding down is less than one mail a second and worker.
    """
    if allowance and allowance.per_second:
        per_second = min(per_second, allowance.per_second)
    workers = max(1, min(senders, int(per_second)))
    return Shares(workers, per_second if workers == 1 else float(per_second // workers))
