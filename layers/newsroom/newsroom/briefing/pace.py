"""Not faster than the account may send."""

import time
from collections.abc import Callable


class Pace:
    """A token bucket that holds one token and begins empty: SES counts over any second, across workers that follow
    one another, so that nothing may be saved up for a burst."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = per_second
        self._clock = clock
        self._sleep = sleep
        self._tokens = 0.0
        self._counted_at = clock()

    def wait(self) -> None:
        """Take a token; sleeps until there is one."""
        self._refill()
        if self._tokens < 1:
            self._sleep((1 - self._tokens) / self._rate)
            self._refill()
        self._tokens -= 1

    def rest(self, seconds: float) -> None:
        """SES asked us to slow down: a pause, after which the bucket is empty."""
        self._sleep(seconds)
        self._refill()
        self._tokens = min(self._tokens, 0.0)

    def _refill(self) -> None:
        now = self._clock()
        self._tokens = min(1.0, self._tokens + (now - self._counted_at) * self._rate)
        self._counted_at = now
