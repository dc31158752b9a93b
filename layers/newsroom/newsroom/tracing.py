"""X-Ray, paid for by the invocations that are traced: half of a cold start was its SDK, which most never use.

Lambda tells each invocation whether it is sampled (`_X_AMZN_TRACE_ID`, …;Sampled=1) and makes the segments of function
and start-up by itself. What powertools' Tracer adds, the handler's and the AWS calls' subsegments, begins with the
first sampled invocation of a function's instance.
"""

import functools
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aws_lambda_powertools import Tracer as Powertools

Handler = Callable[..., Any]


class Tracer:
    """Stands where powertools' Tracer would, and makes it when there is something to trace."""

    def __init__(self) -> None:
        self._powertools: Powertools | None = None
        self._warm = False

    def capture_lambda_handler(self, capture_response: bool = False) -> Callable[[Handler], Handler]:
        """The handler, with its subsegment where the invocation is sampled; responses are kept out unless asked for."""

        def captured(handler: Handler) -> Handler:
            @functools.wraps(handler)
            def traced(event: Any, context: Any) -> Any:
                called = handler
                if _sampled():
                    called = self._made().capture_lambda_handler(handler, capture_response=capture_response)
                self._warm = True
                return called(event, context)

            return traced

        return captured

    def _made(self) -> "Powertools":
        if self._powertools is None:
            from aws_lambda_powertools import Tracer as Powertools
            from aws_lambda_powertools.tracing import tracer

            tracer.is_cold_start = not self._warm  # it takes the first invocation that it sees for the first of all
            self._powertools = Powertools()
        return self._powertools


def _sampled() -> bool:
    return "Sampled=1" in os.environ.get("_X_AMZN_TRACE_ID", "")
