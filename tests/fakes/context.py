"""What Lambda hands to a handler beside the event."""

from types import SimpleNamespace
from typing import Any


def a_context(seconds: int = 60) -> Any:
    return SimpleNamespace(
        function_name="test",
        function_version="1",
        memory_limit_in_mb=512,
        invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:test",
        aws_request_id="00000000-0000-0000-0000-000000000000",
        get_remaining_time_in_millis=lambda: seconds * 1000,
    )
