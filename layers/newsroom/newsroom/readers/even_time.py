"""Answers that take as long, whatever they found."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class EvenTime:
    """Holds an answer back until `seconds` have passed since the question.

    Whether a mail is sent depends on whether the mailbox is known, waiting or suppressed, and SES takes a tenth of a
    second: without this, the answer's time would tell what its words do not. `seconds` is above what a call of SES
    and of the table take together on a bad day; beyond that the difference shows, once, in noise.
    """

    seconds: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Also when the work within raises."""
        began = self.clock()
        try:
            yield
        finally:
            if (left := began + self.seconds - self.clock()) > 0:
                self.sleep(left)
